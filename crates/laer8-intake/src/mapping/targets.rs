//! The fields that each kind of record has: what a mapping may fill.

use super::model::RecordKind;
use laer8_domain::{
    notes::NoteKind, people::Role, subscriptions::BillingPeriod, surveys::SurveyKind, tickets::Priority,
};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetKind {
    /// Any text.
    Text,
    /// A calendar day.
    Day,
    /// A day and time; a day alone is its midnight.
    Moment,
    /// A moment, or with `kind = "bool"` whether it happened.
    MomentOrFlag,
    /// A moment, or with `unit` how long after the ticket was opened.
    MomentOrLength,
    /// A length of time, in seconds unless `unit` says otherwise.
    Length,
    /// Whether the thing that has no date happened.
    Bool,
    /// Any number.
    Number,
    /// A whole number between these.
    Whole(i64, i64),
    /// An amount of money.
    Amount,
    /// A rate of exchange.
    Rate,
    /// Three letters.
    Currency,
    /// Months, or `none` when it can be ended at any moment.
    Term,
    /// `all`, or ids separated by `,`, `;` or `|`.
    Features,
    /// One of a closed set.
    Word(WordKind),
}

/// A closed set of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// [`BillingPeriod`].
    BillingPeriod,
    /// `unit` or `total`.
    PriceBasis,
    /// [`Priority`].
    Priority,
    /// [`SurveyKind`].
    SurveyKind,
    /// [`NoteKind`].
    NoteKind,
    /// [`Role`] of a person.
    Role,
}

impl WordKind {
    /// The words, for messages.
    #[must_use]
    pub fn allowed(self) -> String {
        let words: Vec<&str> = match self {
            Self::BillingPeriod => vec!["day", "week", "month", "quarter", "year"],
            Self::PriceBasis => vec!["unit", "total"],
            Self::Priority => Priority::ALL.map(Priority::key).to_vec(),
            Self::SurveyKind => SurveyKind::ALL.map(SurveyKind::key).to_vec(),
            Self::NoteKind => NoteKind::ALL.map(NoteKind::key).to_vec(),
            Self::Role => Role::ALL.map(Role::key).to_vec(),
        };
        words.join(", ")
    }

    /// Whether `word` is one of them.
    #[must_use]
    pub fn accepts(self, word: &str) -> bool {
        match self {
            Self::BillingPeriod => BillingPeriod::from_key(word).is_some(),
            Self::PriceBasis => matches!(word, "unit" | "total"),
            Self::Priority => Priority::from_key(word).is_some(),
            Self::SurveyKind => SurveyKind::from_key(word).is_some(),
            Self::NoteKind => NoteKind::from_key(word).is_some_and(|kind| kind != NoteKind::Withdrawn),
            Self::Role => Role::from_key(word).is_some(),
        }
    }
}

/// One field of a kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Its name in `[file.fields]`.
    pub name: &'static str,
    /// What it holds.
    pub kind: TargetKind,
    /// What to write when it must be filled and is not; empty when it need not
    /// be.
    pub hint: &'static str,
    /// What it means.
    pub about: &'static str,
}

const fn must(name: &'static str, kind: TargetKind, hint: &'static str, about: &'static str) -> Target {
    Target { name, kind, hint, about }
}

const fn may(name: &'static str, kind: TargetKind, about: &'static str) -> Target {
    Target { name, kind, hint: "", about }
}

use TargetKind::{
    Amount, Bool, Currency, Day, Features, Length, Moment, MomentOrFlag, MomentOrLength, Number, Rate, Term,
    Text, Whole, Word,
};

const MANY: i64 = u32::MAX as i64;
const ID: Target = must("id", Text, "`id = \"the column with the id\"`", "the id in its source");
const ACCOUNT: Target = may("account", Text, "id of the account");
const SUBSCRIPTION: Target = may("subscription", Text, "id of a subscription that leads to the account");
const PERSON: Target = may("person", Text, "id of the person; leads to the account where no other does");
const DAY: Target = must("day", Day, "`day = \"the column with the date\"`", "the day it happened");
const SINCE: Target = may("since", Day, "since when the fields hold, unless one says otherwise");
const CURRENCY: Target = may("currency", Currency, "the currency, where it is not that of the mapping");

