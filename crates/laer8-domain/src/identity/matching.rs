//! Which of the things that sources tell of are one, by rules, and where the
//! rules leave it to a person.
//!
//! A rule never guesses. It joins things of *different* sources that have the
//! same key; where a source tells of two of them, one of the two would be
//! joined to the wrong one, so a person decides. What a person has kept apart
//! is never brought together again.

use super::Key;
use crate::ids::SourceId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Something that a source tells of, as the rules look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which.
    pub id: i64,
    /// Only things with the same are joined: the account of a person, 0 for
    /// accounts.
    pub within: i64,
    /// The sources that tell of it, without Laer8 itself.
    pub sources: Vec<SourceId>,
    /// By what it may be told to be one with others.
    pub keys: Vec<Key>,
}

/// What was decided before: pairs of ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// Joins in force.
    pub joined: Vec<(i64, i64)>,
    /// Pairs that a person has kept apart.
    pub apart: Vec<(i64, i64)>,
}

/// Two things that are one by a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The one with the lower id.
    pub first: i64,
    /// The other.
    pub second: i64,
    /// What they have in common.
    pub key: Key,
}

/// Things that may be one; a person has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// One of each group of things that are one already, the lowest ids, in
    /// order.
    pub ids: Vec<i64>,
    /// What they have in common.
    pub key: Key,
    /// Why no rule joins them.
    pub doubt: Doubt,
}

/// Why no rule joins things that have a key in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = JoinDoubt)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// A source tells of several of them, or would after the join.
    SameSource,
    /// A person has kept some of them apart.
    KeptApart,
}

/// What the rules say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// What to join.
    pub joins: Vec<Match>,
    /// What a person has to decide.
    pub candidates: Vec<Candidate>,
}

/// What `rules`, codes in the order in which they are tried, say of things.
/// Whatever is joined to one of them already must be among them.
#[must_use]
pub fn matches(rules: &[&str], known: &[Known], decided: &Decided) -> Matches {
    let mut groups = Groups::new(known, decided);
    let mut found = Matches::default();
    for rule in rules {
        let mut alike: BTreeMap<(i64, &Key), BTreeSet<i64>> = BTreeMap::new();
        for thing in known {
            for key in thing.keys.iter().filter(|key| key.rule == *rule) {
                alike.entry((thing.within, key)).or_default().insert(thing.id);
            }
        }
        for ((_, key), ids) in alike {
            groups.decide(key, &ids, &mut found);
        }
    }
    found
}

/// Things that are one, while more are found.
struct Groups<'d> {
    parents: BTreeMap<i64, i64>,
    sources: BTreeMap<i64, BTreeSet<SourceId>>,
    apart: &'d [(i64, i64)],
}

impl<'d> Groups<'d> {
    fn new(known: &[Known], decided: &'d Decided) -> Self {
        let sources = known.iter().map(|thing| (thing.id, thing.sources.iter().copied().collect()));
        let mut groups = Self { parents: BTreeMap::new(), sources: sources.collect(), apart: &decided.apart };
        for (first, second) in &decided.joined {
            groups.join(*first, *second);
        }
        groups
    }

    /// The lowest id of those that are one with `id`.
    fn root(&self, id: i64) -> i64 {
        let mut root = id;
        while let Some(parent) = self.parents.get(&root) {
            root = *parent;
        }
        root
    }

    fn join(&mut self, first: i64, second: i64) {
        let (first, second) = (self.root(first), self.root(second));
        if first == second {
            return;
        }
        let (low, high) = (first.min(second), first.max(second));
        self.parents.insert(high, low);
        let of_high = self.sources.remove(&high).unwrap_or_default();
        self.sources.entry(low).or_default().extend(of_high);
    }

    fn decide(&mut self, key: &Key, ids: &BTreeSet<i64>, found: &mut Matches) {
        // One for each group: the lowest that has the key, which is what the reason names.
        let mut of_group: BTreeMap<i64, i64> = BTreeMap::new();
        for id in ids {
            of_group.entry(self.root(*id)).or_insert(*id);
        }
        let roots: Vec<i64> = of_group.keys().copied().collect();
        let Some(doubt) = self.doubt(&roots) else {
            let mut members = of_group.into_values();
            let Some(first) = members.next() else { return };
            for second in members {
                self.join(first, second);
                let (first, second) = (first.min(second), first.max(second));
                found.joins.push(Match { first, second, key: key.clone() });
            }
            return;
        };
        let is_open = self.pairs(&roots).any(|(first, second)| !self.is_apart(first, second));
        if is_open {
            found.candidates.push(Candidate { ids: roots, key: key.clone(), doubt });
        }
    }

