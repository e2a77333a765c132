//! Who changed what.

use crate::{StoreError, Tx, entities::audit_log};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
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
        let entries = self.audit_before(None, limit).await?;
        Ok(entries.into_iter().map(|(_, entry)| entry).collect())
    }

    /// At most `limit` changes with a smaller id than `before`, or the newest,
    /// each with its id; the newest first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn audit_before(
        &self,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<(i64, AuditEntry)>, StoreError> {
        let mut query = audit_log::Entity::find().order_by_desc(audit_log::Column::Id).limit(limit);
        if let Some(before) = before {
            query = query.filter(audit_log::Column::Id.lt(before));
        }
        let entry = |row: audit_log::Model| {
            let (at, actor, action, subject, detail) =
                (row.at, row.actor, row.action, row.subject, row.detail);
            (row.id, AuditEntry { at, actor, action, subject, detail })
        };
        Ok(query.all(&self.db).await?.into_iter().map(entry).collect())
    }
}
