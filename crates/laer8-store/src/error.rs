//! What can go wrong in the store.

/// An error of the store. No driver type leaves the crate: the cause is kept
/// as text for the log.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database can't be reached or opened.
    #[error("can't open the database {url}: {cause}; check the address, and that the place is writable")]
    Open {
        /// Its address, without a password.
        url: String,
        /// What the driver said.
        cause: String,
    },
    /// The address is of no kind we know.
    #[error("can't use {url} as a database; write sqlite://path/to/file or postgres://user@host/name")]
    Address {
        /// The address, without a password.
        url: String,
    },
    /// The schema can't be brought up to date.
    #[error("can't bring the database up to date: {cause}")]
    Migrate {
        /// What the driver said.
        cause: String,
    },
    /// Another process holds the database for longer than we wait.
    #[error("the database is in use by another process; try again when it is done")]
    Busy,
    /// There is no room left.
    #[error("the disk of the database is full; nothing was changed")]
    Full,
    /// Something that must be unique exists already.
    #[error("{what} exists already")]
    Exists {
        /// What.
        what: String,
    },
    /// What is stored can't be read back: it was changed from outside, or
    /// written by a newer Laer8.
    #[error(
        "can't understand what is stored in {table}: {what}; was it changed by hand, or by a newer version?"
    )]
    Corrupt {
        /// In which table.
        table: &'static str,
        /// What is wrong.
        what: String,
    },
    /// Anything else that the database says.
    #[error("the database refused: {cause}")]
    Database {
        /// What the driver said.
        cause: String,
    },
}

impl From<sea_orm::DbErr> for StoreError {
    fn from(error: sea_orm::DbErr) -> Self {
        if let Some(sea_orm::SqlErr::UniqueConstraintViolation(what)) = error.sql_err() {
            return Self::Exists { what };
        }
        let cause = error.to_string();
        if cause.contains("database is locked") {
            return Self::Busy;
        }
        if cause.contains("database or disk is full") || cause.contains("No space left") {
            return Self::Full;
        }
        Self::Database { cause }
    }
}

impl StoreError {
    /// A value in `table` that nobody of ours wrote.
    pub(crate) fn corrupt(table: &'static str, what: impl std::fmt::Display) -> Self {
        Self::Corrupt { table, what: what.to_string() }
    }
}