const ACCOUNT_FIELDS: &[Target] = &[
    ID,
    SINCE,
    may("name", Text, "what the account is called"),
    may("industry", Text, "the line of business"),
    may("country", Text, "ISO 3166 code"),
    may("domain", Text, "e-mail domain"),
    may("owner", Text, "e-mail of the user who looks after the account"),
    may("parent", Text, "id of the account that this one belongs to"),
    may("signed_up", Day, "the day the account signed up"),
    may("seats", Number, "seats that the account says it has"),
    may("payment_overdue", Bool, "whether the last payment failed or an invoice is overdue"),
];

const PERSON_FIELDS: &[Target] = &[
    ID,
    ACCOUNT,
    SUBSCRIPTION,
    SINCE,
    may("name", Text, "what the person is called"),
    may("email", Text, "e-mail address"),
    may("title", Text, "job title"),
    may("role", Word(WordKind::Role), "the part played in the decision to stay"),
    may("influence", Whole(0, 100), "how much the person's word counts, 0 to 100"),
    may("reports_to", Text, "id of the person reported to"),
    may("left", Bool, "whether the person has left the account"),
];

const PRODUCT_FIELDS: &[Target] = &[ID, may("name", Text, "what it is called; its id where nobody says")];

const PLAN_FIELDS: &[Target] = &[
    ID,
    may("name", Text, "what it is called; its id where nobody says"),
    may("product", Text, "id of the product"),
    may("entitles", Features, "`all`, or the ids of the features that it entitles to"),
    may("upgrade", Text, "id of the next larger plan"),
    may("included_uses", Whole(0, i64::MAX), "uses in a month that it includes"),
];

const FEATURE_FIELDS: &[Target] = &[
    ID,
    may("name", Text, "what it is called; its id where nobody says"),
    may("product", Text, "id of the product"),
    may("core", Bool, "whether it is what customers buy the product for"),
    may("depth_target", Number, "uses per seat in 28 days that count as depth"),
];

const SUBSCRIPTION_FIELDS: &[Target] = &[
    ID,
    ACCOUNT,
    PERSON,
    may("start", Day, "the first day; the row is then the whole life of the subscription"),
    may("effective_from", Day, "since when this row holds; the row is then one of several versions"),
    may("end", Day, "the first day after; the last day inside with `inclusive = true`"),
    may("ended", Bool, "with `effective_from`: whether the subscription ends on that day"),
    must("plan", Text, "`plan = \"the column\"` or `plan = { constant = \"…\" }`", "id of the plan"),
    may("quantity", Whole(0, MANY), "seats, members, units; 1 where nobody says"),
    must("price", Amount, "`price = \"the column\"` or `price = { constant = 0 }`", "what it costs"),
    must(
        "price_basis",
        Word(WordKind::PriceBasis),
        "`price_basis = { constant = \"total\" }`, or `\"unit\"` when the price is for one seat",
        "`unit` or `total`",
    ),
    must(
        "price_per",
        Word(WordKind::BillingPeriod),
        "`price_per = { constant = \"month\" }`, or day, week, quarter, year",
        "how often the price is charged",
    ),
    CURRENCY,
    may("trial", Bool, "whether it is a trial"),
    may("term_start", Day, "the first day of the first term; the start where nobody says"),
    may("term_months", Term, "length of a term in months; `none` when it can be ended at any moment"),
    may("auto_renew", Bool, "whether it renews by itself"),
    may("notice_days", Whole(0, 3_650), "days of notice"),
    may("captive_until", Day, "can't be ended before this day"),
];

