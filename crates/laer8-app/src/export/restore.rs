//! Reads an export back.

use super::joins;
use crate::{
    Actor, App, AppError, Progress, Verdict,
    absorb::{Absorber, Setting},
    identity::{Occasion, find_all},
    import::close,
    workspace,
};
use laer8_domain::{ids::SourceId, provenance::OWN_SOURCE, records::Incoming, users::Role};
use laer8_intake::mapping::RecordKind;
use laer8_store::{AuditEntry, Tx};
use serde::Serialize;
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

/// Records absorbed at once.
const BATCH: usize = 20_000;

/// What was read back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RestoreReport {
    /// Records read.
    pub records: u64,
    /// Those that told of something unknown, or changed what was known.
    pub taken: u64,
    /// Those that told what was known.
    pub unchanged: u64,
}

impl App {
    /// Reads the files of an export into this workspace, each file in one
    /// transaction: killed, it can be run again. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::File`]; [`AppError::Invalid`] with
    /// file and line for what can't be taken, and then nothing of that file
    /// is; [`AppError::Store`].
    pub async fn restore(
        &self,
        actor: &Actor,
        folder: &Path,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<RestoreReport, AppError> {
        actor.must_be(Role::Manager)?;
        let files = files(folder)?;
        if files.is_empty() {
            let folder = folder.display();
            return Err(AppError::Invalid(format!("{folder} holds no SOURCE/KIND.ndjson file of an export")));
        }
        let mut report = RestoreReport::default();
        for (position, (source, path)) in files.iter().enumerate() {
            let tx = self.store.write().await?;
            let id = tx.source(source).await?;
            self.restore_file(&tx, id, path, &mut report, &|rows, bytes, size| {
                let file = path.display().to_string();
                progress(Progress {
                    file,
                    position: position + 1,
                    files: files.len(),
                    rows,
                    refused: 0,
                    bytes,
                    size,
                });
            })
            .await?;
            tx.commit().await?;
        }
        let tx = self.store.write().await?;
        joins::restore(&tx, folder).await?;
        let today = self.today(&workspace::load(&tx).await?);
        find_all(&tx, Occasion { by: &actor.name, at: self.clock.now(), today }).await?;
        tx.audit(AuditEntry {
            at: self.clock.now(),
            actor: actor.name.clone(),
            action: "export.restore".to_owned(),
            subject: "workspace".to_owned(),
            detail: serde_json::json!({ "folder": folder.display().to_string(), "records": report.records }),
        })
        .await?;
        tx.commit().await?;
        Ok(report)
    }

    async fn restore_file(
        &self,
        tx: &Tx,
        source: SourceId,
        path: &Path,
        report: &mut RestoreReport,
        progress: &(dyn Fn(u64, u64, u64) + Sync),
    ) -> Result<(), AppError> {
        let workspace = workspace::load(tx).await?;
        let setting: Setting = self.setting(tx, source, None, &workspace).await?;
        let mut absorber = Absorber::new(tx, Setting { revisions: true, ..setting });
        let failed = |error: &std::io::Error| unreadable(path, error);
        let file = File::open(path).map_err(|error| failed(&error))?;
        let size = file.metadata().map_err(|error| failed(&error))?.len();
        let mut lines = BufReader::new(file).lines();
        let (mut line, mut bytes) = (0_u64, 0_u64);
        loop {
            let first = line + 1;
            let mut batch = Vec::new();
            while batch.len() < BATCH {
                let Some(text) = lines.next() else { break };
                let text = text.map_err(|error| failed(&error))?;
                line += 1;
                bytes += text.len() as u64 + 1;
                let incoming: Incoming = serde_json::from_str(&text)
                    .map_err(|error| wrong(path, line, &format!("not a record: {error}")))?;
                batch.push(incoming);
            }
            if batch.is_empty() {
                break;
            }
            for (offset, verdict) in (0..).zip(absorber.absorb(batch).await?) {
                report.records += 1;
                match verdict {
                    Verdict::New | Verdict::Changed => report.taken += 1,
                    Verdict::Unchanged => report.unchanged += 1,
                    Verdict::Refused(why) => return Err(wrong(path, first + offset, &why.to_string())),
                }
            }
            progress(line, bytes, size);
        }
        close(tx, &mut absorber, &workspace).await
    }
}

/// The files of an export with their sources, in the order in which they
/// depend on each other.
fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>, AppError> {
    let failed = |error: std::io::Error| unreadable(folder, &error);
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir()
            && let Some(name) = path.file_name().and_then(|name| name.to_str())
        {
            sources.push((name.to_owned(), path));
        }
    }
    // What people entered names things after other sources: those come first.
    sources.sort_by_key(|(name, path)| (name == OWN_SOURCE, path.clone()));
    let mut files = Vec::new();
    for kind in RecordKind::ALL.map(RecordKind::key) {
        for (source, path) in &sources {
            let file = path.join(format!("{kind}.ndjson"));
            if file.is_file() {
                files.push((source.clone(), file));
            }
        }
    }
    Ok(files)
}

pub(super) fn wrong(path: &Path, line: u64, why: &str) -> AppError {
    AppError::Invalid(format!("{}, line {line}: {why}", path.display()))
}

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> AppError {
    AppError::File { path: path.display().to_string(), reason: error.to_string() }
}
