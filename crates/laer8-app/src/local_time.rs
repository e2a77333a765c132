//! An instant as the clocks of the workspace show it.

use chrono::{DateTime, Timelike as _, Utc};
use chrono_tz::Tz;
use laer8_domain::days::{Day, day_of};
use serde::Serialize;
use utoipa::ToSchema;

/// A minute of a day, where the workspace's days begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LocalTime {
    /// The day.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// The hour, 0 to 23.
    #[schema(maximum = 23)]
    pub hour: u32,
    /// The minute, 0 to 59.
    #[schema(maximum = 59)]
    pub minute: u32,
}

impl LocalTime {
    /// An instant in a time zone.
    #[must_use]
    pub fn of(at: DateTime<Utc>, zone: Tz) -> Self {
        let local = at.with_timezone(&zone);
        Self { day: day_of(at, zone), hour: local.hour(), minute: local.minute() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_evening_in_utc_is_the_next_day_in_the_east() {
        let at = "2026-06-30T23:05:59Z".parse().expect("an instant");
        let local = LocalTime::of(at, Tz::Europe__Berlin);
        assert_eq!((local.day.to_string().as_str(), local.hour, local.minute), ("2026-07-01", 1, 5));
    }
}
