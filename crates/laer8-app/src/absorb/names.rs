//! Finds things by what the source calls them.

use super::verdict::Refused;
use crate::AppError;
use laer8_domain::{
    days::Day,
    ids::{AccountId, PersonId, SourceId, SubscriptionId},
    records::AccountRef,
};
use laer8_store::{Kind, Tx};
use rustc_hash::FxHashMap;

/// The names of one source, read kind by kind when they are first needed; or
/// one by one, where few are.
pub(crate) struct Names {
    source: SourceId,
    /// Whether the source is what people enter in Laer8 itself.
    own: bool,
    /// Whether names are looked up one by one.
    few: bool,
    kinds: FxHashMap<Kind, FxHashMap<String, i64>>,
    subscription_accounts: Option<FxHashMap<i64, AccountId>>,
    person_accounts: FxHashMap<i64, AccountId>,
    lives: Option<FxHashMap<i64, Life>>,
}

/// When a subscription ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Life {
    /// Its first day.
    pub(super) start: Day,
    /// The first day after; none while it runs.
    pub(super) end: Option<Day>,
}

impl Names {
    pub(super) fn new(source: SourceId, own: bool, few: bool) -> Self {
        Self {
            source,
            own,
            few,
            kinds: FxHashMap::default(),
            subscription_accounts: None,
            person_accounts: FxHashMap::default(),
            lives: None,
        }
    }

    /// Reads these names of a kind, where names are looked up one by one and
    /// they were not yet.
    pub(super) async fn want(&mut self, tx: &Tx, kind: Kind, names: &[&str]) -> Result<(), AppError> {
        if !self.few {
            return Ok(());
        }
        let mut unknown: Vec<&str> =
            names.iter().copied().filter(|name| self.find(kind, name).is_none()).collect();
        unknown.sort_unstable();
        unknown.dedup();
        if unknown.is_empty() {
            return Ok(());
        }
        let found = tx.ids_of(self.source, kind, &unknown).await?;
        if kind == Kind::Person {
            let people: Vec<PersonId> = found.iter().map(|(_, id)| PersonId(*id)).collect();
            let at = tx.people_at(&people).await?;
            self.person_accounts.extend(at.into_iter().map(|(person, account)| (person.0, account)));
        }
        self.kinds.entry(kind).or_default().extend(found);
        Ok(())
    }

    /// Reads the names of a kind, unless that was done, or they are looked up
    /// one by one.
    pub(super) async fn load(&mut self, tx: &Tx, kind: Kind) -> Result<(), AppError> {
        if self.few && kind != Kind::Subscription {
            self.kinds.entry(kind).or_default();
            return Ok(());
        }
        if !self.kinds.contains_key(&kind) {
            let names = tx.all_ids(self.source, kind).await?;
            if kind == Kind::Person {
                let people: Vec<PersonId> = names.values().copied().map(PersonId).collect();
                let at = tx.people_at(&people).await?;
                self.person_accounts.extend(at.into_iter().map(|(person, account)| (person.0, account)));
            }
            self.kinds.insert(kind, names);
        }
        if kind == Kind::Subscription && self.subscription_accounts.is_none() {
            let of = tx.subscription_accounts().await?;
            self.subscription_accounts =
                Some(of.into_iter().map(|(subscription, account)| (subscription.0, account)).collect());
        }
        Ok(())
    }

    /// Finds what our own source calls `SOURCE/ID` by what that source calls
    /// it. Other sources know only their own names.
    pub(super) async fn link(&mut self, tx: &Tx, kind: Kind, names: &[&str]) -> Result<(), AppError> {
        self.load(tx, kind).await?;
        self.want(tx, kind, names).await?;
        if !self.own {
            return Ok(());
        }
        let unknown: Vec<&str> =
            names.iter().copied().filter(|name| self.find(kind, name).is_none()).collect();
        for name in unknown {
            let Some(id) = linked(tx, kind, name).await? else { continue };
            if self.find(kind, name).is_none() {
                tx.name_id(self.source, kind, name, id).await?;
                self.kinds.entry(kind).or_default().insert(name.to_owned(), id);
            }
            if kind == Kind::Person {
                let at = tx.people_at(&[PersonId(id)]).await?;
                self.person_accounts.extend(at.into_iter().map(|(person, account)| (person.0, account)));
            }
        }
        Ok(())
    }

    /// Reads everything by which a record may find its account.
    pub(super) async fn load_account_refs(
        &mut self,
        tx: &Tx,
        references: &[&AccountRef],
    ) -> Result<(), AppError> {
        let (mut subscriptions, mut people) = (false, false);
        for reference in references {
            subscriptions |= matches!(reference, AccountRef::Subscription(_));
            people |= matches!(reference, AccountRef::Person(_));
        }
        let accounts = references.iter().filter_map(|reference| match reference {
            AccountRef::Account(name) => Some(name.as_str()),
            _ => None,
        });
        self.link(tx, Kind::Account, &accounts.collect::<Vec<_>>()).await?;
        if subscriptions {
            self.load(tx, Kind::Subscription).await?;
        }
        if people {
            self.load(tx, Kind::Person).await?;
            let people = references.iter().filter_map(|reference| match reference {
                AccountRef::Person(name) => Some(name.as_str()),
                _ => None,
            });
            self.want(tx, Kind::Person, &people.collect::<Vec<_>>()).await?;
        }
        Ok(())
    }

