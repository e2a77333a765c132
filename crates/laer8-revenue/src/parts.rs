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

/// One subscription's share in a ledger entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Part<'a> {
    /// Which.
    pub subscription: SubscriptionId,
    /// What it added to (or took from) the account's MRR, in the reporting
    /// currency. The parts are counted one after another, so that the changes
    /// add up to the entry's exactly; nothing where only the plan changed.
    pub change: Amount,
    /// The version in force before; none when the subscription begins.
    #[serde(serialize_with = "optional_version")]
    pub before: Option<&'a SubscriptionVersion>,
    /// The version in force after; an ended one when the subscription ends.
    #[serde(serialize_with = "version")]
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

/// A version as it is written out: what it says, and where it comes from.
#[derive(Serialize)]
struct VersionView {
    effective_from: Day,
    known_on: Day,
    origin: Origin,
    /// Null once the subscription has ended.
    terms: Option<TermsView>,
}

#[derive(Serialize)]
struct TermsView {
    plan: PlanId,
    quantity: u32,
    price: Price,
    trial: bool,
    mrr: Money,
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

fn optional_version<S: Serializer>(version: &Option<&SubscriptionVersion>, to: S) -> Result<S::Ok, S::Error> {
    version.map(VersionView::from).serialize(to)
}
