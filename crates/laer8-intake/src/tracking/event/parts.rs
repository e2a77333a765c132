//! Reads one event.

use super::{Event, EventKind, EventType, Shared};
use crate::{
    json,
    tracking::{
        EventRefusal, LONGEST_NAME, MOST_EVENT_BYTES,
        object::{Merged, Object},
        time::Times,
    },
};
use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use std::borrow::Cow;

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
    pub(in crate::tracking) fn read(
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
}
