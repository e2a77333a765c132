//! Looking for what the rules join.

use super::{KEYS_BY, Occasion, in_force, keys, kind, sources};
use crate::AppError;
use laer8_domain::{
    identity::{
        Identity, Key, Subject,
        matching::{Decided, Known, Match, Matches, matches},
    },
    ids::{AccountId, PersonId, SourceId},
    provenance::OWN_SOURCE,
};
use laer8_store::{AuditEntry, JoinsAsked, StoredJoin, StoredKeys, Tx};
use rustc_hash::{FxHashMap, FxHashSet};

/// Joins read at once.
const JOINS: u64 = 5_000;

/// What an absorb touched of what the rules look at.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub(crate) accounts: FxHashSet<AccountId>,
    pub(crate) people: FxHashSet<PersonId>,
}

/// The fields that the rules look at. There are none to watch while a single
/// source tells of accounts: there is nothing that it could be joined with.
#[derive(Debug, Default)]
pub(crate) struct Watched {
    accounts: Vec<String>,
    people: Vec<String>,
    is_on: bool,
}

/// What the rules changed.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) joined: Vec<StoredJoin>,
    pub(crate) parted: Vec<StoredJoin>,
}

impl Watched {
    pub(crate) async fn load(tx: &Tx) -> Result<Self, AppError> {
        if sources(tx).await?.len() < 2 {
            return Ok(Self::default());
        }
        let (_, identity) = in_force(tx).await?;
        let fields = |subject| identity.fields(subject).into_iter().map(ToOwned::to_owned).collect();
        Ok(Self { accounts: fields(Subject::Account), people: fields(Subject::Person), is_on: true })
    }

    /// Whether what came in of an account, or a person, is for the rules.
    pub(crate) fn concerns(&self, subject: Subject, is_new: bool, fields: &[&str]) -> bool {
        let watched = match subject {
            Subject::Account => &self.accounts,
            Subject::Person => &self.people,
        };
        self.is_on && (is_new || fields.iter().any(|field| watched.iter().any(|it| it == field)))
    }
}

impl Touched {
    pub(crate) fn is_empty(&self) -> bool {
        self.accounts.is_empty() && self.people.is_empty()
    }

    fn ids(&self, subject: Subject) -> Vec<i64> {
        let mut ids: Vec<i64> = match subject {
            Subject::Account => self.accounts.iter().map(|account| account.0).collect(),
            Subject::Person => self.people.iter().map(|person| person.0).collect(),
        };
        ids.sort_unstable();
        ids
    }
}

/// Joins what the rules say of those that were touched.
pub(crate) async fn look(tx: &Tx, touched: &Touched, occasion: Occasion<'_>) -> Result<(), AppError> {
    let sources = sources(tx).await?;
    if sources.len() < 2 {
        return Ok(());
    }
    let (body, identity) = in_force(tx).await?;
    if tx.setting(KEYS_BY).await?.as_deref() != Some(body.as_str()) {
        find_all(tx, occasion).await?;
        return Ok(());
    }
    for subject in Subject::ALL {
        keys::make(tx, &identity, &sources, occasion.today, subject, &touched.ids(subject)).await?;
    }
    let looking = Looking { tx, identity: &identity, occasion };
    let accounts = tx.shared_keys_of(Subject::Account, &touched.ids(Subject::Account)).await?;
    let joined = looking.join(Subject::Account, accounts).await?;
    looking.people_of(&joined, touched.ids(Subject::Person)).await?;
    Ok(())
}

/// Applies the document in force to everything: parts what its rules no longer
/// join, and joins what they do.
pub(crate) async fn apply(tx: &Tx, occasion: Occasion<'_>) -> Result<Found, AppError> {
    let (_, identity) = in_force(tx).await?;
    let parted = Looking { tx, identity: &identity, occasion }.part().await?;
    Ok(Found { joined: find_all(tx, occasion).await?, parted })
}

/// Joins what the document in force says of everything, and parts nothing.
pub(crate) async fn find_all(tx: &Tx, occasion: Occasion<'_>) -> Result<Vec<StoredJoin>, AppError> {
    let (body, identity) = in_force(tx).await?;
    tx.put_precedence(&identity).await?;
    let looking = Looking { tx, identity: &identity, occasion };
    let sources = sources(tx).await?;
    if sources.len() < 2 {
        tx.put_setting(KEYS_BY, "").await?;
        return Ok(Vec::new());
    }
    keys::make_all(tx, &identity, &sources, occasion.today).await?;
    tx.put_setting(KEYS_BY, &body).await?;
    let mut joined = looking.join(Subject::Account, tx.open_keys(Subject::Account).await?).await?;
    joined.extend(looking.join(Subject::Person, tx.open_keys(Subject::Person).await?).await?);
    Ok(joined)
}

