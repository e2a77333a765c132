//! Views as text: English or Spanish, as wide as the terminal, plain where it
//! goes into a pipe.
//!
//! Everything here is a function of a view, a language and a width. Styles are
//! written as ANSI codes and taken out again by whoever prints, where nobody
//! sees colours.

pub(crate) mod accounts;
pub(crate) mod bars;
pub(crate) mod cohorts;
pub(crate) mod config;
pub(crate) mod evidence;
pub(crate) mod imports;
pub(crate) mod ingest;
pub(crate) mod journey;
pub(crate) mod marks;
pub(crate) mod moment;
pub(crate) mod page;
pub(crate) mod quarantine;
pub(crate) mod revenue;
pub(crate) mod score;
pub(crate) mod sources;
pub(crate) mod table;
pub(crate) mod today;
pub(crate) mod tone;
pub(crate) mod users;
pub(crate) mod what_if;
