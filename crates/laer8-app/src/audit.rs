//! The audit log, a page at a time.

use crate::{Actor, App, AppError};
use chrono::{DateTime, Utc};
use laer8_domain::users::Role;
use serde::Serialize;
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
}
