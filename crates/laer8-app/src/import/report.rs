//! What an import did, for people and programs.

use crate::Moment;
use laer8_domain::ids::ImportRunId;
use laer8_store::Finding;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ImportReport {
    /// Which run it was; none for a dry run.
    pub run: Option<ImportRunId>,
    /// The source.
    pub source: String,
    /// Whether it went on where one was killed.
    pub resumed: bool,
    /// Whether nothing was kept.
    pub dry_run: bool,
    /// What became of each file, in the order in which they were read.
    pub files: Vec<FileReport>,
    /// Sections of the mapping for which there was no file.
    pub sections_without_file: Vec<String>,
    /// Files for which the mapping has no section.
    pub files_without_section: Vec<String>,
    /// Contradictions in the data.
    pub findings: Vec<FindingReport>,
    /// The day that views show by default from now on; none while there are no
    /// facts.
    pub as_of: Option<Moment>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileReport {
    /// Its name.
    pub name: String,
    /// The kind of records in it.
    pub record: String,
    /// Rows read.
    pub rows: u64,
    /// Rows that told of something unknown.
    pub new: u64,
    /// Rows that changed what was known.
    pub changed: u64,
    /// Rows that told what was known.
    pub unchanged: u64,
    /// Rows that went to quarantine.
    pub refused: u64,
    /// Rows that this section of the mapping does not read.
    pub left_out: u64,
    /// Why rows were refused.
    pub reasons: Vec<ReasonReport>,
    /// Whether it had been done before the run was killed.
    pub done_before: bool,
}

/// A reason for which rows were refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReasonReport {
    /// Its code.
    pub reason: String,
    /// How many rows.
    pub count: u64,
    /// The line of the first.
    pub line: u32,
    /// What is wrong with the first.
    pub message: String,
}

/// A contradiction in the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FindingReport {
    /// Its code.
    pub kind: String,
    /// How often.
    pub count: u64,
    /// Some of them.
    pub examples: Vec<String>,
}

impl From<Finding> for FindingReport {
    fn from(finding: Finding) -> Self {
        Self { kind: finding.kind, count: finding.count, examples: finding.examples }
    }
}

/// How far an import is, for a progress bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The file that is being read.
    pub file: String,
    /// Its place among all, from 1.
    pub position: usize,
    /// How many files there are.
    pub files: usize,
    /// Rows of it that are done.
    pub rows: u64,
    /// Rows of it that were refused.
    pub refused: u64,
    /// Bytes of it that are done.
    pub bytes: u64,
    /// Its size in bytes.
    pub size: u64,
}
