//! What the values of a column can be read as. Each value rules out the
//! readings that it does not fit; what is left at the end fits all.

use crate::formats::{DateFormats, FlagWords, NumberFormat};
use std::collections::BTreeSet;

/// Dates as they are usually written. Of two that could both fit, the pair is
/// day first and month first.
pub(super) const DATES: [&str; 13] = [
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d.%m.%y",
    "%Y%m%d",
    "%d %b %Y",
    "%b %d, %Y",
];

/// What may follow the date.
const TIMES: [&str; 7] =
    ["", " %H:%M", " %H:%M:%S", " %I:%M %p", "T%H:%M:%S%.f", "T%H:%M:%S%.f%#z", " %H:%M:%S%.f%#z"];

/// Each of [`DATES`] with each of [`TIMES`], ready to read.
#[derive(Debug)]
pub(super) struct DateReaders(Vec<Vec<Option<DateFormats>>>);

impl DateReaders {
    pub(super) fn new() -> Self {
        let with = |date: &str, time: &str| DateFormats::new(&[format!("{date}{time}")]).ok();
        Self(DATES.iter().map(|date| TIMES.iter().map(|time| with(date, time)).collect()).collect())
    }
}

/// Which of [`DATES`] fit every value, and with which of [`TIMES`].
#[derive(Debug, Clone)]
pub(super) struct DateEvidence {
    fits: [bool; DATES.len()],
    times: [bool; TIMES.len()],
    /// A value that was read, for comments.
    pub(super) example: String,
}

impl Default for DateEvidence {
    fn default() -> Self {
        Self { fits: [true; DATES.len()], times: [false; TIMES.len()], example: String::new() }
    }
}

impl DateEvidence {
    pub(super) fn see(&mut self, text: &str, readers: &DateReaders) {
        let mut time_read = None;
        for (date, fits) in self.fits.iter_mut().enumerate().filter(|(_, fits)| **fits) {
            let compact = DATES[date] == "%Y%m%d";
            let reads =
                |format: &Option<DateFormats>| format.as_ref().is_some_and(|f| f.read(text).is_some());
            let time = readers.0[date].iter().position(reads).filter(|_| !compact || text.len() >= 8);
            *fits = time.is_some();
            time_read = time_read.or(time);
        }
        if let Some(time) = time_read {
            self.times[time] = true;
            if self.example.is_empty() {
                text.clone_into(&mut self.example);
            }
        }
    }

    /// The dates that are left, as positions in [`DATES`]; several when the
    /// column can't tell, none when it holds no dates.
    pub(super) fn left(&self) -> Vec<usize> {
        if self.example.is_empty() {
            return Vec::new();
        }
        (0..DATES.len()).filter(|date| self.fits[*date]).collect()
    }

    /// The formats for the date at that position.
    pub(super) fn formats(&self, date: usize) -> Vec<String> {
        let times = TIMES.iter().enumerate().filter(|(position, _)| self.times[*position]);
        times.map(|(_, time)| format!("{}{time}", DATES[date])).collect()
    }
}

/// Decimal and grouping marks in the order in which they are preferred.
pub(super) const NUMBERS: [(char, Option<char>); 7] = [
    ('.', None),
    (',', None),
    ('.', Some(',')),
    (',', Some('.')),
    (',', Some(' ')),
    ('.', Some(' ')),
    ('.', Some('\'')),
];

/// Signs that may stand around an amount, with their currency.
pub(super) const SIGNS: [(&str, &str); 3] = [("$", "USD"), ("€", "EUR"), ("£", "GBP")];

/// Which of [`NUMBERS`] fit every value.
#[derive(Debug, Clone)]
pub(super) struct NumberEvidence {
    pub(super) fits: [bool; NUMBERS.len()],
    /// Signs that were seen, as positions in [`SIGNS`].
    pub(super) signs: BTreeSet<usize>,
    /// A value with a mark in it, for comments.
    pub(super) example: String,
    seen: bool,
}

