//! When a scorecard or a segment applies.
//!
//! ```toml
//! when = { all = [{ facet = "stage", is = "renew" }] }
//! when = { any = [{ facet = "arr", at_least = 50000 }, { facet = "plan", is = "Enterprise" }] }
//! ```

use laer8_domain::conditions::{Condition, Facets, all_hold};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Holds when every condition of `all` does and, where `any` names some, at
/// least one of them. With no conditions at all it always holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// All of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Condition>,
    /// At least one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Condition>,
}

impl When {
    /// Whether it asks for nothing, and so always holds.
    #[must_use]
    pub fn is_always(&self) -> bool {
        self.all.is_empty() && self.any.is_empty()
    }

    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, facets: &impl Facets) -> bool {
        all_hold(&self.all, facets)
            && (self.any.is_empty() || self.any.iter().any(|condition| condition.holds(facets)))
    }

    /// The conditions that made it hold, as the reason of a choice.
    #[must_use]
    pub fn reasons(&self, facets: &impl Facets) -> Vec<&Condition> {
        let held = self.any.iter().filter(|condition| condition.holds(facets));
        self.all.iter().chain(held).collect()
    }

    /// Every condition.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.all.iter().chain(&self.any)
    }
}

/// Why a condition can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionFault {
    /// It names no facet.
    #[error("a condition names no facet; write e.g. facet = \"stage\"")]
    NoFacet,
    /// It asks for nothing.
    #[error("the condition on `{0}` tests nothing; add is, not, at_least, below or known")]
    TestsNothing(String),
    /// A limit is infinite or not a number.
    #[error("the condition on `{0}` has a limit that is not a finite number")]
    Limit(String),
}

/// Checks one condition.
///
/// # Errors
/// A [`ConditionFault`] when it could never be meant.
pub fn check_condition(condition: &Condition) -> Result<(), ConditionFault> {
    let facet = || condition.facet.clone();
    if condition.facet.trim().is_empty() {
        return Err(ConditionFault::NoFacet);
    }
    let limits = [condition.at_least, condition.below];
    if limits.into_iter().flatten().any(|limit| !limit.is_finite()) {
        return Err(ConditionFault::Limit(facet()));
    }
    let tests = !condition.is.is_empty()
        || !condition.not.is_empty()
        || condition.known.is_some()
        || limits.iter().any(Option::is_some);
    if tests { Ok(()) } else { Err(ConditionFault::TestsNothing(facet())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use laer8_domain::values::Value;

    struct Account;

    impl Facets for Account {
        fn facet(&self, name: &str) -> Vec<Value> {
            match name {
                "stage" => vec!["renew".into()],
                "plan" => vec!["Enterprise".into()],
                "arr" => vec![12_000.0.into()],
                _ => vec![],
            }
        }
    }

    fn when(toml: &str) -> When {
        toml::from_str(toml).expect("conditions")
    }

    #[test]
    fn one_of_any_is_enough_and_is_the_reason() {
        let when = when("any = [{ facet = 'arr', at_least = 50000 }, { facet = 'plan', is = 'Enterprise' }]");
        assert!(when.holds(&Account));
        let reasons: Vec<&str> = when.reasons(&Account).iter().map(|reason| reason.facet.as_str()).collect();
        assert_eq!(reasons, ["plan"]);
    }

    #[test]
    fn all_means_all() {
        let when = when("all = [{ facet = 'stage', is = 'renew' }, { facet = 'arr', at_least = 50000 }]");
        assert!(!when.holds(&Account));
        assert!(When::default().holds(&Account));
    }

    #[test]
    fn a_condition_that_tests_nothing_is_refused() {
        let when = when("all = [{ facet = 'stage' }, { facet = 'arr', below = inf }]");
        let faults: Vec<_> = when.conditions().map(check_condition).collect();
        assert_eq!(faults[0], Err(ConditionFault::TestsNothing("stage".into())));
        assert_eq!(faults[1], Err(ConditionFault::Limit("arr".into())));
    }
}
