//! How a file writes dates, numbers and yes or no.

mod dates;
mod flags;
mod numbers;

pub use dates::{DateFormatError, DateFormats, Moment};
pub use flags::FlagWords;
pub use numbers::{NumberError, NumberFormat};

/// Everything that turns the text of a cell into a value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Formats {
    /// Dates and times.
    pub dates: DateFormats,
    /// Numbers and amounts.
    pub numbers: NumberFormat,
    /// Words for true and false.
    pub flags: FlagWords,
    /// Texts that mean that there is no value, besides nothing at all.
    pub empty: Vec<String>,
}

impl Formats {
    /// Whether `text` says that there is no value.
    #[must_use]
    pub fn is_empty(&self, text: &str) -> bool {
        text.is_empty() || self.empty.iter().any(|word| word.eq_ignore_ascii_case(text))
    }
}
