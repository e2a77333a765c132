//! People at accounts.

use crate::{accounts::FieldFact, days::Day, identity::precedence::Precedence, ids::PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The names of the built-in fields of a person; every other is a trait.
pub mod fields {
    /// What the person is called. Text.
    pub const NAME: &str = "name";
    /// E-mail address. Text.
    pub const EMAIL: &str = "email";
    /// Job title. Text.
    pub const TITLE: &str = "title";
    /// Part played, see [`super::Role`]. Text.
    pub const ROLE: &str = "role";
    /// How much the person's word counts, 0 to 100. Number.
    pub const INFLUENCE: &str = "influence";
    /// External id of the person reported to. Text.
    pub const REPORTS_TO: &str = "reports_to";
    /// Whether the person has left the account. Bool.
    pub const LEFT: &str = "left";

    /// All built-in fields.
    pub const BUILT_IN: [&str; 7] = [NAME, EMAIL, TITLE, ROLE, INFLUENCE, REPORTS_TO, LEFT];
}

/// The part somebody plays in the account's decision to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = PersonRole)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Speaks for us when we are not in the room.
    Champion,
    /// Pays, or decides on who pays.
    Sponsor,
    /// Signs.
    DecisionMaker,
    /// Runs it.
    Administrator,
    /// Works with it.
    User,
    /// Would rather have something else.
    Detractor,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 6] = [
        Self::Champion,
        Self::Sponsor,
        Self::DecisionMaker,
        Self::Administrator,
        Self::User,
        Self::Detractor,
    ];

    /// The name in files and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Champion => "champion",
            Self::Sponsor => "sponsor",
            Self::DecisionMaker => "decision_maker",
            Self::Administrator => "administrator",
            Self::User => "user",
            Self::Detractor => "detractor",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// Somebody at an account, with everything ever known of them.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonHistory {
    /// Who.
    pub id: PersonId,
    /// Their dated fields, in the order in which they came in.
    pub fields: Vec<FieldFact>,
    /// Whose word on a field counts.
    pub precedence: Precedence,
}

impl PersonHistory {
    /// The fact that holds for `field` on `day`, as far as known then.
    #[must_use]
    pub fn field(&self, field: &str, day: Day) -> Option<&FieldFact> {
        self.precedence.field_on(&self.fields, field, day)
    }

    /// The text of `field` on `day`.
    #[must_use]
    pub fn text(&self, field: &str, day: Day) -> Option<&str> {
        self.field(field, day)?.value.as_ref()?.as_text()
    }

    /// Their role on `day`.
    #[must_use]
    pub fn role(&self, day: Day) -> Option<Role> {
        Role::from_key(self.text(fields::ROLE, day)?)
    }

    /// Whether anything is known of them on `day`.
    #[must_use]
    pub fn is_known(&self, day: Day) -> bool {
        self.fields.iter().any(|fact| fact.occurred_on <= day && fact.known_on <= day)
    }

    /// The fact that they have left, when they have by `day`.
    #[must_use]
    pub fn departure(&self, day: Day) -> Option<&FieldFact> {
        self.field(fields::LEFT, day).filter(|fact| fact.value == Some(crate::values::Value::Bool(true)))
    }
}
