//! Folders into which other programs put files: what lies there completely is
//! imported by the mapping of its source.
//!
//! Every folder inside the watched one is of a source. Its files are read by
//! the `mapping.toml` that lies beside them, else by the mapping that the
//! source named like the folder was last read by. What was read moves to
//! `done`, what could not be to `failed`, with a text that says why.

mod files;

use crate::{Actor, App, AppError, ImportRequest, import::mapping_of};
use chrono::{DateTime, Duration, Utc};
use files::{Batch, MAPPING, folders, tables};
use laer8_domain::users::Role;
use std::{
    collections::BTreeMap,
    future::Future,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// How long a file must stay as it is to be taken for complete, in seconds.
const SETTLED: i64 = 5;
/// How often is looked.
const PACE: std::time::Duration = std::time::Duration::from_secs(2);

/// A watched folder, with what was seen of its files.
#[derive(Debug)]
pub struct Drops {
    folder: PathBuf,
    seen: BTreeMap<PathBuf, Seen>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    size: u64,
    changed: Option<SystemTime>,
    since: DateTime<Utc>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The folder of its source.
    pub source: String,
    /// Its name.
    pub file: String,
    /// Why it could not be read; none where it was.
    pub failure: Option<String>,
}

impl Drops {
    /// Nothing was seen of the folder yet; it need not even be there.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, seen: BTreeMap::new() }
    }

    /// Whether all these files have been as they are for a while. One that grows
    /// holds the others up: files that come together belong together.
    fn are_complete(&mut self, folder: &Path, names: &[String], now: DateTime<Utc>) -> bool {
        let mut complete = true;
        for name in names {
            let path = folder.join(name);
            let Ok(data) = std::fs::metadata(&path) else {
                complete = false; // gone meanwhile
                continue;
            };
            let found = Seen { size: data.len(), changed: data.modified().ok(), since: now };
            let seen = self.seen.entry(path).or_insert(found);
            if (seen.size, seen.changed) != (found.size, found.changed) {
                *seen = found;
            }
            complete &= now - seen.since >= Duration::seconds(SETTLED);
        }
        complete
    }
}

impl App {
    /// Looks into a watched folder again and again, until `stop`. What is then
    /// under way is taken up when somebody looks the next time.
    pub async fn watch_drops(&self, folder: PathBuf, stop: impl Future<Output = ()>) {
        let mut drops = Drops::new(folder);
        let look = async {
            loop {
                for dropped in self.look_at_drops(&mut drops).await {
                    let Dropped { source, file, failure } = dropped;
                    match failure {
                        None => tracing::info!(source, file, "a dropped file was imported"),
                        Some(failure) => {
                            tracing::warn!(source, file, failure, "a dropped file was not imported");
                        }
                    }
                }
                tokio::time::sleep(PACE).await;
            }
        };
        tokio::select! {
            () = look => {}
            () = stop => {}
        }
    }

    /// Looks once, and imports what is complete. Says what became of which file.
    pub async fn look_at_drops(&self, drops: &mut Drops) -> Vec<Dropped> {
        let mut all = Vec::new();
        let mut there = Vec::new();
        for (source, folder) in folders(&drops.folder) {
            let names = tables(&folder);
            there.extend(names.iter().map(|name| folder.join(name)));
            if names.is_empty() || !drops.are_complete(&folder, &names, self.clock.now()) {
                continue;
            }
            let batch = Batch { source, folder, names, at: self.clock.now() };
            all.extend(self.take_drop(batch).await);
        }
        drops.seen.retain(|path, _| there.contains(path));
        all
    }

    /// Imports files that came together. One that can't be read is put aside,
    /// and the others are tried without it.
    async fn take_drop(&self, mut batch: Batch) -> Vec<Dropped> {
        let mut became = Vec::new();
        let mapping = match self.mapping_of_drop(&batch).await {
            Ok(mapping) => mapping,
            Err(AppError::Store(error)) => {
                tracing::warn!(%error, source = batch.source, "dropped files wait for the database");
                return became;
            }
            Err(error) => return batch.fail_all(&error.to_string()),
        };
        // Whoever may put files there was let in by whoever runs the server.
        let actor = Actor { name: format!("drop:{}", batch.source), role: Role::Manager };
        while !batch.names.is_empty() {
            let request =
                ImportRequest { mapping: &mapping, mapping_name: MAPPING, files: &batch, dry_run: false };
            match self.import(&actor, &request, &|_| ()).await {
                Ok(report) => {
                    for name in report.files_without_section {
                        let why = "the mapping has no section that reads a file of this name";
                        became.extend(batch.fail(&name, why));
                    }
                    became.extend(batch.finish());
                }
                Err(AppError::File { path, reason }) if batch.name_of(&path).is_some() => {
                    let name = batch.name_of(&path).unwrap_or_default();
                    became.extend(batch.fail(&name, &reason));
                }
                Err(AppError::Store(error)) => {
                    tracing::warn!(%error, source = batch.source, "dropped files wait for the database");
                    break;
                }
                Err(error) => became.extend(batch.fail_all(&error.to_string())),
            }
        }
        became
    }

    async fn mapping_of_drop(&self, batch: &Batch) -> Result<String, AppError> {
        if let Some(text) = batch.own_mapping()? {
            return Ok(text);
        }
        let tx = self.store.read().await?;
        let kept = mapping_of(&tx, &batch.source).await?.filter(|text| !text.is_empty());
        kept.ok_or_else(|| {
            AppError::Invalid(format!(
                "nobody has said yet how files of the source \"{}\" are read: import them once on the page Imports, or put a {MAPPING} beside them",
                batch.source
            ))
        })
    }
}
