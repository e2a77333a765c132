//! Sources that send events: who they are, and by which key they are known.

use crate::{
    StoreError, Tx,
    entities::{live_sources, sources},
    rows::unsigned,
};
use chrono::{DateTime, Utc};
use laer8_domain::ids::SourceId;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

/// A source that sends events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSource {
    /// Which.
    pub id: SourceId,
    /// What it is called.
    pub name: String,
    /// By what it is known. It stands in web pages and apps, and is no secret:
    /// who has it can send events, not read any.
    pub write_key: String,
    /// Whether events are taken.
    pub active: bool,
    /// Within how many minutes something should be heard of it.
    pub fresh_minutes: u32,
    /// Since when it is there: what happened before is history that it brings.
    pub created_at: DateTime<Utc>,
}

impl Tx {
    /// All sources that send events, by name.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn live_sources(&self) -> Result<Vec<LiveSource>, StoreError> {
        let names = self.sources().await?;
        let rows = live_sources::Entity::find().all(&self.db).await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let name = names.iter().find(|(id, _)| id.0 == row.source_id).map(|(_, name)| name.clone());
            found.push(from_row(row, name.unwrap_or_default())?);
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// Keeps a source that is to send events.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when it does already, or the key is another's.
    pub async fn insert_live_source(&self, source: &LiveSource) -> Result<(), StoreError> {
        live_sources::Entity::insert(to_row(source)).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Changes a source that sends events; its name is changed too.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when another source has the name or the key.
    pub async fn update_live_source(&self, source: &LiveSource) -> Result<(), StoreError> {
        live_sources::Entity::update(to_row(source)).exec(&self.db).await?;
        sources::Entity::update_many()
            .col_expr(sources::Column::Name, Expr::value(source.name.as_str()))
            .filter(sources::Column::Id.eq(source.id.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

fn to_row(source: &LiveSource) -> live_sources::ActiveModel {
    live_sources::ActiveModel {
        source_id: Set(source.id.0),
        write_key: Set(source.write_key.clone()),
        active: Set(source.active),
        fresh_minutes: Set(i32::try_from(source.fresh_minutes).unwrap_or(i32::MAX)),
        created_at: Set(source.created_at),
    }
}

fn from_row(row: live_sources::Model, name: String) -> Result<LiveSource, StoreError> {
    Ok(LiveSource {
        id: SourceId(row.source_id),
        name,
        write_key: row.write_key,
        active: row.active,
        fresh_minutes: unsigned(row.fresh_minutes, "live_sources")?,
        created_at: row.created_at,
    })
}