/// What a person has decided may have settled what the rules left open.
pub(super) async fn look_again(
    tx: &Tx,
    subject: Subject,
    ids: &[i64],
    occasion: Occasion<'_>,
) -> Result<(), AppError> {
    let (body, identity) = in_force(tx).await?;
    if tx.setting(KEYS_BY).await?.as_deref() != Some(body.as_str()) {
        return Ok(());
    }
    let looking = Looking { tx, identity: &identity, occasion };
    let members = looking.members(subject, ids).await?;
    let joined = looking.join(subject, tx.shared_keys_of(subject, &members).await?).await?;
    if subject == Subject::Account {
        let accounts: Vec<AccountId> = members.into_iter().map(AccountId).collect();
        let people = tx.people_of(&accounts).await?.into_iter().map(|person| person.0).collect();
        looking.people_of(&joined, people).await?;
    }
    Ok(())
}

/// What the rules leave to a person.
pub(super) async fn open(tx: &Tx, subject: Subject) -> Result<Matches, AppError> {
    let (_, identity) = in_force(tx).await?;
    let keys = tx.open_keys(subject).await?;
    decide(tx, &identity, subject, &keys).await
}

struct Looking<'a> {
    tx: &'a Tx,
    identity: &'a Identity,
    occasion: Occasion<'a>,
}

impl Looking<'_> {
    /// Joins what has one of these keys in common, and then what that has
    /// settled.
    async fn join(&self, subject: Subject, mut keys: Vec<Key>) -> Result<Vec<StoredJoin>, AppError> {
        let mut joined = Vec::new();
        while !keys.is_empty() {
            let found = decide(self.tx, self.identity, subject, &keys).await?;
            if found.joins.is_empty() {
                break;
            }
            let ids: Vec<i64> = found.joins.iter().flat_map(|join| [join.first, join.second]).collect();
            joined.extend(self.write(subject, found.joins).await?);
            let members = self.members(subject, &ids).await?;
            keys = self.tx.shared_keys_of(subject, &members).await?;
        }
        Ok(joined)
    }

    /// Joins people: those that were touched, and those at accounts that were
    /// just joined.
    async fn people_of(&self, joined: &[StoredJoin], mut people: Vec<i64>) -> Result<(), AppError> {
        let ends: Vec<i64> = joined.iter().flat_map(|join| [join.first, join.second]).collect();
        let accounts = self.members(Subject::Account, &ends).await?;
        let accounts: Vec<AccountId> = accounts.into_iter().map(AccountId).collect();
        people.extend(self.tx.people_of(&accounts).await?.into_iter().map(|person| person.0));
        people.sort_unstable();
        people.dedup();
        let keys = self.tx.shared_keys_of(Subject::Person, &people).await?;
        self.join(Subject::Person, keys).await?;
        Ok(())
    }

    /// These and all that are read as one with them.
    async fn members(&self, subject: Subject, ids: &[i64]) -> Result<Vec<i64>, AppError> {
        let members = together(self.tx, subject, ids).await?;
        Ok(members.into_iter().map(|(member, _)| member).collect())
    }

    async fn write(&self, subject: Subject, found: Vec<Match>) -> Result<Vec<StoredJoin>, AppError> {
        let new: Vec<StoredJoin> = found
            .into_iter()
            .map(|found| StoredJoin {
                id: laer8_domain::ids::JoinId(0),
                subject,
                first: found.first,
                second: found.second,
                key: found.key,
                joined_at: self.occasion.at,
                joined_by: self.occasion.by.to_owned(),
                undone_at: None,
                undone_by: String::new(),
                apart: false,
            })
            .collect();
        write(self.tx, new, self.occasion).await
    }

    /// Undoes what no rule of the document says any more. What a person joined
    /// stays.
    async fn part(&self) -> Result<Vec<StoredJoin>, AppError> {
        let mut parted = Vec::new();
        let mut asked = JoinsAsked { subject: None, in_force: Some(true), before: None };
        loop {
            let page = self.tx.joins(asked, JOINS).await?;
            let Some(last) = page.last() else { break };
            asked.before = Some(last.id);
            let is_parted = |join: &StoredJoin| {
                join.key.rule != laer8_domain::identity::BY_HAND
                    && !self.identity.still_says(join.subject, &join.key)
            };
            for join in page.into_iter().filter(is_parted) {
                let (undone_at, undone_by) = (Some(self.occasion.at), self.occasion.by.to_owned());
                let join = StoredJoin { undone_at, undone_by, ..join };
                self.tx.update_join(join.clone()).await?;
                self.tx.audit(entry("part", &join, self.occasion)).await?;
                parted.push(join);
            }
        }
        for subject in Subject::ALL {
            let ends = parted.iter().filter(|join| join.subject == subject);
            let ends: Vec<i64> = ends.flat_map(|join| [join.first, join.second]).collect();
            self.tx.reread(subject, &self.members(subject, &ends).await?).await?;
        }
        if !parted.is_empty() {
            self.tx.forget_evaluations(None).await?;
        }
        Ok(parted)
    }
}