const USAGE_FIELDS: &[Target] = &[
    may("id", Text, "id of the row, so that the same row twice counts once"),
    ACCOUNT,
    SUBSCRIPTION,
    PERSON,
    must(
        "feature",
        Text,
        "`feature = \"the column\"` or `feature = { constant = \"product\" }`",
        "what was used",
    ),
    DAY,
    may("count", Whole(-MANY, MANY), "uses; 1 where nobody says"),
    may("seconds", Length, "how long; in seconds unless `unit` says otherwise"),
    may("errors", Whole(-MANY, MANY), "errors met"),
    may("people", Whole(0, MANY), "distinct people"),
];

const TICKET_FIELDS: &[Target] = &[
    ID,
    ACCOUNT,
    SUBSCRIPTION,
    PERSON,
    must("opened", Moment, "`opened = \"the column\"`", "when it came in"),
    may("subject", Text, "what it is about"),
    may("priority", Word(WordKind::Priority), "low, medium, high or urgent"),
    may("responded", MomentOrLength, "first response: when, or with `unit` how long after it came in"),
    may("solved", MomentOrLength, "when, or with `unit` how long after it came in"),
    may("reopened", Moment, "when"),
    may(
        "escalated",
        MomentOrFlag,
        "when, or with `kind = \"bool\"` whether; then it counts from when the ticket was solved, or opened while it is not",
    ),
    may("sla_breached", MomentOrFlag, "when, or with `kind = \"bool\"` whether; dated as `escalated` is"),
    may("rating", Whole(1, 5), "the customer's rating, 1 to 5; dated as `escalated` is"),
];

const SURVEY_FIELDS: &[Target] = &[
    ID,
    ACCOUNT,
    SUBSCRIPTION,
    PERSON,
    must(
        "kind",
        Word(WordKind::SurveyKind),
        "`kind = { constant = \"nps\" }`, or csat, ces",
        "nps, csat or ces",
    ),
    must("score", Whole(0, 10), "`score = \"the column\"`", "the answer, on the scale of the kind"),
    DAY,
    may("comment", Text, "what was said with it"),
];

const CHURN_EVENT_FIELDS: &[Target] = &[
    ID,
    ACCOUNT,
    SUBSCRIPTION,
    PERSON,
    DAY,
    may("reason", Text, "why, as a code of the source"),
    may("comment", Text, "why, in words"),
    may("refund", Amount, "what was paid back"),
    CURRENCY,
];

const NOTE_FIELDS: &[Target] = &[
    ID,
    ACCOUNT,
    SUBSCRIPTION,
    PERSON,
    must(
        "kind",
        Word(WordKind::NoteKind),
        "`kind = { constant = \"note\" }`, or call, meeting, email, pulse",
        "what kind of entry it is",
    ),
    DAY,
    may("two_way", Bool, "whether the customer took part"),
    may("author", Text, "who wrote it"),
    may("text", Text, "what was said"),
    may("pulse", Whole(0, 100), "the owner's judgement, 0 to 100"),
];

const EXCHANGE_RATE_FIELDS: &[Target] = &[
    must("from", Currency, "`from = \"the column\"`", "the other currency"),
    may("to", Currency, "the currency of the rate; that of the mapping where nobody says"),
    must("day", Day, "`day = \"the column with the date\"`", "since when"),
    must("rate", Rate, "`rate = \"the column\"`", "units of `to` for one unit of `from`"),
];

/// The fields of a kind of record.
#[must_use]
pub fn targets(kind: RecordKind) -> &'static [Target] {
    match kind {
        RecordKind::Account => ACCOUNT_FIELDS,
        RecordKind::Person => PERSON_FIELDS,
        RecordKind::Product => PRODUCT_FIELDS,
        RecordKind::Plan => PLAN_FIELDS,
        RecordKind::Feature => FEATURE_FIELDS,
        RecordKind::Subscription => SUBSCRIPTION_FIELDS,
        RecordKind::Usage => USAGE_FIELDS,
        RecordKind::Ticket => TICKET_FIELDS,
        RecordKind::Survey => SURVEY_FIELDS,
        RecordKind::ChurnEvent => CHURN_EVENT_FIELDS,
        RecordKind::Note => NOTE_FIELDS,
        RecordKind::ExchangeRate => EXCHANGE_RATE_FIELDS,
    }
}
