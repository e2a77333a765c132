//! Configuration documents, version by version.

use crate::{
    StoreError, Tx,
    entities::documents,
    rows::{line, unsigned},
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// A version of a configuration document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What kind: `scorecard`, `segments`, `journey`, `signals`, `mapping`.
    pub kind: String,
    /// Which of its kind.
    pub key: String,
    /// Counted from 1.
    pub version: u32,
    /// The TOML; empty where the document was taken away.
    pub body: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl Tx {
    /// The newest version of every document, by kind and key.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn documents(&self) -> Result<Vec<Document>, StoreError> {
        let rows = documents::Entity::find()
            .order_by_asc(documents::Column::Kind)
            .order_by_asc(documents::Column::Key)
            .order_by_desc(documents::Column::Version)
            .all(&self.db)
            .await?;
        let mut newest: Vec<Document> = Vec::new();
        for row in rows {
            if newest.last().is_none_or(|last| last.kind != row.kind || last.key != row.key) {
                newest.push(from_row(row)?);
            }
        }
        Ok(newest)
    }

    /// All versions of one document, the newest first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn document_versions(&self, kind: &str, key: &str) -> Result<Vec<Document>, StoreError> {
        let rows = documents::Entity::find()
            .filter(documents::Column::Kind.eq(kind))
            .filter(documents::Column::Key.eq(key))
            .order_by_desc(documents::Column::Version)
            .all(&self.db)
            .await?;
        rows.into_iter().map(from_row).collect()
    }

    /// Adds a version.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when somebody else added that version meanwhile.
    pub async fn insert_document(&self, document: Document) -> Result<(), StoreError> {
        let row = documents::ActiveModel {
            kind: Set(document.kind),
            key: Set(document.key),
            version: Set(line(document.version)),
            body: Set(document.body),
            author: Set(document.author),
            created_at: Set(document.created_at),
        };
        documents::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }
}

fn from_row(row: documents::Model) -> Result<Document, StoreError> {
    Ok(Document {
        kind: row.kind,
        key: row.key,
        version: unsigned(row.version, "documents")?,
        body: row.body,
        author: row.author,
        created_at: row.created_at,
    })
}
