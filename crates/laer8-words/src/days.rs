//! Days, months and lengths of time.

use crate::{NO_BREAK, UNDEFINED, locales::Locales, messages::Arg, words::Words};
use chrono::Datelike;
use icu_calendar::{Date, Gregorian};
use laer8_domain::days::{Day, Granularity, Window, shift};

impl Words {
    /// A day: "1 Jul 2026", "1 jul 2026".
    #[must_use]
    pub fn day(self, day: Day) -> String {
        written(day, |date| Locales::of(self.language()).day.format(date).to_string())
    }

    /// A day of a year that is clear from elsewhere: "1 Jul", "1 jul".
    #[must_use]
    pub fn day_short(self, day: Day) -> String {
        written(day, |date| Locales::of(self.language()).day_of_year.format(date).to_string())
    }

    /// The month in which a day lies: "Jul 2026", "jul 2026".
    #[must_use]
    pub fn month(self, day: Day) -> String {
        written(day, |date| Locales::of(self.language()).month.format(date).to_string())
    }

    /// The calendar period that starts on a day: "1 Jul 2026", "Jul 2026",
    /// "Q3 2026" ("T3 2026"), "2026".
    #[must_use]
    pub fn period(self, granularity: Granularity, start: Day) -> String {
        let year = start.year().to_string();
        match granularity {
            Granularity::Day => self.day(start),
            Granularity::Month => self.month(start),
            Granularity::Quarter => {
                let quarter = start.month0() / 3 + 1;
                self.say_with("quarter-of-year", &[("quarter", quarter.into()), ("year", Arg::Text(&year))])
            }
            Granularity::Year => year,
        }
    }

    /// The first and the last day inside a window: "1 Jan 2024 – 31 Dec 2024".
    /// A single day stands alone; an empty window is "–".
    #[must_use]
    pub fn window(self, window: Window) -> String {
        let last = shift(window.end, -1);
        if window.is_empty() {
            return UNDEFINED.to_owned();
        }
        if last == window.start {
            return self.day(last);
        }
        format!("{} – {}", self.day(window.start), self.day(last))
    }

    /// A number of days: "74 days", "1 día".
    #[must_use]
    pub fn days(self, days: i64) -> String {
        self.say_with("days-count", &[("count", Arg::Count(days))])
    }

    /// How long ago something was, in the largest unit that says enough: "5 min
    /// ago". What is a few seconds ago, or still to come, is "just now".
    #[must_use]
    pub fn ago(self, seconds: i64) -> String {
        if seconds < 5 {
            return self.say("ago-now");
        }
        let (unit, count) = match seconds / 60 {
            0 => ("ago-seconds", seconds),
            minutes @ 1..60 => ("ago-minutes", minutes),
            minutes @ 60..1_440 => ("ago-hours", minutes / 60),
            minutes => ("ago-days", minutes / 1_440),
        };
        self.say_with(unit, &[("count", Arg::Count(count))])
    }

    /// A length of time given in hours, as exact as is of use: "45 min",
    /// "3 h 10 min", "26 h", "5.5 days". "–" for none.
    #[must_use]
    pub fn duration_hours(self, hours: impl Into<Option<f64>>) -> String {
        let Some(hours) = hours.into().filter(|hours| hours.is_finite()) else {
            return UNDEFINED.to_owned();
        };
        #[expect(clippy::cast_possible_truncation, reason = "a float is cut to the range of an integer")]
        let minutes = (hours.abs() * 60.0).round() as i64;
        let sign = if hours < 0.0 && minutes > 0 { crate::MINUS.to_string() } else { String::new() };
        let (whole_hours, rest) = (minutes / 60, minutes % 60);
        let length = match (whole_hours, rest) {
            (0, rest) => format!("{rest}{NO_BREAK}min"),
            (1..10, 0) => format!("{whole_hours}{NO_BREAK}h"),
            (1..10, rest) => format!("{whole_hours}{NO_BREAK}h {rest}{NO_BREAK}min"),
            (10..48, _) => format!("{}{NO_BREAK}h", self.number(hours.abs(), 0)),
            _ => {
                let days = self.number(hours.abs() / 24.0, 1);
                self.say_with("days-decimal", &[("days", Arg::Text(&days))])
            }
        };
        format!("{sign}{length}")
    }
}

