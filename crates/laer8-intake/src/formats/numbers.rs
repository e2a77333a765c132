//! Numbers as people and spreadsheets write them.

use laer8_domain::money::{Amount, AmountError};
use std::borrow::Cow;

/// Which mark stands before the decimals and which between groups of digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberFormat {
    /// Before the decimals: `.` or `,`.
    pub decimal: char,
    /// Between groups of digits, such as `,` in `1,234.50`; none when digits
    /// are not grouped.
    pub grouping: Option<char>,
    /// Texts around a number that are not part of it, such as `$` or `EUR`.
    pub strip: Vec<String>,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self { decimal: '.', grouping: None, strip: Vec::new() }
    }
}

/// Why a text is not the number that is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not a number in this format.
    #[error("not a number")]
    NotANumber,
    /// It has decimals that are not zero.
    #[error("not a whole number")]
    NotWhole,
    /// More decimals than can be kept.
    #[error("too many decimals")]
    TooPrecise,
    /// Larger than can be kept.
    #[error("too large")]
    TooLarge,
}

/// A rate is kept as an exact count of billionths.
const RATE_DECIMALS: usize = 9;

impl NumberFormat {
    /// A number.
    ///
    /// # Errors
    /// [`NumberError::NotANumber`].
    pub fn number(&self, text: &str) -> Result<f64, NumberError> {
        let number: f64 = self.plain(text)?.parse().map_err(|_| NumberError::NotANumber)?;
        if number.is_finite() { Ok(number) } else { Err(NumberError::TooLarge) }
    }

    /// A whole number; `9.0` is one, as spreadsheets write it.
    ///
    /// # Errors
    /// [`NumberError`] when it is no number, has decimals or is too large.
    pub fn whole(&self, text: &str) -> Result<i64, NumberError> {
        if let Some(number) = short_digits(text) {
            return Ok(number);
        }
        let plain = self.plain(text)?;
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        if fraction.bytes().any(|digit| digit != b'0') {
            return Err(NumberError::NotWhole);
        }
        let whole = if matches!(whole, "" | "-") { "0" } else { whole };
        whole.parse().map_err(|_| NumberError::TooLarge)
    }

    /// An amount of money, exact to four decimals.
    ///
    /// # Errors
    /// [`NumberError`] when it is no number, too precise or too large.
    pub fn amount(&self, text: &str) -> Result<Amount, NumberError> {
        self.plain(text)?.parse().map_err(|error| match error {
            AmountError::NotANumber => NumberError::NotANumber,
            AmountError::TooPrecise => NumberError::TooPrecise,
            AmountError::TooLarge => NumberError::TooLarge,
        })
    }

    /// A rate in billionths; further decimals are rounded half to even.
    ///
    /// # Errors
    /// [`NumberError`] when it is no number or too large.
    pub fn billionths(&self, text: &str) -> Result<i64, NumberError> {
        let plain = self.plain(text)?;
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let (kept, rest) = fraction.split_at(fraction.len().min(RATE_DECIMALS));
        let digits = format!("{whole}{kept:0<RATE_DECIMALS$}");
        let units: i64 = digits.parse().map_err(|_| NumberError::TooLarge)?;
        let rest = rest.trim_end_matches('0');
        let round_up = match rest.as_bytes() {
            [] => false,
            [b'5'] => units % 2 != 0,
            [first, ..] => *first >= b'5',
        };
        let step = if whole.starts_with('-') { -1 } else { 1 };
        units.checked_add(if round_up { step } else { 0 }).ok_or(NumberError::TooLarge)
    }

    /// `text` as digits with an optional `-` before and one `.` within.
    fn plain<'a>(&self, text: &'a str) -> Result<Cow<'a, str>, NumberError> {
        let text = self.stripped(text);
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            return Ok(Cow::Borrowed(text));
        }
        let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => ("-", rest),
            None => ("", text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = match digits.split_once(self.decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let whole = self.ungrouped(whole)?;
        let fraction = fraction.unwrap_or("");
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(&whole) || !all_digits(fraction) {
            return Err(NumberError::NotANumber);
        }
        let whole = if whole.is_empty() { "0" } else { &whole };
        let point = if fraction.is_empty() { "" } else { "." };
        Ok(Cow::Owned(format!("{sign}{whole}{point}{fraction}")))
    }

    fn stripped<'a>(&self, text: &'a str) -> &'a str {
        let mut text = text.trim();
        for word in &self.strip {
            let rest = text.strip_prefix(word.as_str()).or_else(|| text.strip_suffix(word.as_str()));
            text = rest.unwrap_or(text).trim();
        }
        text
    }

    /// `1,234,567` without its marks. The last group has three digits, those
    /// before it two (as in India) or three: `1,5` is not grouped, and more
    /// likely a decimal comma.
    fn ungrouped<'a>(&self, whole: &'a str) -> Result<Cow<'a, str>, NumberError> {
        let Some(mark) = self.grouping.filter(|mark| whole.contains(*mark)) else {
            return Ok(Cow::Borrowed(whole));
        };
        let groups: Vec<&str> = whole.split(mark).collect();
        let last = groups.len() - 1;
        let fits = groups.iter().enumerate().all(|(position, group)| match position {
            0 => (1..=3).contains(&group.len()) && !group.starts_with('0'),
            _ if position == last => group.len() == 3,
            _ => (2..=3).contains(&group.len()),
        });
        if fits { Ok(Cow::Owned(groups.concat())) } else { Err(NumberError::NotANumber) }
    }
}

