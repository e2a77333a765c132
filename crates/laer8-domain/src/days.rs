//! Calendar days, half-open windows and periods.
//!
//! Days are calendar days in the workspace's time zone; the store converts
//! instants to days on the way out, so nothing else needs to know the zone.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A calendar day in the workspace's time zone.
pub type Day = NaiveDate;

/// The day on which an instant falls in `zone`.
#[must_use]
pub fn day_of(instant: DateTime<Utc>, zone: Tz) -> Day {
    instant.with_timezone(&zone).date_naive()
}

/// The first instant of `day` in `zone`.
///
/// Where the clocks skip midnight, the first instant that exists.
#[must_use]
pub fn start_of(day: Day, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..=4)
        .find_map(|half_hours| {
            let moment = midnight + chrono::Duration::minutes(30 * half_hours);
            zone.from_local_datetime(&moment).earliest()
        })
        .map_or_else(|| midnight.and_utc(), |moment| moment.with_timezone(&Utc))
}

/// `day` moved by `days`, which may be negative; stays put at the ends of the
/// calendar.
#[must_use]
pub fn shift(day: Day, days: i64) -> Day {
    let step = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(step) } else { day.checked_add_days(step) };
    moved.unwrap_or(day)
}

/// `day` moved by whole months; 31 January + 1 month is the last of February.
#[must_use]
pub fn shift_months(day: Day, months: i32) -> Day {
    let step = Months::new(months.unsigned_abs());
    let moved = if months < 0 { day.checked_sub_months(step) } else { day.checked_add_months(step) };
    moved.unwrap_or(day)
}

/// Days from `a` to `b`; negative when `b` is earlier.
#[must_use]
pub fn days_between(a: Day, b: Day) -> i64 {
    (b - a).num_days()
}

/// A half-open run of days: `start ≤ d < end`. Empty when `end ≤ start`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Window {
    /// The first day inside.
    #[schema(value_type = NaiveDate)]
    pub start: Day,
    /// The first day after.
    #[schema(value_type = NaiveDate)]
    pub end: Day,
}

impl Window {
    /// `[start, end)`.
    #[must_use]
    pub fn new(start: Day, end: Day) -> Self {
        Self { start, end }
    }

    /// The `days` days that end with `day`, `day` included.
    #[must_use]
    pub fn last_days(day: Day, days: u32) -> Self {
        let end = shift(day, 1);
        Self { start: shift(end, -i64::from(days)), end }
    }

    /// The window of the same length that ends where this one starts.
    #[must_use]
    pub fn before(self, days: u32) -> Self {
        Self { start: shift(self.start, -i64::from(days)), end: self.start }
    }

    /// Whether `day` lies inside.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.start <= day && day < self.end
    }

    /// How many days lie inside.
    #[must_use]
    pub fn len(self) -> i64 {
        days_between(self.start, self.end).max(0)
    }

    /// Whether no day lies inside.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// How long the periods of a report are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// Calendar days.
    Day,
    /// Calendar months.
    Month,
    /// Calendar quarters.
    Quarter,
    /// Calendar years.
    Year,
}

impl Granularity {
    /// The first day of the period in which `day` lies.
    #[must_use]
    pub fn floor(self, day: Day) -> Day {
        let first_of = |month| Day::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        match self {
            Self::Day => day,
            Self::Month => first_of(day.month()),
            Self::Quarter => first_of((day.month() - 1) / 3 * 3 + 1),
            Self::Year => first_of(1),
        }
    }

    /// The first day of the period after the one that starts on `start`.
    #[must_use]
    pub fn next(self, start: Day) -> Day {
        match self {
            Self::Day => shift(start, 1),
            Self::Month => shift_months(start, 1),
            Self::Quarter => shift_months(start, 3),
            Self::Year => shift_months(start, 12),
        }
    }

    /// Cuts `window` into calendar periods; the first and the last may be
    /// shorter than the others.
    #[must_use]
    pub fn split(self, window: Window) -> Vec<Window> {
        let mut periods = Vec::new();
        let mut start = window.start;
        while start < window.end {
            let end = self.next(self.floor(start)).min(window.end);
            if end <= start {
                break; // the end of the calendar
            }
            periods.push(Window::new(start, end));
            start = end;
        }
        periods
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn the_last_28_days_include_today() {
        let window = Window::last_days(day("2026-03-28"), 28);
        assert_eq!(window, Window::new(day("2026-03-01"), day("2026-03-29")));
        assert_eq!(window.len(), 28);
    }

    #[test]
    fn a_window_is_cut_at_calendar_months() {
        let months = Granularity::Month.split(Window::new(day("2026-01-15"), day("2026-03-02")));
        let starts: Vec<String> = months.iter().map(|month| month.start.to_string()).collect();
        assert_eq!(starts, ["2026-01-15", "2026-02-01", "2026-03-01"]);
    }

    #[test]
    fn midnight_that_daylight_saving_skips_becomes_one_o_clock() {
        // Santiago moved its clocks from 23:59 to 01:00 on 8 September 2024.
        let zone = chrono_tz::America::Santiago;
        let start = start_of(day("2024-09-08"), zone);
        assert_eq!(start.with_timezone(&zone).to_string(), "2024-09-08 01:00:00 -03");
        assert_eq!(day_of(start, zone), day("2024-09-08"));
    }

    proptest! {
        #[test]
        fn the_parts_of_a_window_join_up(first in 0i64..20_000, length in 0i64..2_000) {
            let start = shift(day("1980-01-01"), first);
            let window = Window::new(start, shift(start, length));
            for granularity in [Granularity::Day, Granularity::Month, Granularity::Quarter, Granularity::Year] {
                let parts = granularity.split(window);
                prop_assert_eq!(parts.iter().map(|part| part.len()).sum::<i64>(), window.len());
                prop_assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start));
            }
        }
    }
}
