//! The configuration and the catalogue, prepared once for many accounts.

use crate::config::JourneyConfig;
use laer8_domain::{
    catalog::Catalog,
    days::Day,
    history::Seen,
    ids::{FeatureId, PlanId},
    subscriptions::{Term, Terms},
};

/// A set of features as bits, by their position in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FeatureSet(Vec<u64>);

impl FeatureSet {
    pub(crate) fn none(features: usize) -> Self {
        Self(vec![0; features.div_ceil(64)])
    }

    pub(crate) fn insert(&mut self, position: usize) {
        self.0[position / 64] |= 1 << (position % 64);
    }

    pub(crate) fn contains(&self, position: usize) -> bool {
        self.0[position / 64] >> (position % 64) & 1 == 1
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    pub(crate) fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }
}

/// Which features count for a plan.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    /// The entitled features; all where nobody said.
    pub(crate) features: FeatureSet,
    /// The core features among them.
    pub(crate) core: FeatureSet,
    /// Whether somebody said what the plan entitles to.
    pub(crate) entitlement_known: bool,
}

/// The configuration and the catalogue, prepared once for many accounts and
/// days.
#[derive(Debug, Clone)]
pub struct Rules<'a> {
    config: &'a JourneyConfig,
    catalog: &'a Catalog,
    /// Sorted; a feature's position is its bit.
    features: Vec<FeatureId>,
    scopes: Vec<(PlanId, Scope)>,
    unknown_plan: Scope,
}

impl<'a> Rules<'a> {
    /// Prepares them. Use of features that are not in the catalogue counts for
    /// nothing; whoever stores usage adds its features to the catalogue.
    #[must_use]
    pub fn new(config: &'a JourneyConfig, catalog: &'a Catalog) -> Self {
        let features: Vec<FeatureId> = catalog.features().map(|feature| feature.id).collect();
        let scope = |entitled: Option<Vec<FeatureId>>| scope(catalog, &features, entitled);
        let scopes =
            catalog.plans().map(|plan| (plan.id, scope(catalog.entitled([plan.id])))).collect::<Vec<_>>();
        let unknown_plan = scope(None);
        Self { config, catalog, features, scopes, unknown_plan }
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &'a JourneyConfig {
        self.config
    }

    /// What is sold.
    #[must_use]
    pub fn catalog(&self) -> &'a Catalog {
        self.catalog
    }

    /// Ids are mostly handed out in a row, so the distance to the first is tried
    /// before searching.
    pub(crate) fn position(&self, feature: FeatureId) -> Option<usize> {
        let guess = usize::try_from(feature.0.checked_sub(self.features.first()?.0)?).ok()?;
        if self.features.get(guess) == Some(&feature) {
            return Some(guess);
        }
        self.features.binary_search(&feature).ok()
    }

    pub(crate) fn feature_count(&self) -> usize {
        self.features.len()
    }

    pub(crate) fn scope(&self, plan: PlanId) -> &Scope {
        match self.scopes.binary_search_by_key(&plan, |(id, _)| *id) {
            Ok(position) => &self.scopes[position].1,
            Err(_) => &self.unknown_plan,
        }
    }

    /// The term at whose start adoption is asked afresh: the contract's, or for
    /// a subscription without one a run of months.
    pub(crate) fn review_term(&self, terms: &Terms, day: Day) -> Term {
        let contract = terms.term_on(day);
        let months = Some(self.config.renewal.continuous_review_months);
        contract.or_else(|| Terms { term_months: months, ..terms.clone() }.term_on(day)).unwrap_or(Term {
            number: 0,
            start: terms.term_start,
            end: Day::MAX,
        })
    }
}

fn scope(catalog: &Catalog, features: &[FeatureId], entitled: Option<Vec<FeatureId>>) -> Scope {
    let entitlement_known = entitled.is_some();
    let mut scope = Scope {
        features: FeatureSet::none(features.len()),
        core: FeatureSet::none(features.len()),
        entitlement_known,
    };
    for feature in entitled.unwrap_or_else(|| features.to_vec()) {
        let Ok(position) = features.binary_search(&feature) else { continue };
        scope.features.insert(position);
        if catalog.feature(feature).is_some_and(|feature| feature.core) {
            scope.core.insert(position);
        }
    }
    scope
}

/// What can be known of one account's use as of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Available {
    /// Usage is tracked.
    pub(crate) usage: bool,
    /// People are counted, with this account's usage too.
    pub(crate) people: bool,
}

impl Available {
    /// People count as counted when the workspace counts them, unless this
    /// account has usage and none of it says how many people there were.
    pub(crate) fn new(tracked: crate::Tracked, seen: Seen<'_>) -> Self {
        let people = tracked.people && {
            let rows = || seen.usage().rows(laer8_domain::days::Window::new(Day::MIN, Day::MAX));
            rows().next().is_none() || rows().any(|row| row.people.is_some())
        };
        Self { usage: tracked.usage, people }
    }
}
