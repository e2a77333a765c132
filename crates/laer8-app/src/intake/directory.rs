//! Finds the accounts and people of a source by the ids that its events use.

use crate::AppError;
use laer8_domain::ids::{AccountId, PersonId, SourceId};
use laer8_store::{Kind, Tx};
use rustc_hash::{FxHashMap, FxHashSet};

/// Names that are remembered, of each kind.
const MOST: usize = 200_000;

/// What was found, so that nobody asks the database for each event. What is
/// there stays there; what was not found is asked for again.
#[derive(Debug, Default)]
pub(super) struct Directory {
    accounts: FxHashMap<(SourceId, String), AccountId>,
    people: FxHashMap<(SourceId, String), AccountId>,
    aliases: FxHashMap<(SourceId, String), String>,
}

impl Directory {
    /// Looks for accounts of these names.
    pub(super) async fn find_accounts(
        &mut self,
        tx: &Tx,
        source: SourceId,
        names: impl Iterator<Item = &str>,
    ) -> Result<(), AppError> {
        let unknown = unknown(&self.accounts, source, names);
        make_room(&mut self.accounts);
        for (name, id) in tx.ids_of(source, Kind::Account, &unknown).await? {
            self.accounts.insert((source, name), AccountId(id));
        }
        Ok(())
    }

    /// Looks for where people of these names are.
    pub(super) async fn find_people(
        &mut self,
        tx: &Tx,
        source: SourceId,
        names: impl Iterator<Item = &str>,
    ) -> Result<(), AppError> {
        let unknown = unknown(&self.people, source, names);
        let found = tx.ids_of(source, Kind::Person, &unknown).await?;
        let people: Vec<PersonId> = found.iter().map(|(_, id)| PersonId(*id)).collect();
        let at: FxHashMap<PersonId, AccountId> = tx.people_at(&people).await?.into_iter().collect();
        make_room(&mut self.people);
        for (name, id) in found {
            if let Some(account) = at.get(&PersonId(id)) {
                self.people.insert((source, name), *account);
            }
        }
        Ok(())
    }

    /// Looks for whom these ids of devices are known to be.
    pub(super) async fn find_aliases(
        &mut self,
        tx: &Tx,
        source: SourceId,
        names: impl Iterator<Item = &str>,
    ) -> Result<(), AppError> {
        let unknown = unknown(&self.aliases, source, names);
        make_room(&mut self.aliases);
        for (alias, person) in tx.known_as(source, &unknown).await? {
            self.aliases.insert((source, alias), person);
        }
        Ok(())
    }

    /// Notes that ids are people, where that is news; the last word counts.
    pub(super) async fn learn_aliases(
        &mut self,
        tx: &Tx,
        source: SourceId,
        pairs: Vec<(String, String)>,
    ) -> Result<Vec<String>, AppError> {
        self.find_aliases(tx, source, pairs.iter().map(|(alias, _)| alias.as_str())).await?;
        let mut news: FxHashMap<String, String> = FxHashMap::default();
        for (alias, person) in pairs {
            if self.alias(source, &alias) != Some(person.as_str()) {
                self.aliases.insert((source, alias.clone()), person.clone());
                news.insert(alias, person);
            }
        }
        let mut news: Vec<(String, String)> = news.into_iter().collect();
        news.sort_unstable();
        tx.put_known_as(source, &news).await?;
        Ok(news.into_iter().map(|(_, person)| person).collect())
    }

    /// The account of that name; it must have been looked for.
    pub(super) fn account(&self, source: SourceId, name: &str) -> Option<AccountId> {
        self.accounts.get(&(source, name.to_owned())).copied()
    }

    /// Where the person of that name is; they must have been looked for.
    pub(super) fn person(&self, source: SourceId, name: &str) -> Option<AccountId> {
        self.people.get(&(source, name.to_owned())).copied()
    }

    /// Whom an id of a device is known to be; it must have been looked for.
    pub(super) fn alias(&self, source: SourceId, name: &str) -> Option<&str> {
        self.aliases.get(&(source, name.to_owned())).map(String::as_str)
    }
}

fn unknown<'n, V>(
    known: &FxHashMap<(SourceId, String), V>,
    source: SourceId,
    names: impl Iterator<Item = &'n str>,
) -> Vec<&'n str> {
    let distinct: FxHashSet<&str> = names.collect();
    let is_unknown = |name: &&str| !known.contains_key(&(source, (*name).to_owned()));
    let mut unknown: Vec<&str> = distinct.into_iter().filter(is_unknown).collect();
    unknown.sort_unstable();
    unknown
}

fn make_room<V>(names: &mut FxHashMap<(SourceId, String), V>) {
    if names.len() > MOST {
        names.clear();
    }
}
