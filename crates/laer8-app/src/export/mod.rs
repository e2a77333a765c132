//! Everything that is known, as records in text files, one JSON object a line:
//! nothing is locked in, and what is written can be read back into another
//! workspace with nothing lost, corrections and their dates included.
//!
//! `FOLDER/SOURCE/KIND.ndjson`, one folder for each source, each line a
//! [`laer8_domain::records::Incoming`]; and `FOLDER/joins.ndjson`, which of them
//! are read as one.

mod files;
mod joins;
mod restore;
mod tell;

pub use restore::RestoreReport;

use crate::{Actor, App, AppError, Progress};
use files::Writer;
use laer8_domain::{
    ids::{AccountId, SourceId},
    users::Role,
};
use laer8_store::{IdRange, Scope, Tx, UsageFact};
use serde::Serialize;
use std::path::Path;
use tell::Names;

/// Accounts put together at once: bounds the memory, whatever the size of the
/// book.
const ACCOUNTS: usize = 500;

/// Rows of usage read at once.
const ROWS: u64 = 20_000;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportReport {
    /// The files, with how many records are in each.
    pub files: Vec<(String, u64)>,
}

impl App {
    /// Writes everything that is known into `folder`, which is made. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] when the folder holds
    /// anything; [`AppError::File`]; [`AppError::Store`].
    pub async fn export(
        &self,
        actor: &Actor,
        folder: &Path,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ExportReport, AppError> {
        actor.must_be(Role::Manager)?;
        let mut writer = Writer::new(folder)?;
        let tx = self.store.read().await?;
        let names = Names::load(&tx).await?;
        names.tell_catalog(&tx, &mut writer).await?;
        let ids = tx.told_account_ids(IdRange::all()).await?;
        let (size, mut done) = (ids.len() as u64, 0);
        for chunk in ids.chunks(ACCOUNTS) {
            let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else { continue };
            let range = IdRange { first: AccountId(first.0), last: AccountId(last.0) };
            for history in tx.told_histories(range, Scope::AllButUsage).await? {
                names.tell_account(&history, &mut writer)?;
            }
            done += chunk.len() as u64;
            let file = folder.display().to_string();
            progress(Progress {
                file,
                position: 1,
                files: 1,
                rows: writer.records(),
                refused: 0,
                bytes: done,
                size,
            });
        }
        export_usage(&tx, &names, &mut writer).await?;
        let joins = joins::write(&tx, folder).await?;
        let mut files = writer.finish()?;
        files.extend(joins);
        Ok(ExportReport { files })
    }
}

/// Usage goes by its keys rather than by account, so that a row and its
/// corrections stand together.
async fn export_usage(tx: &Tx, names: &Names, writer: &mut Writer) -> Result<(), AppError> {
    let mut waiting: Vec<UsageFact> = Vec::new();
    let mut after: Option<(SourceId, String)> = None;
    loop {
        let page = tx.usage_page(after.as_ref(), ROWS).await?;
        let is_last = page.is_empty();
        for (source, fact) in page {
            let key = (source, fact.external_id.clone());
            if after.as_ref() != Some(&key) {
                if let Some((source, _)) = &after {
                    names.tell_usage(*source, &waiting, writer)?;
                }
                waiting.clear();
                after = Some(key);
            }
            waiting.push(fact);
        }
        if is_last {
            if let Some((source, _)) = &after {
                names.tell_usage(*source, &waiting, writer)?;
            }
            return Ok(());
        }
    }
}
