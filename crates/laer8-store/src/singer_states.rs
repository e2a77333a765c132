//! How far the Singer tap of each source is.

use crate::{StoreError, Tx, entities::singer_states};
use chrono::{DateTime, Utc};
use laer8_domain::ids::{ImportRunId, SourceId};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

/// The last state of a tap whose records are all stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingerState {
    /// What the tap wrote: a JSON value.
    pub state: String,
    /// The run that brought it.
    pub run: ImportRunId,
    /// When it was kept.
    pub kept_at: DateTime<Utc>,
}

impl Tx {
    /// How far the tap of a source is, where one ever said.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn singer_state(&self, source: SourceId) -> Result<Option<SingerState>, StoreError> {
        let row = singer_states::Entity::find_by_id(source.0).one(&self.db).await?;
        Ok(row.map(|row| SingerState {
            state: row.state,
            run: ImportRunId(row.run_id),
            kept_at: row.kept_at,
        }))
    }

    /// Writes down how far the tap of a source is, in place of what was there.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_singer_state(&self, source: SourceId, state: &SingerState) -> Result<(), StoreError> {
        let row = singer_states::ActiveModel {
            source_id: Set(source.0),
            state: Set(state.state.clone()),
            run_id: Set(state.run.0),
            kept_at: Set(state.kept_at),
        };
        let columns =
            [singer_states::Column::State, singer_states::Column::RunId, singer_states::Column::KeptAt];
        let replace = OnConflict::column(singer_states::Column::SourceId).update_columns(columns).to_owned();
        singer_states::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
