//! Imports: files in, facts and a report out.
//!
//! Each file is one transaction. A run that is killed leaves whole files
//! behind; run again, it goes on with the first file that is not done and ends
//! in the same state as if never killed.

mod doubts;
mod file;
mod files;
pub(crate) mod findings;
mod history;
mod mend;
mod quarantine;
mod reading;
mod report;
mod run;
mod tally;
mod under_way;

pub use doubts::PayingDoubts;
pub use files::{Files, Folder, Upload, Uploads};
pub(crate) use files::{digest_of, is_table};
pub use history::{ImportFileView, ImportRunView, ImportsView};
pub use mend::MendReport;
pub(crate) use quarantine::mapping_of;
pub use quarantine::{
    MarkedRow, QuarantineAsked, QuarantineFile, QuarantineGroupView, QuarantineView, QuarantinedRow,
};
pub use report::{FileReport, FindingReport, ImportReport, Progress, ReasonReport};
pub use run::ImportRequest;
pub(crate) use run::{absorb_constants, close, parse_mapping, put_findings, settle, shown};
pub(crate) use tally::{Findings, Tally};
pub(crate) use under_way::UnderWay;