    /// Why these groups can't be joined by a rule.
    fn doubt(&self, roots: &[i64]) -> Option<Doubt> {
        let mut told = BTreeSet::new();
        let sources = roots.iter().filter_map(|root| self.sources.get(root)).flatten();
        for source in sources {
            if !told.insert(*source) {
                return Some(Doubt::SameSource);
            }
        }
        let apart = self.pairs(roots).any(|(first, second)| self.is_apart(first, second));
        apart.then_some(Doubt::KeptApart)
    }

    fn pairs<'r>(&self, roots: &'r [i64]) -> impl Iterator<Item = (i64, i64)> + use<'r> {
        let with_rest = |(position, first): (usize, &'r i64)| {
            roots[position + 1..].iter().map(move |second| (*first, *second))
        };
        roots.iter().enumerate().flat_map(with_rest)
    }

    fn is_apart(&self, first: i64, second: i64) -> bool {
        self.apart.iter().any(|(one, other)| {
            let (one, other) = (self.root(*one), self.root(*other));
            (one, other) == (first, second) || (one, other) == (second, first)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CRM: i64 = 1;
    const BILLING: i64 = 2;
    const PRODUCT: i64 = 3;

    fn account(id: i64, source: i64, keys: &[(&str, &str)]) -> Known {
        let key = |(rule, value): &(&str, &str)| Key { rule: (*rule).to_owned(), value: (*value).to_owned() };
        Known { id, within: 0, sources: vec![SourceId(source)], keys: keys.iter().map(key).collect() }
    }

    fn joins(found: &Matches) -> Vec<(i64, i64)> {
        found.joins.iter().map(|join| (join.first, join.second)).collect()
    }

    const ACME: (&str, &str) = ("domain", "acme.com");

    #[test]
    fn accounts_of_several_sources_with_one_key_are_one() {
        let known = [account(1, CRM, &[ACME]), account(2, BILLING, &[ACME]), account(3, PRODUCT, &[ACME])];
        let found = matches(&["domain"], &known, &Decided::default());
        assert_eq!(joins(&found), [(1, 2), (1, 3)]);
        assert_eq!(found.joins[0].key.value, "acme.com");
        assert_eq!(found.candidates, []);
    }

    #[test]
    fn two_of_one_source_leave_it_to_a_person() {
        let known = [account(1, CRM, &[ACME]), account(2, CRM, &[ACME]), account(3, BILLING, &[ACME])];
        let found = matches(&["domain"], &known, &Decided::default());
        assert_eq!(joins(&found), []);
        assert_eq!(
            (&found.candidates[0].ids[..], found.candidates[0].doubt),
            (&[1, 2, 3][..], Doubt::SameSource)
        );
        let decided = Decided { joined: vec![(1, 2)], apart: vec![] };
        let found = matches(&["domain"], &known, &decided);
        assert_eq!(joins(&found), [(1, 3)], "once a person says that the two are one, the rule goes on");
    }

    #[test]
    fn a_surer_rule_comes_first_and_a_later_one_does_not_contradict_it() {
        let known = [
            account(1, CRM, &[("external_id", "crm/1")]),
            account(2, CRM, &[ACME]),
            account(3, BILLING, &[("external_id", "crm/1"), ACME]),
        ];
        let found = matches(&["external_id", "domain"], &known, &Decided::default());
        assert_eq!(joins(&found), [(1, 3)]);
        assert_eq!(found.candidates[0].ids, [1, 2], "the domain says that 3 is 2, and 3 is 1 already");
    }

    #[test]
    fn what_a_person_kept_apart_is_not_joined_again_not_even_through_a_third() {
        let known = [account(1, CRM, &[ACME]), account(2, BILLING, &[ACME]), account(3, PRODUCT, &[ACME])];
        let apart = Decided { joined: vec![], apart: vec![(2, 1)] };
        let found = matches(&["domain"], &known[..2], &apart);
        assert_eq!(found, Matches::default());
        let found = matches(&["domain"], &known, &apart);
        assert_eq!(joins(&found), []);
        assert_eq!(found.candidates[0].doubt, Doubt::KeptApart, "to which of them the third belongs");
    }

    #[test]
    fn people_are_joined_within_their_account_only() {
        let ann = ("email", "ann@acme.com");
        let person = |id, within, source| Known { within, ..account(id, source, &[ann]) };
        let known = [person(1, 10, CRM), person(2, 10, BILLING), person(3, 11, PRODUCT)];
        assert_eq!(joins(&matches(&["email"], &known, &Decided::default())), [(1, 2)]);
    }

    #[test]
    fn what_is_joined_already_is_left_alone() {
        let known = [account(1, CRM, &[ACME]), account(2, BILLING, &[ACME])];
        let decided = Decided { joined: vec![(1, 2)], apart: vec![] };
        assert_eq!(matches(&["domain"], &known, &decided), Matches::default());
    }
}
