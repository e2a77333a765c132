//! Reads mended rows of the quarantine again.
//!
//! A mended row counts as if it had been right when its file was first
//! imported: it is known since when it would have been known then.

use super::{
    file::{FileImport, progress_of},
    files::Files,
    quarantine::{export_name, mapping_of},
    report::{FileReport, Progress},
    run::{close, parse_mapping},
};
use crate::{
    Actor, App, AppError,
    absorb::{Absorber, Setting},
    ingest::singer::{MESSAGE, MESSAGE_COLUMN, Marks, MendedLines, mend_lines},
    workspace,
};
use laer8_domain::users::Role;
use laer8_intake::mapping::{FileMapping, Mapping};
use laer8_store::{AuditEntry, ImportFile, Quarantined, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// What came of mended rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MendReport {
    /// What became of each file.
    pub files: Vec<FileReport>,
    /// Rows that left the quarantine.
    pub released: usize,
    /// Rows that are still in it.
    pub remaining: usize,
}

impl App {
    /// Reads files of mended rows, as [`App::export_quarantine`] writes them,
    /// by the mapping that their originals were read by. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Document`], [`AppError::File`],
    /// [`AppError::Invalid`] for a file that is not of the quarantine,
    /// [`AppError::Store`].
    pub async fn mend(
        &self,
        actor: &Actor,
        mapping: &str,
        files: &dyn Files,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<MendReport, AppError> {
        actor.must_be(Role::Manager)?;
        let mapping = parse_mapping(mapping, "mapping")?;
        let names: Vec<String> =
            files.names()?.into_iter().filter(|name| name.ends_with(".quarantine.csv")).collect();
        if names.is_empty() {
            return Err(AppError::Invalid(format!("{} holds no *.quarantine.csv file", files.label())));
        }
        let tx = self.store.write().await?;
        let mut reports = Vec::new();
        let mut released = 0;
        for (position, name) in names.iter().enumerate() {
            let count = progress_of(progress, name, position + 1, names.len());
            let (report, out) = self.mend_file(&tx, &mapping, files, name, &count).await?;
            reports.push(report);
            released += out;
        }
        tx.audit(AuditEntry {
            at: self.clock.now(),
            actor: actor.name.clone(),
            action: "quarantine.mend".to_owned(),
            subject: format!("source:{}", mapping.source()),
            detail: serde_json::json!({ "files": names, "released": released }),
        })
        .await?;
        let remaining = tx.quarantined(None).await?.len();
        tx.commit().await?;
        Ok(MendReport { files: reports, released, remaining })
    }

    /// Reads mended rows of a source again, by the mapping that it was last
    /// imported by unless another is given. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// Those of [`App::mend`]; [`AppError::Invalid`] when no mapping is kept.
    pub async fn mend_uploaded(
        &self,
        actor: &Actor,
        source: &str,
        mapping: Option<&str>,
        files: &dyn Files,
    ) -> Result<MendReport, AppError> {
        actor.must_be(Role::Manager)?;
        let kept = match mapping {
            Some(_) => None,
            None => mapping_of(&self.store.read().await?, source).await?,
        };
        let no_mapping = || {
            AppError::Invalid(format!("no mapping of \"{source}\" is kept; upload the one of the import too"))
        };
        let mapping = mapping.or(kept.as_deref()).ok_or_else(no_mapping)?;
        self.mend(actor, mapping, files, &|_| ()).await
    }

    async fn mend_file(
        &self,
        tx: &Tx,
        mapping: &Mapping,
        files: &dyn Files,
        name: &str,
        progress: &(dyn Fn(u64, u64, u64, u64) + Sync),
    ) -> Result<(FileReport, usize), AppError> {
        let source = tx.source(mapping.source()).await?;
        let waiting = tx.quarantined(Some(source)).await?;
        let (original, rows) = original(mapping, &waiting, name)?;
        let workspace = workspace::load(tx).await?;
        let first = rows.iter().map(|row| row.import).min();
        let first = tx.imports_by_id(&first.into_iter().collect::<Vec<_>>()).await?;
        let run = match first.first() {
            Some(file) => tx.run(file.run).await?,
            None => None,
        };
        let import = tx.next_import().await?;
        let setting = self.setting(tx, source, run.as_ref(), &workspace).await?;
        let today = setting.today;
        let marks = Marks::before(tx, source, run.as_ref().map(|run| run.id), workspace.zone).await?;
        let mut absorber = Absorber::new(tx, Setting { import: Some(import), ..setting });
        let (report, taken_in) = match original {
            Original::Section { section, stream } => {
                if let Some(stream) = stream {
                    absorber.next_stream(import, marks.of(stream, section.record()));
                }
                let job = FileImport { files, name, section, source, import, today };
                let outcome = job.run(tx, &mut absorber, true, progress).await?;
                (outcome.report, outcome.taken)
            }
            Original::Lines => {
                let lines = MendedLines { mapping, marks, import, today, name };
                mend_lines(&lines, &mut absorber, files.open(name)?.0).await?
            }
        };
        close(tx, &mut absorber, &workspace).await?;
        let taken = rows.iter().filter(|row| taken_in.contains(&row.row));
        let taken: Vec<i64> = taken.map(|row| row.id).collect();
        tx.release(&taken, import).await?;
        if let Some(run) = run {
            tx.insert_import(&ImportFile {
                id: import,
                run: run.id,
                position: u32::try_from(tx.imports(run.id).await?.len()).unwrap_or(u32::MAX),
                name: name.to_owned(),
                record: report.record.clone(),
                digest: super::files::digest(files, name)?,
                rows: report.rows,
                new: report.new,
                changed: report.changed,
                unchanged: report.unchanged,
                refused: report.refused,
                finished_at: self.clock.now(),
            })
            .await?;
        }
        Ok((report, taken.len()))
    }
}

/// What a quarantine file was made of.
enum Original<'m, 'r> {
    /// Rows that a section reads, of a file or of the stream of a tap.
    Section {
        /// The section.
        section: &'m FileMapping,
        /// The stream.
        stream: Option<&'r str>,
    },
    /// Lines of a tap that no section could read.
    Lines,
}

/// What a quarantine file was made of, and the rows that wait for it.
fn original<'m, 'r>(
    mapping: &'m Mapping,
    waiting: &'r [Quarantined],
    name: &str,
) -> Result<(Original<'m, 'r>, Vec<&'r Quarantined>), AppError> {
    let ours: Vec<&Quarantined> = waiting.iter().filter(|row| export_name(row) == name).collect();
    let is_of_tap = |row: &Quarantined| row.header.iter().any(|column| column == MESSAGE_COLUMN);
    let files = mapping.files().iter().map(|section| (section, false));
    for (section, is_stream) in files.chain(mapping.streams().iter().map(|section| (section, true))) {
        let record = section.record().key();
        let is_its = |row: &&Quarantined| {
            row.record == record && section.reads(&row.file) && is_of_tap(row) == is_stream
        };
        let rows: Vec<&Quarantined> = ours.iter().copied().filter(is_its).collect();
        if let Some(first) = rows.first() {
            let stream = is_stream.then_some(first.file.as_str());
            return Ok((Original::Section { section, stream }, rows));
        }
    }
    let lines: Vec<&Quarantined> = ours.into_iter().filter(|row| row.record == MESSAGE).collect();
    if !lines.is_empty() {
        return Ok((Original::Lines, lines));
    }
    Err(AppError::Invalid(format!(
        "no row in quarantine belongs to {name}; keep the name that the export gave it, and use the mapping of the first import"
    )))
}
