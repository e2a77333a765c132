//! Dates and times by a list of strftime formats.

use chrono::{
    DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
    format::{Fixed, Item, Numeric, Pad, Parsed, StrftimeItems, parse},
};
use chrono_tz::Tz;
use laer8_domain::days::{Day, day_of, start_of};
use std::fmt::Write;

/// The years that a date in a customer's life can have. Outside, a format was
/// misread (`%Y` makes the year 24 of "24") or the date is a placeholder such
/// as 9999-12-31.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// A point in time as a file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A day without a time.
    Day(Day),
    /// A day and a time on the clocks of the file's time zone.
    Local(NaiveDateTime),
    /// With its offset from UTC.
    Instant(DateTime<Utc>),
}

impl Moment {
    /// The calendar day in `zone`.
    #[must_use]
    pub fn day(self, zone: Tz) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Local(local) => local.date(),
            Self::Instant(instant) => day_of(instant, zone),
        }
    }

    /// The instant; a day without a time is its midnight in `zone`. Of an hour
    /// that the clocks show twice the first is meant, and a time that they
    /// skip is the next that exists.
    #[must_use]
    pub fn instant(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Day(day) => start_of(day, zone),
            Self::Instant(instant) => instant,
            Self::Local(local) => (0..=4)
                .find_map(|half_hours| {
                    zone.from_local_datetime(&(local + chrono::Duration::minutes(30 * half_hours))).earliest()
                })
                .map_or_else(|| local.and_utc(), |moment| moment.with_timezone(&Utc)),
        }
    }
}

/// Why a format is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateFormatError {
    /// Not a strftime format.
    #[error("`{0}` is not a date format; write it like `%d-%m-%Y` or `%Y-%m-%d %H:%M`")]
    Unreadable(String),
    /// It does not say which day.
    #[error("`{0}` does not give day, month and year; write it like `%d-%m-%Y`")]
    NoDay(String),
    /// Two formats read one text as different days.
    #[error("`{one}` and `{other}` read `{text}` as different days; keep one of them")]
    Ambiguous {
        /// One of them.
        one: String,
        /// The other.
        other: String,
        /// What both read.
        text: String,
    },
}

/// One format, ready to read.
#[derive(Debug, Clone, PartialEq)]
struct DateFormat {
    text: String,
    items: Vec<Item<'static>>,
    /// The format as steps of known width, where all of it is.
    fixed: Option<Vec<Step>>,
}

/// A piece of a format whose width is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Byte(u8),
}

/// The formats of a column: the first that reads a text wins.
#[derive(Debug, Clone, PartialEq)]
pub struct DateFormats {
    formats: Vec<DateFormat>,
}

/// ISO 8601 in its usual forms.
impl Default for DateFormats {
    fn default() -> Self {
        let iso = ["%Y-%m-%d", "%+", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%.f"];
        let formats = iso.iter().filter_map(|text| DateFormat::new(text).ok()).collect();
        Self { formats }
    }
}

impl DateFormats {
    /// From strftime formats, as `chrono` reads them.
    ///
    /// # Errors
    /// [`DateFormatError`] when one is not a format, does not name a day, or
    /// two of them read one text as different days.
    pub fn new<S: AsRef<str>>(formats: &[S]) -> Result<Self, DateFormatError> {
        let formats: Result<Vec<_>, _> = formats.iter().map(|text| DateFormat::new(text.as_ref())).collect();
        let formats = Self { formats: formats? };
        formats.check_ambiguity()?;
        Ok(formats)
    }

    /// The point in time that `text` names; none when no format reads it.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Moment> {
        self.formats.iter().find_map(|format| format.read(text))
    }

    /// Whether a format reads `text` as a date outside the years 1900 to 2199:
    /// a year of two digits read by `%Y`, or a placeholder.
    #[must_use]
    pub fn is_unlikely(&self, text: &str) -> bool {
        self.read(text).is_none() && self.formats.iter().any(|format| format.read_any(text).is_some())
    }

