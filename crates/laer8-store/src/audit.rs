//! Who changed what.

use crate::{StoreError, Tx, entities::audit_log};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait, QueryOrder, QuerySelect,
};

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who: an e-mail address, or the name of a program.
    pub actor: String,
    /// What they did, as a code such as `import.run`.
    pub action: String,
    /// To what, as `kind:name`.
    pub subject: String,
    /// The details.
    pub detail: serde_json::Value,
}

impl Tx {
    /// Writes a change down.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn audit(&self, entry: AuditEntry) -> Result<(), StoreError> {
        let row = audit_log::ActiveModel {
            id: NotSet,
            at: Set(entry.at),
            actor: Set(entry.actor),
            action: Set(entry.action),
            subject: Set(entry.subject),
            detail: Set(entry.detail),
        };
        audit_log::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// The newest changes, the newest first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn audit_log(&self, limit: u64) -> Result<Vec<AuditEntry>, StoreError> {
        let rows =
            audit_log::Entity::find().order_by_desc(audit_log::Column::Id).limit(limit).all(&self.db).await?;
        let entry = |row: audit_log::Model| AuditEntry {
            at: row.at,
            actor: row.actor,
            action: row.action,
            subject: row.subject,
            detail: row.detail,
        };
        Ok(rows.into_iter().map(entry).collect())
    }
}
