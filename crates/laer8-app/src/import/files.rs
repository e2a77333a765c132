//! Where the files of an import are.

use crate::AppError;
use sha2::{Digest, Sha256};
use std::{
    fmt::Write as _,
    fs::File,
    io::{Cursor, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

/// A set of files by name: a folder, or what somebody uploaded.
pub trait Files: Send + Sync {
    /// What the person calls the set.
    fn label(&self) -> String;

    /// The names of the files, sorted.
    ///
    /// # Errors
    /// When they can't be listed.
    fn names(&self) -> Result<Vec<String>, AppError>;

    /// Opens a file; returns it with its size in bytes.
    ///
    /// # Errors
    /// When it can't be opened.
    fn open(&self, name: &str) -> Result<(Box<dyn Read + Send>, u64), AppError>;
}

/// The files in a folder.
#[derive(Debug, Clone)]
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn label(&self) -> String {
        self.0.display().to_string()
    }

    fn names(&self) -> Result<Vec<String>, AppError> {
        let failed = |error: std::io::Error| unreadable(&self.0, &error);
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.0).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_file()
                && let Some(name) = path.file_name().and_then(|name| name.to_str())
            {
                names.push(name.to_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    fn open(&self, name: &str) -> Result<(Box<dyn Read + Send>, u64), AppError> {
        let path = self.0.join(name);
        let file = File::open(&path).map_err(|error| unreadable(&path, &error))?;
        let size = file.metadata().map_err(|error| unreadable(&path, &error))?.len();
        Ok((Box::new(file), size))
    }
}

/// What tables are called.
const TABLES: [&str; 6] = [".csv", ".txt", ".tsv", ".tab", ".xlsx", ".xlsm"];

/// Whether a file of this name can be a table.
pub(crate) fn is_table(name: &str) -> bool {
    let name = name.to_lowercase();
    TABLES.iter().any(|ending| name.ends_with(ending))
}

/// Files that somebody uploaded.
#[derive(Debug, Clone, Default)]
pub struct Uploads(pub Vec<Upload>);

/// A file that somebody uploaded.
#[derive(Debug, Clone)]
pub struct Upload {
    /// What it is called, without a folder.
    pub name: String,
    /// What is in it.
    pub contents: Arc<[u8]>,
}

impl Files for Uploads {
    fn label(&self) -> String {
        self.0.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn names(&self) -> Result<Vec<String>, AppError> {
        let mut names: Vec<String> = self.0.iter().map(|file| file.name.clone()).collect();
        names.sort();
        Ok(names)
    }

    fn open(&self, name: &str) -> Result<(Box<dyn Read + Send>, u64), AppError> {
        let file = self.0.iter().find(|file| file.name == name);
        let missing =
            || AppError::File { path: name.to_owned(), reason: "no such file was uploaded".to_owned() };
        let contents = Arc::clone(&file.ok_or_else(missing)?.contents);
        let size = contents.len() as u64;
        Ok((Box::new(Cursor::new(contents)), size))
    }
}

/// The digest of a file's bytes.
pub(super) fn digest(files: &dyn Files, name: &str) -> Result<String, AppError> {
    let (mut file, _) = files.open(name)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(|error| unreadable(Path::new(name), &error))?;
        if read == 0 {
            return Ok(hex(&hasher.finalize()));
        }
        hasher.update(&buffer[..read]);
    }
}

/// The digest of some texts.
pub(crate) fn digest_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update(text.len().to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hex(&hasher.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // writing to a String can't fail
        text
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> AppError {
    AppError::File { path: path.display().to_string(), reason: error.to_string() }
}
