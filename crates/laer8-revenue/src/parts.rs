//! What an entry consists of, down to the versions of the subscriptions.

use laer8_domain::{
    days::Day,
    ids::{PlanId, SubscriptionId},
    money::{Amount, Money},
    provenance::Origin,
    subscriptions::{Price, SubscriptionVersion},
};
use serde::{Serialize, Serializer};
use std::{fmt, ops::Deref};
use utoipa::ToSchema;

/// One subscription's share in a ledger entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// Which.
    pub subscription: SubscriptionId,
    /// What it added to (or took from) the account's MRR, in the reporting
    /// currency. The parts are counted one after another, so that the changes
    /// add up to the entry's exactly; nothing where only the plan changed.
    pub change: Amount,
    /// The version in force before; none when the subscription begins.
    pub before: Option<&'a SubscriptionVersion>,
    /// The version in force after; an ended one when the subscription ends.
    pub after: &'a SubscriptionVersion,
}

/// The parts of an entry: a slice. One, mostly, and then without an allocation
/// of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct Parts<'a>(Kept<'a>);

#[derive(Clone, PartialEq, Eq)]
enum Kept<'a> {
    One([Part<'a>; 1]),
    Many(Vec<Part<'a>>),
}

impl Default for Parts<'_> {
    fn default() -> Self {
        Self(Kept::Many(Vec::new()))
    }
}

impl<'a> Parts<'a> {
    pub(crate) fn push(&mut self, part: Part<'a>) {
        match &mut self.0 {
            Kept::Many(parts) if parts.is_empty() => self.0 = Kept::One([part]),
            Kept::Many(parts) => parts.push(part),
            Kept::One([first]) => self.0 = Kept::Many(vec![*first, part]),
        }
    }
}

impl<'a> Deref for Parts<'a> {
    type Target = [Part<'a>];

    fn deref(&self) -> &[Part<'a>] {
        match &self.0 {
            Kept::One(part) => part,
            Kept::Many(parts) => parts,
        }
    }
}

impl<'p, 'a> IntoIterator for &'p Parts<'a> {
    type Item = &'p Part<'a>;
    type IntoIter = std::slice::Iter<'p, Part<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Parts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        PartView::from(self).serialize(to)
    }
}

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

impl Part<'_> {
    /// MRR before, in the subscription's own currency; none when it did not run.
    #[must_use]
    pub fn mrr_before(&self) -> Option<Money> {
        self.before.and_then(mrr)
    }

    /// MRR after, in the subscription's own currency; none when it does not run.
    #[must_use]
    pub fn mrr_after(&self) -> Option<Money> {
        mrr(self.after)
    }
}

fn mrr(version: &SubscriptionVersion) -> Option<Money> {
    version.state.terms().map(|terms| terms.mrr())
}

/// Whether plan, quantity, price and trial are the same; a renewal or a new
/// notice period is no part of a movement.
pub(crate) fn same_offer(before: Option<&SubscriptionVersion>, after: &SubscriptionVersion) -> bool {
    let before = before.and_then(|version| version.state.terms());
    match (before, after.state.terms()) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            a.plan == b.plan && a.quantity == b.quantity && a.price == b.price && a.trial == b.trial
        }
        _ => false,
    }
}

/// A [`Part`] as it is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LedgerEntryPart)]
pub struct PartView {
    /// The subscription.
    pub subscription: SubscriptionId,
    /// What it added to (or took from) the account's MRR, in the reporting
    /// currency. The changes of an entry's parts add up to the entry's.
    pub change: Amount,
    /// The version in force before; none when the subscription begins.
    pub before: Option<VersionView>,
    /// The version in force after; without terms when the subscription ends.
    pub after: VersionView,
}

/// A version of a subscription as it is written out: what it says, and where
/// it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SubscriptionVersion)]
pub struct VersionView {
    /// The first day on which it holds.
    #[schema(value_type = NaiveDate)]
    pub effective_from: Day,
    /// Since when it is known.
    #[schema(value_type = NaiveDate)]
    pub known_on: Day,
    /// From where.
    pub origin: Origin,
    /// None once the subscription has ended.
    pub terms: Option<TermsView>,
}

/// The terms of a subscription, as far as they make revenue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SubscriptionTerms)]
pub struct TermsView {
    /// What is subscribed to.
    pub plan: PlanId,
    /// Seats, members, units.
    pub quantity: u32,
    /// What it costs.
    pub price: Price,
    /// Whether it is a trial: no recurring revenue.
    pub trial: bool,
    /// What it is worth a month, in its own currency.
    pub mrr: Money,
}

impl From<&Part<'_>> for PartView {
    fn from(part: &Part<'_>) -> Self {
        Self {
            subscription: part.subscription,
            change: part.change,
            before: part.before.map(VersionView::from),
            after: part.after.into(),
        }
    }
}

impl From<&SubscriptionVersion> for VersionView {
    fn from(version: &SubscriptionVersion) -> Self {
        let terms = version.state.terms().map(|terms| TermsView {
            plan: terms.plan,
            quantity: terms.quantity,
            price: terms.price,
            trial: terms.trial,
            mrr: terms.mrr(),
        });
        Self {
            effective_from: version.effective_from,
            known_on: version.known_on,
            origin: version.origin,
            terms,
        }
    }
}

pub(crate) fn version<S: Serializer>(version: &SubscriptionVersion, to: S) -> Result<S::Ok, S::Error> {
    VersionView::from(version).serialize(to)
}
