//! Cohorts: the accounts that became customers in the same month, and what is
//! left of them month by month.

use crate::{
    book::Selection,
    exposure::RateTable,
    ledger::{AccountLedger, Movement},
    retention::share,
};
use laer8_domain::{
    days::{Day, Granularity, shift},
    money::Amount,
};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The accounts that became customers in one calendar month.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Cohort {
    /// The first day of the month.
    #[schema(value_type = NaiveDate)]
    pub month: Day,
    /// How many accounts.
    pub accounts: usize,
    /// What they started with: the MRR of their first entries, each at the rate
    /// of its day.
    pub starting_mrr: Amount,
    /// At the end of the start month, the month after, and so on; complete
    /// months only.
    pub points: Vec<CohortPoint>,
}

/// A cohort at the end of a month. Ratios are fractions, and none over nothing.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CohortPoint {
    /// Months since the start month; 0 is the start month itself.
    pub offset: usize,
    /// The last day of that month.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// The MRR of the cohort's accounts.
    pub mrr: Amount,
    /// The same, but of no account more than it started with.
    pub gross_mrr: Amount,
    /// How many of them pay.
    pub accounts: usize,
    /// `mrr ÷ starting_mrr`.
    pub net_retained: Option<f64>,
    /// `gross_mrr ÷ starting_mrr`, never above 1.
    pub gross_retained: Option<f64>,
    /// `accounts ÷` those that started.
    pub logos_retained: Option<f64>,
}

/// The first day of the month in which an account became a customer; none when
/// it never did.
#[must_use]
pub fn start_month(ledger: &AccountLedger<'_>) -> Option<Day> {
    start(ledger).map(|(month, _)| month)
}

/// Start month and starting MRR.
fn start(ledger: &AccountLedger<'_>) -> Option<(Day, Amount)> {
    let first = ledger.entries().iter().find(|entry| entry.movement == Movement::New)?;
    Some((Granularity::Month.floor(first.day), first.after))
}

/// Every cohort that started by `until`, in order of months, with the months
/// that were complete at the end of that day (and on the day of the view).
#[must_use]
pub fn cohorts(selection: &Selection<'_>, until: Day) -> Vec<Cohort> {
    let until = until.min(selection.known());
    let mut members: BTreeMap<Day, Vec<(&AccountLedger<'_>, Amount)>> = BTreeMap::new();
    for ledger in selection.ledgers() {
        let Some((month, mrr)) = start(ledger) else { continue };
        if ledger.entries().first().is_some_and(|entry| entry.day <= until) {
            members.entry(month).or_default().push((ledger, mrr));
        }
    }
    let members: Vec<_> = members.into_iter().collect();
    members.par_iter().map(|(month, members)| cohort(selection, *month, members, until)).collect()
}

fn cohort(
    selection: &Selection<'_>,
    month: Day,
    members: &[(&AccountLedger<'_>, Amount)],
    until: Day,
) -> Cohort {
    let starting_mrr = members.iter().map(|(_, mrr)| *mrr).sum();
    let table = RateTable::new(selection, complete_months(month, until));
    let empty = |(offset, day): (usize, &Day)| CohortPoint {
        offset,
        day: *day,
        mrr: Amount::ZERO,
        gross_mrr: Amount::ZERO,
        accounts: 0,
        net_retained: None,
        gross_retained: None,
        logos_retained: None,
    };
    let mut points: Vec<CohortPoint> = table.days().iter().enumerate().map(empty).collect();
    for (ledger, starting) in members {
        for (point, mrr) in points.iter_mut().zip(ledger.mrr_on_days(&table)) {
            point.mrr += mrr;
            point.gross_mrr += mrr.min(*starting);
            point.accounts += usize::from(mrr.is_positive());
        }
    }
    for point in &mut points {
        point.net_retained = point.mrr.ratio_to(starting_mrr);
        point.gross_retained = point.gross_mrr.ratio_to(starting_mrr);
        point.logos_retained = share(point.accounts, members.len());
    }
    Cohort { month, accounts: members.len(), starting_mrr, points }
}

/// The last days of `month` and the months after it, as far as `until`.
fn complete_months(month: Day, until: Day) -> impl Iterator<Item = Day> {
    let starts = std::iter::successors(Some(month), |start| {
        let next = Granularity::Month.next(*start);
        (next > *start).then_some(next)
    });
    starts.skip(1).map(|next| shift(next, -1)).take_while(move |last| *last <= until)
}
