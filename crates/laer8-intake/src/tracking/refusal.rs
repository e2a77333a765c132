//! What can't be taken: a whole body, or one event of it.

use super::{MOST_EVENTS, body::Limit};

/// Why a whole body can't be read. All of these are the sender's to mend: 400.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// More bytes than may be sent at once.
    #[error("the body has {found} bytes; send at most {} in one request to this address", .limit.bytes())]
    TooLarge {
        /// Its bytes.
        found: usize,
        /// What was allowed.
        limit: Limit,
    },
    /// More events than may be sent at once.
    #[error("the batch has {found} events; send at most {MOST_EVENTS} in one request")]
    TooManyEvents {
        /// How many.
        found: usize,
    },
    /// Bytes that are no text.
    #[error("the body is not valid UTF-8 at byte {at}; send JSON as UTF-8")]
    NotUtf8 {
        /// How many bytes before it are valid.
        at: usize,
    },
    /// Not JSON, or not an object.
    #[error("the body can't be read: {detail}; send one JSON object")]
    BadJson {
        /// What is wrong, with line and column.
        detail: String,
    },
    /// A batch without its list.
    #[error("the batch has no `batch`; send {{\"batch\": […]}} with a list of events")]
    NoBatch,
}

impl BodyError {
    /// The name in JSON and in metrics.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "body_too_large",
            Self::TooManyEvents { .. } => "too_many_events",
            Self::NotUtf8 { .. } => "not_utf8",
            Self::BadJson { .. } => "bad_json",
            Self::NoBatch => "no_batch",
        }
    }
}

/// One event that was refused; the others of its batch are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedEvent<'a> {
    /// Its place in the batch, from 0.
    pub position: usize,
    /// Why.
    pub reason: EventRefusal,
    /// The event as it was sent.
    pub raw: &'a str,
}

/// Why an event was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum EventRefusal {
    /// Not a JSON object.
    #[error("the event is not a JSON object")]
    NotAnObject,
    /// Larger than an event may be.
    #[error("the event has {found} bytes; send at most {}", Limit::Event.bytes())]
    TooLarge {
        /// Its bytes.
        found: usize,
    },
    /// Objects and lists inside each other without end.
    #[error("more than {} objects and lists lie inside each other in the event", crate::json::MOST_LEVELS)]
    TooDeep,
    /// An event of a batch that does not say what it is.
    #[error("the event has no `type`; write track, identify, group, page, screen or alias")]
    NoType,
    /// A type that is none.
    #[error("the event's `type` is unknown; write track, identify, group, page, screen or alias")]
    UnknownType,
    /// Nobody did it.
    #[error("the event names nobody; give it a `userId` or an `anonymousId`")]
    NoId,
    /// A track call without a name.
    #[error("the event has no name; give a track call an `event`")]
    NoEventName,
    /// A group call without a group.
    #[error("the group has no `groupId`")]
    NoGroupId,
    /// An alias without the id that it replaces.
    #[error("the alias has no `previousId`")]
    NoPreviousId,
    /// An id or name of a length that nobody can have meant.
    #[error("`{field}` is longer than {} bytes", super::LONGEST_NAME)]
    TooLong {
        /// Which.
        field: &'static str,
    },
    /// Properties or traits that are no object.
    #[error("`{field}` is not a JSON object")]
    WrongType {
        /// Which.
        field: &'static str,
    },
}

impl EventRefusal {
    /// The name in JSON, in the quarantine and in metrics.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotAnObject => "not_an_object",
            Self::TooLarge { .. } => "too_large",
            Self::TooDeep => "too_deep",
            Self::NoType => "no_type",
            Self::UnknownType => "unknown_type",
            Self::NoId => "no_id",
            Self::NoEventName => "no_event_name",
            Self::NoGroupId => "no_group_id",
            Self::NoPreviousId => "no_previous_id",
            Self::TooLong { .. } => "too_long",
            Self::WrongType { .. } => "wrong_type",
        }
    }
}
