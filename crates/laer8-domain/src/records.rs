//! What arrives from outside: records that name things by the external ids of
//! their source.
//!
//! Files, APIs and the demo company all speak in records; the app turns them
//! into facts. The same record twice changes nothing.

mod known;
mod reference;

pub use known::KnownWhen;
pub use reference::AccountRef;

use crate::{
    days::Day,
    money::{Currency, Money},
    notes::NoteKind,
    subscriptions::Price,
    surveys::SurveyKind,
    tickets::TicketEventKind,
    values::Value,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A record and the line it was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incoming {
    /// The line of its file, counted from 1 with the header; 0 without a file.
    #[serde(default)]
    pub row: u32,
    /// When the record became known.
    #[serde(default)]
    pub known: KnownWhen,
    /// What it says.
    #[serde(flatten)]
    pub record: Record,
}

/// Anything that a source can say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Record {
    /// Fields of an account.
    Account(AccountRecord),
    /// Fields of a person.
    Person(PersonRecord),
    /// Something sold.
    Product(ProductRecord),
    /// A way in which it is sold.
    Plan(PlanRecord),
    /// Something it can do.
    Feature(FeatureRecord),
    /// A subscription, or a change to one.
    Subscription(SubscriptionRecord),
    /// Usage of a day.
    Usage(UsageRecord),
    /// A ticket, or what happened to it since.
    Ticket(TicketRecord),
    /// An answer to a survey.
    Survey(SurveyRecord),
    /// Somebody is leaving.
    ChurnEvent(ChurnEventRecord),
    /// A timeline entry.
    Note(NoteRecord),
    /// An exchange rate.
    ExchangeRate(ExchangeRateRecord),
}

impl Record {
    /// The name of its kind, as in mappings and exports.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Person(_) => "person",
            Self::Product(_) => "product",
            Self::Plan(_) => "plan",
            Self::Feature(_) => "feature",
            Self::Subscription(_) => "subscription",
            Self::Usage(_) => "usage",
            Self::Ticket(_) => "ticket",
            Self::Survey(_) => "survey",
            Self::ChurnEvent(_) => "churn_event",
            Self::Note(_) => "note",
            Self::ExchangeRate(_) => "exchange_rate",
        }
    }
}

/// One field with its value since a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldRecord {
    /// A built-in field or a trait.
    pub field: String,
    /// Its value; none takes it away.
    pub value: Option<Value>,
    /// Since when.
    pub since: Day,
    /// Since when it is known, where that differs from the record's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<KnownWhen>,
}

/// Fields of an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountRecord {
    /// External id.
    pub id: String,
    /// Its fields; those not named stay as they are.
    pub fields: Vec<FieldRecord>,
}

/// Fields of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonRecord {
    /// External id.
    pub id: String,
    /// Where they are.
    pub account: AccountRef,
    /// Their fields; those not named stay as they are.
    pub fields: Vec<FieldRecord>,
}

/// Something sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductRecord {
    /// External id.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// What a plan entitles to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntitlementRecord {
    /// Nobody said.
    #[default]
    Unknown,
    /// Every feature.
    All,
    /// The features with these external ids.
    Only(Vec<String>),
}

/// A way in which a product is sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanRecord {
    /// External id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// External id of the product.
    #[serde(default)]
    pub product: Option<String>,
    /// What it entitles to.
    #[serde(default)]
    pub entitles: EntitlementRecord,
    /// External id of the next larger plan.
    #[serde(default)]
    pub upgrade: Option<String>,
    /// Uses in a month that it includes.
    #[serde(default)]
    pub included_uses: Option<i64>,
}

/// Something that a product can do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeatureRecord {
    /// External id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// External id of the product.
    #[serde(default)]
    pub product: Option<String>,
    /// Whether it is what customers buy the product for.
    #[serde(default)]
    pub core: bool,
    /// Uses per seat in 28 days that count as depth.
    #[serde(default)]
    pub depth_target: Option<f64>,
}

/// What a subscription says from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermsRecord {
    /// External id of the plan.
    pub plan: String,
    /// Seats, members, units.
    pub quantity: u32,
    /// What it costs.
    pub price: Price,
    /// Whether it is a trial.
    #[serde(default)]
    pub trial: bool,
    /// The first day of the first term; the step's day where nobody says.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub term_start: Option<Day>,
    /// The length of a term in months; none when it can be cancelled at any
    /// moment.
    #[serde(default)]
    pub term_months: Option<u16>,
    /// Whether it renews by itself.
    #[serde(default)]
    pub auto_renew: bool,
    /// Days of notice.
    #[serde(default)]
    pub notice_days: u16,
    /// Can't be cancelled before.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub captive_until: Option<Day>,
}

