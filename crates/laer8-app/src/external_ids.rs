//! What other systems call an account, both ways.

use crate::{Actor, App, AppError, accounts::called};
use laer8_domain::{identity::Subject, ids::AccountId, users::Role};
use laer8_store::{Kind, Tx};
use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;

/// What a source calls an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct ExternalId {
    /// The source.
    pub source: String,
    /// The id there.
    pub id: String,
    /// The account.
    pub account: AccountId,
}

impl App {
    /// What the sources call an account, by source. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`] for what no source
    /// tells of; [`AppError::Store`].
    pub async fn external_ids(&self, actor: &Actor, account: AccountId) -> Result<Vec<ExternalId>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let account = tx.account_read_as(account).await?;
        let found = named(&tx, &[account]).await?;
        if found.is_empty() {
            let name = format!("#{account}");
            return Err(AppError::NotFound { kind: "account", name, hint: String::new() });
        }
        Ok(found)
    }

    /// The account as which an account is read: itself, unless it was joined to
    /// another that came before. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn account_read_as(&self, actor: &Actor, account: AccountId) -> Result<AccountId, AppError> {
        actor.must_be(Role::Viewer)?;
        Ok(self.store.read().await?.account_read_as(account).await?)
    }

    /// The accounts that any source calls by a name: exactly that, not a part
    /// of it. One mostly, none where nobody does, several where sources use the
    /// same name. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn accounts_by_external_id(
        &self,
        actor: &Actor,
        name: &str,
    ) -> Result<Vec<ExternalId>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let accounts = called(&tx, name).await?;
        let mut found = named(&tx, &accounts).await?;
        found.retain(|external| external.id == name);
        Ok(found)
    }
}

/// What the sources call accounts, and what is read as part of them.
async fn named(tx: &Tx, accounts: &[AccountId]) -> Result<Vec<ExternalId>, AppError> {
    let sources = tx.sources().await?;
    let ids: Vec<i64> = accounts.iter().map(|account| account.0).collect();
    let members = tx.members_of(Subject::Account, &ids).await?;
    let ids: Vec<i64> = members.iter().map(|(member, _)| *member).collect();
    let read_as: FxHashMap<i64, i64> = members.into_iter().collect();
    let names = tx.external_ids(Kind::Account, &ids).await?;
    let found = names.into_iter().map(|(member, source, id)| {
        let name = sources.iter().find(|(known, _)| *known == source);
        ExternalId {
            source: name.map(|(_, name)| name.clone()).unwrap_or_default(),
            id,
            account: AccountId(read_as.get(&member).copied().unwrap_or(member)),
        }
    });
    let mut found: Vec<ExternalId> = found.collect();
    found.sort_unstable();
    Ok(found)
}
