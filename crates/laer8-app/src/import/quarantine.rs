//! The quarantine: rows that were refused, to look at and to export.

use crate::{Actor, App, AppError};
use laer8_domain::{ids::SourceId, users::Role};
use laer8_store::{QuarantineFilter, Quarantined, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// The columns that an exported file has before those of the original.
const COLUMNS: [&str; 3] = laer8_intake::quarantine::COLUMNS;

/// A row in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
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
    /// The source of the original.
    pub source: String,
    /// The original.
    pub file: String,
    /// The kind of record that the rows should have become.
    pub record: String,
    /// What to call it.
    pub name: String,
    /// How many rows are in it.
    pub rows: usize,
    /// Its bytes.
    pub contents: Vec<u8>,
}

/// Which rows of the quarantine somebody asks for; all where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuarantineAsked {
    /// Of the source of this name.
    pub source: Option<String>,
    /// Of this file.
    pub file: Option<String>,
    /// That should have become this kind of record.
    pub record: Option<String>,
    /// For this reason, as a code.
    pub reason: Option<String>,
    /// After which row to begin, as [`QuarantineView::next`] says it; mended
    /// meanwhile or not. The first without it.
    pub after: Option<i64>,
    /// How many to show at most.
    pub limit: u64,
}

/// The quarantine: what lies in it, and some of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuarantineView {
    /// Rows that are alike, by source, file and reason.
    pub groups: Vec<QuarantineGroupView>,
    /// How many rows fit what was asked for.
    pub matching: u64,
    /// How many of them stand before those that are shown.
    pub offset: u64,
    /// Those of them that were asked for.
    pub rows: Vec<MarkedRow>,
    /// The sources whose mapping is kept, so that mended rows need none.
    pub mapped: Vec<String>,
    /// After which row the next page begins; none on the last.
    #[serde(skip)]
    pub next: Option<i64>,
}

/// Rows in quarantine that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuarantineGroupView {
    /// The source.
    pub source: String,
    /// The file.
    pub file: String,
    /// The kind of record that they should have become.
    pub record: String,
    /// Why they were refused, as a code.
    pub reason: String,
    /// How many.
    pub rows: u64,
    /// What is wrong with one of them; in English.
    pub example: String,
    /// On which line that one stands.
    pub line: u32,
}

/// A row in quarantine, with the cell at fault where it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MarkedRow {
    /// The row.
    #[serde(flatten)]
    pub row: QuarantinedRow,
    /// The columns of its file.
    pub header: Vec<String>,
    /// The place of the cell at fault.
    pub marked: Option<usize>,
}

impl QuarantineAsked {
    fn fits(&self, group: &QuarantineGroupView) -> bool {
        let is = |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|it| it == found);
        is(&self.source, &group.source)
            && is(&self.file, &group.file)
            && is(&self.record, &group.record)
            && is(&self.reason, &group.reason)
    }
}

impl App {
    /// What lies in quarantine, and the rows that are asked for. Needs
    /// [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`] for a row to begin after
    /// that never was, [`AppError::Store`].
    pub async fn quarantine_view(
        &self,
        actor: &Actor,
        asked: &QuarantineAsked,
    ) -> Result<QuarantineView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let sources = tx.sources().await?;
        let groups = groups(&tx, &sources).await?;
        let matching = groups.iter().filter(|group| asked.fits(group)).map(|group| group.rows).sum();
        let (mut rows, mut offset) = (Vec::new(), 0);
        if matching > 0 {
            let source = asked.source.as_ref();
            let source = source.and_then(|name| sources.iter().find(|(_, other)| other == name));
            let filter = QuarantineFilter {
                source: source.map(|(id, _)| *id),
                file: asked.file.clone(),
                record: asked.record.clone(),
                reason: asked.reason.clone(),
            };
            let last = last_shown(&tx, asked.after).await?;
            rows = tx.quarantine_page(&filter, last.as_ref(), asked.limit).await?;
            if let Some(last) = &last {
                offset = tx.count_quarantined_until(&filter, last).await?;
            }
        }
        let is_last = offset + rows.len() as u64 >= matching;
        let next = rows.last().filter(|_| !is_last).map(|row| row.id);
        let mut mapped = Vec::new();
        for (_, name) in &sources {
            if mapping_of(&tx, name).await?.is_some() {
                mapped.push(name.clone());
            }
        }
        let marked = |row: Quarantined| {
            let marked = at_fault(&row);
            let header = row.header.clone();
            MarkedRow { row: shown(&sources, row), header, marked }
        };
        let rows = rows.into_iter().map(marked).collect();
        Ok(QuarantineView { groups, matching, offset, rows, mapped, next })
    }

    /// The rows in quarantine. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn quarantine(&self, actor: &Actor) -> Result<Vec<QuarantinedRow>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let sources = tx.sources().await?;
        let rows = tx.quarantined(None).await?;
        Ok(rows.into_iter().map(|row| shown(&sources, row)).collect())
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
        let sources = tx.sources().await?;
        rows.chunk_by(same_file).map(|rows| file_of(rows, &sources)).collect()
    }
}

