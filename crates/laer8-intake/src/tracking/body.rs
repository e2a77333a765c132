//! The body of a request: one event, or a batch of them.

use super::{
    BodyError, EventRefusal, MOST_BATCH_BYTES, MOST_EVENT_BYTES, MOST_EVENTS, RefusedEvent,
    event::{Event, EventType, Shared},
    whole::{Items, Whole},
};
use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Where a body was sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// One event, whose type the address says.
    One(EventType),
    /// Many events, each of which says its type: `batch` and `import`.
    Batch,
}

impl Endpoint {
    /// By the last part of the address. Besides whole words there are their
    /// first letters, which the SDK for browsers uses.
    #[must_use]
    pub fn from_path(last: &str) -> Option<Self> {
        let kind = match last {
            "batch" | "import" | "b" => return Some(Self::Batch),
            "t" => EventType::Track,
            "i" => EventType::Identify,
            "g" => EventType::Group,
            "p" => EventType::Page,
            "s" => EventType::Screen,
            "a" => EventType::Alias,
            word => EventType::from_key(word)?,
        };
        Some(Self::One(kind))
    }

    /// As one byte, for whoever keeps bodies. It never changes.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Batch => 0,
            Self::One(EventType::Track) => 1,
            Self::One(EventType::Identify) => 2,
            Self::One(EventType::Group) => 3,
            Self::One(EventType::Page) => 4,
            Self::One(EventType::Screen) => 5,
            Self::One(EventType::Alias) => 6,
        }
    }

    /// The endpoint of that byte.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        let one = EventType::ALL.into_iter().map(Self::One);
        std::iter::once(Self::Batch).chain(one).find(|endpoint| endpoint.code() == code)
    }

    /// How large its bodies may be.
    #[must_use]
    pub fn limit(self) -> Limit {
        match self {
            Self::One(_) => Limit::Event,
            Self::Batch => Limit::Batch,
        }
    }
}

/// How large something may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// [`MOST_EVENT_BYTES`].
    Event,
    /// [`MOST_BATCH_BYTES`].
    Batch,
}

impl Limit {
    /// In bytes.
    #[must_use]
    pub const fn bytes(self) -> usize {
        match self {
            Self::Event => MOST_EVENT_BYTES,
            Self::Batch => MOST_BATCH_BYTES,
        }
    }
}

/// What came of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body<'a> {
    /// The key of the body, or of the first event that has one.
    pub write_key: Option<Cow<'a, str>>,
    /// What came of each event, in their order.
    pub events: Vec<Result<Event<'a>, RefusedEvent<'a>>>,
}

/// Reads a body that came to `endpoint` at `received_at`. `new_id` makes ids
/// for events that have none.
///
/// # Errors
/// [`BodyError`] when nothing of it can be taken.
pub fn read(
    bytes: &[u8],
    endpoint: Endpoint,
    received_at: DateTime<Utc>,
    mut new_id: impl FnMut() -> String,
) -> Result<Body<'_>, BodyError> {
    let limit = endpoint.limit();
    if bytes.len() > limit.bytes() {
        return Err(BodyError::TooLarge { found: bytes.len(), limit });
    }
    let text = str::from_utf8(bytes).map_err(|error| BodyError::NotUtf8 { at: error.valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match endpoint {
        Endpoint::One(kind) => one(text, kind, received_at, &mut new_id),
        Endpoint::Batch => batch(text, received_at, &mut new_id),
    }
}

fn one<'a>(
    text: &'a str,
    kind: EventType,
    received_at: DateTime<Utc>,
    new_id: &mut impl FnMut() -> String,
) -> Result<Body<'a>, BodyError> {
    let raw: &RawValue = serde_json::from_str(text).map_err(bad_json)?;
    let event = Event::read(raw.get(), Some(kind), &Shared::default(), received_at, new_id);
    let event = event.map_err(|reason| RefusedEvent { position: 0, reason, raw: raw.get() });
    if let Err(RefusedEvent { reason: EventRefusal::NotAnObject, .. }) = event {
        return Err(BodyError::BadJson { detail: "it is not an object".to_owned() });
    }
    let write_key = event.as_ref().ok().and_then(|event| event.write_key.clone());
    Ok(Body { write_key, events: vec![event] })
}

fn batch<'a>(
    text: &'a str,
    received_at: DateTime<Utc>,
    new_id: &mut impl FnMut() -> String,
) -> Result<Body<'a>, BodyError> {
    let Whole { shared, items, write_key } = Whole::read(text).map_err(bad_json)?;
    let Items { items, count } = items.ok_or(BodyError::NoBatch)?;
    if count > MOST_EVENTS {
        return Err(BodyError::TooManyEvents { found: count });
    }
    let mut events = Vec::with_capacity(items.len());
    for (position, raw) in items.into_iter().enumerate() {
        let event = Event::read(raw.get(), None, &shared, received_at, new_id);
        events.push(event.map_err(|reason| RefusedEvent { position, reason, raw: raw.get() }));
    }
    let of_events = || events.iter().flatten().find_map(|event| event.write_key.clone());
    Ok(Body { write_key: write_key.or_else(of_events), events })
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
fn bad_json(error: serde_json::Error) -> BodyError {
    BodyError::BadJson { detail: error.to_string() }
}
