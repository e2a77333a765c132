//! A page of text of a given width.

use super::{table::Table, tone::Tone};
use unicode_width::UnicodeWidthStr as _;

/// How far everything below a heading stands in.
pub(crate) const INDENT: usize = 2;

/// A page of text of a given width.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    width: usize,
}

impl Page {
    pub(crate) fn new(width: usize) -> Self {
        Self { text: String::new(), width }
    }

    /// What stands on it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How wide it is.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The title, and what it is of at the right edge.
    pub(crate) fn title(&mut self, title: &str, right: &str) {
        let room = self.width.saturating_sub(right.width() + 2);
        let title = fit(title, room);
        let gap = self.width.saturating_sub(title.width() + right.width());
        let right =
            if right.is_empty() { String::new() } else { " ".repeat(gap) + &Tone::Quiet.paint(right) };
        self.raw(&format!("{}{right}", Tone::Strong.paint(&title)));
    }

    /// A heading, after an empty line.
    pub(crate) fn heading(&mut self, heading: &str) {
        self.blank();
        self.raw(&Tone::Strong.paint(heading));
    }

    /// An empty line.
    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A paragraph, wrapped, as far in as the page's text is.
    pub(crate) fn paragraph(&mut self, text: &str, tone: Tone) {
        self.hanging(INDENT, "", text, tone);
    }

    /// A paragraph at the left edge.
    pub(crate) fn remark(&mut self, text: &str, tone: Tone) {
        self.hanging(0, "", text, tone);
    }

    /// A paragraph behind a mark; its further lines stand below its first.
    pub(crate) fn hanging(&mut self, indent: usize, mark: &str, text: &str, tone: Tone) {
        let first = " ".repeat(indent) + mark;
        let room = self.width.saturating_sub(first.width());
        for (number, line) in wrap(text, room).into_iter().enumerate() {
            let margin = if number == 0 { first.clone() } else { " ".repeat(first.width()) };
            self.raw(&format!("{margin}{}", tone.paint(&line)));
        }
    }

    /// Pieces in a row, as many on a line as fit.
    pub(crate) fn flow(&mut self, pieces: &[(String, Tone)], gap: usize) {
        let mut line = " ".repeat(INDENT);
        let mut used = INDENT;
        for (piece, tone) in pieces {
            let is_first = used == INDENT;
            let needed = piece.width() + if is_first { 0 } else { gap };
            if !is_first && used + needed > self.width {
                self.raw(&line);
                line = " ".repeat(INDENT);
                used = INDENT;
            }
            if used > INDENT {
                line += &" ".repeat(gap);
                used += gap;
            }
            line += &tone.paint(piece);
            used += piece.width();
        }
        self.raw(&line);
    }

    /// A table, as far in as the page's text is.
    pub(crate) fn table(&mut self, table: &Table) {
        let margin = " ".repeat(INDENT);
        for line in table.lines(self.width - INDENT) {
            self.raw(&format!("{margin}{line}"));
        }
    }

    /// A line as it is.
    pub(crate) fn raw(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

/// A text in lines of at most `room` columns, broken between words; a word that
/// is longer stands alone.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && line.width() + 1 + word.width() > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// A text cut to `room` columns, with … where something is missing.
pub(crate) fn fit(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut cut = String::new();
    for letter in text.chars() {
        let next = letter.to_string();
        if cut.width() + next.width() + 1 > room {
            break;
        }
        cut.push(letter);
    }
    let kept = cut.trim_end();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_wrapped_between_words() {
        assert_eq!(wrap("no use for 31 days", 10), ["no use for", "31 days"]);
        assert_eq!(wrap("incomprehensibilities", 5), ["incomprehensibilities"]);
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_and_says_so() {
        assert_eq!(fit("Helvetia Freight", 16), "Helvetia Freight");
        assert_eq!(fit("Helvetia Freight", 10), "Helvetia…");
        assert_eq!(fit("日本電気", 5), "日本…");
    }

    #[test]
    fn pieces_flow_onto_the_next_line() {
        let mut page = Page::new(20);
        page.flow(&[("eight888".into(), Tone::Plain), ("eight888".into(), Tone::Plain)], 3);
        assert_eq!(page.text(), "  eight888\n  eight888\n");
    }
}
