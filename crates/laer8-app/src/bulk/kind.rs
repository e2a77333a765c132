//! The kinds of records that can be sent.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkKind {
    /// Something sold.
    Product,
    /// Something that a product can do.
    Feature,
    /// A way in which a product is sold.
    Plan,
    /// An exchange rate.
    ExchangeRate,
    /// Fields of an account.
    Account,
    /// Fields of a person.
    Person,
    /// A subscription, or a change to one.
    Subscription,
    /// Usage of a day.
    Usage,
    /// A ticket, or what happened to it since.
    Ticket,
    /// An answer to a survey.
    Survey,
    /// Somebody is leaving.
    ChurnEvent,
    /// A timeline entry.
    Note,
}

impl BulkKind {
    /// All of them, in the order in which they depend on each other.
    pub const ALL: [Self; 12] = [
        Self::Product,
        Self::Feature,
        Self::Plan,
        Self::ExchangeRate,
        Self::Account,
        Self::Person,
        Self::Subscription,
        Self::Usage,
        Self::Ticket,
        Self::Survey,
        Self::ChurnEvent,
        Self::Note,
    ];

    /// The name, as in exports.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Feature => "feature",
            Self::Plan => "plan",
            Self::ExchangeRate => "exchange_rate",
            Self::Account => "account",
            Self::Person => "person",
            Self::Subscription => "subscription",
            Self::Usage => "usage",
            Self::Ticket => "ticket",
            Self::Survey => "survey",
            Self::ChurnEvent => "churn_event",
            Self::Note => "note",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_those_of_an_export_in_their_order() {
        assert_eq!(BulkKind::ALL.map(BulkKind::key), crate::export::KINDS);
        for kind in BulkKind::ALL {
            assert_eq!(BulkKind::from_key(kind.key()), Some(kind));
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.key().into()));
        }
    }
}
