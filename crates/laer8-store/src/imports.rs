//! Import runs, what became of their files, and what was found on the way.

use crate::{
    StoreError, Tx,
    entities::{findings, import_runs, imports},
    external_ids::Kind,
};
use chrono::{DateTime, Utc};
use laer8_domain::ids::{ImportId, ImportRunId, SourceId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict, Query, SelectStatement},
};

/// A mapping applied to a set of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRun {
    /// Which.
    pub id: ImportRunId,
    /// Of which source.
    pub source: SourceId,
    /// Tells whether a later run does the same again.
    pub fingerprint: String,
    /// The files, as the person named them.
    pub label: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was done; none while it runs or when it was killed.
    pub finished_at: Option<DateTime<Utc>>,
    /// Why it ended before it was done, where somebody could still say so.
    pub failure: Option<String>,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFile {
    /// Which.
    pub id: ImportId,
    /// Of which run.
    pub run: ImportRunId,
    /// Its place in the run, from 0.
    pub position: u32,
    /// Its name.
    pub name: String,
    /// The kind of records in it.
    pub record: String,
    /// Tells whether the file is still the same.
    pub digest: String,
    /// Rows read.
    pub rows: u64,
    /// Rows that said something new.
    pub new: u64,
    /// Rows that changed what was known.
    pub changed: u64,
    /// Rows that said what was known.
    pub unchanged: u64,
    /// Rows that went to quarantine.
    pub refused: u64,
    /// When it was done.
    pub finished_at: DateTime<Utc>,
}

/// A contradiction in the data, counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What kind, as a code.
    pub kind: String,
    /// How often.
    pub count: u64,
    /// Some of them.
    pub examples: Vec<String>,
}

