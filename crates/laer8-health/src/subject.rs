//! An account on a day, with what several measures need of it worked out once.

use crate::{measures::Measure, tracked::Tracked, values::Values};
use laer8_domain::{
    accounts::fields,
    catalog::Catalog,
    days::{Day, Window},
    history::Seen,
    ids::{FeatureId, SubscriptionId},
    tickets::Ticket,
    usage::UsageTotals,
};
use std::cell::OnceCell;

use crate::measures::evidence::Rows;

/// An account on a day. Cheap to make; what is costly is worked out when the
/// first measure asks and kept for the others.
#[derive(Debug)]
pub struct Subject<'a> {
    seen: Seen<'a>,
    catalog: &'a Catalog,
    tracked: Tracked,
    month: Window,
    quarter: Window,
    tickets: OnceCell<Vec<Ticket<'a>>>,
    seats: OnceCell<Option<u32>>,
    uses: OnceCell<UsageTotals>,
    people: OnceCell<Option<u32>>,
    entitled: OnceCell<Option<Vec<FeatureId>>>,
}

impl<'a> Subject<'a> {
    /// The account of `seen` on its day. `tracked` says which kinds of facts
    /// the workspace had by that day.
    #[must_use]
    pub fn new(seen: Seen<'a>, catalog: &'a Catalog, tracked: Tracked) -> Self {
        Self {
            seen,
            catalog,
            tracked,
            month: Window::last_days(seen.day(), 28),
            quarter: Window::last_days(seen.day(), 90),
            tickets: OnceCell::new(),
            seats: OnceCell::new(),
            uses: OnceCell::new(),
            people: OnceCell::new(),
            entitled: OnceCell::new(),
        }
    }

    /// The account.
    #[must_use]
    pub fn seen(&self) -> Seen<'a> {
        self.seen
    }

    /// The values of `measures`; the others have none.
    #[must_use]
    pub fn values(&self, measures: impl IntoIterator<Item = Measure>) -> Values {
        measures.into_iter().map(|measure| (measure, self.value(measure).ok())).collect()
    }

    pub(crate) fn day(&self) -> Day {
        self.seen.day()
    }

    pub(crate) fn catalog(&self) -> &'a Catalog {
        self.catalog
    }

    pub(crate) fn tracked(&self) -> Tracked {
        self.tracked
    }

    /// The last 28 days.
    pub(crate) fn month(&self) -> Window {
        self.month
    }

    /// The last 90 days.
    pub(crate) fn quarter(&self) -> Window {
        self.quarter
    }

    pub(crate) fn tickets(&self) -> &[Ticket<'a>] {
        self.tickets.get_or_init(|| self.seen.tickets().collect())
    }

    /// Seats; none also when there are 0, as nothing can be divided by them.
    pub(crate) fn seats(&self) -> Option<f64> {
        let seats = *self.seats.get_or_init(|| self.seen.seats());
        seats.filter(|seats| *seats > 0).map(f64::from)
    }

    /// Usage of all features in the last 28 days.
    pub(crate) fn month_usage(&self) -> UsageTotals {
        *self.uses.get_or_init(|| self.seen.usage().totals(self.month))
    }

    /// The most distinct people on one of the last 28 days.
    pub(crate) fn month_people(&self) -> Option<u32> {
        *self.people.get_or_init(|| self.seen.usage().people(self.month))
    }

    /// The features that the running plans entitle to.
    pub(crate) fn entitled(&self) -> Option<&[FeatureId]> {
        self.entitled.get_or_init(|| self.catalog.entitled(self.seen.plans())).as_deref()
    }

    /// Where the seats come from.
    pub(crate) fn seat_rows(&self) -> Rows {
        let running: Vec<SubscriptionId> = self.running_subscriptions();
        if running.is_empty() { Rows::Field(fields::SEATS) } else { Rows::Subscriptions(running) }
    }

    /// The subscriptions paid for, or tried where none is paid for.
    pub(crate) fn running_subscriptions(&self) -> Vec<SubscriptionId> {
        let paid = self.seen.is_customer();
        self.seen
            .active()
            .filter(|active| !paid || active.terms.mrr().amount.is_positive())
            .map(|active| active.history.id)
            .collect()
    }
}
