//! When a subscription can next be left, and when the time to renew it begins.

use crate::config::RenewalRule;
use laer8_domain::{
    days::{Day, days_between, shift, shift_months},
    subscriptions::{Term, Terms},
};

/// Until when a subscription is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment {
    /// The contract's term in which the day lies; none when there are no terms.
    pub term: Option<Term>,
    /// The first day on which it could end; none when that is today.
    pub renewal_on: Option<Day>,
    /// The last day on which notice can be given for that.
    pub notice_by: Option<Day>,
    /// The first day of the renewal window; none when it is always open.
    pub window_start: Option<Day>,
}

impl Commitment {
    /// Whether it can be cancelled at any moment: continuous renewal.
    #[must_use]
    pub fn is_continuous(&self) -> bool {
        self.renewal_on.is_none()
    }

    /// Whether the time to renew it has begun.
    #[must_use]
    pub fn in_window(&self, day: Day) -> bool {
        self.window_start.is_none_or(|start| start <= day)
    }
}

/// Until when `terms` bind on `day`.
///
/// While a captive period runs (`captive_until`), what could otherwise be
/// cancelled at any moment is bound until its end, and a term that ends inside
/// it is followed by another: the renewal is at the first term's end outside.
#[must_use]
pub fn commitment(terms: &Terms, rule: &RenewalRule, day: Day) -> Commitment {
    let term = terms.term_on(day);
    let captive = terms.captive_until.filter(|until| *until > day);
    let (start, end) = match (term, captive) {
        (None, None) => return Commitment { term, renewal_on: None, notice_by: None, window_start: None },
        (None, Some(until)) => (terms.term_start, until),
        (Some(term), Some(until)) if until > term.end => {
            let last = terms.term_on(shift(until, -1)).unwrap_or(term);
            (term.start, last.end)
        }
        (Some(term), _) => (term.start, term.end),
    };
    Commitment {
        term,
        renewal_on: Some(end),
        notice_by: Some(shift(end, -i64::from(terms.notice_days))),
        window_start: Some(window_start(rule, start, end, terms.notice_days)),
    }
}

/// The larger of 90 days and notice + 30 days before the end of what runs a
/// year or longer, the last third (rounded up to whole days) of what is shorter;
/// never before the start.
fn window_start(rule: &RenewalRule, start: Day, end: Day, notice_days: u16) -> Day {
    let is_long = shift_months(start, i32::from(rule.long_term_months)) <= end;
    let days = if is_long {
        let notice_and_margin = i64::from(notice_days) + i64::from(rule.notice_margin_days);
        notice_and_margin.max(i64::from(rule.window_days))
    } else {
        let part = i64::from(rule.short_term_part.max(1));
        (days_between(start, end) + part - 1) / part
    };
    shift(end, -days).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{day, shipped_config, terms};

    fn on(terms: &Terms, text: &str) -> Commitment {
        commitment(terms, &shipped_config().renewal, day(text))
    }

    fn window_days(commitment: Commitment) -> Option<i64> {
        Some(days_between(commitment.window_start?, commitment.renewal_on?))
    }

    #[test]
    fn an_annual_term_with_a_month_of_notice_opens_90_days_before_its_end() {
        let mut annual = terms("2026-01-01", Some(12));
        annual.notice_days = 30;
        let commitment = on(&annual, "2026-05-01");
        assert_eq!(commitment.renewal_on, Some(day("2027-01-01")));
        assert_eq!(commitment.notice_by, Some(day("2026-12-02")));
        assert_eq!(window_days(commitment), Some(90));
        assert!(!commitment.in_window(day("2026-10-02")));
        assert!(commitment.in_window(day("2026-10-03")));
    }

    #[test]
    fn with_90_days_of_notice_the_window_is_120_days() {
        let mut annual = terms("2026-01-01", Some(12));
        annual.notice_days = 90;
        assert_eq!(window_days(on(&annual, "2026-05-01")), Some(120));
    }

    #[test]
    fn shorter_terms_renew_in_their_last_third() {
        let half_year = on(&terms("2026-01-01", Some(6)), "2026-02-01");
        assert_eq!(window_days(half_year), Some(61), "a third of 181 days, rounded up");
        let month = on(&terms("2026-04-01", Some(1)), "2026-04-02");
        assert_eq!(
            (month.window_start, month.renewal_on),
            (Some(day("2026-04-21")), Some(day("2026-05-01")))
        );
    }

    #[test]
    fn a_term_of_several_years_has_the_window_of_an_annual_one() {
        let commitment = on(&terms("2024-02-29", Some(36)), "2025-01-01");
        assert_eq!(commitment.renewal_on, Some(day("2027-02-28")));
        assert_eq!(window_days(commitment), Some(90));
    }

    #[test]
    fn what_can_be_cancelled_at_any_moment_is_always_in_its_window() {
        let commitment = on(&terms("2026-01-01", None), "2026-01-01");
        assert!(commitment.is_continuous() && commitment.in_window(day("2026-01-01")));
        assert_eq!(commitment.renewal_on, None);
    }

    #[test]
    fn a_captive_period_binds_longer_than_the_term() {
        let mut free = terms("2026-01-01", None);
        free.captive_until = Some(day("2027-01-01"));
        assert_eq!(window_days(on(&free, "2026-06-01")), Some(90));
        assert!(on(&free, "2027-01-01").is_continuous());

        let mut monthly = terms("2026-01-01", Some(1));
        monthly.captive_until = Some(day("2026-04-15"));
        assert_eq!(on(&monthly, "2026-02-10").renewal_on, Some(day("2026-05-01")));
        assert_eq!(on(&monthly, "2026-04-20").renewal_on, Some(day("2026-05-01")));
    }
}
