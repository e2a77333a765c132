//! Which scorecard an account has, and why.

use crate::{scorecard::Scorecard, when::When};
use laer8_domain::conditions::{Condition, Facets};
use serde::Serialize;

/// The scorecards of a workspace, in the order in which they are tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Scorecards {
    cards: Vec<Scorecard>,
    default: usize,
}

/// Why scorecards can't be used together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScorecardsError {
    /// Two have the same key.
    #[error("two scorecards have the key `{0}`; give one of them another")]
    RepeatedKey(String),
    /// None is the default.
    #[error("no scorecard is the default; write default = true in one of them")]
    NoDefault,
    /// Several are.
    #[error("`{0}` and `{1}` are both the default; take default = true out of one of them")]
    SeveralDefaults(String, String),
}

/// Why an account has its scorecard.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason<'a> {
    /// These conditions of it hold, and those of no earlier one.
    Conditions(Vec<&'a Condition>),
    /// The conditions of none hold; it is the default.
    Default,
}

/// A scorecard that was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<'a> {
    /// Which.
    pub card: &'a Scorecard,
    /// Why.
    pub reason: Reason<'a>,
}

impl Scorecards {
    /// From scorecards in any order.
    ///
    /// # Errors
    /// [`ScorecardsError`] when keys repeat or there is not exactly one default.
    pub fn new(mut cards: Vec<Scorecard>) -> Result<Self, ScorecardsError> {
        cards.sort_by(|a, b| (a.priority(), a.key()).cmp(&(b.priority(), b.key())));
        for (index, card) in cards.iter().enumerate() {
            if cards[..index].iter().any(|other| other.key() == card.key()) {
                return Err(ScorecardsError::RepeatedKey(card.key().to_owned()));
            }
        }
        let mut defaults = cards.iter().enumerate().filter(|(_, card)| card.is_default());
        let (default, first) = defaults.next().ok_or(ScorecardsError::NoDefault)?;
        if let Some((_, second)) = defaults.next() {
            let keys = (first.key().to_owned(), second.key().to_owned());
            return Err(ScorecardsError::SeveralDefaults(keys.0, keys.1));
        }
        Ok(Self { cards, default })
    }

    /// The scorecards in the order in which they are tried.
    #[must_use]
    pub fn cards(&self) -> &[Scorecard] {
        &self.cards
    }

    /// The scorecard of that key.
    #[must_use]
    pub fn card(&self, key: &str) -> Option<&Scorecard> {
        self.cards.iter().find(|card| card.key() == key)
    }

    /// The scorecard of an account: the first whose conditions hold, else the
    /// default. For bulk; [`Scorecards::choose`] also says why.
    #[must_use]
    pub fn select(&self, facets: &impl Facets) -> &Scorecard {
        self.first(facets).unwrap_or(&self.cards[self.default])
    }

    /// The scorecard of an account, and why.
    #[must_use]
    pub fn choose(&self, facets: &impl Facets) -> Choice<'_> {
        match self.first(facets) {
            Some(card) => Choice { card, reason: Reason::Conditions(card.when().reasons(facets)) },
            None => Choice { card: &self.cards[self.default], reason: Reason::Default },
        }
    }

    fn first(&self, facets: &impl Facets) -> Option<&Scorecard> {
        let conditional = |card: &&Scorecard| !card.when().is_always();
        self.cards.iter().filter(conditional).find(|card| card.when().holds(facets))
    }

    /// Whether nothing but stage and segment decides: then the choice of one
    /// day holds on another with the same stage and segment.
    pub(crate) fn depends_on_place_only(&self) -> bool {
        let facets = self.cards.iter().map(Scorecard::when).flat_map(When::conditions);
        facets.map(|condition| condition.facet.as_str()).all(|facet| matches!(facet, "stage" | "segment"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples;
    use laer8_domain::values::Value;

    struct At(&'static str, &'static str);

    impl Facets for At {
        fn facet(&self, name: &str) -> Vec<Value> {
            match name {
                "stage" => vec![self.0.into()],
                "segment" => vec![self.1.into()],
                _ => vec![],
            }
        }
    }

    fn card(head: &str) -> Scorecard {
        examples::card(head, "[[1, 0], [2, 100]]")
    }

    fn cards() -> Scorecards {
        Scorecards::new(vec![
            card("key = 'renewal'\npriority = 40\nwhen = { all = [{ facet = 'stage', is = 'renew' }] }"),
            card("key = 'adoption'\npriority = 50\ndefault = true"),
            card(
                "key = 'large'\npriority = 10\nwhen = { all = [{ facet = 'stage', is = 'renew' }, { facet = 'segment', is = 'enterprise' }] }",
            ),
        ])
        .expect("a default")
    }

    #[test]
    fn the_first_scorecard_whose_conditions_hold_is_taken() {
        let cards = cards();
        let choice = |stage, segment| cards.choose(&At(stage, segment)).card.key().to_owned();
        assert_eq!(choice("renew", "enterprise"), "large");
        assert_eq!(choice("renew", "small"), "renewal");
        assert_eq!(choice("land", "small"), "adoption");
    }

    #[test]
    fn the_choice_is_explained() {
        let cards = cards();
        let Reason::Conditions(conditions) = cards.choose(&At("renew", "enterprise")).reason else {
            panic!("chosen by conditions");
        };
        let facets: Vec<&str> = conditions.iter().map(|condition| condition.facet.as_str()).collect();
        assert_eq!(facets, ["stage", "segment"]);
        assert_eq!(cards.choose(&At("land", "small")).reason, Reason::Default);
    }

    #[test]
    fn there_is_exactly_one_default() {
        let default = |key: &str| card(&format!("key = '{key}'\npriority = 1\ndefault = true"));
        let conditional =
            card("key = 'c'\npriority = 1\nwhen = { all = [{ facet = 'stage', is = 'renew' }] }");
        assert_eq!(Scorecards::new(vec![conditional]), Err(ScorecardsError::NoDefault));
        let several = ScorecardsError::SeveralDefaults("a".into(), "b".into());
        assert_eq!(Scorecards::new(vec![default("b"), default("a")]), Err(several));
        let repeated = ScorecardsError::RepeatedKey("a".into());
        assert_eq!(Scorecards::new(vec![default("a"), default("a")]), Err(repeated));
    }
}
