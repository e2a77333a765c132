//! Files that somebody brings in by the pages, step by step: they are put
//! beside the data, a mapping is drafted, tried, and imported by.
//!
//! What is in the middle of it lies in a folder of its own, so that it can be
//! left and come back to, also when the server was started anew meanwhile.

mod choosing;
mod fault;
mod folder;
mod jobs;
mod kept;
mod shelf;
mod taking;
mod view;

pub use choosing::{MappingChoice, TableChoice};
pub use fault::{UploadError, UploadFault};
pub(crate) use shelf::Shelf;
pub use taking::NewUpload;
pub use view::{UploadRow, UploadState, UploadView, UploadedFile};

/// How long files lie there that nobody comes back to, in days.
const KEPT_DAYS: i64 = 7;
