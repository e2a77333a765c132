//! Survey responses. NPS asks users about the long run, CSAT customers about
//! an event, CES how hard something was; they are never mixed.

use crate::{
    days::Day,
    ids::{PersonId, SurveyResponseId},
    provenance::Origin,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SurveyKind {
    /// Net promoter score: likelihood to recommend, 0 to 10.
    Nps,
    /// Customer satisfaction: 1 to 5.
    Csat,
    /// Customer effort score: 1 (hard) to 7 (easy).
    Ces,
}

impl SurveyKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Nps, Self::Csat, Self::Ces];

    /// The name in files and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces => "ces",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let key = key.to_ascii_lowercase();
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The answers that can be given.
    #[must_use]
    pub fn scale(self) -> std::ops::RangeInclusive<u8> {
        match self {
            Self::Nps => 0..=10,
            Self::Csat => 1..=5,
            Self::Ces => 1..=7,
        }
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyResponse {
    /// Which.
    pub id: SurveyResponseId,
    /// What was asked.
    pub kind: SurveyKind,
    /// Who answered, where known.
    pub person: Option<PersonId>,
    /// The answer, on the kind's scale.
    pub score: u8,
    /// What they said with it.
    pub comment: String,
    /// The day of the answer.
    pub answered_on: Day,
    /// Since when it is known.
    pub known_on: Day,
    /// Corrections of one response have higher revisions.
    pub revision: u32,
    /// From where.
    pub origin: Origin,
}
