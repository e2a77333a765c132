//! What the accounts and people that joins speak of are called.

use super::kind;
use crate::AppError;
use laer8_domain::{
    accounts::{FieldFact, field_on, fields},
    days::Day,
    identity::Subject,
    ids::{AccountId, PersonId},
    people,
};
use laer8_store::Tx;
use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;

/// An account, or a person, as its own source tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JoinEnd {
    /// Which: an account or a person, as the join says.
    pub id: i64,
    /// The account as which it is read now, or at which the person is.
    pub account: AccountId,
    /// What it is called; empty where nobody says.
    pub name: String,
    /// What it is known by beside the name: the domain of an account, the
    /// e-mail address of a person; empty where nobody says.
    pub known_by: String,
    /// The sources that tell of it, and what each calls it.
    pub sources: Vec<JoinSource>,
}

/// What a source calls an account or a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct JoinSource {
    /// The source.
    pub source: String,
    /// The id there.
    pub id: String,
}

/// The ends of joins, by id.
pub(super) type Ends = FxHashMap<i64, JoinEnd>;

pub(super) async fn ends(tx: &Tx, subject: Subject, ids: &[i64], today: Day) -> Result<Ends, AppError> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let (name, known_by) = match subject {
        Subject::Account => (fields::NAME, fields::DOMAIN),
        Subject::Person => (people::fields::NAME, people::fields::EMAIL),
    };
    let mut facts: FxHashMap<i64, Vec<FieldFact>> = FxHashMap::default();
    for stored in tx.facts_of(subject, &ids, &[name, known_by]).await? {
        let id = stored.person.map_or(stored.account.0, |person| person.0);
        facts.entry(id).or_default().push(stored.fact);
    }
    let mut sources: FxHashMap<i64, Vec<JoinSource>> = FxHashMap::default();
    let names = tx.sources().await?;
    for (id, source, external) in tx.external_ids(kind(subject), &ids).await? {
        let source = names.iter().find(|(known, _)| *known == source).map(|(_, name)| name.clone());
        let source = JoinSource { source: source.unwrap_or_default(), id: external };
        sources.entry(id).or_default().push(source);
    }
    let at: FxHashMap<i64, i64> = match subject {
        Subject::Account => ids.iter().map(|id| (*id, *id)).collect(),
        Subject::Person => {
            let people: Vec<PersonId> = ids.iter().map(|id| PersonId(*id)).collect();
            let at = tx.people_at(&people).await?;
            at.into_iter().map(|(person, account)| (person.0, account.0)).collect()
        }
    };
    let accounts: Vec<i64> = at.values().copied().collect();
    let read_as = tx.read_as(Subject::Account, &accounts).await?;
    let end = |id: i64| {
        let facts = facts.get(&id).map_or(&[][..], Vec::as_slice);
        let text = |field: &str| {
            let value = field_on(facts, field, today).and_then(|fact| fact.value.as_ref());
            value.map(ToString::to_string).unwrap_or_default()
        };
        let account = at.get(&id).copied().unwrap_or(id);
        let mut sources = sources.get(&id).cloned().unwrap_or_default();
        sources.sort_unstable();
        sources.retain(|it| it.source != laer8_domain::provenance::OWN_SOURCE);
        let account = AccountId(read_as.get(&account).copied().unwrap_or(account));
        (id, JoinEnd { id, account, name: text(name), known_by: text(known_by), sources })
    };
    Ok(ids.into_iter().map(end).collect())
}
