//! What is kept of records that programs send: whose turn it is, since when a
//! source sends which kind, and what of it waits in quarantine.

use crate::{
    StoreError, Tx,
    entities::{import_runs, imports, quarantine, sources},
    rows::IDS_IN_A_QUERY,
};
use chrono::{DateTime, Utc};
use laer8_domain::ids::SourceId;
use rustc_hash::FxHashSet;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Query};

impl Tx {
    /// Nobody else holds `source` until this transaction ends; whoever wants to
    /// waits.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn hold_source(&self, source: SourceId) -> Result<(), StoreError> {
        // On SQLite, whoever may write is alone, and nothing is locked.
        sources::Entity::find_by_id(source.0).lock_exclusive().one(&self.db).await?;
        Ok(())
    }

    /// When `source` began to bring each kind of record in runs of that
    /// fingerprint.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn first_imports(
        &self,
        source: SourceId,
        fingerprint: &str,
    ) -> Result<Vec<(String, DateTime<Utc>)>, StoreError> {
        let runs = import_runs::Entity::find()
            .filter(import_runs::Column::SourceId.eq(source.0))
            .filter(import_runs::Column::Fingerprint.eq(fingerprint))
            .all(&self.db)
            .await?;
        let mut ids = Query::select();
        ids.column(import_runs::Column::Id)
            .from(import_runs::Entity)
            .and_where(import_runs::Column::SourceId.eq(source.0))
            .and_where(import_runs::Column::Fingerprint.eq(fingerprint));
        let first: Vec<(String, i64)> = imports::Entity::find()
            .filter(imports::Column::RunId.in_subquery(ids))
            .select_only()
            .column(imports::Column::Record)
            .column_as(imports::Column::RunId.min(), "first")
            .group_by(imports::Column::Record)
            .into_tuple()
            .all(&self.db)
            .await?;
        let began = |(record, run): (String, i64)| {
            let run = runs.iter().find(|other| other.id == run)?;
            Some((record, run.started_at))
        };
        Ok(first.into_iter().filter_map(began).collect())
    }

    /// The digests of the rows of a file that are still in quarantine.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn quarantined_digests(
        &self,
        source: SourceId,
        file: &str,
    ) -> Result<FxHashSet<String>, StoreError> {
        let digests: Vec<String> = quarantine::Entity::find()
            .filter(quarantine::Column::ResolvedBy.is_null())
            .filter(quarantine::Column::SourceId.eq(source.0))
            .filter(quarantine::Column::File.eq(file))
            .select_only()
            .column(quarantine::Column::Digest)
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(digests.into_iter().collect())
    }

    /// Takes rows of a file out of quarantine, mended or not, because others
    /// take their place.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_quarantined(
        &self,
        source: SourceId,
        file: &str,
        digests: &[String],
    ) -> Result<(), StoreError> {
        for chunk in digests.chunks(IDS_IN_A_QUERY) {
            quarantine::Entity::delete_many()
                .filter(quarantine::Column::SourceId.eq(source.0))
                .filter(quarantine::Column::File.eq(file))
                .filter(quarantine::Column::Digest.is_in(chunk.iter().cloned()))
                .exec(&self.db)
                .await?;
        }
        Ok(())
    }
}
