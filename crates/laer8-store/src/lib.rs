//! Keeps facts and records, on SQLite and PostgreSQL; the only crate that
//! knows SQL.
//!
//! Everything happens in a [`Tx`]: [`Store::read`] sees one unchanging state,
//! [`Store::write`] changes things, all or nothing. The methods of `Tx` are in
//! the file of their area. No driver or ORM type leaves the crate.

mod connect;
mod entities;
mod error;
mod migrations;
mod rows;

mod accounts;
mod api_keys;
mod audit;
mod bulk;
mod catalog;
mod changes;
mod churn_events;
mod documents;
mod evaluations;
mod exchange;
mod external_ids;
mod feeds;
mod health_days;
mod histories;
mod idempotency;
mod identity_keys;
mod imports;
mod inbox;
mod intake_counts;
mod invitations;
mod joins;
mod known_as;
mod left_out;
mod live_sources;
mod members;
mod message_ids;
mod notes;
mod parts;
mod positions;
mod precedence;
mod presences;
mod quarantine;
mod recent_events;
mod refused_events;
mod saved_views;
mod sessions;
mod settings;
mod singer_states;
mod spans;
mod strung;
mod subscriptions;
mod surveys;
mod tickets;
mod usage;
mod users;
mod waiting;

pub use accounts::NewField;
pub use api_keys::StoredKey;
pub use audit::AuditEntry;
pub use churn_events::StoredChurnEvent;
pub use connect::{Store, Tx};
pub use documents::Document;
pub use error::StoreError;
pub use evaluations::StoredEvaluation;
pub use exchange::StoredRate;
pub use external_ids::Kind;
pub use health_days::StoredHealthDay;
pub use histories::{IdRange, Scope};
pub use idempotency::KeptAnswer;
pub use identity_keys::StoredKeys;
pub use imports::{Finding, ImportFile, ImportRun};
pub use inbox::{Post, Received};
pub use intake_counts::{IntakeCounts, IntakeTotals};
pub use joins::{JoinsAsked, StoredJoin};
pub use left_out::InboxPlace;
pub use live_sources::LiveSource;
pub use message_ids::MessageDigest;
pub use notes::StoredNote;
pub use presences::PresenceKey;
pub use quarantine::{QuarantineFilter, QuarantineGroup, Quarantined};
pub use recent_events::{RECENT_EVENTS, RecentEvent};
pub use refused_events::{REFUSED_EVENTS, RefusedEventRow};
pub use saved_views::SavedView;
pub use sessions::StoredSession;
pub use singer_states::SingerState;
pub use spans::{Family, Span};
pub use subscriptions::StoredVersion;
pub use surveys::StoredSurvey;
pub use tickets::StoredTicketEvent;
pub use usage::{KeyedUsage, UsageFact};
pub use users::NewUser;
pub use waiting::{Awaited, WaitingEvent, Whose};
