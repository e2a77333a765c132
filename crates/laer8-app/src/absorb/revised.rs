//! The rule for records that stand for one thing as a whole (survey responses,
//! churn events, notes): another content under the same id is the next
//! revision, known from today.

use super::{Absorber, Placed, Refused, Verdict, verdict::Occurrence};
use crate::AppError;
use laer8_domain::{
    days::Day,
    ids::{AccountId, PersonId},
    records::AccountRef,
};
use laer8_store::Kind;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// A record that stands for one thing as a whole.
pub(super) trait Whole: Hash + PartialEq {
    /// Of what kind the thing is.
    const KIND: Kind;
    /// The name of that kind.
    const NAME: &'static str;

    fn id(&self) -> &str;
    fn account(&self) -> &AccountRef;
    fn person(&self) -> Option<&str>;
    fn day(&self) -> Day;
    /// Whether its numbers are on their scales.
    fn check(&self) -> Result<(), Refused>;
}

/// A record that is to be stored.
pub(super) struct Accepted<R> {
    pub(super) record: R,
    pub(super) id: i64,
    pub(super) account: AccountId,
    pub(super) person: Option<PersonId>,
    pub(super) revision: u32,
    pub(super) known_on: Day,
    pub(super) row: u32,
}

/// What is stored under an id: its latest revision, and whether that says the
/// same as a record.
pub(super) struct Latest<S> {
    pub(super) account: AccountId,
    pub(super) revision: u32,
    pub(super) stored: S,
}

/// The latest revision under each id.
pub(super) fn latest<S>(stored: impl IntoIterator<Item = (i64, Latest<S>)>) -> FxHashMap<i64, Latest<S>> {
    let mut latest: FxHashMap<i64, Latest<S>> = FxHashMap::default();
    for (id, entry) in stored {
        if latest.get(&id).is_none_or(|other| other.revision < entry.revision) {
            latest.insert(id, entry);
        }
    }
    latest
}

impl Absorber<'_> {
    /// Those records whose account and person are known and that do not stand
    /// twice, with the ids of what they stand for.
    pub(super) async fn known_wholes<R: Whole>(
        &mut self,
        records: Vec<Placed<R>>,
        verdicts: &mut [Verdict],
    ) -> Result<Vec<(i64, AccountId, Option<PersonId>, Placed<R>)>, AppError> {
        let references: Vec<_> = records.iter().map(|placed| placed.record.account()).collect();
        self.names.load_account_refs(self.tx, &references).await?;
        if records.iter().any(|placed| placed.record.person().is_some()) {
            let people: Vec<&str> = records.iter().filter_map(|placed| placed.record.person()).collect();
            self.names.link(self.tx, Kind::Person, &people).await?;
        }
        let mut accepted = Vec::with_capacity(records.len());
        for placed in records {
            match self.check_whole(&placed) {
                Ok(Some((account, person))) => accepted.push((account, person, placed)),
                Ok(None) => {} // the same row once more
                Err(refused) => verdicts[placed.position] = Verdict::Refused(refused),
            }
        }
        let names: Vec<&str> = accepted.iter().map(|(_, _, placed)| placed.record.id()).collect();
        self.names.assign(self.tx, R::KIND, &names).await?;
        let with_id = |(account, person, placed): (AccountId, Option<PersonId>, Placed<R>)| {
            let id = self.names.find(R::KIND, placed.record.id())?;
            Some((id, account, person, placed))
        };
        Ok(accepted.into_iter().filter_map(with_id).collect())
    }

    fn check_whole<R: Whole>(
        &mut self,
        placed: &Placed<R>,
    ) -> Result<Option<(AccountId, Option<PersonId>)>, Refused> {
        let record = &placed.record;
        record.check()?;
        let account = self.names.account(record.account())?;
        let person = match record.person() {
            None => None,
            Some(name) => {
                let id = self.names.find(Kind::Person, name);
                Some(id.map(PersonId).ok_or_else(|| Refused::UnknownPerson(name.to_owned()))?)
            }
        };
        if self.setting.revisions {
            return Ok(Some((account, person)));
        }
        match self.meet(R::NAME, &(record.id(), placed.version()), record, placed.row) {
            Occurrence::First => Ok(Some((account, person))),
            Occurrence::Same => Ok(None),
            Occurrence::Other(line) => Err(Refused::DuplicateId { id: record.id().to_owned(), line }),
        }
    }

    /// Decides what becomes of each record, given the latest that is stored.
    pub(super) fn revise<R: Whole, S>(
        &mut self,
        records: Vec<(i64, AccountId, Option<PersonId>, Placed<R>)>,
        latest: &FxHashMap<i64, Latest<S>>,
        says_the_same: impl Fn(&S, &R, Option<PersonId>) -> bool,
        verdicts: &mut [Verdict],
    ) -> Vec<Accepted<R>> {
        let mut accepted: Vec<Accepted<R>> = Vec::new();
        let mut in_batch: FxHashMap<i64, usize> = FxHashMap::default();
        for (id, account, person, placed) in records {
            let earlier = in_batch.get(&id).map(|position| &accepted[*position]);
            let stored = latest.get(&id);
            let before = match (earlier, stored) {
                (Some(earlier), _) => Some((earlier.account, earlier.revision)),
                (None, Some(stored)) => Some((stored.account, stored.revision)),
                (None, None) => None,
            };
            if before.is_some_and(|(other, _)| other != account) {
                let name = placed.record.id().to_owned();
                verdicts[placed.position] = Verdict::Refused(Refused::OtherAccount(name));
                continue;
            }
            let is_same = match (earlier, stored) {
                (Some(earlier), _) => earlier.record == placed.record && earlier.person == person,
                (None, Some(stored)) => says_the_same(&stored.stored, &placed.record, person),
                (None, None) => false,
            };
            if is_same {
                continue;
            }
            verdicts[placed.position] = if before.is_some() { Verdict::Changed } else { Verdict::New };
            let known_on = match before {
                Some(_) => self.corrected_on(placed.known),
                None => self.known_on(R::NAME, placed.known, placed.record.day()),
            };
            in_batch.insert(id, accepted.len());
            accepted.push(Accepted {
                record: placed.record,
                id,
                account,
                person,
                revision: before.map_or(0, |(_, revision)| revision + 1),
                known_on,
                row: placed.row,
            });
        }
        accepted
    }
}