/// Writes joins down, so that they are read from now on.
pub(super) async fn write(
    tx: &Tx,
    new: Vec<StoredJoin>,
    occasion: Occasion<'_>,
) -> Result<Vec<StoredJoin>, AppError> {
    let ids = tx.insert_joins(new.clone()).await?;
    let written: Vec<StoredJoin> =
        new.into_iter().zip(ids).map(|(join, id)| StoredJoin { id, ..join }).collect();
    for join in &written {
        tx.audit(entry(if join.apart { "keep_apart" } else { "join" }, join, occasion)).await?;
    }
    for subject in Subject::ALL {
        let ends = written.iter().filter(|join| join.subject == subject);
        let ends: Vec<i64> = ends.flat_map(|join| [join.first, join.second]).collect();
        tx.reread(subject, &ends).await?;
    }
    if written.iter().any(|join| join.undone_at.is_none()) {
        // Identity is no event: what was worked out for past days has changed too.
        tx.forget_evaluations(None).await?;
    }
    Ok(written)
}

/// What the audit log says of a join.
pub(super) fn entry(what: &str, join: &StoredJoin, occasion: Occasion<'_>) -> AuditEntry {
    let subject = join.subject.key();
    AuditEntry {
        at: occasion.at,
        actor: if occasion.by.is_empty() { OWN_SOURCE.to_owned() } else { occasion.by.to_owned() },
        action: format!("{subject}.{what}"),
        subject: format!("{subject}:{}", join.first),
        detail: serde_json::json!({
            "join": join.id, "with": join.second, "rule": join.key.rule, "value": join.key.value,
        }),
    }
}

/// These and all that are read as one with them, each with the one as which it
/// is read.
async fn together(tx: &Tx, subject: Subject, ids: &[i64]) -> Result<Vec<(i64, i64)>, AppError> {
    let read_as = tx.read_as(subject, ids).await?;
    let mut roots: Vec<i64> = ids.iter().map(|id| read_as.get(id).copied().unwrap_or(*id)).collect();
    roots.sort_unstable();
    roots.dedup();
    Ok(tx.members_of(subject, &roots).await?)
}

/// What the rules say of those that have one of these keys.
async fn decide(tx: &Tx, identity: &Identity, subject: Subject, keys: &[Key]) -> Result<Matches, AppError> {
    if keys.is_empty() {
        return Ok(Matches::default());
    }
    let holders = tx.holders(subject, keys).await?;
    let mut keys: FxHashMap<i64, Vec<Key>> =
        holders.into_iter().map(|StoredKeys { id, keys }| (id, keys)).collect();
    let holders: Vec<i64> = keys.keys().copied().collect();
    let members = together(tx, subject, &holders).await?;
    let ids: Vec<i64> = members.iter().map(|(member, _)| *member).collect();
    let own = tx.find_source(OWN_SOURCE).await?;
    let mut told: FxHashMap<i64, Vec<SourceId>> = FxHashMap::default();
    for (id, source, _) in tx.external_ids(kind(subject), &ids).await? {
        if Some(source) != own {
            told.entry(id).or_default().push(source);
        }
    }
    let within = within(tx, subject, &ids).await?;
    let known: Vec<Known> = ids
        .iter()
        .map(|id| Known {
            id: *id,
            within: within.get(id).copied().unwrap_or(0),
            sources: told.remove(id).unwrap_or_default(),
            keys: keys.remove(id).unwrap_or_default(),
        })
        .collect();
    let apart = tx.joins_of(subject, &ids).await?.into_iter().filter(|join| join.apart);
    let decided = Decided {
        joined: members.into_iter().filter(|(member, of)| member != of).collect(),
        apart: apart.map(|join| (join.first, join.second)).collect(),
    };
    Ok(matches(&identity.codes(subject), &known, &decided))
}

/// The account, as it is read, at which each person is.
async fn within(tx: &Tx, subject: Subject, ids: &[i64]) -> Result<FxHashMap<i64, i64>, AppError> {
    if subject == Subject::Account {
        return Ok(FxHashMap::default());
    }
    let people: Vec<PersonId> = ids.iter().map(|id| PersonId(*id)).collect();
    let at = tx.people_at(&people).await?;
    let accounts: Vec<i64> = at.iter().map(|(_, account)| account.0).collect();
    let read_as = tx.read_as(Subject::Account, &accounts).await?;
    let of = |account: AccountId| read_as.get(&account.0).copied().unwrap_or(account.0);
    Ok(at.into_iter().map(|(person, account)| (person.0, of(account))).collect())
}