impl Default for NumberEvidence {
    fn default() -> Self {
        Self { fits: [true; NUMBERS.len()], signs: BTreeSet::new(), example: String::new(), seen: false }
    }
}

impl NumberEvidence {
    pub(super) fn see(&mut self, text: &str) {
        if !self.fits.contains(&true) {
            return;
        }
        self.seen = true;
        let mut text = text;
        for (position, (sign, _)) in SIGNS.iter().enumerate() {
            if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
                text = rest.trim();
                self.signs.insert(position);
            }
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            return;
        }
        if self.example.is_empty() && text.contains([',', '.', ' ', '\'']) {
            text.clone_into(&mut self.example);
        }
        for (fits, (decimal, grouping)) in self.fits.iter_mut().zip(NUMBERS) {
            let format = NumberFormat { decimal, grouping, strip: Vec::new() };
            *fits &= format.number(text).is_ok();
        }
    }

    /// Whether every value is a number in one format.
    pub(super) fn is_number(&self) -> bool {
        self.seen && self.fits.contains(&true)
    }
}

/// Whether every value is a word for true or false.
#[derive(Debug, Clone, Default)]
pub(super) struct FlagEvidence {
    seen: u64,
    others: bool,
    digits_only: bool,
}

impl FlagEvidence {
    pub(super) fn see(&mut self, text: &str, words: &FlagWords) {
        if self.others {
            return;
        }
        let digit = matches!(text, "0" | "1");
        self.digits_only = digit && (self.seen == 0 || self.digits_only);
        self.seen += 1;
        self.others = words.read(text).is_none();
    }

    /// Whether the column is true or false in words; 0 and 1 might be counts.
    pub(super) fn is_flag(&self) -> bool {
        self.can_be_flag() && !self.digits_only
    }

    /// Whether the column may be read as true or false.
    pub(super) fn can_be_flag(&self) -> bool {
        self.seen > 0 && !self.others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(values: &[&str]) -> Vec<&'static str> {
        let mut evidence = DateEvidence::default();
        let readers = DateReaders::new();
        values.iter().for_each(|value| evidence.see(value, &readers));
        evidence.left().into_iter().map(|date| DATES[date]).collect()
    }

    #[test]
    fn one_value_above_twelve_settles_day_or_month_first() {
        assert_eq!(dates(&["03-04-2024", "05-06-2024"]), ["%d-%m-%Y", "%m-%d-%Y"]);
        assert_eq!(dates(&["03-04-2024", "13-06-2024"]), ["%d-%m-%Y"]);
        assert_eq!(dates(&["03-04-2024", "05-13-2024"]), ["%m-%d-%Y"]);
        assert_eq!(dates(&["2024-04-03"]), ["%Y-%m-%d"]);
        assert!(dates(&["03-04-2024", "soon"]).is_empty());
        assert!(dates(&["42"]).is_empty());
    }

    #[test]
    fn times_are_part_of_the_format() {
        let mut evidence = DateEvidence::default();
        let readers = DateReaders::new();
        evidence.see("13-04-2024", &readers);
        evidence.see("13-04-2024 19:00", &readers);
        assert_eq!(evidence.formats(evidence.left()[0]), ["%d-%m-%Y", "%d-%m-%Y %H:%M"]);
    }

    fn numbers(values: &[&str]) -> Vec<(char, Option<char>)> {
        let mut evidence = NumberEvidence::default();
        values.iter().for_each(|value| evidence.see(value));
        NUMBERS.into_iter().zip(evidence.fits).filter(|(_, fits)| *fits).map(|(format, _)| format).collect()
    }

    #[test]
    fn three_digits_after_a_mark_may_be_thousands_or_decimals() {
        assert_eq!(numbers(&["1,234"]), [(',', None), ('.', Some(',')), (',', Some('.')), (',', Some(' '))]);
        assert_eq!(numbers(&["1,234", "1,234.50"]), [('.', Some(','))]);
        assert_eq!(numbers(&["1234,5"])[0], (',', None));
        assert!(numbers(&["S-1"]).is_empty());
    }
}