/// From a day on, these terms; none is the end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepRecord {
    /// The first day.
    #[schema(value_type = NaiveDate)]
    pub from: Day,
    /// What holds from then on.
    pub terms: Option<TermsRecord>,
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionRecord {
    /// External id.
    pub id: String,
    /// Whose.
    pub account: AccountRef,
    /// What holds from when on, by day.
    pub steps: Vec<StepRecord>,
    /// Whether the steps are its whole life, so that a step which is stored
    /// and not among them was wrong; otherwise they add to what is stored.
    pub whole: bool,
}

/// Usage of a feature on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UsageRecord {
    /// External id; rows without one are told apart by account, feature, day
    /// and their order in the file.
    #[serde(default)]
    pub id: Option<String>,
    /// Whose.
    pub account: AccountRef,
    /// External id (key) of the feature; an unknown one is added.
    pub feature: String,
    /// When.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// Uses.
    pub count: i64,
    /// Seconds.
    #[serde(default)]
    pub seconds: i64,
    /// Errors.
    #[serde(default)]
    pub errors: i64,
    /// Distinct people.
    #[serde(default)]
    pub people: Option<u32>,
}

/// Something that happened to a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TicketEventRecord {
    /// What.
    #[serde(flatten)]
    pub kind: TicketEventKind,
    /// When.
    pub at: DateTime<Utc>,
}

/// A ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketRecord {
    /// External id.
    pub id: String,
    /// Whose.
    pub account: AccountRef,
    /// What happened to it; events that are not named stay as they are.
    pub events: Vec<TicketEventRecord>,
}

/// An answer to a survey.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyRecord {
    /// External id.
    pub id: String,
    /// Whose.
    pub account: AccountRef,
    /// External id of who answered.
    #[serde(default)]
    pub person: Option<String>,
    /// What was asked.
    pub kind: SurveyKind,
    /// The answer.
    pub score: u8,
    /// What was said with it.
    #[serde(default)]
    pub comment: String,
    /// When.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
}

/// Somebody is leaving.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChurnEventRecord {
    /// External id.
    pub id: String,
    /// Who.
    pub account: AccountRef,
    /// When.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// Why, as a code of the source.
    #[serde(default)]
    pub reason: String,
    /// Why, in words.
    #[serde(default)]
    pub comment: String,
    /// What was paid back.
    #[serde(default)]
    pub refund: Option<Money>,
}

/// A timeline entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteRecord {
    /// External id.
    pub id: String,
    /// Whose.
    pub account: AccountRef,
    /// What kind.
    pub kind: NoteKind,
    /// When.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// Whether the customer took part.
    #[serde(default)]
    pub two_way: bool,
    /// External id of the person it was with.
    #[serde(default)]
    pub person: Option<String>,
    /// Who wrote it.
    #[serde(default)]
    pub author: String,
    /// What was said.
    #[serde(default)]
    pub text: String,
    /// The owner's judgement, 0 to 100.
    #[serde(default)]
    pub pulse: Option<u8>,
}

/// One unit of `from` in the reporting currency since a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExchangeRateRecord {
    /// The other currency.
    pub from: Currency,
    /// The currency of the rate.
    pub to: Currency,
    /// Since when.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// Billionths of a unit of `to` for one unit of `from`.
    pub billionths: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_names_its_account_by_a_text_or_says_the_way_to_it() {
        for (text, expected) in [
            ("\"A1\"", Some(AccountRef::Account("A1".to_owned()))),
            ("{\"account\": \"A1\"}", Some(AccountRef::Account("A1".to_owned()))),
            ("{\"subscription\": \"S1\"}", Some(AccountRef::Subscription("S1".to_owned()))),
            ("{\"person\": \"P1\"}", Some(AccountRef::Person("P1".to_owned()))),
            ("{\"person\": \"P1\", \"account\": \"A1\"}", None),
            ("{\"user\": \"P1\"}", None),
            ("{}", None),
            ("7", None),
        ] {
            assert_eq!(serde_json::from_str::<AccountRef>(text).ok(), expected, "{text}");
        }
        for reference in [AccountRef::Account("A".to_owned()), AccountRef::Person("P".to_owned())] {
            let text = serde_json::to_string(&reference).expect("JSON");
            assert_eq!(serde_json::from_str::<AccountRef>(&text).ok(), Some(reference));
        }
    }

    #[test]
    fn a_misspelled_field_is_told_and_not_left_out() {
        let line = r#"{"row": 0, "type": "churn_event", "id": "C1", "account": "A1", "day": "2026-01-31"}"#;
        assert!(serde_json::from_str::<Incoming>(line).is_ok());
        let misspelled = line.replace("\"day\"", "\"raeson\": \"price\", \"day\"");
        let error = serde_json::from_str::<Incoming>(&misspelled).expect_err("refused").to_string();
        assert!(error.contains("unknown field `raeson`"), "{error}");
    }
}