/// The row after which a page begins.
async fn last_shown(tx: &Tx, id: Option<i64>) -> Result<Option<Quarantined>, AppError> {
    let Some(id) = id else { return Ok(None) };
    let row = tx.quarantined_by_id(&[id]).await?.pop();
    row.map(Some).ok_or_else(|| AppError::NotFound {
        kind: "row",
        name: format!("#{id}"),
        hint: "; begin again with the first page".to_owned(),
    })
}

/// The groups of the quarantine, each with an example.
pub(super) async fn groups(
    tx: &Tx,
    sources: &[(SourceId, String)],
) -> Result<Vec<QuarantineGroupView>, AppError> {
    let groups = tx.quarantine_groups().await?;
    let ids: Vec<i64> = groups.iter().map(|group| group.example).collect();
    let examples = tx.quarantined_by_id(&ids).await?;
    let view = |group: laer8_store::QuarantineGroup| {
        let example = examples.iter().find(|row| row.id == group.example);
        QuarantineGroupView {
            source: name_of(sources, group.source),
            file: group.file,
            record: group.record,
            reason: group.reason,
            rows: group.rows,
            example: example.map(|row| row.message.clone()).unwrap_or_default(),
            line: example.map_or(0, |row| row.row),
        }
    };
    Ok(groups.into_iter().map(view).collect())
}

/// The mapping that a source was last imported by.
pub(crate) async fn mapping_of(tx: &Tx, source: &str) -> Result<Option<String>, AppError> {
    let versions = tx.document_versions("mapping", source).await?;
    Ok(versions.into_iter().next().map(|newest| newest.body))
}

fn name_of(sources: &[(SourceId, String)], source: SourceId) -> String {
    let source = sources.iter().find(|(id, _)| *id == source);
    source.map(|(_, name)| name.clone()).unwrap_or_default()
}

fn shown(sources: &[(SourceId, String)], row: Quarantined) -> QuarantinedRow {
    QuarantinedRow {
        source: name_of(sources, row.source),
        file: row.file,
        record: row.record,
        line: row.row,
        reason: row.reason,
        message: row.message,
        cells: row.cells,
    }
}

/// The cell that a message is about: the column that it begins with, or else
/// the only one that holds what it quotes.
fn at_fault(row: &Quarantined) -> Option<usize> {
    let named = row.message.split_once(": ").map(|(column, _)| column);
    if let Some(place) = named.and_then(|column| row.header.iter().position(|name| name == column)) {
        return Some(place);
    }
    let quoted = row.message.split('"').nth(1).filter(|quoted| !quoted.is_empty())?;
    let mut holding = row.cells.iter().enumerate().filter(|(_, cell)| cell.trim() == quoted);
    match (holding.next(), holding.next()) {
        (Some((place, _)), None) => Some(place),
        _ => None,
    }
}

/// What the file is called in which a row is exported. A stream may have a name
/// that no file can have.
pub(super) fn export_name(row: &Quarantined) -> String {
    let stem = row.file.strip_suffix(".csv").unwrap_or(&row.file);
    let stem = stem.replace(|letter: char| matches!(letter, '/' | '\\' | ':') || letter.is_control(), "_");
    format!("{stem}.{}.quarantine.csv", row.record)
}

fn file_of(rows: &[Quarantined], sources: &[(SourceId, String)]) -> Result<QuarantineFile, AppError> {
    let first = &rows[0]; // a chunk has at least one
    let name = export_name(first);
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
    Ok(QuarantineFile {
        source: name_of(sources, first.source),
        file: first.file.clone(),
        record: first.record.clone(),
        name: name.clone(),
        rows: rows.len(),
        contents,
    })
}
