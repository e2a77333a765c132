//! What a piece of text is, and so how it looks. Colours carry meaning only:
//! health, the direction of money, and what is overdue.

use anstyle::{AnsiColor, Effects, Style};

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tone {
    /// Text.
    #[default]
    Plain,
    /// A heading, or what matters most in a line.
    Strong,
    /// Beside the point.
    Quiet,
    /// Healthy; money gained.
    Good,
    /// To be watched; overdue.
    Warning,
    /// At risk; money lost.
    Bad,
}

impl Tone {
    fn style(self) -> Style {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().effects(Effects::BOLD),
            Self::Quiet => Style::new().effects(Effects::DIMMED),
            Self::Good => colour(AnsiColor::Green),
            Self::Warning => colour(AnsiColor::Yellow),
            Self::Bad => colour(AnsiColor::Red),
        }
    }

    /// A text in this tone.
    pub(crate) fn paint(self, text: &str) -> String {
        let style = self.style();
        if self == Self::Plain || text.is_empty() {
            text.to_owned()
        } else {
            format!("{style}{text}{style:#}")
        }
    }

    /// The tone of money that comes (positive) or goes.
    pub(crate) fn of_direction(is_gain: bool) -> Self {
        if is_gain { Self::Good } else { Self::Bad }
    }
}
