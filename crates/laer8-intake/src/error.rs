//! What stops the reading of a whole file. A fault in one row does not; that
//! is a [`crate::refusal::Refusal`].

/// A file that can't be read by its mapping.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The bytes stopped coming.
    #[error("the file can't be read: {0}")]
    Io(#[from] std::io::Error),
    /// There is not even a header.
    #[error("the file is empty; its first line must name the columns")]
    Empty,
    /// The header can't be decoded.
    #[error("the header is not valid {encoding}; set `encoding` of this file in the mapping")]
    BadHeader {
        /// The encoding that was expected.
        encoding: &'static str,
    },
    /// Two columns share a name, so a mapping can't tell them apart.
    #[error("the column `{name}` appears twice in the header; rename one of them")]
    DuplicateColumn {
        /// The name that appears twice.
        name: String,
    },
    /// The mapping names a column that the file does not have.
    #[error("{section} reads the column `{column}`, which the file does not have{}; its columns are: {}",
        did_you_mean(.nearest.as_deref()), .columns.join(", "))]
    MissingColumn {
        /// The section of the mapping.
        section: String,
        /// The column that it names.
        column: String,
        /// The column of the file whose name comes nearest.
        nearest: Option<String>,
        /// All columns of the file.
        columns: Vec<String>,
    },
}

/// `; did you mean …?`, or nothing.
pub(crate) fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}
