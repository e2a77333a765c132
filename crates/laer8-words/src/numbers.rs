//! Numbers and percentages.

use crate::{MINUS, NO_BREAK, UNDEFINED, language::Language, locales::Locales, words::Words};

/// How a sign is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Only a minus.
    Negative,
    /// A plus, too; nothing has none.
    Always,
}

impl Sign {
    /// The sign in front of a number that is not rounded to nothing.
    pub(crate) fn of(self, is_negative: bool) -> Option<char> {
        match (is_negative, self) {
            (true, _) => Some(MINUS),
            (false, Self::Always) => Some('+'),
            (false, Self::Negative) => None,
        }
    }
}

impl Words {
    /// A number with so many decimals: "1,204.5", "1204,5". Halves go to the
    /// even neighbour. "–" for none, and for what is not finite.
    #[must_use]
    pub fn number(self, number: impl Into<Option<f64>>, decimals: u8) -> String {
        self.signed(number.into(), decimals, Sign::Negative).unwrap_or_else(|| UNDEFINED.to_owned())
    }

    /// A score in whole points, rounded down: 74.6 is no 75, at which a band may
    /// begin.
    #[must_use]
    pub fn score(self, score: impl Into<Option<f64>>) -> String {
        // What was added up may fall short of a whole point by a hair.
        self.number(score.into().map(|score| (score + 1e-9).floor()), 0)
    }

    /// A whole number: "12,480", "12.480". Spanish groups from five digits on.
    #[must_use]
    pub fn count(self, count: i64) -> String {
        let digits = Locales::of(self.language()).digits(&count.unsigned_abs().to_string());
        if count < 0 { format!("{MINUS}{digits}") } else { digits }
    }

    /// A fraction as a percentage: 0.92 is "92%", "92 %".
    #[must_use]
    pub fn percent(self, fraction: impl Into<Option<f64>>, decimals: u8) -> String {
        self.percentage(fraction.into(), decimals, Sign::Negative)
    }

    /// A fraction of change as a percentage: 0.031 is "+3.1%", "+3,1 %".
    #[must_use]
    pub fn signed_percent(self, fraction: impl Into<Option<f64>>, decimals: u8) -> String {
        self.percentage(fraction.into(), decimals, Sign::Always)
    }

    /// Points gained or lost: "+10.3", "−5,2".
    #[must_use]
    pub fn points(self, points: impl Into<Option<f64>>, decimals: u8) -> String {
        self.signed(points.into(), decimals, Sign::Always).unwrap_or_else(|| UNDEFINED.to_owned())
    }

    fn percentage(self, fraction: Option<f64>, decimals: u8, sign: Sign) -> String {
        let number = self.signed(fraction.map(|fraction| fraction * 100.0), decimals, sign);
        match (number, self.language()) {
            (None, _) => UNDEFINED.to_owned(),
            (Some(number), Language::En) => format!("{number}%"),
            (Some(number), Language::Es) => format!("{number}{NO_BREAK}%"),
        }
    }

    fn signed(self, number: Option<f64>, decimals: u8, sign: Sign) -> Option<String> {
        let number = number.filter(|number| number.is_finite())?;
        let plain = format!("{:.*}", usize::from(decimals), number.abs());
        let digits = Locales::of(self.language()).digits(&plain);
        let is_nothing = plain.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let sign = if is_nothing { None } else { sign.of(number < 0.0) };
        Some(sign.map_or_else(|| digits.clone(), |sign| format!("{sign}{digits}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Words = Words::new(Language::En);
    const ES: Words = Words::new(Language::Es);

    #[test]
    fn numbers_have_the_marks_of_the_language() {
        for (number, decimals, en, es) in [
            (0.0, 0, "0", "0"),
            (62.04, 1, "62.0", "62,0"),
            (1204.0, 0, "1,204", "1204"),
            (12_345.678, 2, "12,345.68", "12.345,68"),
            (1_234_567.0, 0, "1,234,567", "1.234.567"),
            (-34.25, 1, "−34.2", "−34,2"),
            (0.125, 2, "0.12", "0,12"),
            (-0.04, 1, "0.0", "0,0"),
            (-0.0, 0, "0", "0"),
        ] {
            assert_eq!(EN.number(number, decimals), en);
            assert_eq!(ES.number(number, decimals), es);
        }
    }

    #[test]
    fn counts_are_exact() {
        for (count, en, es) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (9_999, "9,999", "9999"),
            (-10_000, "−10,000", "−10.000"),
            (i64::MIN, "−9,223,372,036,854,775,808", "−9.223.372.036.854.775.808"),
        ] {
            assert_eq!(EN.count(count), en);
            assert_eq!(ES.count(count), es);
        }
    }

    #[test]
    fn a_percentage_has_its_space_in_spanish() {
        for (fraction, decimals, en, es) in [
            (0.92, 0, "92%", "92\u{a0}%"),
            (1.031, 1, "103.1%", "103,1\u{a0}%"),
            (-0.34, 0, "−34%", "−34\u{a0}%"),
            (12.5, 0, "1,250%", "1250\u{a0}%"),
        ] {
            assert_eq!(EN.percent(fraction, decimals), en);
            assert_eq!(ES.percent(fraction, decimals), es);
        }
    }

    #[test]
    fn a_change_always_has_its_sign_but_for_nothing() {
        for (fraction, en, es) in [
            (0.031, "+3.1%", "+3,1\u{a0}%"),
            (-0.34, "−34.0%", "−34,0\u{a0}%"),
            (0.0004, "0.0%", "0,0\u{a0}%"),
            (-0.0004, "0.0%", "0,0\u{a0}%"),
        ] {
            assert_eq!(EN.signed_percent(fraction, 1), en);
            assert_eq!(ES.signed_percent(fraction, 1), es);
        }
        assert_eq!((EN.points(10.3, 1), ES.points(-5.2, 1)), ("+10.3".into(), "−5,2".into()));
        assert_eq!(EN.points(0.0, 1), "0.0");
    }

    #[test]
    fn what_is_undefined_is_a_dash_and_never_0_or_infinite() {
        for words in [EN, ES] {
            assert_eq!(words.number(None, 1), "–");
            assert_eq!(words.percent(None, 1), "–");
            assert_eq!(words.signed_percent(f64::INFINITY, 1), "–");
            assert_eq!(words.points(f64::NAN, 1), "–");
        }
    }
}