    /// The formats as a list for messages, as people write them: `DD-MM-YYYY`.
    #[must_use]
    pub fn describe(&self) -> String {
        let mut formats: Vec<String> =
            self.formats.iter().map(|format| format!("`{}`", legible(&format.text))).collect();
        formats.dedup();
        formats.join(" or ")
    }

    /// A list with both `%d-%m-%Y` and `%m-%d-%Y` would read half of a column
    /// wrong; so no two formats may disagree about a text.
    fn check_ambiguity(&self) -> Result<(), DateFormatError> {
        for one in &self.formats {
            let Some(text) = one.probe() else { continue };
            let own = one.read(&text).map(|moment| moment.day(Tz::UTC));
            for other in &self.formats {
                let read = other.read(&text).map(|moment| moment.day(Tz::UTC));
                if own.is_some() && read.is_some() && read != own {
                    let (one, other) = (one.text.clone(), other.text.clone());
                    return Err(DateFormatError::Ambiguous { one, other, text });
                }
            }
        }
        Ok(())
    }
}

impl DateFormat {
    fn new(text: &str) -> Result<Self, DateFormatError> {
        let unreadable = || DateFormatError::Unreadable(text.to_owned());
        let items = StrftimeItems::new(text).parse_to_owned().map_err(|_| unreadable())?;
        if !items.iter().any(|item| matches!(item, Item::Numeric(..) | Item::Fixed(_))) {
            return Err(unreadable());
        }
        let fixed = steps(text, &items);
        let format = Self { text: text.to_owned(), items, fixed };
        let day = format.probe().and_then(|text| format.read(&text)).map(|moment| moment.day(Tz::UTC));
        if day.is_none_or(|day| (day.year(), day.month(), day.day()) != (2003, 4, 5)) {
            return Err(DateFormatError::NoDay(text.to_owned()));
        }
        Ok(format)
    }

    /// A day of which each part differs, as this format writes it.
    fn probe(&self) -> Option<String> {
        let probe = NaiveDate::from_ymd_opt(2003, 4, 5)?.and_time(NaiveTime::MIN).and_utc();
        let mut text = String::new();
        if write!(text, "{}", probe.format_with_items(self.items.iter())).is_ok() {
            return Some(text);
        }
        // `%#z` can be read but not written; what `%z` writes it reads.
        let writable = self.items.iter().map(|item| match item {
            Item::Fixed(Fixed::Internal(_)) => &Item::Fixed(Fixed::TimezoneOffset),
            other => other,
        });
        text.clear();
        write!(text, "{}", probe.format_with_items(writable)).ok().map(|()| text)
    }

    fn read(&self, text: &str) -> Option<Moment> {
        self.read_any(text).filter(|moment| YEARS.contains(&moment.day(Tz::UTC).year()))
    }

    /// Whatever the year.
    fn read_any(&self, text: &str) -> Option<Moment> {
        let quick = self.fixed.as_ref().and_then(|steps| read_fixed(steps, text.as_bytes()));
        quick.or_else(|| self.read_slowly(text))
    }

    fn read_slowly(&self, text: &str) -> Option<Moment> {
        let mut parsed = Parsed::new();
        parse(&mut parsed, text, self.items.iter()).ok()?;
        if parsed.timestamp().is_some() || parsed.offset().is_some() {
            // A timestamp without an offset counts in UTC.
            let instant = match parsed.offset() {
                Some(_) => parsed.to_datetime().ok()?.to_utc(),
                None => parsed.to_datetime_with_timezone(&Utc).ok()?,
            };
            return Some(Moment::Instant(instant));
        }
        let day = parsed.to_naive_date().ok()?;
        if parsed.hour_mod_12().is_none() {
            return Some(Moment::Day(day));
        }
        Some(Moment::Local(day.and_time(parsed.to_naive_time().ok()?)))
    }
}

