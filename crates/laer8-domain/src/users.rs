//! People who use Laer8, and what they may do.

use crate::ids::UserId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The fewest characters that a password has.
pub const PASSWORD_LEAST: usize = 10;

/// The most characters that a password has.
pub const PASSWORD_MOST: usize = 256;

/// What a user may do. Each role may do all that the ones after it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Users, keys and settings.
    Admin,
    /// Configuration: scorecards, imports, segments.
    Manager,
    /// Daily work: notes, pulse, owners.
    Member,
    /// Looks.
    Viewer,
}

impl Role {
    /// All roles, from the most powerful.
    pub const ALL: [Self; 4] = [Self::Admin, Self::Manager, Self::Member, Self::Viewer];

    /// Whether this role includes `other`.
    #[must_use]
    pub fn includes(self, other: Self) -> bool {
        self <= other
    }

    /// The name in the store and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Member => "member",
            Self::Viewer => "viewer",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// Somebody who uses Laer8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct User {
    /// Who.
    pub id: UserId,
    /// Their e-mail address; unique.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub active: bool,
}
