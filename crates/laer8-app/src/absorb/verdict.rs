//! What became of a record.

use rustc_hash::FxHashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It told of something unknown.
    New,
    /// It told something else of what was known.
    Changed,
    /// It told what was known.
    Unchanged,
    /// It can't be taken.
    Refused(Refused),
}

/// Why a well-formed record can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It names an account that the source has not told of.
    #[error("there is no account \"{0}\"; import the accounts first, or fix the id")]
    UnknownAccount(String),
    /// It names a subscription that the source has not told of.
    #[error("there is no subscription \"{0}\"; import the subscriptions first, or fix the id")]
    UnknownSubscription(String),
    /// It names a person that the source has not told of.
    #[error("there is no person \"{0}\"; import the people first, or fix the id")]
    UnknownPerson(String),
    /// It names a product that nobody has told of.
    #[error("there is no product \"{0}\"; declare it in the mapping, or import the products first")]
    UnknownProduct(String),
    /// It names a feature that nobody has told of.
    #[error("there is no feature \"{0}\"; declare it in the mapping, or import the features first")]
    UnknownFeature(String),
    /// It names a plan that nobody has told of.
    #[error("there is no plan \"{0}\"; declare it in the mapping, or import the plans first")]
    UnknownPlan(String),
    /// Another row of the file has the same id and says something else.
    #[error(
        "the id \"{id}\" stands already on line {line} with other contents; give one of the rows an id of its own"
    )]
    DuplicateId {
        /// The id.
        id: String,
        /// The line of the first.
        line: u32,
    },
    /// The thing belongs to another account already.
    #[error("\"{0}\" belongs to another account already; fix the account, or give it an id of its own")]
    OtherAccount(String),
    /// It says nothing: no event, no step.
    #[error("the row says nothing about \"{0}\"; it needs at least a date")]
    SaysNothing(String),
    /// A number is outside its scale.
    #[error("{what} must be between {least} and {most}, not {value}")]
    OutOfScale {
        /// Of what.
        what: &'static str,
        /// The smallest allowed.
        least: i64,
        /// The largest allowed.
        most: i64,
        /// What was given.
        value: i64,
    },
}

impl Refused {
    /// The code of the reason.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::UnknownAccount(_) => "unknown_account",
            Self::UnknownSubscription(_) => "unknown_subscription",
            Self::UnknownPerson(_) => "unknown_person",
            Self::UnknownProduct(_) => "unknown_product",
            Self::UnknownFeature(_) => "unknown_feature",
            Self::UnknownPlan(_) => "unknown_plan",
            Self::DuplicateId { .. } => "duplicate_id",
            Self::OtherAccount(_) => "other_account",
            Self::SaysNothing(_) => "says_nothing",
            Self::OutOfScale { .. } => "out_of_scale",
        }
    }
}

/// The ids met in a file, to find those that stand twice.
///
/// Only hashes are kept, so that a million rows fit into some tens of
/// megabytes: of a million ids, two share a 64-bit hash once in tens of
/// millions of files, and then a row is refused where everybody can see it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    rows: FxHashMap<u64, (u64, u32)>,
    nameless: FxHashMap<u64, u32>,
}

/// How often an id has stood in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occurrence {
    /// For the first time.
    First,
    /// Before, with the same contents.
    Same,
    /// Before, on this line, with other contents.
    Other(u32),
}

impl Seen {
    /// Meets a row with an id and its contents.
    pub(super) fn meet(
        &mut self,
        kind: &'static str,
        id: &impl Hash,
        contents: &impl Hash,
        line: u32,
    ) -> Occurrence {
        let contents = hash_of(contents);
        match self.rows.entry(hash_of(&(kind, id))) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert((contents, line));
                Occurrence::First
            }
            std::collections::hash_map::Entry::Occupied(entry) if entry.get().0 == contents => {
                Occurrence::Same
            }
            std::collections::hash_map::Entry::Occupied(entry) => Occurrence::Other(entry.get().1),
        }
    }

    /// Counts rows that have no id and are alike in what tells them apart;
    /// the first is 1.
    pub(super) fn number(&mut self, what: &impl Hash) -> u32 {
        let number = self.nameless.entry(hash_of(what)).or_insert(0);
        *number += 1;
        *number
    }
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stands_once_with_one_content() {
        let mut seen = Seen::default();
        assert_eq!(seen.meet("usage", &"U-1", &5, 2), Occurrence::First);
        assert_eq!(seen.meet("usage", &"U-1", &5, 3), Occurrence::Same);
        assert_eq!(seen.meet("usage", &"U-1", &6, 4), Occurrence::Other(2));
        assert_eq!(seen.meet("note", &"U-1", &6, 5), Occurrence::First);
    }

    #[test]
    fn rows_without_an_id_are_counted() {
        let mut seen = Seen::default();
        assert_eq!((seen.number(&"a"), seen.number(&"b"), seen.number(&"a")), (1, 1, 2));
    }
}