    /// Reads when the subscriptions of the source ran.
    pub(super) async fn load_lives(&mut self, tx: &Tx) -> Result<(), AppError> {
        if self.lives.is_some() {
            return Ok(());
        }
        self.load(tx, Kind::Subscription).await?;
        let ids: Vec<SubscriptionId> = self
            .kinds
            .get(&Kind::Subscription)
            .into_iter()
            .flatten()
            .map(|(_, id)| SubscriptionId(*id))
            .collect();
        let mut lives: FxHashMap<i64, Life> = FxHashMap::default();
        let mut versions = tx.versions(&ids).await?;
        versions.sort_by_key(|stored| (stored.version.effective_from, stored.version.revision));
        for stored in versions {
            let from = stored.version.effective_from;
            let ended = stored.version.state.terms().is_none();
            let life = lives.entry(stored.subscription.0).or_insert(Life { start: from, end: None });
            life.end = ended.then_some(from);
        }
        self.lives = Some(lives);
        Ok(())
    }

    /// Forgets when the subscriptions of the source ran, because that changes.
    pub(super) fn forget_lives(&mut self) {
        self.lives = None;
    }

    /// When the subscription that a record names ran; `load_lives` must have
    /// been called.
    pub(super) fn life(&self, reference: &AccountRef) -> Option<Life> {
        let AccountRef::Subscription(name) = reference else {
            return None;
        };
        let id = self.find(Kind::Subscription, name)?;
        self.lives.as_ref()?.get(&id).copied()
    }

    /// The id of a name; the kind must have been loaded.
    pub(super) fn find(&self, kind: Kind, name: &str) -> Option<i64> {
        self.kinds.get(&kind)?.get(name).copied()
    }

    /// Gives ids to new names, each once, in their order, and returns those
    /// that are new with their ids.
    pub(super) async fn assign(
        &mut self,
        tx: &Tx,
        kind: Kind,
        names: &[&str],
    ) -> Result<Vec<(String, i64)>, AppError> {
        self.load(tx, kind).await?;
        self.want(tx, kind, names).await?;
        let mut fresh: Vec<String> = Vec::new();
        let mut taken = rustc_hash::FxHashSet::default();
        for name in names {
            if self.find(kind, name).is_none() && taken.insert(*name) {
                fresh.push((*name).to_owned());
            }
        }
        if fresh.is_empty() {
            return Ok(Vec::new());
        }
        let ids = tx.assign_ids(self.source, kind, &fresh).await?;
        let assigned: Vec<(String, i64)> = fresh.into_iter().zip(ids).collect();
        self.kinds.entry(kind).or_default().extend(assigned.iter().cloned());
        Ok(assigned)
    }

    /// The account that a record is about; the names it may use must have been
    /// loaded.
    pub(super) fn account(&self, reference: &AccountRef) -> Result<AccountId, Refused> {
        match reference {
            AccountRef::Account(name) => self
                .find(Kind::Account, name)
                .map(AccountId)
                .ok_or_else(|| Refused::UnknownAccount(name.clone())),
            AccountRef::Subscription(name) => self
                .find(Kind::Subscription, name)
                .and_then(|id| self.account_of_subscription(SubscriptionId(id)))
                .ok_or_else(|| Refused::UnknownSubscription(name.clone())),
            AccountRef::Person(name) => self
                .find(Kind::Person, name)
                .and_then(|id| self.account_of_person(PersonId(id)))
                .ok_or_else(|| Refused::UnknownPerson(name.clone())),
        }
    }

    /// Whose subscription it is.
    pub(super) fn account_of_subscription(&self, id: SubscriptionId) -> Option<AccountId> {
        self.subscription_accounts.as_ref()?.get(&id.0).copied()
    }

    /// Where a person is.
    pub(super) fn account_of_person(&self, id: PersonId) -> Option<AccountId> {
        self.person_accounts.get(&id.0).copied()
    }

    /// Remembers whose a new subscription is.
    pub(super) fn put_subscription(&mut self, id: SubscriptionId, account: AccountId) {
        self.subscription_accounts.get_or_insert_default().insert(id.0, account);
    }

    /// Remembers where a new person is.
    pub(super) fn put_person(&mut self, id: PersonId, account: AccountId) {
        self.person_accounts.insert(id.0, account);
    }
}

/// What `SOURCE/ID` means. A source may have a `/` in its own name.
async fn linked(tx: &Tx, kind: Kind, name: &str) -> Result<Option<i64>, AppError> {
    for (source, source_name) in tx.sources().await? {
        let Some(id) = name.strip_prefix(source_name.as_str()).and_then(|rest| rest.strip_prefix('/')) else {
            continue;
        };
        if let Some(id) = tx.id_of(source, kind, id).await? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
