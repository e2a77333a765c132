//! Whom and what the events of a source wait for, and who may know.

use super::sources::{found, names};
use crate::{Actor, App, AppError};
use chrono::{DateTime, Utc};
use laer8_domain::{
    identity::Subject,
    ids::{AccountId, SourceId},
    provenance::OWN_SOURCE,
    users::Role,
};
use laer8_store::{Kind, Tx, Whose};
use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;

/// What events wait for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AwaitedView {
    /// `person`: that somebody says at which account they are; or `account`: that
    /// somebody tells of it.
    pub whose: &'static str,
    /// What the source calls them or it.
    pub name: String,
    /// How many events wait.
    pub events: u64,
    /// When the first of them was received.
    pub since: DateTime<Utc>,
    /// Accounts that other sources call by this id. A rule of the document
    /// `identity` can say that they mean the same.
    pub known_to: Vec<KnownTo>,
}

/// An account that another source calls by the same id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KnownTo {
    /// What the other source is called.
    pub source: String,
    /// The account.
    pub account: AccountId,
    /// What it is called.
    pub account_name: String,
}

impl App {
    /// Whom and what the events of a source wait for, those of most events first.
    /// Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn awaited(
        &self,
        actor: &Actor,
        id: SourceId,
        limit: u64,
    ) -> Result<Vec<AwaitedView>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        found(&tx, id).await?;
        let awaited = tx.awaited(id, limit).await?;
        let accounts = awaited.iter().filter(|it| it.whose == Whose::Account);
        let mut known = known_to(&tx, id, &accounts.map(|it| it.name.as_str()).collect::<Vec<_>>()).await?;
        let view = |it: laer8_store::Awaited| AwaitedView {
            known_to: match it.whose {
                Whose::Account => known.remove(&it.name).unwrap_or_default(),
                Whose::Person => Vec::new(),
            },
            whose: it.whose.key(),
            name: it.name,
            events: it.events,
            since: it.since,
        };
        Ok(awaited.into_iter().map(view).collect())
    }
}

/// Which sources beside `own` call accounts by these ids.
async fn known_to(tx: &Tx, own: SourceId, ids: &[&str]) -> Result<FxHashMap<String, Vec<KnownTo>>, AppError> {
    let mut found: Vec<(String, String, AccountId)> = Vec::new();
    for (source, name) in tx.sources().await? {
        if source == own || name == OWN_SOURCE {
            continue;
        }
        let accounts = tx.ids_of(source, Kind::Account, ids).await?;
        found.extend(accounts.into_iter().map(|(id, account)| (id, name.clone(), AccountId(account))));
    }
    // An account may be read as another.
    let told: Vec<i64> = found.iter().map(|(_, _, account)| account.0).collect();
    let read_as = tx.read_as(Subject::Account, &told).await?;
    for (_, _, account) in &mut found {
        account.0 = read_as.get(&account.0).copied().unwrap_or(account.0);
    }
    let accounts: Vec<AccountId> = found.iter().map(|(_, _, account)| *account).collect();
    let names = names(tx, &accounts).await?;
    let mut known: FxHashMap<String, Vec<KnownTo>> = FxHashMap::default();
    for (id, source, account) in found {
        let account_name = names.get(&account).cloned().unwrap_or_default();
        known.entry(id).or_default().push(KnownTo { source, account, account_name });
    }
    Ok(known)
}