impl Tx {
    /// The run of that fingerprint that was begun and not finished.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn unfinished_run(
        &self,
        source: SourceId,
        fingerprint: &str,
    ) -> Result<Option<ImportRun>, StoreError> {
        let row = import_runs::Entity::find()
            .filter(import_runs::Column::SourceId.eq(source.0))
            .filter(import_runs::Column::Fingerprint.eq(fingerprint))
            .filter(import_runs::Column::FinishedAt.is_null())
            .order_by_desc(import_runs::Column::Id)
            .one(&self.db)
            .await?;
        Ok(row.map(run_of))
    }

    /// Begins a run.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn start_run(
        &self,
        source: SourceId,
        fingerprint: &str,
        label: &str,
        at: DateTime<Utc>,
    ) -> Result<ImportRun, StoreError> {
        let id = self.next_ids(Kind::ImportRun, 1).await?;
        let row = import_runs::Model {
            id,
            source_id: source.0,
            fingerprint: fingerprint.to_owned(),
            label: label.to_owned(),
            started_at: at,
            finished_at: None,
            failure: None,
        };
        let insert: import_runs::ActiveModel = row.clone().into();
        import_runs::Entity::insert(insert).exec_without_returning(&self.db).await?;
        Ok(run_of(row))
    }

    /// Ends a run.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn finish_run(&self, run: ImportRunId, at: DateTime<Utc>) -> Result<(), StoreError> {
        import_runs::Entity::update_many()
            .col_expr(import_runs::Column::FinishedAt, Expr::value(at))
            .filter(import_runs::Column::Id.eq(run.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Says why a run ended before it was done; none when it goes on.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_failure(&self, run: ImportRunId, failure: Option<&str>) -> Result<(), StoreError> {
        import_runs::Entity::update_many()
            .col_expr(import_runs::Column::Failure, Expr::value(failure.map(str::to_owned)))
            .filter(import_runs::Column::Id.eq(run.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// When `source` last brought each kind of record, in runs that were
    /// finished and, with `before`, began earlier.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn last_imports(
        &self,
        source: SourceId,
        before: Option<ImportRunId>,
    ) -> Result<Vec<(String, DateTime<Utc>)>, StoreError> {
        self.last_by_record(finished_runs(source, before)).await
    }

    /// When what has this digest was last brought by runs of that fingerprint,
    /// by name and kind of record; whether or not the runs were finished.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn last_imports_by_name(
        &self,
        source: SourceId,
        fingerprint: &str,
        digest: &str,
        before: Option<ImportRunId>,
    ) -> Result<Vec<(String, String, DateTime<Utc>)>, StoreError> {
        let mut runs = runs_of(source, before);
        runs.and_where(import_runs::Column::Fingerprint.eq(fingerprint));
        let last = imports::Entity::find()
            .filter(imports::Column::RunId.in_subquery(runs))
            .filter(imports::Column::Digest.eq(digest))
            .select_only()
            .column(imports::Column::Name)
            .column(imports::Column::Record)
            .column_as(imports::Column::FinishedAt.max(), "last")
            .group_by(imports::Column::Name)
            .group_by(imports::Column::Record)
            .order_by_asc(imports::Column::Name)
            .order_by_asc(imports::Column::Record);
        Ok(last.into_tuple().all(&self.db).await?)
    }

    /// The same as [`Tx::last_imports`] without the runs of that fingerprint.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn last_imports_without(
        &self,
        source: SourceId,
        fingerprint: &str,
        before: Option<ImportRunId>,
    ) -> Result<Vec<(String, DateTime<Utc>)>, StoreError> {
        let mut runs = finished_runs(source, before);
        runs.and_where(import_runs::Column::Fingerprint.ne(fingerprint));
        self.last_by_record(runs).await
    }

    async fn last_by_record(
        &self,
        runs: SelectStatement,
    ) -> Result<Vec<(String, DateTime<Utc>)>, StoreError> {
        let last = imports::Entity::find()
            .filter(imports::Column::RunId.in_subquery(runs))
            .select_only()
            .column(imports::Column::Record)
            .column_as(imports::Column::FinishedAt.max(), "last")
            .group_by(imports::Column::Record)
            .order_by_asc(imports::Column::Record);
        Ok(last.into_tuple().all(&self.db).await?)
    }

    /// The run with this id.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn run(&self, id: ImportRunId) -> Result<Option<ImportRun>, StoreError> {
        Ok(import_runs::Entity::find_by_id(id.0).one(&self.db).await?.map(run_of))
    }

    /// The newest run of `source` with that fingerprint.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn newest_run(
        &self,
        source: SourceId,
        fingerprint: &str,
    ) -> Result<Option<ImportRun>, StoreError> {
        let newest = import_runs::Entity::find()
            .filter(import_runs::Column::SourceId.eq(source.0))
            .filter(import_runs::Column::Fingerprint.eq(fingerprint))
            .order_by_desc(import_runs::Column::Id);
        Ok(newest.one(&self.db).await?.map(run_of))
    }

    /// Runs that began before another, or the newest of all, the newest first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn runs(&self, before: Option<ImportRunId>, limit: u64) -> Result<Vec<ImportRun>, StoreError> {
        let mut query = import_runs::Entity::find().order_by_desc(import_runs::Column::Id).limit(limit);
        if let Some(before) = before {
            query = query.filter(import_runs::Column::Id.lt(before.0));
        }
        Ok(query.all(&self.db).await?.into_iter().map(run_of).collect())
    }

    /// How many runs there are; with `since`, of that one and those after it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn count_runs(&self, since: Option<ImportRunId>) -> Result<u64, StoreError> {
        let mut query = import_runs::Entity::find();
        if let Some(since) = since {
            query = query.filter(import_runs::Column::Id.gte(since.0));
        }
        Ok(query.count(&self.db).await?)
    }

    /// An id for the import of a file.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn next_import(&self) -> Result<ImportId, StoreError> {
        Ok(ImportId(self.next_ids(Kind::Import, 1).await?))
    }

    /// Writes down what became of a file.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_import(&self, file: &ImportFile) -> Result<(), StoreError> {
        let number = |count: u64| Set(i64::try_from(count).unwrap_or(i64::MAX));
        let row = imports::ActiveModel {
            id: Set(file.id.0),
            run_id: Set(file.run.0),
            position: Set(crate::rows::line(file.position)),
            name: Set(file.name.clone()),
            record: Set(file.record.clone()),
            digest: Set(file.digest.clone()),
            rows: number(file.rows),
            new: number(file.new),
            changed: number(file.changed),
            unchanged: number(file.unchanged),
            refused: number(file.refused),
            finished_at: Set(file.finished_at),
        };
        imports::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Writes down what has become of a file by now: a later call replaces the
    /// counts of an earlier one.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_import(&self, file: &ImportFile) -> Result<(), StoreError> {
        let number = |count: u64| Expr::value(i64::try_from(count).unwrap_or(i64::MAX));
        let changed = imports::Entity::update_many()
            .col_expr(imports::Column::Digest, Expr::value(file.digest.clone()))
            .col_expr(imports::Column::Rows, number(file.rows))
            .col_expr(imports::Column::New, number(file.new))
            .col_expr(imports::Column::Changed, number(file.changed))
            .col_expr(imports::Column::Unchanged, number(file.unchanged))
            .col_expr(imports::Column::Refused, number(file.refused))
            .col_expr(imports::Column::FinishedAt, Expr::value(file.finished_at))
            .filter(imports::Column::Id.eq(file.id.0))
            .exec(&self.db)
            .await?;
        match changed.rows_affected {
            0 => self.insert_import(file).await,
            _ => Ok(()),
        }
    }

    /// The files of a run, in their order.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn imports(&self, run: ImportRunId) -> Result<Vec<ImportFile>, StoreError> {
        let query = imports::Entity::find()
            .filter(imports::Column::RunId.eq(run.0))
            .order_by_asc(imports::Column::Position);
        query.all(&self.db).await?.into_iter().map(file_of).collect()
    }

    /// The files with these ids.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn imports_by_id(&self, ids: &[ImportId]) -> Result<Vec<ImportFile>, StoreError> {
        let query = imports::Entity::find().filter(imports::Column::Id.is_in(ids.iter().map(|id| id.0)));
        query.all(&self.db).await?.into_iter().map(file_of).collect()
    }

    /// Writes down a finding of a run, in place of the one of its kind.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_finding(&self, run: ImportRunId, finding: &Finding) -> Result<(), StoreError> {
        let row = findings::ActiveModel {
            run_id: Set(run.0),
            kind: Set(finding.kind.clone()),
            count: Set(i64::try_from(finding.count).unwrap_or(i64::MAX)),
            examples: Set(serde_json::json!(finding.examples)),
        };
        let replace = OnConflict::columns([findings::Column::RunId, findings::Column::Kind])
            .update_columns([findings::Column::Count, findings::Column::Examples])
            .to_owned();
        findings::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// What a run found, by kind.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn findings(&self, run: ImportRunId) -> Result<Vec<Finding>, StoreError> {
        let rows = findings::Entity::find()
            .filter(findings::Column::RunId.eq(run.0))
            .order_by_asc(findings::Column::Kind)
            .all(&self.db)
            .await?;
        rows.into_iter()
            .map(|row| {
                let examples = serde_json::from_value(row.examples);
                Ok(Finding {
                    kind: row.kind,
                    count: row.count.unsigned_abs(),
                    examples: examples.map_err(|error| StoreError::corrupt("findings", error))?,
                })
            })
            .collect()
    }
}

