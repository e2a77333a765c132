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
mod identity_keys;
mod imports;
mod invitations;
mod joins;
mod members;
mod notes;
mod parts;
mod precedence;
mod quarantine;
mod saved_views;
mod sessions;
mod settings;
mod spans;
mod strung;
mod subscriptions;
mod surveys;
mod tickets;
mod usage;
mod users;

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
pub use identity_keys::StoredKeys;
pub use imports::{Finding, ImportFile, ImportRun};
pub use joins::{JoinsAsked, StoredJoin};
pub use notes::StoredNote;
pub use quarantine::{QuarantineFilter, QuarantineGroup, Quarantined};
pub use saved_views::SavedView;
pub use sessions::StoredSession;
pub use spans::{Family, Span};
pub use subscriptions::StoredVersion;
pub use surveys::StoredSurvey;
pub use tickets::StoredTicketEvent;
pub use usage::{KeyedUsage, UsageFact};
pub use users::NewUser;
