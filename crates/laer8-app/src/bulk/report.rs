//! What became of records that were sent.

use laer8_domain::ids::AccountId;
use laer8_intake::mapping::RecordKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What became of records that were sent, row by row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BulkReport {
    /// The source.
    pub source: String,
    /// Whether nothing was kept.
    pub dry_run: bool,
    /// Rows read.
    pub rows: u64,
    /// Those that told of something unknown.
    pub created: u64,
    /// Those that changed what was known.
    pub changed: u64,
    /// Those that told what was known.
    pub unchanged: u64,
    /// Those that can't be taken. The others are kept all the same.
    pub refused: u64,
    /// What became of each row, in their order; only of those refused where
    /// that was asked for.
    pub results: Vec<BulkResult>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BulkResult {
    /// Its place, from 0; empty lines are not counted.
    pub index: u64,
    /// Its line, from 1, where rows are lines.
    pub line: Option<u64>,
    /// What kind of record it is.
    #[serde(rename = "type")]
    pub kind: Option<RecordKind>,
    /// The external id that it gives.
    pub id: Option<String>,
    /// What became of it.
    pub outcome: BulkOutcome,
    /// The account that it is about.
    pub account: Option<AccountId>,
    /// Why it was refused.
    pub problem: Option<BulkProblem>,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkOutcome {
    /// It told of something unknown.
    Created,
    /// It changed what was known.
    Changed,
    /// It told what was known; nothing happened.
    Unchanged,
    /// It can't be taken. It lies in quarantine until a row of that id is.
    Refused,
}

/// Why a row was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BulkProblem {
    /// As a code that programs can rely on.
    #[schema(examples("unknown_account"))]
    pub code: String,
    /// The field at fault, as a path into the row, where it is one.
    #[schema(examples("steps[0].terms.plan"))]
    pub field: Option<String>,
    /// What is wrong, and what to do.
    #[schema(examples("there is no account \"A9\"; import the accounts first, or fix the id"))]
    pub message: String,
}

impl BulkProblem {
    pub(super) fn new(code: &str, field: impl Into<Option<String>>, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), field: field.into(), message: message.into() }
    }
}

impl BulkReport {
    pub(super) fn new(source: &str, dry_run: bool) -> Self {
        Self {
            source: source.to_owned(),
            dry_run,
            rows: 0,
            created: 0,
            changed: 0,
            unchanged: 0,
            refused: 0,
            results: Vec::new(),
        }
    }

    /// Takes in what became of a row.
    pub(super) fn add(&mut self, result: BulkResult) {
        self.rows += 1;
        match result.outcome {
            BulkOutcome::Created => self.created += 1,
            BulkOutcome::Changed => self.changed += 1,
            BulkOutcome::Unchanged => self.unchanged += 1,
            BulkOutcome::Refused => self.refused += 1,
        }
        self.results.push(result);
    }

    /// Whether anything is different afterwards.
    #[must_use]
    pub fn changed_anything(&self) -> bool {
        self.created + self.changed > 0
    }
}