/// The steps of a format that is all zero-padded numbers and ASCII marks.
fn steps(text: &str, items: &[Item<'static>]) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for item in items {
        match item {
            Item::Numeric(Numeric::Year, Pad::Zero) => steps.push(Step::Year),
            Item::Numeric(Numeric::Month, Pad::Zero) => steps.push(Step::Month),
            Item::Numeric(Numeric::Day, Pad::Zero) => steps.push(Step::Day),
            Item::Numeric(Numeric::Hour, Pad::Zero) => steps.push(Step::Hour),
            Item::Numeric(Numeric::Minute, Pad::Zero) => steps.push(Step::Minute),
            Item::Numeric(Numeric::Second, Pad::Zero) => steps.push(Step::Second),
            Item::Literal(marks) if marks.is_ascii() => steps.extend(marks.bytes().map(Step::Byte)),
            Item::OwnedLiteral(marks) if marks.is_ascii() => steps.extend(marks.bytes().map(Step::Byte)),
            Item::Space(" ") => steps.push(Step::Byte(b' ')),
            Item::OwnedSpace(space) if &**space == " " => steps.push(Step::Byte(b' ')),
            _ => return None,
        }
    }
    let once = |step| steps.iter().filter(|other| **other == step).count() == 1;
    (text.is_ascii() && once(Step::Year) && once(Step::Month) && once(Step::Day)).then_some(steps)
}

/// Reads `text` when it has exactly the widths of `steps`; what it reads is
/// what `chrono` would.
fn read_fixed(steps: &[Step], text: &[u8]) -> Option<Moment> {
    let (mut year, mut month, mut day) = (0, 0, 0);
    let (mut hour, mut minute, mut second) = (None, 0, 0);
    let mut rest = text;
    for step in steps {
        match step {
            Step::Year => year = digits(&mut rest, 4)?,
            Step::Month => month = digits(&mut rest, 2)?,
            Step::Day => day = digits(&mut rest, 2)?,
            Step::Hour => hour = Some(digits(&mut rest, 2)?),
            Step::Minute => minute = digits(&mut rest, 2)?,
            Step::Second => second = digits(&mut rest, 2)?,
            Step::Byte(mark) => {
                let (first, after) = rest.split_first()?;
                if first != mark {
                    return None;
                }
                rest = after;
            }
        }
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|_| rest.is_empty())?;
    match hour {
        None => Some(Moment::Day(date)),
        Some(hour) => date.and_hms_opt(hour, minute, second).map(Moment::Local),
    }
}

