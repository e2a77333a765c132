//! Accounts: a set of dated fields, the built-in ones and custom traits alike.

use crate::{days::Day, provenance::Origin, values::Value};
use serde::{Deserialize, Serialize};

/// The names of the built-in fields; every other name is a custom trait.
pub mod fields {
    /// What the account is called. Text.
    pub const NAME: &str = "name";
    /// The line of business. Text.
    pub const INDUSTRY: &str = "industry";
    /// ISO 3166 code of the country. Text.
    pub const COUNTRY: &str = "country";
    /// E-mail domain, for joining sources. Text.
    pub const DOMAIN: &str = "domain";
    /// The user of Laer8 who looks after the account, by e-mail. Text.
    pub const OWNER: &str = "owner";
    /// The account that this one belongs to, by its external id in the same
    /// source. Text.
    pub const PARENT: &str = "parent";
    /// The day the account signed up. Day.
    pub const SIGNED_UP: &str = "signed_up";
    /// Seats (or members, or units) that the account says it has. Number.
    pub const SEATS: &str = "seats";
    /// Whether the last payment failed or an invoice is overdue. Bool.
    pub const PAYMENT_OVERDUE: &str = "payment_overdue";

    /// All built-in fields.
    pub const BUILT_IN: [&str; 9] =
        [NAME, INDUSTRY, COUNTRY, DOMAIN, OWNER, PARENT, SIGNED_UP, SEATS, PAYMENT_OVERDUE];
}

/// One field of an account (or person) got a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldFact {
    /// A built-in field (see [`fields`]) or a custom trait.
    pub field: String,
    /// The value since `occurred_on`; none when it was taken away.
    pub value: Option<Value>,
    /// Since when it is true.
    pub occurred_on: Day,
    /// Since when it is known.
    pub known_on: Day,
    /// From where.
    pub origin: Origin,
}

/// The fact that holds for `field` on `day`, as far as known on `day`: the
/// latest that happened, among those the latest known.
#[must_use]
pub fn field_on<'a>(facts: &'a [FieldFact], field: &str, day: Day) -> Option<&'a FieldFact> {
    facts
        .iter()
        .filter(|fact| fact.field == field && fact.occurred_on <= day && fact.known_on <= day)
        .max_by_key(|fact| (fact.occurred_on, fact.known_on))
}
