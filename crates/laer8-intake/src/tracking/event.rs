//! One event.

use super::object::{Merged, Object};
use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use std::borrow::Cow;

mod parts;
mod write;

/// What kind of call an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventType {
    /// Somebody did something.
    Track,
    /// Who somebody is.
    Identify,
    /// To which account somebody belongs, and what that is.
    Group,
    /// A page was looked at.
    Page,
    /// A screen of an app was looked at.
    Screen,
    /// Two ids are one person.
    Alias,
}

impl EventType {
    /// All types.
    pub const ALL: [Self; 6] =
        [Self::Track, Self::Identify, Self::Group, Self::Page, Self::Screen, Self::Alias];

    /// The name in bodies and in addresses.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Identify => "identify",
            Self::Group => "group",
            Self::Page => "page",
            Self::Screen => "screen",
            Self::Alias => "alias",
        }
    }

    /// The type of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// What an event says.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind<'a> {
    /// Somebody did something.
    Track {
        /// What.
        event: Cow<'a, str>,
        /// More about it.
        properties: Object<'a>,
    },
    /// Who somebody is.
    Identify {
        /// What is known of them.
        traits: Object<'a>,
    },
    /// To which account somebody belongs.
    Group {
        /// Which.
        group_id: Cow<'a, str>,
        /// What is known of it.
        traits: Object<'a>,
    },
    /// A page was looked at.
    Page {
        /// Which.
        name: Option<Cow<'a, str>>,
        /// Of which kind.
        category: Option<Cow<'a, str>>,
        /// More about it.
        properties: Object<'a>,
    },
    /// A screen of an app was looked at.
    Screen {
        /// Which.
        name: Option<Cow<'a, str>>,
        /// Of which kind.
        category: Option<Cow<'a, str>>,
        /// More about it.
        properties: Object<'a>,
    },
    /// Who was called `previous_id` is the user of the event.
    Alias {
        /// The other id.
        previous_id: Cow<'a, str>,
    },
}

/// One event that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<'a> {
    /// Which; the same twice is the same event.
    pub message_id: Cow<'a, str>,
    /// What it says.
    pub kind: EventKind<'a>,
    /// Who did it, by the id that the product gives.
    pub user_id: Option<Cow<'a, str>>,
    /// Who did it, by an id that a device gives. There is one of the two.
    pub anonymous_id: Option<Cow<'a, str>>,
    /// When it happened, by the clock of the receiver; never after
    /// `received_at`.
    pub occurred_at: DateTime<Utc>,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Under which circumstances.
    pub context: Merged<'a>,
    /// For which other tools it is meant.
    pub integrations: Merged<'a>,
    /// The key in the event itself. Where it has one that is not that of the
    /// request, the event belongs to somebody else.
    pub write_key: Option<Cow<'a, str>>,
}

/// What a batch says for all of its events.
#[derive(Debug, Default)]
pub(super) struct Shared<'a> {
    pub(super) context: Object<'a>,
    pub(super) integrations: Object<'a>,
    pub(super) sent: Option<&'a RawValue>,
}

impl<'a> Event<'a> {
    /// What kind of call it is.
    #[must_use]
    pub fn event_type(&self) -> EventType {
        match &self.kind {
            EventKind::Track { .. } => EventType::Track,
            EventKind::Identify { .. } => EventType::Identify,
            EventKind::Group { .. } => EventType::Group,
            EventKind::Page { .. } => EventType::Page,
            EventKind::Screen { .. } => EventType::Screen,
            EventKind::Alias { .. } => EventType::Alias,
        }
    }

    /// The event with a life of its own, for a queue.
    #[must_use]
    pub fn into_owned(self) -> Event<'static> {
        let own = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        let kind = match self.kind {
            EventKind::Track { event, properties } => {
                EventKind::Track { event: own(event), properties: properties.into_owned() }
            }
            EventKind::Identify { traits } => EventKind::Identify { traits: traits.into_owned() },
            EventKind::Group { group_id, traits } => {
                EventKind::Group { group_id: own(group_id), traits: traits.into_owned() }
            }
            EventKind::Page { name, category, properties } => EventKind::Page {
                name: name.map(own),
                category: category.map(own),
                properties: properties.into_owned(),
            },
            EventKind::Screen { name, category, properties } => EventKind::Screen {
                name: name.map(own),
                category: category.map(own),
                properties: properties.into_owned(),
            },
            EventKind::Alias { previous_id } => EventKind::Alias { previous_id: own(previous_id) },
        };
        Event {
            message_id: own(self.message_id),
            kind,
            user_id: self.user_id.map(own),
            anonymous_id: self.anonymous_id.map(own),
            occurred_at: self.occurred_at,
            received_at: self.received_at,
            context: self.context.into_owned(),
            integrations: self.integrations.into_owned(),
            write_key: self.write_key.map(own),
        }
    }
}
