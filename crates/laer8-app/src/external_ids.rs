//! What other systems call an account, both ways.

use crate::{Actor, App, AppError};
use laer8_domain::{ids::AccountId, users::Role};
use laer8_store::{Kind, Tx};
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
        let found = named(&tx, &[account]).await?;
        if found.is_empty() {
            let name = format!("#{account}");
            return Err(AppError::NotFound { kind: "account", name, hint: String::new() });
        }
        Ok(found)
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
        let accounts = tx.find_external_id(Kind::Account, name).await?;
        let accounts: Vec<AccountId> = accounts.into_iter().map(AccountId).collect();
        let mut found = named(&tx, &accounts).await?;
        found.retain(|external| external.id == name);
        Ok(found)
    }
}

async fn named(tx: &Tx, accounts: &[AccountId]) -> Result<Vec<ExternalId>, AppError> {
    let sources = tx.sources().await?;
    let ids: Vec<i64> = accounts.iter().map(|account| account.0).collect();
    let names = tx.external_ids(Kind::Account, &ids).await?;
    let found = names.into_iter().map(|(account, source, id)| {
        let name = sources.iter().find(|(known, _)| *known == source);
        ExternalId {
            source: name.map(|(_, name)| name.clone()).unwrap_or_default(),
            id,
            account: AccountId(account),
        }
    });
    let mut found: Vec<ExternalId> = found.collect();
    found.sort_unstable();
    Ok(found)
}
