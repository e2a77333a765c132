//! Keeping up by what accounts and people may be told to be one.

use super::kind;
use crate::AppError;
use laer8_domain::{
    accounts::{FieldFact, field_on},
    days::Day,
    identity::{Identity, Key, Subject},
    ids::{AccountId, SourceId},
};
use laer8_store::{IdRange, StoredKeys, Tx};
use rustc_hash::FxHashMap;

/// Accounts worked on at once.
const LOT: usize = 2_000;

/// Makes the keys of all accounts and people anew.
pub(super) async fn make_all(
    tx: &Tx,
    identity: &Identity,
    sources: &[(SourceId, String)],
    today: Day,
) -> Result<(), AppError> {
    for subject in Subject::ALL {
        tx.forget_keys(subject).await?;
    }
    let accounts = tx.told_account_ids(IdRange::all()).await?;
    for lot in accounts.chunks(LOT) {
        let ids: Vec<i64> = lot.iter().map(|account| account.0).collect();
        make(tx, identity, sources, today, Subject::Account, &ids).await?;
        let people: Vec<AccountId> = lot.to_vec();
        let people: Vec<i64> = tx.people_of(&people).await?.into_iter().map(|person| person.0).collect();
        make(tx, identity, sources, today, Subject::Person, &people).await?;
    }
    Ok(())
}

/// Makes the keys of some of them anew.
pub(super) async fn make(
    tx: &Tx,
    identity: &Identity,
    sources: &[(SourceId, String)],
    today: Day,
    subject: Subject,
    ids: &[i64],
) -> Result<(), AppError> {
    if identity.rules(subject).is_empty() || ids.is_empty() {
        return Ok(());
    }
    let fields = identity.fields(subject);
    let mut facts: FxHashMap<i64, Vec<FieldFact>> = FxHashMap::default();
    for stored in tx.facts_of(subject, ids, &fields).await? {
        let id = stored.person.filter(|_| subject == Subject::Person).map_or(stored.account.0, |it| it.0);
        facts.entry(id).or_default().push(stored.fact);
    }
    let mut names: FxHashMap<i64, Vec<(SourceId, String)>> = FxHashMap::default();
    if subject == Subject::Account {
        for (id, source, name) in tx.external_ids(kind(subject), ids).await? {
            names.entry(id).or_default().push((source, name));
        }
    }
    let of = |id: &i64| {
        let facts = facts.get(id).map_or(&[][..], Vec::as_slice);
        let field = |name: &str| field_on(facts, name, today)?.value.as_ref();
        let called = names.get(id).map_or(&[][..], Vec::as_slice).iter();
        let called: Vec<(&str, &str)> = called
            .filter_map(|(source, name)| {
                let (_, source) = sources.iter().find(|(id, _)| id == source)?;
                Some((source.as_str(), name.as_str()))
            })
            .collect();
        let keys: Vec<Key> = match subject {
            Subject::Account => identity.account_keys(&called, field),
            Subject::Person => identity.person_keys(field),
        };
        StoredKeys { id: *id, keys }
    };
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let keys: Vec<StoredKeys> = ids.iter().map(of).collect();
    Ok(tx.put_keys(subject, &keys).await?)
}