fn digits(rest: &mut &[u8], width: usize) -> Option<u32> {
    let (number, after) = rest.split_at_checked(width)?;
    *rest = after;
    number.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

/// A format as people write it: `%d-%m-%Y` is `DD-MM-YYYY`.
fn legible(format: &str) -> String {
    const LEGIBLE: [(&str, &str); 16] = [
        ("%+", "YYYY-MM-DDThh:mm:ssZ"),
        ("%F", "YYYY-MM-DD"),
        ("%T", "hh:mm:ss"),
        ("%Y", "YYYY"),
        ("%y", "YY"),
        ("%m", "MM"),
        ("%d", "DD"),
        ("%e", "D"),
        ("%b", "Jan"),
        ("%B", "January"),
        ("%H", "hh"),
        ("%I", "hh"),
        ("%M", "mm"),
        ("%S", "ss"),
        ("%.f", ""),
        ("%p", "AM"),
    ];
    LEGIBLE.iter().fold(format.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(formats: &[&str], text: &str) -> Option<String> {
        let formats = DateFormats::new(formats).expect("formats");
        formats.read(text).map(|moment| moment.instant(chrono_tz::Europe::Madrid).to_rfc3339())
    }

    #[test]
    fn formats_read_what_they_say() {
        let madrid = |text: &str| Some(text.to_owned());
        let table = [
            ("%d-%m-%Y", "03-04-2024", madrid("2024-04-02T22:00:00+00:00")),
            ("%d-%m-%Y", "3-4-2024", madrid("2024-04-02T22:00:00+00:00")),
            ("%m/%d/%Y", "04/03/2024", madrid("2024-04-02T22:00:00+00:00")),
            ("%d.%m.%y", "03.04.24", madrid("2024-04-02T22:00:00+00:00")),
            ("%d-%m-%Y %H:%M", "03-01-2024 05:30", madrid("2024-01-03T04:30:00+00:00")),
            ("%Y-%m-%dT%H:%M:%S%:z", "2024-01-03T05:30:00+02:00", madrid("2024-01-03T03:30:00+00:00")),
            ("%Y-%m-%dT%H:%M:%S%#z", "2024-01-03T05:30:00Z", madrid("2024-01-03T05:30:00+00:00")),
            ("%s", "1704252600", madrid("2024-01-03T03:30:00+00:00")),
            ("%d %b %Y", "3 Jan 2024", madrid("2024-01-02T23:00:00+00:00")),
            ("%m/%d/%Y %I:%M %p", "01/03/2024 05:30 PM", madrid("2024-01-03T16:30:00+00:00")),
        ];
        for (format, text, expected) in table {
            assert_eq!(read(&[format], text), expected, "{format} {text}");
        }
    }

    #[test]
    fn what_no_format_reads_is_none() {
        for text in ["31-02-2024", "2024-01-03", "03-04-24", "03-04-2024 10:00", "", "never", "31-12-9999"] {
            assert_eq!(read(&["%d-%m-%Y"], text), None, "{text}");
        }
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_the_next_that_exists() {
        let skipped = read(&["%Y-%m-%d %H:%M"], "2024-03-31 02:30");
        assert_eq!(skipped.as_deref(), Some("2024-03-31T01:00:00+00:00"));
    }

    #[test]
    fn a_format_must_name_a_day_and_two_must_not_contradict_each_other() {
        let fault = |formats: &[&str]| DateFormats::new(formats).map(drop).expect_err("a fault").to_string();
        assert_eq!(
            fault(&["DD-MM-YYYY"]),
            "`DD-MM-YYYY` is not a date format; write it like `%d-%m-%Y` or `%Y-%m-%d %H:%M`"
        );
        assert_eq!(fault(&["%Q"]), "`%Q` is not a date format; write it like `%d-%m-%Y` or `%Y-%m-%d %H:%M`");
        assert_eq!(fault(&["%H:%M"]), "`%H:%M` does not give day, month and year; write it like `%d-%m-%Y`");
        assert_eq!(
            fault(&["%d-%m-%Y", "%m-%d-%Y"]),
            "`%d-%m-%Y` and `%m-%d-%Y` read `05-04-2003` as different days; keep one of them"
        );
        assert!(DateFormats::new(&["%d/%m/%Y", "%d/%m/%y", "%d/%m/%Y %H:%M"]).is_ok());
    }

    proptest! {
        /// The quick way is only quicker.
        #[test]
        fn the_quick_way_reads_what_chrono_reads(
            format in prop::sample::select(vec!["%d-%m-%Y", "%Y-%m-%d %H:%M:%S", "%Y%m%d", "%m/%d/%Y %H:%M", "%H:%M %d.%m.%Y"]),
            text in prop_oneof![
                "[0-3][0-9]-[01][0-9]-[12][0-9]{3}", "[12][0-9]{3}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-6][0-9]:[0-6][0-9]",
                "[0-9]{6,9}", "[01][0-9]/[0-3][0-9]/[12][0-9]{3} [0-9]{2}:[0-9]{2}", "[0-2][0-9]:[0-5][0-9] [0-3][0-9].[01][0-9].[0-9]{4}", "\\PC{0,12}",
            ],
        ) {
            let format = DateFormat::new(format).expect("a format");
            let steps = format.fixed.as_ref().expect("fixed width");
            if let Some(quick) = read_fixed(steps, text.as_bytes()) {
                prop_assert_eq!(Some(quick), format.read_slowly(&text));
            }
        }
    }
}
