//! One event.

use super::{
    EventRefusal, LONGEST_NAME, MOST_EVENT_BYTES,
    object::{Merged, Object},
    time::Times,
};
use crate::json;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::value::RawValue;
use std::borrow::Cow;

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

/// The entries of an event that mean something, as they were sent.
#[derive(Default)]
struct Parts<'a> {
    kind: Option<&'a RawValue>,
    event: Option<&'a RawValue>,
    name: Option<&'a RawValue>,
    category: Option<&'a RawValue>,
    message_id: Option<&'a RawValue>,
    user_id: Option<&'a RawValue>,
    anonymous_id: Option<&'a RawValue>,
    group_id: Option<&'a RawValue>,
    previous_id: Option<&'a RawValue>,
    properties: Option<&'a RawValue>,
    traits: Option<&'a RawValue>,
    context: Option<&'a RawValue>,
    integrations: Option<&'a RawValue>,
    timestamp: Option<&'a RawValue>,
    original_timestamp: Option<&'a RawValue>,
    sent_at: Option<&'a RawValue>,
    write_key: Option<&'a RawValue>,
}

impl<'a> Parts<'a> {
    fn read(raw: &'a str) -> Result<Self, EventRefusal> {
        let mut parts = Self::default();
        json::each_entry(raw, |key, value| {
            let place = match key.as_ref() {
                "type" => &mut parts.kind,
                "event" => &mut parts.event,
                "name" => &mut parts.name,
                "category" => &mut parts.category,
                "messageId" => &mut parts.message_id,
                "userId" => &mut parts.user_id,
                "anonymousId" => &mut parts.anonymous_id,
                "groupId" => &mut parts.group_id,
                "previousId" => &mut parts.previous_id,
                "properties" => &mut parts.properties,
                "traits" => &mut parts.traits,
                "context" => &mut parts.context,
                "integrations" => &mut parts.integrations,
                "timestamp" => &mut parts.timestamp,
                "originalTimestamp" => &mut parts.original_timestamp,
                "sentAt" => &mut parts.sent_at,
                "writeKey" => &mut parts.write_key,
                _ => return,
            };
            *place = Some(value);
        })
        .map_err(|_| EventRefusal::NotAnObject)?;
        Ok(parts)
    }

    fn kind(&self) -> Result<EventType, EventRefusal> {
        let kind = self.kind.filter(|raw| !json::is_null(raw)).ok_or(EventRefusal::NoType)?;
        json::text(kind).and_then(|kind| EventType::from_key(&kind)).ok_or(EventRefusal::UnknownType)
    }

    fn said(&self, kind: EventType) -> Result<EventKind<'a>, EventRefusal> {
        Ok(match kind {
            EventType::Track => EventKind::Track {
                event: name("event", self.event)?.ok_or(EventRefusal::NoEventName)?,
                properties: object("properties", self.properties)?,
            },
            EventType::Identify => EventKind::Identify { traits: object("traits", self.traits)? },
            EventType::Group => EventKind::Group {
                group_id: name("groupId", self.group_id)?.ok_or(EventRefusal::NoGroupId)?,
                traits: object("traits", self.traits)?,
            },
            EventType::Page | EventType::Screen => {
                let (name, category) = (name("name", self.name)?, name("category", self.category)?);
                let properties = object("properties", self.properties)?;
                if kind == EventType::Page {
                    EventKind::Page { name, category, properties }
                } else {
                    EventKind::Screen { name, category, properties }
                }
            }
            EventType::Alias => EventKind::Alias {
                previous_id: name("previousId", self.previous_id)?.ok_or(EventRefusal::NoPreviousId)?,
            },
        })
    }
}

/// An id or a name; none where there is nothing but blanks.
fn name<'a>(field: &'static str, raw: Option<&'a RawValue>) -> Result<Option<Cow<'a, str>>, EventRefusal> {
    let text = raw.and_then(json::text_or_number);
    if text.as_ref().is_some_and(|text| text.len() > LONGEST_NAME) {
        return Err(EventRefusal::TooLong { field });
    }
    Ok(text)
}

fn object<'a>(field: &'static str, raw: Option<&'a RawValue>) -> Result<Object<'a>, EventRefusal> {
    let Some(raw) = raw else { return Ok(Object::default()) };
    Object::new(raw).ok_or(EventRefusal::WrongType { field })
}

impl<'a> Event<'a> {
    /// Reads the event in `raw`, which is what `kind` says, or else what it says
    /// itself.
    pub(super) fn read(
        raw: &'a str,
        kind: Option<EventType>,
        shared: &Shared<'a>,
        received_at: DateTime<Utc>,
        new_id: &mut impl FnMut() -> String,
    ) -> Result<Self, EventRefusal> {
        if raw.len() > MOST_EVENT_BYTES {
            return Err(EventRefusal::TooLarge { found: raw.len() });
        }
        if json::is_too_deep(raw) {
            return Err(EventRefusal::TooDeep);
        }
        let parts = Parts::read(raw)?;
        let kind = kind.map_or_else(|| parts.kind(), Ok)?;
        let user_id = name("userId", parts.user_id)?;
        let anonymous_id = name("anonymousId", parts.anonymous_id)?;
        let names_nobody = user_id.is_none() && (anonymous_id.is_none() || kind == EventType::Alias);
        if names_nobody {
            return Err(EventRefusal::NoId);
        }
        let said = parts.said(kind)?;
        let message_id = name("messageId", parts.message_id)?;
        let times = Times {
            original: parts.original_timestamp.or(parts.timestamp),
            sent: parts.sent_at.or(shared.sent),
        };
        let over = |raw: Option<&'a RawValue>, shared: &Object<'a>| Merged {
            own: raw.and_then(Object::new).unwrap_or_default(),
            shared: shared.clone(),
        };
        Ok(Self {
            message_id: message_id.unwrap_or_else(|| Cow::Owned(new_id())),
            kind: said,
            user_id,
            anonymous_id,
            occurred_at: times.occurred_at(received_at),
            received_at,
            context: over(parts.context, &shared.context),
            integrations: over(parts.integrations, &shared.integrations),
            write_key: parts.write_key.and_then(json::text_or_number),
        })
    }

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

/// As an event of a batch that says the same when it is read again at
/// `received_at`: with its id, one context, and the time when it happened.
impl Serialize for Event<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.event_type().key())?;
        map.serialize_entry("messageId", &self.message_id)?;
        let timestamp = self.occurred_at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        map.serialize_entry("timestamp", &timestamp)?;
        let optional =
            [("userId", &self.user_id), ("anonymousId", &self.anonymous_id), ("writeKey", &self.write_key)];
        for (key, value) in optional.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
            map.serialize_entry(key, value)?;
        }
        match &self.kind {
            EventKind::Track { event, properties } => {
                map.serialize_entry("event", event)?;
                map.serialize_entry("properties", properties)?;
            }
            EventKind::Identify { traits } => map.serialize_entry("traits", traits)?,
            EventKind::Group { group_id, traits } => {
                map.serialize_entry("groupId", group_id)?;
                map.serialize_entry("traits", traits)?;
            }
            EventKind::Page { name, category, properties }
            | EventKind::Screen { name, category, properties } => {
                map.serialize_entry("name", name)?;
                map.serialize_entry("category", category)?;
                map.serialize_entry("properties", properties)?;
            }
            EventKind::Alias { previous_id } => map.serialize_entry("previousId", previous_id)?,
        }
        for (key, object) in [("context", &self.context), ("integrations", &self.integrations)] {
            if !object.is_empty() {
                map.serialize_entry(key, object)?;
            }
        }
        map.end()
    }
}
