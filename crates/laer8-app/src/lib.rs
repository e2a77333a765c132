//! The use cases: one function each, one transaction each, permission checked
//! once.
//!
//! [`App`] joins the pure crates and the store. Every method that a face calls
//! takes the [`Actor`] first and checks once whether they may. The time comes
//! from the [`Clock`] that the app was made with; nothing else looks at one.

mod absorb;
mod absorb_records;
mod account;
mod accounts;
mod actor;
mod answers;
mod as_of;
mod attempts;
mod audit;
mod book;
mod bulk;
mod catalog;
mod clock;
mod configuration;
mod demo;
mod documents;
mod drops;
mod error;
mod evaluation;
mod export;
mod external_ids;
mod feature_rows;
mod health;
mod health_over_time;
mod health_overview;
mod identity;
mod import;
mod ingest;
mod intake;
mod journey;
mod journey_moves;
mod keys;
mod local_time;
mod lots;
mod measured;
mod notes;
mod packs;
mod passwords;
mod recalculate;
mod reckoned;
mod revenue;
mod revenue_accounts;
mod revenue_entries;
mod saved_views;
mod scorecards;
mod secrets;
mod sessions;
mod sources;
mod today;
mod uploads;
mod user_fault;
mod users;
mod what_if;
mod workspace;

pub use absorb::{Refused, Verdict};
pub use absorb_records::AbsorbReport;
pub use account::{
    AccountName, AccountView, Event, FeatureUse, FieldView, Happened, PersonView, SubscriptionView,
    TicketView, WEEKS,
};
pub use accounts::{
    AccountRow, AccountsQuery, AccountsView, Column, ColumnKind, Facet, FacetKind, FacetValue, Facets,
    Filter, Sort, Start,
};
pub use actor::Actor;
pub use as_of::{AsOf, Moment, STALE_DAYS};
pub use audit::{AuditNames, AuditRow};
pub use bulk::{
    BulkAnswer, BulkFormat, BulkOutcome, BulkProblem, BulkReport, BulkRequest, BulkResult, BulkRoom,
    KEY_MOST, KeyFault, schemas as bulk_schemas,
};
pub use catalog::CatalogView;
pub use clock::{Clock, FixedClock, SystemClock};
pub use configuration::{ConfigDocument, KINDS};
pub use demo::{DemoReport, DemoRequest};
pub use documents::{
    DocumentFault, DocumentTrouble, DocumentVersion, DocumentView, Draft, Edited, Meanwhile, Saved, Tried,
};
pub use drops::{Dropped, Drops};
pub use error::AppError;
pub use export::{ExportReport, RestoreReport};
pub use external_ids::ExternalId;
pub use feature_rows::FeatureRowsView;
pub use health::{CapView, ContributionView, DayOfScore, GroupView, ScoreQuery, ScoreView, ScorecardChoice};
pub use health_over_time::{HealthOfDay, HealthOverTime, HealthQuery, HealthSoFar};
pub use health_overview::{BandCount, HealthOverview, ScoreStep, SegmentHealth};
pub use identity::{
    CandidateView, IdentityPreview, JoinEnd, JoinSource, JoinView, JoinsQuery, JoinsView, LooksView, NewJoin,
    PreviewedJoin,
};
pub use import::{
    FileReport, Files, FindingReport, Folder, ImportFileView, ImportReport, ImportRequest, ImportRunView,
    ImportsView, MarkedRow, MendReport, PayingDoubts, Progress, QuarantineAsked, QuarantineFile,
    QuarantineGroupView, QuarantineView, QuarantinedRow, ReasonReport, Upload, Uploads,
};
pub use ingest::{MissingColumn, SINGER_PACKS, SingerReport, SingerRequest, singer_pack};
pub use intake::{
    AwaitedView, EventFate, IntakeError, KnownTo, LEAST_KEPT_DAYS, Listening, LiveChange, LiveSourceDraft,
    LiveSourceView, LiveSourcesView, MOST_KEPT_DAYS, MeasureFill, Meter, MinuteOfIntake, RecentEventView,
    RefusedEventView, Replayed, WRITE_KEY_BYTES, WorkedIn,
};
pub use journey::{Debt, JourneyQuery, JourneyView, QuadrantTotal};
pub use journey_moves::{JourneyMovesQuery, JourneyMovesView, MovedAccount};
pub use keys::{KEY_PREFIX, KeyRow};
pub use local_time::LocalTime;
pub use notes::{EditFault, NOTE_MOST, NewNote};
pub use recalculate::RecalculateReport;
pub use revenue::{Change, EntryRow, Figures, Paid, RevenueQuery, RevenueView};
pub use revenue_accounts::{End, Group, RevenueAccount, RevenueAccountsQuery, RevenueAccountsView};
pub use revenue_entries::{EntryPlace, EntryStart, Moved, RevenueEntriesQuery, RevenueEntriesView};
pub use saved_views::{SavedViewRow, ViewChange, ViewDraft};
pub use scorecards::{Deciles, MeasureSpread, ScorecardUse, ScorecardView, ScorecardsView};
pub use secrets::setup_code;
pub use sessions::{IDLE_DAYS, LONGEST_DAYS, SessionView, SignedIn};
pub use sources::{Says, SourceRow};
pub use today::{BandTotal, Glance, Stakes, TodayItem, TodayQuery, TodayView};
pub use uploads::{
    MappingChoice, NewUpload, TableChoice, UploadError, UploadFault, UploadRow, UploadState, UploadView,
    UploadedFile,
};
pub use user_fault::UserFault;
pub use users::INVITATION_DAYS;
pub use what_if::WhatIfView;
pub use workspace::{Workspace, WorkspaceView};

/// What somebody chooses from when files are mapped.
pub use laer8_intake::{
    draft::{Choice, DraftSection, Fixed, Question, SectionChoice, Use},
    mapping::{MappingError, RecordKind, targets::targets},
    suggest::{ColumnLook, Holds, TableLook},
};

/// Where events are sent to.
pub use laer8_intake::tracking::Endpoint;

/// What the store keeps as it is shown.
pub use laer8_store::{AuditEntry, NewUser, StoreError, StoredKey};

use laer8_domain::days::{Day, day_of};
use laer8_store::Store;
use std::sync::Arc;

/// Everything that Laer8 can do, on one workspace.
#[derive(Debug, Clone)]
pub struct App {
    store: Store,
    clock: Arc<dyn Clock>,
    shelf: reckoned::Shelf,
    passwords: passwords::Passwords,
    attempts: attempts::Attempts,
    gate: intake::Gate,
    intake: intake::Intake,
    bulk: bulk::Bulk,
    under_way: import::UnderWay,
    uploads: uploads::Shelf,
}

impl App {
    /// On a workspace, with a clock.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            clock,
            shelf: reckoned::Shelf::default(),
            passwords: passwords::Passwords::default(),
            attempts: attempts::Attempts::default(),
            gate: intake::Gate::default(),
            intake: intake::Intake::default(),
            bulk: bulk::Bulk::default(),
            under_way: import::UnderWay::default(),
            uploads: uploads::Shelf::default(),
        }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }

    /// Today where the workspace's days begin.
    fn today(&self, workspace: &Workspace) -> Day {
        day_of(self.clock.now(), workspace.zone)
    }
}
