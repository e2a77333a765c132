//! CSV in all its forms: byte order marks, UTF-8, Windows-1252 and UTF-16, any
//! line ends, any usual delimiter, quoted line breaks, rows that are too short
//! or too long.

mod delimiter;
mod encoding;
mod lines;
mod table;

pub use encoding::Encoding;
pub(crate) use table::{RawRow, Table};
