//! What measures, criteria and parts count, written with its unit.

use crate::{UNDEFINED, messages::Arg, words::Words};

impl Words {
    /// A value with its unit, by the unit's key as the API names it (`share`,
    /// `change`, `days`, `hours`, `people`, `tickets`, `severity`,
    /// `tickets_per_ten_seats`, `rating`, `nps_points`, `judgement`, `percent`,
    /// `features`, `seats`, `uses`). "–" for none; of an unknown unit the bare
    /// number.
    #[must_use]
    pub fn quantity(self, unit: &str, value: impl Into<Option<f64>>) -> String {
        let Some(value) = value.into().filter(|value| value.is_finite()) else {
            return UNDEFINED.to_owned();
        };
        match unit {
            "share" => self.percent(value, decimals_of_share(value)),
            "change" => self.signed_percent(value, 0),
            "percent" => self.percent(value / 100.0, 0),
            "hours" => self.duration_hours(value),
            "nps_points" => self.points(value, 0),
            "judgement" => self.out_of(value, 0, 100),
            "rating" => self.out_of(value, 1, 5),
            "severity" => self.number(value, decimals_of_count(value)),
            "tickets_per_ten_seats" => {
                let tickets = self.number(value, 1);
                self.say_with("tickets-per-ten-seats", &[("tickets", Arg::Text(&tickets))])
            }
            "days" | "people" | "tickets" | "features" | "seats" | "uses" => self.counted(unit, value),
            _ => self.number(value, decimals_of_count(value)),
        }
    }

    /// "4.6 of 5".
    fn out_of(self, value: f64, decimals: u8, most: i64) -> String {
        let value = self.number(value, decimals);
        self.say_with("of-most", &[("value", Arg::Text(&value)), ("most", Arg::Count(most))])
    }

    fn counted(self, unit: &str, value: f64) -> String {
        #[expect(clippy::cast_possible_truncation, reason = "a float is cut to the range of an integer")]
        let count = value.round() as i64;
        self.say_with(&format!("{unit}-count"), &[("count", Arg::Count(count))])
    }
}

/// Small shares are error rates, where tenths of a percent matter.
fn decimals_of_share(share: f64) -> u8 {
    u8::from(share > 0.0 && share < 0.1)
}

fn decimals_of_count(value: f64) -> u8 {
    u8::from(value.fract().abs() > 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_value_is_written_with_its_unit() {
        for (unit, value, en, es) in [
            ("share", 0.84, "84%", "84_%"),
            ("share", 0.024, "2.4%", "2,4_%"),
            ("share", 0.0, "0%", "0_%"),
            ("change", -0.34, "−34%", "−34_%"),
            ("percent", 41.3, "41%", "41_%"),
            ("days", 31.0, "31 days", "31 días"),
            ("hours", 3.1667, "3_h 10_min", "3_h 10_min"),
            ("people", 1.0, "1 person", "1 persona"),
            ("tickets", 2.0, "2 tickets", "2 tickets"),
            ("severity", 8.0, "8", "8"),
            ("tickets_per_ten_seats", 2.5, "2.5 for each 10 seats", "2,5 por cada 10 plazas"),
            ("rating", 4.6, "4.6 of 5", "4,6 de 5"),
            ("nps_points", 22.0, "+22", "+22"),
            ("judgement", 70.0, "70 of 100", "70 de 100"),
            ("furlongs", 1.5, "1.5", "1,5"),
        ] {
            let said = |language| Words::new(language).quantity(unit, value).replace('\u{a0}', "_");
            assert_eq!((said(Language::En), said(Language::Es)), (en.into(), es.into()));
        }
        assert_eq!(Words::new(Language::En).quantity("days", None), "–");
    }
}
