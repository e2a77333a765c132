//! Reads what comes from outside into records: files, tracked events, the
//! output of Singer taps.
//!
//! A **mapping** ([`mapping::Mapping`]) is a TOML document that says, file by
//! file and stream by stream, what a row is and which column feeds which field.
//! It is checked as a whole before the first row is read.
//! [`reader::FileReader`] turns each row of a CSV file or of a sheet of an Excel
//! workbook into a
//! [`laer8_domain::records::Incoming`], or into a [`refusal::Refusal`] with its
//! reason; nothing is dropped in silence. [`suggest::suggest`] writes a first
//! mapping from the files themselves, with its doubts as comments, and
//! [`quarantine`] writes refused rows so that they can be mended and read again.
//!
//! [`singer::Reader`] does the same with the messages of a tap, line by line,
//! and says when its state may be kept. [`tracking::read`] reads the calls of
//! Segment's SDKs, and [`tracking::Measures`] say which usage they count for.
//!
//! This crate opens no file and knows no clock: bytes, the day of the import and
//! the moment of receipt are arguments.

pub mod csv;
pub mod draft;
pub mod error;
pub mod formats;
mod json;
pub mod mapping;
pub mod quarantine;
pub mod reader;
pub mod refusal;
pub mod remark;
mod rows;
pub mod singer;
pub mod suggest;
pub mod tracking;
pub mod workbook;
