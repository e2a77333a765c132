//! The filters that are on, each of which can be changed and taken away.

use super::state::{PATH, State};
use crate::request::Asked;
use laer8_domain::conditions::Condition;

pub(super) struct Chip {
    pub(super) text: String,
    /// Where it can be changed.
    pub(super) edit: String,
    /// The table without it.
    pub(super) without: String,
}

pub(super) fn chips(asked: &Asked, state: &State) -> Vec<Chip> {
    let chip = |(typed, condition): &(String, Condition)| {
        let mut without = state.base.without("where");
        for (other, _) in state.conditions.iter().filter(|(other, _)| other != typed) {
            without = without.and("where", other);
        }
        Chip {
            text: laer8_phrases::condition(asked.words, condition),
            edit: state.base.with("pick", &condition.facet).address(PATH),
            without: without.address(PATH),
        }
    };
    state.conditions.iter().map(chip).collect()
}
