//! Rows that could not be understood, with their reasons.

use crate::{
    StoreError, Tx,
    entities::quarantine,
    rows::{line, rows_in_a_statement, unsigned},
};
use laer8_domain::ids::{ImportId, SourceId};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, OnConflict},
};

/// A refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Which; 0 before it is stored.
    pub id: i64,
    /// Of which source.
    pub source: SourceId,
    /// The file's import that first met it.
    pub import: ImportId,
    /// The file.
    pub file: String,
    /// The kind of record that it should have become.
    pub record: String,
    /// Its line.
    pub row: u32,
    /// Tells it from other rows of the file; the same row again is the same.
    pub digest: String,
    /// Why, as a code.
    pub reason: String,
    /// Why, in words.
    pub message: String,
    /// What stood between the fields.
    pub delimiter: char,
    /// The columns of the file.
    pub header: Vec<String>,
    /// What stood in them.
    pub cells: Vec<String>,
}

/// Rows in quarantine that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineGroup {
    /// Of which source.
    pub source: SourceId,
    /// The file.
    pub file: String,
    /// The kind of record that they should have become.
    pub record: String,
    /// Why, as a code.
    pub reason: String,
    /// How many.
    pub rows: u64,
    /// One of them.
    pub example: i64,
}

/// Which rows of the quarantine; all where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuarantineFilter {
    /// Of this source.
    pub source: Option<SourceId>,
    /// Of this file.
    pub file: Option<String>,
    /// That should have become this kind of record.
    pub record: Option<String>,
    /// For this reason, as a code.
    pub reason: Option<String>,
}

impl QuarantineFilter {
    fn on(&self, query: Select<quarantine::Entity>) -> Select<quarantine::Entity> {
        let texts = [
            (quarantine::Column::File, &self.file),
            (quarantine::Column::Record, &self.record),
            (quarantine::Column::Reason, &self.reason),
        ];
        let waiting = query.filter(quarantine::Column::ResolvedBy.is_null());
        let query = match self.source {
            Some(source) => waiting.filter(quarantine::Column::SourceId.eq(source.0)),
            None => waiting,
        };
        texts.into_iter().fold(query, |query, (column, wanted)| match wanted {
            Some(wanted) => query.filter(column.eq(wanted)),
            None => query,
        })
    }
}

/// By what rows stand in order.
const PLACE: [quarantine::Column; 4] = [
    quarantine::Column::SourceId,
    quarantine::Column::File,
    quarantine::Column::Line,
    quarantine::Column::Id,
];

/// That a row stands after another one, mended or not.
fn stands_after(last: &Quarantined) -> Condition {
    use quarantine::Column::{File, Id, Line, SourceId};
    let same_source = || SourceId.eq(last.source.0);
    let same_file = || Condition::all().add(same_source()).add(File.eq(last.file.as_str()));
    let same_line = || same_file().add(Line.eq(line(last.row)));
    Condition::any()
        .add(SourceId.gt(last.source.0))
        .add(Condition::all().add(same_source()).add(File.gt(last.file.as_str())))
        .add(same_file().add(Line.gt(line(last.row))))
        .add(same_line().add(Id.gt(last.id)))
}

