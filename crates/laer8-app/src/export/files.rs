//! The files of an export.

use crate::AppError;
use laer8_domain::records::Incoming;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// Writes records into the files of their source and kind.
pub(super) struct Writer {
    folder: PathBuf,
    files: BTreeMap<(String, &'static str), (BufWriter<File>, u64)>,
}

impl Writer {
    pub(super) fn new(folder: &Path) -> Result<Self, AppError> {
        std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let mut inside = std::fs::read_dir(folder).map_err(|error| unwritable(folder, &error))?;
        if inside.next().is_some() {
            return Err(AppError::Invalid(format!(
                "{} is not empty; name a folder that is, or that does not exist yet",
                folder.display()
            )));
        }
        Ok(Self { folder: folder.to_owned(), files: BTreeMap::new() })
    }

    pub(super) fn write(&mut self, source: &str, incoming: &Incoming) -> Result<(), AppError> {
        let kind = incoming.record.kind();
        let key = (source.to_owned(), kind);
        if !self.files.contains_key(&key) {
            let folder = self.folder.join(source);
            std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
            let path = folder.join(format!("{kind}.ndjson"));
            let file = File::create(&path).map_err(|error| unwritable(&path, &error))?;
            self.files.insert(key.clone(), (BufWriter::new(file), 0));
        }
        if let Some((file, count)) = self.files.get_mut(&key) {
            serde_json::to_writer(&mut *file, incoming)
                .map_err(std::io::Error::from)
                .and_then(|()| file.write_all(b"\n"))
                .map_err(|error| unwritable(&self.folder, &error))?;
            *count += 1;
        }
        Ok(())
    }

    pub(super) fn records(&self) -> u64 {
        self.files.values().map(|(_, count)| count).sum()
    }

    pub(super) fn finish(self) -> Result<Vec<(String, u64)>, AppError> {
        let mut written = Vec::new();
        for ((source, kind), (mut file, count)) in self.files {
            file.flush().map_err(|error| unwritable(&self.folder, &error))?;
            written.push((format!("{source}/{kind}.ndjson"), count));
        }
        Ok(written)
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> AppError {
    AppError::File { path: path.display().to_string(), reason: error.to_string() }
}
