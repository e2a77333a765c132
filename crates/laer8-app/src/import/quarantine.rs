//! The quarantine: rows that were refused, to look at and to export.

use crate::{Actor, App, AppError};
use laer8_domain::users::Role;
use laer8_store::Quarantined;
use serde::Serialize;

/// The columns that an exported file has before those of the original.
const COLUMNS: [&str; 3] = laer8_intake::quarantine::COLUMNS;

/// A row in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarantinedRow {
    /// The source.
    pub source: String,
    /// The file.
    pub file: String,
    /// The kind of record that it should have become.
    pub record: String,
    /// Its line.
    pub line: u32,
    /// Why it was refused, as a code.
    pub reason: String,
    /// Why, in words.
    pub message: String,
    /// What stood in it.
    pub cells: Vec<String>,
}

/// A file of quarantined rows, to be mended and read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineFile {
    /// What to call it.
    pub name: String,
    /// How many rows are in it.
    pub rows: usize,
    /// Its bytes.
    pub contents: Vec<u8>,
}

impl App {
    /// The rows in quarantine. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn quarantine(&self, actor: &Actor) -> Result<Vec<QuarantinedRow>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let sources = tx.sources().await?;
        let name_of = |row: &Quarantined| {
            let source = sources.iter().find(|(id, _)| *id == row.source);
            source.map(|(_, name)| name.clone()).unwrap_or_default()
        };
        let rows = tx.quarantined(None).await?;
        let row = |row: Quarantined| QuarantinedRow {
            source: name_of(&row),
            file: row.file,
            record: row.record,
            line: row.row,
            reason: row.reason,
            message: row.message,
            cells: row.cells,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// The rows in quarantine as files, one for each original and kind of
    /// record, with the reasons beside them. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn export_quarantine(&self, actor: &Actor) -> Result<Vec<QuarantineFile>, AppError> {
        actor.must_be(Role::Manager)?;
        let tx = self.store.read().await?;
        let mut rows = tx.quarantined(None).await?;
        rows.sort_by(|a, b| (&a.file, &a.record, a.row).cmp(&(&b.file, &b.record, b.row)));
        let same_file = |a: &Quarantined, b: &Quarantined| {
            a.source == b.source && a.file == b.file && a.record == b.record && a.header == b.header
        };
        rows.chunk_by(same_file).map(file_of).collect()
    }
}

fn file_of(rows: &[Quarantined]) -> Result<QuarantineFile, AppError> {
    let first = &rows[0]; // a chunk has at least one
    let stem = first.file.strip_suffix(".csv").unwrap_or(&first.file);
    let name = format!("{stem}.{}.quarantine.csv", first.record);
    let failed =
        |error: &dyn std::fmt::Display| AppError::File { path: name.clone(), reason: error.to_string() };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(u8::try_from(first.delimiter).unwrap_or(b','))
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let is_own =
        |position: usize| first.header.get(position).is_none_or(|name| !COLUMNS.contains(&name.as_str()));
    let own = |cells: &[String]| {
        let own = cells.iter().enumerate().filter(|(position, _)| is_own(*position));
        own.map(|(_, cell)| cell.clone()).collect::<Vec<_>>()
    };
    let columns = COLUMNS.iter().map(ToString::to_string).chain(own(&first.header));
    writer.write_record(columns).map_err(|error| failed(&error))?;
    for row in rows {
        let place = [row.file.clone(), row.row.to_string(), row.message.clone()];
        let cells = place.into_iter().chain(own(&row.cells));
        writer.write_record(cells).map_err(|error| failed(&error))?;
    }
    let contents = writer.into_inner().map_err(|error| failed(&error))?;
    Ok(QuarantineFile { name: name.clone(), rows: rows.len(), contents })
}
