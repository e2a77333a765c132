//! The audit log, a page at a time.

use crate::{Actor, App, AppError, configuration};
use chrono::{DateTime, Utc};
use laer8_domain::{
    accounts::{field_on, fields},
    ids::AccountId,
    users::Role,
};
use laer8_health::names::Name;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One change that somebody made.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AuditRow {
    /// Which; a later change has a higher one.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who: an e-mail address, or the name of a program.
    pub actor: String,
    /// What they did, as a code such as `config.change`.
    pub action: String,
    /// To what, as `kind:name`.
    pub subject: String,
    /// The details; what is in them depends on the action.
    #[schema(value_type = Value)]
    pub detail: serde_json::Value,
}

/// What the log speaks of, by the names that people know; what is gone has none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AuditNames {
    /// Accounts, as they are called today.
    pub accounts: BTreeMap<AccountId, String>,
    /// Users, by their e-mail address.
    pub users: BTreeMap<String, String>,
    /// Scorecards in force, by their key.
    pub scorecards: BTreeMap<String, Name>,
}

impl App {
    /// At most `limit` changes made before the one with the id `before`, or
    /// the latest, the newest first. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn audit_before(
        &self,
        actor: &Actor,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<AuditRow>, AppError> {
        actor.must_be(Role::Admin)?;
        let entries = self.store.read().await?.audit_before(before, limit).await?;
        let row = |(id, entry): (i64, laer8_store::AuditEntry)| AuditRow {
            id,
            at: entry.at,
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            detail: entry.detail,
        };
        Ok(entries.into_iter().map(row).collect())
    }

    /// What these accounts, all users and all scorecards are called. Needs
    /// [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn audit_names(&self, actor: &Actor, accounts: &[AccountId]) -> Result<AuditNames, AppError> {
        actor.must_be(Role::Admin)?;
        let tx = self.store.read().await?;
        let mut facts = BTreeMap::<AccountId, Vec<_>>::new();
        for field in tx.account_fields(accounts).await? {
            facts.entry(field.account).or_default().push(field.fact);
        }
        let today = self.today(&crate::workspace::load(&tx).await?);
        let called =
            |facts: &[_]| field_on(facts, fields::NAME, today)?.value.as_ref()?.as_text().map(str::to_owned);
        let accounts = facts.into_iter().filter_map(|(id, facts)| Some((id, called(&facts)?))).collect();
        let users = tx.users().await?.into_iter().map(|user| (user.email, user.name)).collect();
        let configuration = configuration::load(&tx).await?;
        let cards = configuration.scorecards.cards().iter();
        let scorecards = cards.map(|card| (card.key().to_owned(), card.name().clone())).collect();
        Ok(AuditNames { accounts, users, scorecards })
    }
}
