//! Reads what Segment's SDKs send: `POST /v1/{track,identify,group,page,
//! screen,alias,batch,import}`.
//!
//! ```
//! use laer8_intake::tracking::{self, Endpoint, EventKind, EventType};
//!
//! let body = br#"{"userId": 17, "event": "Report Exported", "properties": {"pages": 3}}"#;
//! let received_at = "2026-11-22T12:00:00Z".parse().expect("an instant");
//! let read = tracking::read(body, Endpoint::One(EventType::Track), received_at, || "made-up".to_owned())
//!     .expect("a body that can be read");
//! let event = read.events[0].as_ref().expect("an event");
//! assert_eq!(event.user_id.as_deref(), Some("17"));
//! assert!(matches!(&event.kind, EventKind::Track { event, .. } if event == "Report Exported"));
//! ```
//!
//! Nothing of a body is copied: an [`Event`] lies in the bytes that it was read
//! from until [`Event::into_owned`]. An event that can't be taken does not
//! refuse the others of its batch. [`Measures`] say which usage an event
//! counts for, and [`meaning()`] what it says of accounts and people.

mod body;
mod event;
mod meaning;
mod measures;
mod object;
mod refusal;
mod time;
mod traits;
mod whole;

pub use body::{Body, Endpoint, Limit, read};
pub use event::{Event, EventKind, EventType};
pub use meaning::{Alias, Meaning, Touch, Used, Who, meaning};
pub use measures::{
    Amount, Contribution, Filter, Measure, MeasureName, Measures, MeasuresError, On, Part, What, Window,
};
pub use object::{Merged, Object};
pub use refusal::{BodyError, EventRefusal, RefusedEvent};

/// The most bytes of one event, on its own or in a batch: 32 KB.
pub const MOST_EVENT_BYTES: usize = 32 * 1024;

/// The most bytes of a batch: 500 KB.
pub const MOST_BATCH_BYTES: usize = 500 * 1024;

/// The most events of a batch.
pub const MOST_EVENTS: usize = 2_500;

/// The most bytes of an id and of an event's name.
pub const LONGEST_NAME: usize = 512;
