//! One upload on the disk: its files, its state and its mapping.

use super::kept::Kept;
use crate::{AppError, Files, Folder};
use std::{
    fs,
    io::{self, Read, Write as _},
    path::{Path, PathBuf},
};

const STATE: &str = "upload.json";
const MAPPING: &str = "mapping.toml";
const FILES: &str = "files";

/// The folder of an upload.
#[derive(Debug, Clone)]
pub(super) struct UploadFolder(pub(super) PathBuf);

impl UploadFolder {
    pub(super) fn files(&self) -> PathBuf {
        self.0.join(FILES)
    }

    /// Its state; none where there is no such upload.
    pub(super) fn kept(&self) -> Result<Option<Kept>, AppError> {
        let path = self.0.join(STATE);
        match fs::read(&path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map(Some).map_err(|error| failed(&path, &error.into()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&path, &error)),
        }
    }

    pub(super) fn keep(&self, kept: &Kept) -> Result<(), AppError> {
        let path = self.0.join(STATE);
        let bytes = serde_json::to_vec(kept).map_err(|error| failed(&path, &error.into()))?;
        write_whole(&path, &bytes)
    }

    pub(super) fn mapping(&self) -> Result<String, AppError> {
        let path = self.0.join(MAPPING);
        fs::read_to_string(&path).map_err(|error| failed(&path, &error))
    }

    pub(super) fn keep_mapping(&self, text: &str) -> Result<(), AppError> {
        write_whole(&self.0.join(MAPPING), text.as_bytes())
    }

    pub(super) fn remove(&self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, folder = %self.0.display(), "an upload can't be removed");
        }
    }
}

/// Other than a file that is written in place, it is there as a whole or as it
/// was.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let new = path.with_extension("new");
    let write = || {
        let mut file = fs::File::create(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, path)
    };
    write().map_err(|error| failed(path, &error))
}

pub(super) fn failed(path: &Path, error: &io::Error) -> AppError {
    AppError::File { path: path.display().to_string(), reason: error.to_string() }
}

/// The files of an upload, under a label that people know them by.
pub(super) struct UploadedFiles {
    folder: Folder,
    label: String,
}

impl UploadedFiles {
    pub(super) fn of(folder: &UploadFolder, kept: &Kept) -> Self {
        let names: Vec<&str> = kept.files.iter().map(|(name, _)| name.as_str()).collect();
        Self { folder: Folder(folder.files()), label: names.join(", ") }
    }
}

impl Files for UploadedFiles {
    fn label(&self) -> String {
        self.label.clone()
    }

    fn names(&self) -> Result<Vec<String>, AppError> {
        self.folder.names()
    }

    fn open(&self, name: &str) -> Result<(Box<dyn Read + Send>, u64), AppError> {
        self.folder.open(name)
    }
}
