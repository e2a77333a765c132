//! What can go wrong on the way to a use case and back. Each has a code that
//! scripts can rely on; messages are lower case and say what to do.

use laer8_app::AppError;
use laer8_domain::users::Role;
use laer8_store::StoreError;
use laer8_words::{Language, Words};
use std::path::{Path, PathBuf};

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A use case says no.
    #[error(transparent)]
    App(#[from] AppError),
    /// A setting can't be used.
    #[error("{0}")]
    Settings(String),
    /// What was typed makes no sense together.
    #[error("{0}")]
    Usage(String),
    /// A file can't be read.
    #[error("can't read {}: {reason}", .path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// A file can't be written.
    #[error("can't write {}: {reason}", .path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// The answer can't be written.
    #[error("can't write the answer: {0}")]
    Output(#[from] std::io::Error),
    /// The tap stopped in the middle of a line.
    #[error(
        "the input ends in the middle of line {line}: the tap was stopped, or failed; what came before is stored, so run it again with the last state"
    )]
    CutShort {
        /// Which line.
        line: u64,
    },
    /// The answer can't be put into JSON.
    #[error("can't write the answer as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

impl Failure {
    /// A file that can't be read.
    pub(crate) fn read(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |reason| Self::Read { path: path.to_owned(), reason }
    }

    /// A file that can't be written.
    pub(crate) fn write(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |reason| Self::Write { path: path.to_owned(), reason }
    }

    /// The code, which never changes.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::App(error) => error.code(),
            Self::Settings(_) => "settings",
            Self::Usage(_) => "usage",
            Self::Read { .. } => "unreadable_file",
            Self::Write { .. } => "unwritable_file",
            Self::CutShort { .. } => "cut_short",
            Self::Output(_) | Self::Json(_) => "output",
        }
    }

    /// What the program exits with.
    pub(crate) fn exit_code(&self) -> u8 {
        if matches!(self, Self::Usage(_)) { 2 } else { 1 }
    }

    /// Whether whoever read the answer stopped reading.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        let kind = match self {
            Self::Output(error) => Some(error.kind()),
            Self::Json(error) => error.io_error_kind(),
            _ => None,
        };
        kind == Some(std::io::ErrorKind::BrokenPipe)
    }

    /// In the language of the person, where it is said in it.
    pub(crate) fn said(&self, words: Words) -> String {
        let translated = match (words.language(), self) {
            (Language::Es, Self::App(error)) => laer8_phrases::error(words, error),
            _ => None,
        };
        let said = translated.map_or_else(|| self.to_string(), |said| lower_first(&said));
        // One line, whatever a driver or parser says.
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The role of that name.
pub(crate) fn role(text: &str) -> Result<Role, String> {
    Role::from_key(text).ok_or_else(|| "the roles are admin, manager, member and viewer".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_line_that_begins_with_a_small_letter() {
        let document = AppError::Document { document: "mapping m.toml".into(), reason: "a\n  b".into() };
        assert_eq!(Failure::App(document).said(Words::new(Language::En)), "mapping m.toml: a b");
        let empty = Failure::App(AppError::Empty);
        assert!(empty.said(Words::new(Language::Es)).starts_with("aquí aún no hay nada"));
    }
}
