//! Which day a view is of.

use crate::AppError;
use laer8_domain::days::{Day, days_between, shift};
use laer8_store::{Span, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// Facts older than this many days are stale: today would call every account
/// silent.
pub const STALE_DAYS: i64 = 14;

/// A day further ahead than this can't be asked for: who writes 2206 for 2026
/// waits a long time for nothing.
const AHEAD_DAYS: i64 = 3_660;

/// Which day a view is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AsOf {
    /// Today, or the day of the newest fact where that is long ago.
    #[default]
    Newest,
    /// Today, come what may.
    Today,
    /// That day.
    Day(Day),
}

/// The day a view is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Moment {
    /// The day.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// Today.
    #[schema(value_type = NaiveDate)]
    pub today: Day,
    /// The day of the newest fact.
    #[schema(value_type = NaiveDate)]
    pub newest: Day,
    /// Whether the newest fact is so old that its day is shown, not today.
    pub stale: bool,
}

/// Decides which day to show.
pub(crate) async fn moment(tx: &Tx, today: Day, as_of: AsOf) -> Result<Moment, AppError> {
    decide(&tx.spans().await?, today, as_of)
}

fn decide(spans: &[Span], today: Day, as_of: AsOf) -> Result<Moment, AppError> {
    let newest = spans.iter().map(|span| span.last_day).max().ok_or(AppError::Empty)?;
    let first = spans.iter().map(|span| span.first_known).min().ok_or(AppError::Empty)?;
    let is_old = days_between(newest, today) > STALE_DAYS;
    let (day, stale) = match as_of {
        AsOf::Newest if is_old => (newest, true),
        AsOf::Newest | AsOf::Today => (today, false),
        AsOf::Day(day) => (day, false),
    };
    let last = shift(today.max(newest), AHEAD_DAYS);
    if day > last {
        return Err(AppError::Invalid(format!("{day} is too far ahead; ask for a day up to {last}")));
    }
    if day < first {
        return Err(AppError::TooEarly { day, first });
    }
    Ok(Moment { day, today, newest, stale })
}

#[cfg(test)]
mod tests {
    use super::*;
    use laer8_store::Family;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn spans() -> [Span; 1] {
        [Span { family: Family::Usage, first_known: day("2023-01-01"), last_day: day("2024-12-31") }]
    }

    #[test]
    fn old_facts_are_shown_as_they_stood_and_today_only_when_asked() {
        let shown =
            |as_of| decide(&spans(), day("2026-11-22"), as_of).map(|moment| (moment.day, moment.stale));
        assert_eq!(shown(AsOf::Newest).expect("a day"), (day("2024-12-31"), true));
        assert_eq!(shown(AsOf::Today).expect("a day"), (day("2026-11-22"), false));
        assert_eq!(shown(AsOf::Day(day("2024-03-01"))).expect("a day"), (day("2024-03-01"), false));
    }

    #[test]
    fn fresh_facts_are_shown_as_of_today() {
        let moment = decide(&spans(), day("2025-01-10"), AsOf::Newest).expect("a day");
        assert_eq!((moment.day, moment.stale), (day("2025-01-10"), false));
    }

    #[test]
    fn a_slip_of_the_pen_is_no_day_in_two_hundred_years() {
        let ahead = |text| decide(&spans(), day("2025-01-10"), AsOf::Day(day(text)));
        assert!(ahead("2026-01-10").is_ok(), "what will a renewal look like?");
        assert!(matches!(ahead("2206-01-10"), Err(AppError::Invalid(_))));
    }

    #[test]
    fn nothing_can_be_shown_before_the_first_fact() {
        assert!(matches!(decide(&[], day("2025-01-10"), AsOf::Today), Err(AppError::Empty)));
        let before = decide(&spans(), day("2025-01-10"), AsOf::Day(day("2022-12-31")));
        assert!(matches!(before, Err(AppError::TooEarly { .. })));
    }
}
