//! The mapping document: what the rows of each file are.
//!
//! ```toml
//! schema = 1
//! source = "crm"
//! currency = "EUR"
//! time_zone = "Europe/Madrid"
//! dates = ["%d/%m/%Y"]
//!
//! [[plan]]
//! id = "Gold"
//! entitles = "all"
//!
//! [[file]]
//! name = "*accounts*.csv"
//! record = "account"
//! known = "happened"
//! [file.fields]
//! id = "Account ID"
//! name = "Name"
//! country = { column = "Country", translate = { UK = "GB" } }
//! since = "Created"
//! [file.traits]
//! employees = { column = "Employees", kind = "number" }
//! ```
//!
//! Of an Excel workbook, `sheet = "Contracts"` beside `name` says which sheet a
//! section reads: the first with anything in it unless it is there.
//!
//! The streams of a Singer tap are mapped in the same way, under `[[stream]]`;
//! there a column is a path into the record, such as `plan.amount` or
//! `items.0.id`.
//!
//! [`Mapping::parse`] checks the whole document and reports every fault at
//! once. [`targets`] lists the fields that each kind of record has.

mod constants;
mod document;
mod fields;
mod files;
mod formats;
mod model;
mod names;
mod problems;
mod section;
pub mod targets;

pub use document::Mapping;
pub use model::{FieldMapping, FileMapping, RecordKind};
pub(crate) use model::{Known, Literal, Only, Unit, ValueFrom};
pub(crate) use names::{fits, nearest};
pub use problems::{MappingError, MappingErrors};
