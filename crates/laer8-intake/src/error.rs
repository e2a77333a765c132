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
    /// It is a workbook, and something is wrong with it.
    #[error(transparent)]
    Workbook(#[from] WorkbookFault),
}

/// What is wrong with an Excel workbook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookFault {
    /// .xls, or encrypted.
    #[error("the workbook is in Excel's old format or has a password; save it as .xlsx without a password")]
    Old,
    /// Not a workbook, or a damaged one.
    #[error("the file is no Excel workbook (.xlsx) or is damaged ({0}); open it and save it as .xlsx again")]
    Broken(String),
    /// More bytes than are read.
    #[error("the workbook is larger than {} MB; split it, or save its sheets as CSV", .most / 1_048_576)]
    TooLarge {
        /// The most bytes.
        most: u64,
    },
    /// More bytes inside than are unpacked.
    #[error("the workbook holds more than {} MB unpacked; save its sheets as CSV", .most / 1_048_576)]
    Unpacked {
        /// The most bytes.
        most: u64,
    },
    /// More cells than are read.
    #[error(
        "a sheet of the workbook spreads over more than {most} cells; save it as CSV, or delete what lies far from the table"
    )]
    TooManyCells {
        /// The most cells.
        most: usize,
    },
    /// The mapping names a sheet that is not there.
    #[error("the workbook has no sheet `{sheet}`; its sheets are: {sheets}")]
    NoSheet {
        /// The sheet that was named.
        sheet: String,
        /// Those that are there.
        sheets: String,
    },
    /// There is a title above the table.
    #[error(
        "the first row must name the columns; they seem to be named in row {row}: delete the rows above it"
    )]
    NamesBelow {
        /// Where they seem to be named, counted from 1.
        row: u32,
    },
}

/// `; did you mean …?`, or nothing.
pub(crate) fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}
