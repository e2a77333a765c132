//! When an event happened.

use crate::json;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::value::RawValue;

/// Nothing that is tracked is older: a clock that says so was never set.
const EARLIEST: i64 = 946_684_800; // 2000-01-01T00:00:00Z

/// From here on a number counts milliseconds, below it seconds.
const MILLISECONDS_FROM: f64 = 100_000_000_000.0;

/// What a sender says of time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Times<'a> {
    /// When it happened, by the sender's clock.
    pub(super) original: Option<&'a RawValue>,
    /// When it was sent, by the same clock.
    pub(super) sent: Option<&'a RawValue>,
}

impl Times<'_> {
    /// When it happened by our clock:
    /// `received - (sent - original)`, so that a clock that is wrong does no
    /// harm. Without `sent` the sender's word stands. What nobody says, what
    /// can't be read, what lies before the year 2000 and what lies after its
    /// own receipt happened when it was received.
    pub(super) fn occurred_at(self, received_at: DateTime<Utc>) -> DateTime<Utc> {
        let Some(original) = self.original.and_then(instant) else { return received_at };
        let corrected = match self.sent.and_then(instant) {
            None => Some(original),
            Some(sent) => received_at.checked_sub_signed(sent.signed_duration_since(original)),
        };
        corrected.filter(|at| at.timestamp() >= EARLIEST && *at <= received_at).unwrap_or(received_at)
    }
}

/// An instant as SDKs write it: ISO 8601 with or without fraction and offset
/// (then UTC), or seconds or milliseconds since 1970.
fn instant(raw: &RawValue) -> Option<DateTime<Utc>> {
    let text = json::text_or_number(raw)?;
    if let Ok(instant) = DateTime::parse_from_rfc3339(&text) {
        return Some(instant.to_utc());
    }
    if let Ok(instant) = DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%#z")
        .or_else(|_| DateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S%.f %#z"))
    {
        return Some(instant.to_utc());
    }
    for format in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"] {
        if let Ok(local) = NaiveDateTime::parse_from_str(&text, format) {
            return Some(local.and_utc());
        }
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Some(day.and_time(chrono::NaiveTime::MIN).and_utc());
    }
    since_1970(text.parse().ok()?)
}

fn since_1970(number: f64) -> Option<DateTime<Utc>> {
    if !number.is_finite() {
        return None;
    }
    let milliseconds = if number.abs() < MILLISECONDS_FROM { number * 1_000.0 } else { number };
    #[expect(clippy::cast_possible_truncation, reason = "what is too large to be a time is none")]
    DateTime::from_timestamp_millis(milliseconds as i64)
}

/// The day of a trait that says when something was made, in UTC.
pub(super) fn day(raw: &RawValue) -> Option<NaiveDate> {
    instant(raw).map(|instant| instant.date_naive()).filter(|day| {
        use chrono::Datelike;
        (1900..=2199).contains(&day.year())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn read(json: &str) -> Option<String> {
        let raw: &RawValue = serde_json::from_str(json).expect("JSON");
        instant(raw).map(|instant| instant.to_rfc3339())
    }

    #[test]
    fn every_way_in_which_sdks_write_time_is_read() {
        let noon = Some("2026-11-22T12:00:00+00:00".to_owned());
        for json in [
            "\"2026-11-22T12:00:00Z\"",
            "\"2026-11-22T12:00:00.000Z\"",
            "\"2026-11-22T12:00:00.0000000Z\"",
            "\"2026-11-22T13:00:00+01:00\"",
            "\"2026-11-22T13:00:00+0100\"",
            "\"2026-11-22T13:00:00.000000+01\"",
            "\"2026-11-22 12:00:00\"",
            "\"2026-11-22 13:00:00 +0100\"",
            "\"2026-11-22T12:00:00.000\"",
            "\"2026-11-22T12:00\"",
            "1795348800",
            "1795348800000",
            "\"1795348800\"",
        ] {
            assert_eq!(read(json), noon, "{json}");
        }
        assert_eq!(read("\"2026-11-22\"").as_deref(), Some("2026-11-22T00:00:00+00:00"));
        for json in
            ["\"yesterday\"", "\"2026-13-01\"", "1e300", "-1e300", "null", "{}", "\"\"", "\"nan\"", "\"inf\""]
        {
            let read = read(json);
            assert!(
                read.is_none() || !read.as_deref().is_some_and(|text| text.starts_with("2026")),
                "{json}"
            );
        }
    }

    fn occurred(original: &str, sent: &str, received: &str) -> String {
        let (original, sent) = (serde_json::to_string(original), serde_json::to_string(sent));
        let (original, sent) = (original.expect("JSON"), sent.expect("JSON"));
        let times =
            Times { original: serde_json::from_str(&original).ok(), sent: serde_json::from_str(&sent).ok() };
        times.occurred_at(at(received)).to_rfc3339()
    }

    #[test]
    fn a_clock_that_is_an_hour_fast_does_no_harm() {
        let occurred = occurred("2026-11-22T13:00:00Z", "2026-11-22T13:00:10Z", "2026-11-22T12:00:11Z");
        assert_eq!(occurred, "2026-11-22T12:00:01+00:00");
    }

    #[test]
    fn what_makes_no_sense_happened_when_it_was_received() {
        let received = "2026-11-22T12:00:00+00:00";
        assert_eq!(occurred("1970-01-01T00:00:00Z", "", received), received, "a clock that was never set");
        assert_eq!(occurred("2026-11-23T00:00:00Z", "", received), received, "after its receipt");
        assert_eq!(
            occurred("2026-11-22T13:00:00Z", "2026-11-22T12:00:00Z", received),
            received,
            "sent before"
        );
        assert_eq!(occurred("soon", "2026-11-22T12:00:00Z", received), received);
        assert_eq!(
            occurred("2020-01-01T00:00:00Z", "", received),
            "2020-01-01T00:00:00+00:00",
            "history stays"
        );
    }

    proptest! {
        /// However wrong the clock of the sender, what is found is as long
        /// before the receipt as the event lay before its sending.
        #[test]
        fn the_senders_clock_does_not_matter(skew in -100_000_000_i64..100_000_000, waited in 0_i64..600_000_000) {
            let received = at("2026-11-22T12:00:00Z");
            let sent = received + chrono::TimeDelta::milliseconds(skew * 1_000);
            let original = sent - chrono::TimeDelta::milliseconds(waited);
            let found = occurred(&original.to_rfc3339(), &sent.to_rfc3339(), &received.to_rfc3339());
            prop_assert_eq!(at(&found), received - chrono::TimeDelta::milliseconds(waited));
        }
    }
}
