//! The files of a watched folder, and where they go.

use super::Dropped;
use crate::{AppError, Files, Folder, import::is_table};
use chrono::{DateTime, Utc};
use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// How the files beside it are read.
pub(super) const MAPPING: &str = "mapping.toml";
const DONE: &str = "done";
const FAILED: &str = "failed";

/// The folders inside a folder, by name.
pub(super) fn folders(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(String, PathBuf)> = entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path())))
        .filter(|(name, _)| !name.starts_with('.'))
        .collect();
    found.sort();
    found
}

/// The tables in a folder; not what programs write under another name until it
/// is complete.
pub(super) fn tables(folder: &Path) -> Vec<String> {
    let is_table = |name: &String| !name.starts_with(['.', '~']) && is_table(name);
    Folder(folder.to_owned()).names().unwrap_or_default().into_iter().filter(is_table).collect()
}

/// Files of a source that came together.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) source: String,
    pub(super) folder: PathBuf,
    pub(super) names: Vec<String>,
    pub(super) at: DateTime<Utc>,
}

impl Batch {
    /// The mapping that lies beside the files.
    pub(super) fn own_mapping(&self) -> Result<Option<String>, AppError> {
        let path = self.folder.join(MAPPING);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(AppError::File { path: path.display().to_string(), reason: error.to_string() }),
        }
    }

    /// Which file an error speaks of.
    pub(super) fn name_of(&self, path: &str) -> Option<String> {
        let is_it = |name: &&String| *name == path || self.folder.join(name).display().to_string() == path;
        self.names.iter().find(is_it).cloned()
    }

    /// All that are left were read.
    pub(super) fn finish(&mut self) -> Vec<Dropped> {
        let names = std::mem::take(&mut self.names);
        names
            .into_iter()
            .map(|file| {
                self.put(&file, DONE);
                Dropped { source: self.source.clone(), file, failure: None }
            })
            .collect()
    }

    /// None that is left can be read.
    pub(super) fn fail_all(&mut self, why: &str) -> Vec<Dropped> {
        self.names.clone().into_iter().filter_map(|name| self.fail(&name, why)).collect()
    }

    /// A file can't be read: puts it aside, and beside it why.
    pub(super) fn fail(&mut self, name: &str, why: &str) -> Option<Dropped> {
        let place = self.names.iter().position(|other| other == name)?;
        let file = self.names.remove(place);
        if let Some(path) = self.put(&file, FAILED) {
            let text = format!(
                "{file} was not imported, on {}.\n\n{why}\n\nOnce that is mended, put the file back into {}.\n",
                self.at.format("%Y-%m-%d %H:%M UTC"),
                self.folder.display()
            );
            let beside = path.with_file_name(format!("{}.txt", name_of(&path)));
            if let Err(error) = fs::write(&beside, text) {
                tracing::warn!(%error, path = %beside.display(), "why a file failed can't be written");
            }
        }
        Some(Dropped { source: self.source.clone(), file, failure: Some(why.to_owned()) })
    }

    /// Moves a file out of the way; where that can't be done it is tried again
    /// with the next look, and changes nothing.
    fn put(&self, name: &str, place: &str) -> Option<PathBuf> {
        let to = self.folder.join(place);
        let stamp = self.at.format("%Y%m%d-%H%M%S");
        let numbered = (1u32..).map(|number| match number {
            1 => to.join(format!("{stamp}-{name}")),
            _ => to.join(format!("{stamp}-{number}-{name}")),
        });
        let moved = fs::create_dir_all(&to).and_then(|()| {
            let path = numbered.into_iter().find(|path| !path.exists()).unwrap_or_else(|| to.join(name));
            fs::rename(self.folder.join(name), &path).map(|()| path)
        });
        match moved {
            Ok(path) => Some(path),
            Err(error) => {
                tracing::error!(%error, file = name, folder = %to.display(), "a dropped file can't be moved");
                None
            }
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

impl Files for Batch {
    fn label(&self) -> String {
        format!("{}: {}", self.source, self.names.join(", "))
    }

    fn names(&self) -> Result<Vec<String>, AppError> {
        Ok(self.names.clone())
    }

    fn open(&self, name: &str) -> Result<(Box<dyn Read + Send>, u64), AppError> {
        Folder(self.folder.clone()).open(name)
    }
}