impl Tx {
    /// The rows still in quarantine, counted by source, file, kind of record
    /// and reason.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn quarantine_groups(&self) -> Result<Vec<QuarantineGroup>, StoreError> {
        let alike = [
            quarantine::Column::SourceId,
            quarantine::Column::File,
            quarantine::Column::Record,
            quarantine::Column::Reason,
        ];
        let mut query = quarantine::Entity::find()
            .filter(quarantine::Column::ResolvedBy.is_null())
            .select_only()
            .columns(alike)
            .column_as(quarantine::Column::Id.count(), "rows")
            .column_as(quarantine::Column::Id.min(), "example");
        for column in alike {
            query = query.group_by(column).order_by_asc(column);
        }
        type Row = (i64, String, String, String, i64, i64);
        let groups: Vec<Row> = query.into_tuple().all(&self.db).await?;
        let group = |(source, file, record, reason, rows, example): Row| QuarantineGroup {
            source: SourceId(source),
            file,
            record,
            reason,
            rows: rows.unsigned_abs(),
            example,
        };
        Ok(groups.into_iter().map(group).collect())
    }

    /// Some of the rows still in quarantine, by source, file and line: those
    /// that stand after another, or the first.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn quarantine_page(
        &self,
        filter: &QuarantineFilter,
        after: Option<&Quarantined>,
        limit: u64,
    ) -> Result<Vec<Quarantined>, StoreError> {
        let mut query = filter.on(quarantine::Entity::find());
        if let Some(last) = after {
            query = query.filter(stands_after(last));
        }
        for column in PLACE {
            query = query.order_by_asc(column);
        }
        query.limit(limit).all(&self.db).await?.into_iter().map(from_row).collect()
    }

    /// How many rows still in quarantine do not stand after another.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn count_quarantined_until(
        &self,
        filter: &QuarantineFilter,
        last: &Quarantined,
    ) -> Result<u64, StoreError> {
        let until = stands_after(last).not();
        Ok(filter.on(quarantine::Entity::find()).filter(until).count(&self.db).await?)
    }

    /// The rows with these ids, mended or not.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn quarantined_by_id(&self, ids: &[i64]) -> Result<Vec<Quarantined>, StoreError> {
        let mut found = Vec::new();
        for chunk in ids.chunks(crate::rows::IDS_IN_A_QUERY) {
            let query = quarantine::Entity::find();
            let rows =
                query.filter(quarantine::Column::Id.is_in(chunk.iter().copied())).all(&self.db).await?;
            for row in rows {
                found.push(from_row(row)?);
            }
        }
        Ok(found)
    }

    /// Puts rows into quarantine; those that are there already stay as they
    /// are.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn quarantine(&self, rows: Vec<Quarantined>) -> Result<(), StoreError> {
        let mut rows = rows.into_iter().peekable();
        let size = rows_in_a_statement(13);
        while rows.peek().is_some() {
            let batch = rows.by_ref().take(size).map(|row| quarantine::ActiveModel {
                id: NotSet,
                source_id: Set(row.source.0),
                import_id: Set(row.import.0),
                file: Set(row.file),
                record: Set(row.record),
                line: Set(line(row.row)),
                digest: Set(row.digest),
                reason: Set(row.reason),
                message: Set(row.message),
                delimiter: Set(row.delimiter.to_string()),
                header: Set(serde_json::json!(row.header)),
                cells: Set(serde_json::json!(row.cells)),
                resolved_by: Set(None),
            });
            let key = [quarantine::Column::SourceId, quarantine::Column::File, quarantine::Column::Digest];
            let keep = OnConflict::columns(key).do_nothing().to_owned();
            quarantine::Entity::insert_many(batch).on_conflict(keep).exec_without_returning(&self.db).await?;
        }
        Ok(())
    }

    /// The rows still in quarantine, of a source or of all, by file and line.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn quarantined(&self, source: Option<SourceId>) -> Result<Vec<Quarantined>, StoreError> {
        let mut query = quarantine::Entity::find().filter(quarantine::Column::ResolvedBy.is_null());
        if let Some(source) = source {
            query = query.filter(quarantine::Column::SourceId.eq(source.0));
        }
        let rows = query
            .order_by_asc(quarantine::Column::SourceId)
            .order_by_asc(quarantine::Column::File)
            .order_by_asc(quarantine::Column::Line)
            .all(&self.db)
            .await?;
        rows.into_iter().map(from_row).collect()
    }

    /// Some of the rows of `source` still in quarantine for one of these
    /// reasons, in the order in which they came, after the one with the id
    /// `after`.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn quarantined_for(
        &self,
        source: SourceId,
        reasons: &[&str],
        after: i64,
        limit: u64,
    ) -> Result<Vec<Quarantined>, StoreError> {
        let rows = quarantine::Entity::find()
            .filter(quarantine::Column::ResolvedBy.is_null())
            .filter(quarantine::Column::SourceId.eq(source.0))
            .filter(quarantine::Column::Reason.is_in(reasons.iter().copied()))
            .filter(quarantine::Column::Id.gt(after))
            .order_by_asc(quarantine::Column::Id)
            .limit(limit)
            .all(&self.db)
            .await?;
        rows.into_iter().map(from_row).collect()
    }

    /// Lets one row out that its source has told again in an import.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn release_row(
        &self,
        source: SourceId,
        file: &str,
        digest: &str,
        by: ImportId,
    ) -> Result<(), StoreError> {
        quarantine::Entity::update_many()
            .col_expr(quarantine::Column::ResolvedBy, Expr::value(by.0))
            .filter(quarantine::Column::SourceId.eq(source.0))
            .filter(quarantine::Column::File.eq(file))
            .filter(quarantine::Column::Digest.eq(digest))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Lets rows out that were mended by an import.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn release(&self, ids: &[i64], by: ImportId) -> Result<(), StoreError> {
        for chunk in ids.chunks(crate::rows::IDS_IN_A_QUERY) {
            quarantine::Entity::update_many()
                .col_expr(quarantine::Column::ResolvedBy, Expr::value(by.0))
                .filter(quarantine::Column::Id.is_in(chunk.iter().copied()))
                .exec(&self.db)
                .await?;
        }
        Ok(())
    }
}

fn from_row(row: quarantine::Model) -> Result<Quarantined, StoreError> {
    let texts = |json| serde_json::from_value(json).map_err(|error| StoreError::corrupt("quarantine", error));
    Ok(Quarantined {
        id: row.id,
        source: SourceId(row.source_id),
        import: ImportId(row.import_id),
        file: row.file,
        record: row.record,
        row: unsigned(row.line, "quarantine")?,
        digest: row.digest,
        reason: row.reason,
        message: row.message,
        delimiter: row.delimiter.chars().next().unwrap_or(','),
        header: texts(row.header)?,
        cells: texts(row.cells)?,
    })
}
