//! Notes and interactions on an account's timeline, and the owner's pulse.

use crate::{
    days::Day,
    ids::{NoteId, PersonId},
    provenance::Origin,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What kind of entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// Written for colleagues; nobody outside was involved.
    Note,
    /// A call.
    Call,
    /// A meeting.
    Meeting,
    /// An e-mail.
    Email,
    /// The owner's own judgement of the account; carries a pulse.
    Pulse,
    /// Taken back: from then on it is as if it had never been written.
    Withdrawn,
}

impl NoteKind {
    /// All kinds that an entry can be of when it is written.
    pub const ALL: [Self; 5] = [Self::Note, Self::Call, Self::Meeting, Self::Email, Self::Pulse];

    /// The name in files and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Call => "call",
            Self::Meeting => "meeting",
            Self::Email => "email",
            Self::Pulse => "pulse",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let key = key.to_ascii_lowercase();
        Self::ALL.into_iter().chain([Self::Withdrawn]).find(|kind| kind.key() == key)
    }
}

/// An entry on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Which.
    pub id: NoteId,
    /// What kind.
    pub kind: NoteKind,
    /// The day it happened.
    pub occurred_on: Day,
    /// Whether the customer took part: an answer, a call that was picked up.
    /// A message without an answer is one-way.
    pub two_way: bool,
    /// With whom at the account.
    pub person: Option<PersonId>,
    /// Who wrote it, by e-mail or name.
    pub author: String,
    /// What was said.
    pub text: String,
    /// The owner's judgement, 0 (lost) to 100 (could not be better); only with
    /// [`NoteKind::Pulse`].
    pub pulse: Option<u8>,
    /// Since when it is known.
    pub known_on: Day,
    /// Corrections of one entry have higher revisions.
    pub revision: u32,
    /// From where.
    pub origin: Origin,
}
