//! What is kept of an upload beside its files.

use crate::{FileReport, FindingReport};
use chrono::{DateTime, Utc};
use laer8_domain::ids::ImportRunId;
use laer8_intake::suggest::TableLook;
use serde::{Deserialize, Serialize};

/// How far somebody is with an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    /// The mapping is drafted.
    Mapping,
    /// It is tried.
    Trying,
    /// It was tried.
    Tried,
    /// It is imported.
    Importing,
    /// It was imported.
    Done,
}

/// What would come of an import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Trial {
    pub(super) files: Vec<FileReport>,
    pub(super) findings: Vec<FindingReport>,
    pub(super) files_without_section: Vec<String>,
}

/// The state of an upload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) by: String,
    pub(super) at: DateTime<Utc>,
    pub(super) step: Step,
    /// The name and the size of each file.
    pub(super) files: Vec<(String, u64)>,
    pub(super) tables: Vec<TableLook>,
    pub(super) unreadable: Vec<(String, String)>,
    /// The source whose mapping it began from.
    pub(super) begun_from: Option<String>,
    pub(super) trial: Option<Trial>,
    pub(super) run: Option<ImportRunId>,
    pub(super) failure: Option<String>,
}
