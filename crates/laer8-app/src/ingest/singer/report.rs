//! What a run of a tap brought.

use crate::{FileReport, FindingReport, Moment};
use laer8_domain::ids::ImportRunId;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a run of a tap brought.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SingerReport {
    /// Which run it was; none for a dry run.
    pub run: Option<ImportRunId>,
    /// The source.
    pub source: String,
    /// Whether nothing was kept.
    pub dry_run: bool,
    /// Whether the tap came to its end. Where it did not, or where the program
    /// was killed, the next run goes on bringing history.
    pub whole: bool,
    /// Whether the input ended in the middle of a line.
    pub cut_short: bool,
    /// Lines read.
    pub lines: u64,
    /// What became of the records of each stream.
    pub streams: Vec<FileReport>,
    /// Rows that waited in quarantine for what they name, and were taken in.
    pub released: u64,
    /// Times that a section left a record out.
    pub left_out: u64,
    /// States that were written out.
    pub states: u64,
    /// The last state whose records are stored, as the tap wrote it.
    pub state: Option<String>,
    /// Records of streams that the mapping does not read.
    pub unmapped: BTreeMap<String, u64>,
    /// Columns that the mapping reads and the schema of the stream does not
    /// have.
    pub missing: Vec<MissingColumn>,
    /// Contradictions in the data.
    pub findings: Vec<FindingReport>,
    /// The day that views show by default from now on; none while there are no
    /// facts.
    pub as_of: Option<Moment>,
}

/// A column that the mapping reads and the schema of a stream does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingColumn {
    /// The stream.
    pub stream: String,
    /// The column.
    pub column: String,
}

impl SingerReport {
    /// Rows that were refused and still are.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.streams.iter().map(|stream| stream.refused).sum()
    }

    /// Whether anything that is known changed.
    #[must_use]
    pub fn changed_anything(&self) -> bool {
        self.released > 0 || self.streams.iter().any(|stream| stream.new + stream.changed > 0)
    }
}
