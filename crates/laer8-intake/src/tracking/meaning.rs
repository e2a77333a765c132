//! What an event says of accounts, people and usage.

use super::{
    event::{Event, EventKind},
    measures::{Amount, Contribution, Measures},
    object::Object,
    traits,
};
use crate::json;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use laer8_domain::{
    days::{Day, day_of},
    records::{AccountRecord, AccountRef, Incoming, KnownWhen, PersonRecord, Record},
};
use std::borrow::Cow;

/// Everything that one event says.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// Accounts and people, accounts first.
    pub records: Vec<Incoming>,
    /// Who was there, and what they used.
    pub touch: Touch,
    /// That two ids are one person.
    pub alias: Option<Alias>,
}

/// Somebody was there. Which account they belong to, where the event does not
/// say, is what was said of them before.
#[derive(Debug, Clone, PartialEq)]
pub struct Touch {
    /// Which event; the same twice is one touch.
    pub message_id: String,
    /// Who.
    pub who: Who,
    /// External id of the account that the event names.
    pub account: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// The day of that in the workspace's zone.
    pub day: Day,
    /// What it counts for.
    pub usage: Vec<Used>,
}

/// That a touch counts for a feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Used {
    /// The key of the measure by which it does.
    pub measure: String,
    /// The external id of the feature.
    pub feature: String,
    /// How much.
    pub amount: Amount,
}

/// Somebody; one of the two ids is there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Who {
    /// The id that the product gives, an external id of a person.
    pub user_id: Option<String>,
    /// The id that a device gives.
    pub anonymous_id: Option<String>,
}

impl Who {
    /// The id to count people by: the product's, else the device's.
    #[must_use]
    pub fn id(&self) -> &str {
        self.user_id.as_deref().or(self.anonymous_id.as_deref()).unwrap_or_default()
    }
}

/// Who was called `previous` is `user`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The id until now.
    pub previous: String,
    /// The id from now on.
    pub user: String,
}

/// What `event` says, with days in `zone`.
///
/// - **group**: an [`AccountRecord`] whose external id is `groupId` and whose
///   fields are the traits, and a [`PersonRecord`] without fields that says that
///   the user (not a mere device) is at it.
/// - **identify**: a [`PersonRecord`] with the traits, whose external id is the
///   user's; that of the device where there is no user and there are traits. Its
///   account is the one that the event names, else the one where the person is
///   already ([`AccountRef::Person`] of themselves). The object `company` among
///   the traits is an [`AccountRecord`].
/// - **track, page, screen**: no record; what they count for stands in the
///   [`Touch`], by `measures`.
/// - **alias**: an [`Alias`].
///
/// The account that an event names is its `groupId` (group), else
/// `context.groupId`, else `properties.groupId` or, of identify,
/// `traits.company.id` or `traits.groupId`.
///
/// Fields hold since the day of the event, and are known when it happened.
#[must_use]
pub fn meaning(event: &Event<'_>, measures: &Measures, zone: Tz) -> Meaning {
    let day = day_of(event.occurred_at, zone);
    let account = account_of(event);
    let mut records = Vec::new();
    match &event.kind {
        EventKind::Group { group_id, traits } => {
            let id = group_id.clone().into_owned();
            records.push(Record::Account(AccountRecord { id, fields: traits::of_account(traits, day) }));
            if let Some(user) = &event.user_id {
                let account = AccountRef::Account(group_id.clone().into_owned());
                let id = user.clone().into_owned();
                records.push(Record::Person(PersonRecord { id, account, fields: Vec::new() }));
            }
        }
        EventKind::Identify { traits } => identified(event, traits, account.as_deref(), day, &mut records),
        EventKind::Track { .. }
        | EventKind::Page { .. }
        | EventKind::Screen { .. }
        | EventKind::Alias { .. } => {}
    }
    let records = records.into_iter().map(|record| Incoming { row: 0, known: KnownWhen::Happened, record });
    let own = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
    let usage = measures.contributions(event);
    Meaning {
        records: records.collect(),
        touch: Touch {
            message_id: event.message_id.clone().into_owned(),
            who: Who { user_id: own(&event.user_id), anonymous_id: own(&event.anonymous_id) },
            account: account.map(Cow::into_owned),
            at: event.occurred_at,
            day,
            usage: usage.into_iter().map(used).collect(),
        },
        alias: alias(event),
    }
}

fn used(found: Contribution<'_>) -> Used {
    let Contribution { measure, feature, amount } = found;
    Used { measure: measure.to_owned(), feature: feature.into_owned(), amount }
}

fn identified(
    event: &Event<'_>,
    traits: &Object<'_>,
    account: Option<&str>,
    day: Day,
    records: &mut Vec<Record>,
) {
    let company = traits.get("company").and_then(Object::new).unwrap_or_default();
    let company = traits::of_account(&company, day);
    if let Some(account) = account.filter(|_| !company.is_empty()) {
        records.push(Record::Account(AccountRecord { id: account.to_owned(), fields: company }));
    }
    let fields = traits::of_person(traits, day);
    let device = || event.anonymous_id.as_deref().filter(|_| !fields.is_empty());
    let Some(id) = event.user_id.as_deref().or_else(device).map(str::to_owned) else { return };
    let account = match account {
        Some(account) => AccountRef::Account(account.to_owned()),
        None => AccountRef::Person(id.clone()),
    };
    records.push(Record::Person(PersonRecord { id, account, fields }));
}

fn account_of<'s>(event: &'s Event<'_>) -> Option<Cow<'s, str>> {
    if let EventKind::Group { group_id, .. } = &event.kind {
        return Some(Cow::Borrowed(group_id));
    }
    let named = event.context.text("groupId").or_else(|| match &event.kind {
        EventKind::Track { properties, .. }
        | EventKind::Page { properties, .. }
        | EventKind::Screen { properties, .. } => properties.text("groupId"),
        EventKind::Identify { traits } => {
            let company = traits.path("company.id").and_then(json::text_or_number);
            company.or_else(|| traits.text("groupId"))
        }
        EventKind::Group { .. } | EventKind::Alias { .. } => None,
    });
    named.filter(|id| id.len() <= super::LONGEST_NAME)
}

fn alias(event: &Event<'_>) -> Option<Alias> {
    let EventKind::Alias { previous_id } = &event.kind else { return None };
    let user = event.user_id.as_deref()?.to_owned();
    let previous = previous_id.clone().into_owned();
    (user != previous).then_some(Alias { previous, user })
}
