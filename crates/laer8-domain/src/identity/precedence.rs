//! Whose word on a field counts, where several sources tell of one account.

use crate::{
    accounts::{FieldFact, field_on},
    days::Day,
    ids::SourceId,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// Who wins: the newest word, or the first of these sources that says
/// something.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Winner {
    /// The newest word, whoever says it.
    #[default]
    #[serde(with = "newest")]
    Newest,
    /// The first source of these that says something; where none does, the
    /// newest word.
    Sources(Vec<String>),
}

mod newest {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("newest")
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        let word = String::deserialize(deserializer)?;
        if word == "newest" { Ok(()) } else { Err(D::Error::custom("not \"newest\"")) }
    }
}

/// Who wins, field by field, with the sources by name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Winners {
    /// For every field that is not named.
    #[serde(default)]
    pub default: Winner,
    /// For the fields that are.
    #[serde(flatten)]
    pub fields: BTreeMap<String, Winner>,
}

impl Winners {
    /// A field whose list of sources is empty.
    pub(super) fn without_source(&self) -> Option<&str> {
        let is_empty = |winner: &Winner| matches!(winner, Winner::Sources(sources) if sources.is_empty());
        if is_empty(&self.default) {
            return Some("default");
        }
        self.fields.iter().find(|(_, winner)| is_empty(winner)).map(|(field, _)| field.as_str())
    }

    /// The same with the ids of sources that are known. `own` is the source of
    /// what people enter in Laer8.
    #[must_use]
    pub fn of_sources(&self, own: Option<SourceId>, id: impl Fn(&str) -> Option<SourceId>) -> Precedence {
        let order = |winner: &Winner| match winner {
            Winner::Newest => Vec::new(),
            Winner::Sources(sources) => sources.iter().filter_map(|source| id(source)).collect(),
        };
        let default: Vec<SourceId> = order(&self.default);
        let fields: BTreeMap<String, Vec<SourceId>> =
            self.fields.iter().map(|(field, winner)| (field.clone(), order(winner))).collect();
        if default.is_empty() && fields.values().all(Vec::is_empty) {
            return Precedence::default();
        }
        Precedence(Some(Arc::new(Orders { own, default, fields })))
    }
}

/// Who wins, field by field. The default is the newest word on every field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Precedence(Option<Arc<Orders>>);

#[derive(Debug, PartialEq, Eq)]
struct Orders {
    own: Option<SourceId>,
    default: Vec<SourceId>,
    fields: BTreeMap<String, Vec<SourceId>>,
}

impl Precedence {
    /// The fact that holds for `field` on `day`, as far as known on `day`.
    ///
    /// A source that has taken its word back says nothing. What people enter in
    /// Laer8 is weighed by its date against the word of the source that wins,
    /// unless the list has a place for it: so an edit holds until that source
    /// says something newer.
    #[must_use]
    pub fn field_on<'a>(&self, facts: &'a [FieldFact], field: &str, day: Day) -> Option<&'a FieldFact> {
        let Some((orders, order)) = self.order(field) else {
            return field_on(facts, field, day);
        };
        let says = |source: SourceId| newest(facts, field, day, |fact| fact.origin.source == source);
        let first = order.iter().find_map(|source| says(*source).filter(|fact| fact.value.is_some()));
        let Some(first) = first else {
            return field_on(facts, field, day);
        };
        let own = orders.own.filter(|own| !order.contains(own)).and_then(says);
        let is_newer =
            |own: &&FieldFact| (own.occurred_on, own.known_on) >= (first.occurred_on, first.known_on);
        Some(own.filter(is_newer).unwrap_or(first))
    }

    fn order(&self, field: &str) -> Option<(&Orders, &[SourceId])> {
        let orders = self.0.as_deref()?;
        let order = orders.fields.get(field).unwrap_or(&orders.default);
        (!order.is_empty()).then_some((orders, order))
    }
}

