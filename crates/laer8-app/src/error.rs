//! What can go wrong in a use case: a closed set, each with a code that faces
//! and scripts can rely on.

use crate::{EditFault, KeyFault, UserFault};
use laer8_domain::{days::Day, exchange::NoRate, users::Role};
use laer8_store::StoreError;

/// An error of a use case. Messages are lower case and say what to do.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The actor's role does not allow it.
    #[error("{role} is not allowed to do this; ask {needed} to do it, or to change the role", role = .actual.key(), needed = .needed.key())]
    Forbidden {
        /// The role that it takes.
        needed: Role,
        /// The role that the actor has.
        actual: Role,
    },
    /// An address and a password that do not go together. It does not say
    /// which of them is wrong.
    #[error(
        "this e-mail address and password do not go together; try again, or ask an administrator for a new link"
    )]
    WrongPassword,
    /// A user, a password or a key is not as it must be.
    #[error(transparent)]
    User(#[from] UserFault),
    /// What somebody wrote about an account is not as it must be.
    #[error(transparent)]
    Edit(#[from] EditFault),
    /// The key of a request is not free for it.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// Somebody changed it meanwhile.
    #[error("somebody changed this meanwhile; look at it again, then change it")]
    Conflict,
    /// A link that works no more.
    #[error("this link works no more; ask an administrator for a new one")]
    Stale,
    /// Tried too often.
    #[error("too many attempts; try again in {seconds} seconds")]
    TooMany {
        /// How long to wait.
        seconds: u64,
    },
    /// There is no such thing.
    #[error("there is no {kind} \"{name}\"{hint}")]
    NotFound {
        /// What kind of thing.
        kind: &'static str,
        /// What it was called.
        name: String,
        /// What may have been meant, as ` (did you mean …?)`; may be empty.
        hint: String,
    },
    /// A name means several things.
    #[error("\"{name}\" could be any of {candidates}; write more of it, or the id")]
    Ambiguous {
        /// The name.
        name: String,
        /// What it may mean.
        candidates: String,
    },
    /// Something given is not as it must be.
    #[error("{0}")]
    Invalid(String),
    /// A document can't be understood.
    #[error("{document}: {reason}")]
    Document {
        /// Which document.
        document: String,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// A document is not as it was when somebody began to change it.
    #[error("{document} has changed in the meantime: {found}; read it again, and make the change there")]
    Outdated {
        /// Which document.
        document: String,
        /// How it stands, as `it is at version 3`.
        found: String,
    },
    /// A file can't be read.
    #[error("can't read {path}: {reason}")]
    File {
        /// Its path.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// There are no facts yet.
    #[error(
        "there is nothing here yet; run \"laer8 demo\" to look around, or \"laer8 import\" to bring your data"
    )]
    Empty,
    /// A day before anything was known.
    #[error("nothing was known on {day}; the first fact is of {first}")]
    TooEarly {
        /// The day asked for.
        day: Day,
        /// The day of the first fact.
        first: Day,
    },
    /// An amount can't be reported.
    #[error(transparent)]
    NoRate(#[from] NoRate),
    /// The store can't.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AppError {
    /// The code, which never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Forbidden { .. } => "forbidden",
            Self::WrongPassword => "wrong_password",
            Self::User(_) => "invalid_user",
            Self::Edit(_) => "invalid_edit",
            Self::Key(KeyFault::Reused) => "key_reused",
            Self::Key(KeyFault::UnderWay) => "under_way",
            Self::Conflict => "conflict",
            Self::Stale => "stale_link",
            Self::TooMany { .. } => "too_many",
            Self::NotFound { .. } => "not_found",
            Self::Ambiguous { .. } => "ambiguous",
            Self::Invalid(_) => "invalid",
            Self::Document { .. } => "invalid_document",
            Self::Outdated { .. } => "outdated",
            Self::File { .. } => "unreadable_file",
            Self::Empty => "empty",
            Self::TooEarly { .. } => "too_early",
            Self::NoRate(_) => "no_exchange_rate",
            Self::Store(StoreError::Busy) => "busy",
            Self::Store(StoreError::Full) => "disk_full",
            Self::Store(StoreError::Exists { .. }) => "exists",
            Self::Store(_) => "store",
        }
    }
}