/// A day of a year with more than four digits stays as ISO 8601 writes it.
fn written(day: Day, write: impl FnOnce(&Date<Gregorian>) -> String) -> String {
    let (month, of_month) = (day.month(), day.day());
    let parts = (u8::try_from(month), u8::try_from(of_month));
    let (Ok(month), Ok(of_month)) = parts else { return day.to_string() };
    Date::try_new_gregorian(day.year(), month, of_month).map_or_else(|_| day.to_string(), |date| write(&date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    const EN: Words = Words::new(Language::En);
    const ES: Words = Words::new(Language::Es);

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn days_and_months_have_their_names() {
        for (text, en, es) in [
            ("2026-07-01", ["1 Jul 2026", "1 Jul", "Jul 2026"], ["1 jul 2026", "1 jul", "jul 2026"]),
            ("2024-12-31", ["31 Dec 2024", "31 Dec", "Dec 2024"], ["31 dic 2024", "31 dic", "dic 2024"]),
            ("2026-09-05", ["5 Sept 2026", "5 Sept", "Sept 2026"], ["5 sept 2026", "5 sept", "sept 2026"]),
            ("2024-02-29", ["29 Feb 2024", "29 Feb", "Feb 2024"], ["29 feb 2024", "29 feb", "feb 2024"]),
        ] {
            let day = day(text);
            assert_eq!([EN.day(day), EN.day_short(day), EN.month(day)], en);
            assert_eq!([ES.day(day), ES.day_short(day), ES.month(day)], es);
        }
    }

    #[test]
    fn a_year_beyond_four_digits_stays_as_iso_8601_writes_it() {
        for words in [EN, ES] {
            assert_eq!(words.day(Day::MAX), "+262142-12-31");
            assert_eq!(words.month(Day::MIN), "-262143-01-01");
        }
    }

    #[test]
    fn a_period_is_named_by_its_length() {
        let said = |words: Words, granularity| words.period(granularity, day("2026-07-01"));
        assert_eq!(said(EN, Granularity::Quarter), "Q3 2026");
        assert_eq!(said(ES, Granularity::Quarter), "T3 2026");
        assert_eq!(said(ES, Granularity::Month), "jul 2026");
        assert_eq!(said(EN, Granularity::Year), "2026");
        assert_eq!(said(EN, Granularity::Day), "1 Jul 2026");
    }

    #[test]
    fn a_window_shows_its_last_day_not_the_one_after() {
        let window = |start, end| EN.window(Window::new(day(start), day(end)));
        assert_eq!(window("2024-01-01", "2025-01-01"), "1 Jan 2024 – 31 Dec 2024");
        assert_eq!(window("2024-01-01", "2024-01-02"), "1 Jan 2024");
        assert_eq!(window("2024-01-01", "2024-01-01"), "–");
    }

    #[test]
    fn a_number_of_days_agrees() {
        for (days, en, es) in [
            (1, "1 day", "1 día"),
            (74, "74 days", "74 días"),
            (0, "0 days", "0 días"),
            (-3, "−3 days", "−3 días"),
        ] {
            assert_eq!((EN.days(days), ES.days(days)), (en.into(), es.into()));
        }
    }

    #[test]
    fn a_length_of_time_is_as_exact_as_is_of_use() {
        for (hours, en, es) in [
            (0.0, "0_min", "0_min"),
            (0.75, "45_min", "45_min"),
            (0.999, "1_h", "1_h"),
            (3.1667, "3_h 10_min", "3_h 10_min"),
            (26.4, "26_h", "26_h"),
            (132.0, "5.5 days", "5,5 días"),
            (-2.0, "−2_h", "−2_h"),
        ] {
            let said = |words: Words| words.duration_hours(hours).replace(NO_BREAK, "_");
            assert_eq!((said(EN), said(ES)), (en.into(), es.into()));
        }
        assert_eq!(EN.duration_hours(None), "–");
    }
}
