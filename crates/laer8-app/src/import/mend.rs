//! Reads mended rows of the quarantine again.
//!
//! A mended row counts as if it had been right when its file was first
//! imported: it is known since when it would have been known then.

use super::{
    file::{FileImport, progress_of},
    files::Files,
    quarantine::mapping_of,
    report::{FileReport, Progress},
    run::{close, parse_mapping},
};
use crate::{
    Actor, App, AppError,
    absorb::{Absorber, Setting},
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
        progress: &(dyn Fn(u64, u64, u64) + Sync),
    ) -> Result<(FileReport, usize), AppError> {
        let source = tx.source(mapping.source()).await?;
        let waiting = tx.quarantined(Some(source)).await?;
        let (section, rows) = original(mapping, &waiting, name)?;
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
        let mut absorber = Absorber::new(tx, Setting { import: Some(import), ..setting });
        let job = FileImport { files, name, section, source, import, today };
        let outcome = job.run(tx, &mut absorber, true, progress).await?;
        close(tx, &mut absorber, &workspace).await?;
        let taken = rows.iter().filter(|row| outcome.taken.contains(&row.row));
        let taken: Vec<i64> = taken.map(|row| row.id).collect();
        tx.release(&taken, import).await?;
        if let Some(run) = run {
            tx.insert_import(&ImportFile {
                id: import,
                run: run.id,
                position: u32::try_from(tx.imports(run.id).await?.len()).unwrap_or(u32::MAX),
                name: name.to_owned(),
                record: outcome.report.record.clone(),
                digest: super::files::digest(files, name)?,
                rows: outcome.report.rows,
                new: outcome.report.new,
                changed: outcome.report.changed,
                unchanged: outcome.report.unchanged,
                refused: outcome.report.refused,
                finished_at: self.clock.now(),
            })
            .await?;
        }
        Ok((outcome.report, taken.len()))
    }
}

/// The section that reads the original of a quarantine file, and the rows that
/// wait for it.
fn original<'m, 'r>(
    mapping: &'m Mapping,
    waiting: &'r [Quarantined],
    name: &str,
) -> Result<(&'m FileMapping, Vec<&'r Quarantined>), AppError> {
    for section in mapping.files() {
        let record = section.record().key();
        let is_ours = |row: &&Quarantined| {
            let stem = row.file.strip_suffix(".csv").unwrap_or(&row.file);
            row.record == record
                && section.reads(&row.file)
                && name == format!("{stem}.{record}.quarantine.csv")
        };
        let rows: Vec<&Quarantined> = waiting.iter().filter(is_ours).collect();
        if !rows.is_empty() {
            return Ok((section, rows));
        }
    }
    Err(AppError::Invalid(format!(
        "no row in quarantine belongs to {name}; keep the name that the export gave it, and use the mapping of the first import"
    )))
}
