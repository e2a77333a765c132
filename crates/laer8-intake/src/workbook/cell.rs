//! What stands in a cell, as text that the formats of a mapping read.

use calamine::{DataRef, ExcelDateTime};
use chrono::{Duration, NaiveDateTime, Timelike};

/// Excel computes with fifteen digits, and shows no more.
const DIGITS: usize = 15;

/// The text of a cell: dates as ISO 8601, numbers with a point and without
/// groups, `true` and `false`. Of a formula, its result.
pub(super) fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::Error(error) => error.to_string(),
    }
}

fn number_text(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    // What binary fractions add beyond the digits that Excel keeps is not seen.
    let rounded: f64 = format!("{number:.*e}", DIGITS - 1).parse().unwrap_or(number);
    // -0 is 0.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    let Some(at) = moment.as_datetime().map(to_the_second) else {
        return number_text(moment.as_f64());
    };
    if moment.is_duration() {
        let Some(length) = moment.as_duration() else { return number_text(moment.as_f64()) };
        let seconds = (length.num_milliseconds() + 500).div_euclid(1_000);
        return format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }
    if (0.0..1.0).contains(&moment.as_f64()) {
        return at.format("%H:%M:%S").to_string();
    }
    if at.num_seconds_from_midnight() == 0 {
        return at.format("%Y-%m-%d").to_string();
    }
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}

fn to_the_second(at: NaiveDateTime) -> NaiveDateTime {
    let up = at.checked_add_signed(Duration::milliseconds(500)).unwrap_or(at);
    up.with_nanosecond(0).unwrap_or(up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_see_them() {
        for (number, text) in [
            (1_200.0, "1200"),
            (0.1 + 0.2, "0.3"),
            (19.999_999_999_999_996, "20"),
            (-0.0, "0"),
            (1e20, "100000000000000000000"),
            (0.000_012_5, "0.0000125"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }
}
