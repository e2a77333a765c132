//! What can be wrong with files that somebody uploads.

use crate::AppError;

/// A closed set, so that faces can say it in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UploadFault {
    /// This server keeps no uploads.
    #[error("this server has no folder for uploads")]
    NoPlace,
    /// Nothing was chosen.
    #[error("choose at least one file")]
    NoFile,
    /// More bytes than are taken.
    #[error("the files are larger than {most} MB together; split them, or use `laer8 import`")]
    TooLarge {
        /// The most, in MB.
        most: u64,
    },
    /// More files than are taken.
    #[error("these are more than {most} files; bring them in a few at a time")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// Not a name of a table.
    #[error("{name} is neither CSV nor an Excel workbook (.xlsx)")]
    NotATable {
        /// What it is called.
        name: String,
    },
    /// Two files of one name.
    #[error("{name} is there twice; rename one of them")]
    Twice {
        /// What they are called.
        name: String,
    },
    /// Nothing in it can be read.
    #[error("none of the files can be read: {reason}")]
    Unreadable {
        /// Why.
        reason: String,
    },
    /// The mapping is not finished.
    #[error("the mapping is not finished")]
    Unfinished,
    /// It is being imported, or was.
    #[error("these files are being imported already")]
    Begun,
}

/// Why an upload does not go on.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// Something about the files.
    #[error(transparent)]
    Fault(#[from] UploadFault),
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<laer8_store::StoreError> for UploadError {
    fn from(error: laer8_store::StoreError) -> Self {
        Self::App(error.into())
    }
}
