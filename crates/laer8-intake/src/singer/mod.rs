//! Reads what a Singer tap writes: one JSON message a line.
//!
//! ```
//! use laer8_intake::{mapping::Mapping, singer::{Reader, Step}};
//!
//! let mapping = Mapping::parse(r#"
//!     schema = 1
//!     source = "crm"
//!     [[stream]]
//!     name = "companies"
//!     record = "account"
//!     [stream.fields]
//!     id = "id"
//!     name = "properties.name"
//!     since = "created"
//! "#).expect("a mapping");
//! let mut reader = Reader::new(&mapping, "2026-11-22".parse().expect("a day")).expect("columns");
//! let mut steps = Vec::new();
//! for line in [
//!     r#"{"type": "SCHEMA", "stream": "companies", "key_properties": ["id"], "schema": {"properties": {"id": {}}}}"#,
//!     r#"{"type": "RECORD", "stream": "companies", "record": {"id": 7, "properties": {"name": "Acme"}, "created": "2026-01-31"}}"#,
//!     r#"{"type": "STATE", "value": {"companies": "2026-01-31"}}"#,
//! ] {
//!     steps.extend(reader.line(line.as_bytes()));
//! }
//! assert!(matches!(&steps[0], Step::Batch(batch) if batch.taken.len() == 1));
//! assert!(matches!(&steps[1], Step::State(state) if state == r#"{"companies": "2026-01-31"}"#));
//! ```
//!
//! The records of a stream are mapped as the rows of a file are, by the
//! `[[stream]]` sections of a [`crate::mapping::Mapping`].

mod columns;
mod message;
mod reader;
mod refusal;
mod schema;

pub use message::record_of;
pub use reader::{Batch, Counts, Reader, Step, Taken};
pub use refusal::{Refusal, RefusalReason, RefusedCells};

/// The most bytes of a line: 16 MB.
pub const MOST_LINE_BYTES: usize = 16 * 1024 * 1024;

/// The most records of a batch.
pub const MOST_BATCH_RECORDS: usize = 1_000;