/// The quick way for what most cells hold: up to 18 plain digits.
fn short_digits(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.bytes()
        .try_fold(0i64, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn format(decimal: char, grouping: Option<char>) -> NumberFormat {
        NumberFormat { decimal, grouping, strip: Vec::new() }
    }

    #[test]
    fn each_format_reads_its_own_way_of_writing() {
        let table = [
            ('.', None, "1234.5", "1234.50"),
            ('.', None, "-0.25", "-0.25"),
            ('.', None, ".5", "0.50"),
            ('.', Some(','), "1,234,567.89", "1234567.89"),
            ('.', Some(','), "12,34,567", "1234567.00"),
            (',', Some('.'), "1.234,5", "1234.50"),
            (',', Some(' '), "1 234,5", "1234.50"),
            ('.', Some('\''), "1'234.5", "1234.50"),
            (',', None, "0,1", "0.10"),
        ];
        for (decimal, grouping, text, amount) in table {
            let read = format(decimal, grouping).amount(text).map(|amount| amount.to_string());
            assert_eq!(read, Ok(amount.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_written_another_way_is_refused_rather_than_misread() {
        let table = [
            ('.', None, "1,5"),
            ('.', Some(','), "1,5"),
            ('.', Some(','), "1,2345"),
            ('.', Some(','), "0,125"),
            (',', Some('.'), "1.5"),
            ('.', None, "1e5"),
            ('.', None, "12 months"),
            ('.', None, "NaN"),
            ('.', None, "-"),
            ('.', None, ""),
            ('.', None, "1.2.3"),
        ];
        for (decimal, grouping, text) in table {
            assert_eq!(format(decimal, grouping).amount(text), Err(NumberError::NotANumber), "{text}");
            assert_eq!(format(decimal, grouping).number(text), Err(NumberError::NotANumber), "{text}");
        }
    }

    #[test]
    fn a_whole_number_may_carry_zeros_after_the_point() {
        let plain = NumberFormat::default();
        assert_eq!(plain.whole("9.00"), Ok(9));
        assert_eq!(plain.whole("-3"), Ok(-3));
        assert_eq!(plain.whole("9.5"), Err(NumberError::NotWhole));
        assert_eq!(plain.whole("99999999999999999999"), Err(NumberError::TooLarge));
    }

    #[test]
    fn currency_signs_are_taken_off_when_the_mapping_says_so() {
        let dollars = NumberFormat { strip: vec!["$".into(), "USD".into()], ..format('.', Some(',')) };
        assert_eq!(dollars.amount("$1,234.50"), Ok(Amount::from_ten_thousandths(12_345_000)));
        assert_eq!(dollars.amount("1,234.50 USD"), Ok(Amount::from_ten_thousandths(12_345_000)));
        assert_eq!(dollars.amount("€5"), Err(NumberError::NotANumber));
    }

    #[test]
    fn rates_keep_nine_decimals_and_round_half_to_even() {
        let plain = NumberFormat::default();
        assert_eq!(plain.billionths("1.0837"), Ok(1_083_700_000));
        assert_eq!(plain.billionths("0.0000000005"), Ok(0));
        assert_eq!(plain.billionths("0.0000000015"), Ok(2));
        assert_eq!(plain.billionths("0.00000000251"), Ok(3));
    }

    proptest! {
        #[test]
        fn what_one_format_writes_it_reads_back(units in -9_999_999_999_999i64..9_999_999_999_999) {
            let amount = Amount::from_ten_thousandths(units);
            let comma = amount.to_string().replace('.', ",");
            prop_assert_eq!(format(',', Some('.')).amount(&comma), Ok(amount));
        }

        #[test]
        fn no_text_makes_a_number_format_panic(text in "\\PC{0,20}") {
            for format in [format('.', Some(',')), format(',', Some('.')), format(',', Some(' '))] {
                let _ = (format.number(&text), format.whole(&text), format.amount(&text), format.billionths(&text));
            }
        }
    }
}
