//! Typed ids. An [`AccountId`] can't be passed where a [`PlanId`] is meant.
//!
//! The numbers are handed out by the store and mean nothing outside it; the
//! names that people and other systems use are external ids, see
//! [`crate::provenance`].

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A customer, or one that may become or was one.
    AccountId,
    /// Somebody at an account.
    PersonId,
    /// Something that is sold.
    ProductId,
    /// A way in which a product is sold; entitles to features.
    PlanId,
    /// Something that a product can do and whose use is measured.
    FeatureId,
    /// A recurring contract of one account for one plan.
    SubscriptionId,
    /// A request for support.
    TicketId,
    /// One answer to a survey.
    SurveyResponseId,
    /// The news that (part of) an account is leaving, with its reason.
    ChurnEventId,
    /// A note or an interaction on an account's timeline.
    NoteId,
    /// Somebody who uses Laer8.
    UserId,
    /// A key with which a program signs in.
    ApiKeyId,
    /// A way of looking at the accounts that somebody keeps.
    SavedViewId,
    /// That two accounts, or two people, are read as one.
    JoinId,
    /// Where facts come from: a system, or a set of files.
    SourceId,
    /// The import of one file.
    ImportId,
    /// One run of an import: a mapping applied to a set of files.
    ImportRunId,
}
