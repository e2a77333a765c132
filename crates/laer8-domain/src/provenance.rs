//! Where a fact comes from, and when it became known.
//!
//! Facts are never edited. A correction is a new fact with a later `known_on`;
//! what was believed on a past day can therefore always be asked again.

use crate::{
    days::Day,
    ids::{ImportId, SourceId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The source of what people enter in Laer8 itself. It names accounts and
/// people as `SOURCE/ID`, after what another source calls them.
pub const OWN_SOURCE: &str = "laer8";

/// The row that a fact was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Origin {
    /// The system or set of files.
    pub source: SourceId,
    /// The file that brought it; none for what was entered in Laer8.
    pub import: Option<ImportId>,
    /// The line of its file, counted from 1 with the header; 0 where there is
    /// no file.
    pub row: u32,
}

/// A fact with the day on which it became known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Known<T> {
    /// What is known.
    pub fact: T,
    /// Since when. Imported history is known when it happened, unless the
    /// mapping says otherwise.
    pub known_on: Day,
    /// From where.
    pub origin: Origin,
}