fn newest<'a>(
    facts: &'a [FieldFact],
    field: &str,
    day: Day,
    is_meant: impl Fn(&FieldFact) -> bool,
) -> Option<&'a FieldFact> {
    facts
        .iter()
        .filter(|fact| {
            fact.field == field && fact.occurred_on <= day && fact.known_on <= day && is_meant(fact)
        })
        .max_by_key(|fact| (fact.occurred_on, fact.known_on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{provenance::Origin, values::Value};
    use proptest::prelude::*;

    const CRM: SourceId = SourceId(1);
    const BILLING: SourceId = SourceId(2);
    const OWN: SourceId = SourceId(3);

    fn day(number: u32) -> Day {
        Day::from_ymd_opt(2026, 1, number).expect("a day in January")
    }

    fn owner(source: SourceId, value: Option<&str>, since: u32, known: u32) -> FieldFact {
        FieldFact {
            field: "owner".to_owned(),
            value: value.map(Value::from),
            occurred_on: day(since),
            known_on: day(known),
            origin: Origin { source, import: None, row: 0 },
        }
    }

    fn crm_first() -> Precedence {
        let winners: Winners = toml::from_str("default = \"newest\"\nowner = [\"crm\"]").expect("winners");
        winners.of_sources(Some(OWN), |name| (name == "crm").then_some(CRM))
    }

    fn said<'a>(precedence: &Precedence, facts: &'a [FieldFact], on: u32) -> Option<&'a str> {
        precedence.field_on(facts, "owner", day(on))?.value.as_ref()?.as_text()
    }

    #[test]
    fn the_newest_word_counts_unless_somebody_says_otherwise() {
        let facts = [owner(CRM, Some("ann"), 1, 1), owner(BILLING, Some("ben"), 5, 5)];
        assert_eq!(said(&Precedence::default(), &facts, 9), Some("ben"));
        assert_eq!(said(&crm_first(), &facts, 9), Some("ann"));
    }

    #[test]
    fn a_source_that_says_nothing_leaves_it_to_the_others() {
        let facts =
            [owner(CRM, Some("ann"), 3, 3), owner(BILLING, Some("ben"), 1, 1), owner(CRM, None, 6, 6)];
        assert_eq!(said(&crm_first(), &facts, 2), Some("ben"), "the crm has not spoken");
        assert_eq!(said(&crm_first(), &facts, 4), Some("ann"));
        let taken_back = crm_first().field_on(&facts, "owner", day(7)).expect("a fact");
        assert_eq!(taken_back.value, None, "the newest word is that nobody is the owner");
    }

    #[test]
    fn what_somebody_enters_holds_until_the_winner_says_something_newer() {
        let facts =
            [owner(CRM, Some("ann"), 1, 1), owner(OWN, Some("cleo"), 4, 4), owner(CRM, Some("dan"), 6, 6)];
        assert_eq!(said(&crm_first(), &facts, 5), Some("cleo"));
        assert_eq!(said(&crm_first(), &facts, 6), Some("dan"));
    }

    proptest! {
        #[test]
        fn nothing_looks_ahead(
            facts in proptest::collection::vec((1..4_i64, 0..3_usize, 1..28_u32, 0..5_u32), 0..20),
            on in 1..28_u32,
        ) {
            let names = [None, Some("ann"), Some("ben")];
            let all: Vec<FieldFact> = facts
                .iter()
                .map(|(source, name, since, later)| {
                    owner(SourceId(*source), names[*name], *since, (*since + *later).min(31))
                })
                .collect();
            let is_known = |fact: &&FieldFact| fact.known_on <= day(on) && fact.occurred_on <= day(on);
            let known: Vec<FieldFact> = all.iter().filter(is_known).cloned().collect();
            let precedence = crm_first();
            prop_assert_eq!(
                precedence.field_on(&all, "owner", day(on)),
                precedence.field_on(&known, "owner", day(on))
            );
        }
    }
}