/// The ids of the runs of `source` that were finished and, with `before`, began
/// earlier.
fn finished_runs(source: SourceId, before: Option<ImportRunId>) -> SelectStatement {
    let mut runs = runs_of(source, before);
    runs.and_where(import_runs::Column::FinishedAt.is_not_null());
    runs
}

/// The ids of the runs of `source` that, with `before`, began earlier.
fn runs_of(source: SourceId, before: Option<ImportRunId>) -> SelectStatement {
    let mut runs = Query::select();
    runs.column(import_runs::Column::Id)
        .from(import_runs::Entity)
        .and_where(import_runs::Column::SourceId.eq(source.0));
    if let Some(before) = before {
        runs.and_where(import_runs::Column::Id.lt(before.0));
    }
    runs
}

fn run_of(row: import_runs::Model) -> ImportRun {
    ImportRun {
        id: ImportRunId(row.id),
        source: SourceId(row.source_id),
        fingerprint: row.fingerprint,
        label: row.label,
        started_at: row.started_at,
        finished_at: row.finished_at,
        failure: row.failure,
    }
}

fn file_of(row: imports::Model) -> Result<ImportFile, StoreError> {
    Ok(ImportFile {
        id: ImportId(row.id),
        run: ImportRunId(row.run_id),
        position: crate::rows::unsigned(row.position, "imports")?,
        name: row.name,
        record: row.record,
        digest: row.digest,
        rows: row.rows.unsigned_abs(),
        new: row.new.unsigned_abs(),
        changed: row.changed.unsigned_abs(),
        unchanged: row.unchanged.unsigned_abs(),
        refused: row.refused.unsigned_abs(),
        finished_at: row.finished_at,
    })
}
