//! Opening the database, and the two kinds of transaction.

use crate::{
    StoreError,
    migrations::{Migrator, inbox},
};
use laer8_domain::feeds::Feeds;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::OnceCell;

/// How long a writer waits for another on SQLite.
const BUSY: Duration = Duration::from_secs(30);

/// How long we wait for a server, and for a free connection to it.
const REACH: Duration = Duration::from_secs(10);

/// Rows that SQLite's thread may be ahead of their reader. The driver's 50
/// make the two threads wait for each other thousands of times a second.
const ROWS_AHEAD: usize = 8_192;

/// How many connections there are, and how much of a SQLite file each of them
/// keeps in memory of what it has read or is about to write.
#[derive(Debug, Clone, Copy)]
struct Share {
    sqlite: u32,
    postgres: u32,
    kilobytes: u32,
}

/// Facts are written in the order of several keys at once, which meet again in
/// the same pages.
const FACTS: Share = Share { sqlite: 4, postgres: 8, kilobytes: 16 * 1024 };

/// What lies in the inbox is written and read once, in order.
///
/// Its connections are its own on either database: whoever works in reads on
/// while holding one to the facts, for which all others may wait.
const INBOX: Share = Share { sqlite: 2, postgres: 2, kilobytes: 2 * 1024 };

/// The database of one workspace.
#[derive(Debug, Clone)]
pub struct Store {
    db: DatabaseConnection,
    /// Connects when it is used first: looking at facts takes none.
    inbox: DatabaseConnection,
    /// Whether the inbox's schema is up to date.
    inbox_ready: Arc<OnceCell<()>>,
}

/// A transaction: everything in it happens, or nothing does. It is rolled back
/// when it is dropped without [`Tx::commit`].
#[derive(Debug)]
pub struct Tx {
    pub(crate) db: DatabaseTransaction,
    /// What its facts say of the feeds, until it ends.
    pub(crate) feeds: Mutex<Feeds>,
}

impl Store {
    /// Opens the database at `url` and brings its schema up to date. A SQLite
    /// file that does not exist is created; its folder must exist.
    ///
    /// # Errors
    /// [`StoreError::Address`], [`StoreError::Open`], [`StoreError::Migrate`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let db = connect(url, FACTS, false).await?;
        Migrator::up(&db, None).await.map_err(|error| StoreError::Migrate { cause: error.to_string() })?;
        let inbox = match url.starts_with("sqlite:") {
            true => connect(&beside(url), INBOX, true).await?,
            false => connect(url, INBOX, true).await?,
        };
        Ok(Self { db, inbox, inbox_ready: Arc::default() })
    }

    /// The database of the inbox.
    pub(crate) async fn inbox(&self) -> Result<&DatabaseConnection, StoreError> {
        let migrate = async || {
            let migrated = inbox::migrate(&self.inbox).await;
            migrated.map_err(|error| StoreError::Migrate { cause: error.to_string() })
        };
        self.inbox_ready.get_or_try_init(migrate).await?;
        Ok(&self.inbox)
    }

    /// A transaction that changes things. On SQLite there is one at a time;
    /// others wait.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another writer takes too long.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        self.begin(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        })
        .await
    }

    /// A transaction that sees one unchanging state and changes nothing.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        let options = match self.db.get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                sqlite_transaction_mode: None,
            },
            _ => TransactionOptions::default(),
        };
        self.begin(options).await
    }

    async fn begin(&self, options: TransactionOptions) -> Result<Tx, StoreError> {
        Ok(Tx { db: self.db.begin_with_options(options).await?, feeds: Mutex::default() })
    }

    /// Lets go of the database.
    ///
    /// # Errors
    /// When the driver can't close it.
    pub async fn close(self) -> Result<(), StoreError> {
        self.inbox.close().await?;
        Ok(self.db.close().await?)
    }
}

impl Tx {
    /// Makes everything in it so.
    ///
    /// # Errors
    /// When the database can't; then nothing was changed.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.put_feeds().await?;
        Ok(self.db.commit().await?)
    }

    /// Makes nothing in it so. A transaction that is dropped comes to the same,
    /// but later: what it holds is held until then.
    ///
    /// # Errors
    /// When the database can't; nothing was changed all the same.
    pub async fn roll_back(self) -> Result<(), StoreError> {
        Ok(self.db.rollback().await?)
    }

    /// Lets go of what the database keeps in memory of what was read, after much
    /// was read that nobody will ask for again.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn let_go(&self) -> Result<(), StoreError> {
        if self.db.get_database_backend() == DbBackend::Sqlite {
            self.db.execute_unprepared("PRAGMA shrink_memory").await?;
        }
        Ok(())
    }
}

/// Opens a database: now, or `lazily`, when it is used first.
async fn connect(url: &str, share: Share, lazily: bool) -> Result<DatabaseConnection, StoreError> {
    let address = without_password(url);
    let mut options = ConnectOptions::new(url.to_owned());
    options.sqlx_logging(false).connect_lazy(lazily);
    if url.starts_with("sqlite:") {
        options.max_connections(share.sqlite).acquire_timeout(BUSY).map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .busy_timeout(BUSY)
                .row_buffer_size(ROWS_AHEAD)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("cache_size", format!("-{}", share.kilobytes))
                // What a large import left behind is given back to the disk.
                .pragma("journal_size_limit", "67108864")
                .pragma("temp_store", "MEMORY")
        });
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        options.max_connections(share.postgres).acquire_timeout(REACH);
    } else {
        return Err(StoreError::Address { url: address });
    }
    let opened = Database::connect(options).await;
    opened.map_err(|error| StoreError::Open { url: address, cause: error.to_string() })
}

/// The file beside a database, where the inbox lies: `laer8.db` has
/// `laer8-inbox.db`.
fn beside(url: &str) -> String {
    let (file, options) = url.split_once('?').map_or((url, None), |(file, options)| (file, Some(options)));
    let start = file.rfind('/').map_or(0, |slash| slash + 1);
    let stem = file[start..].rfind('.').map_or(file.len(), |dot| start + dot);
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("{}-inbox{}{options}", &file[..stem], &file[stem..])
}

/// The address as it may be shown.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let Some((credentials, place)) = rest.rsplit_once('@') else {
        return url.to_owned();
    };
    let user = credentials.split_once(':').map_or(credentials, |(user, _)| user);
    format!("{scheme}://{user}@{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inbox_lies_beside_its_database() {
        assert_eq!(beside("sqlite:///var/laer8.db"), "sqlite:///var/laer8-inbox.db");
        assert_eq!(beside("sqlite:///var.d/laer8?mode=rwc"), "sqlite:///var.d/laer8-inbox?mode=rwc");
        assert_eq!(beside("sqlite:laer8.v1.db"), "sqlite:laer8.v1-inbox.db");
    }

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://ann:s3cr@t@db/laer8"), "postgres://ann@db/laer8");
        assert_eq!(without_password("sqlite:///var/laer8.db"), "sqlite:///var/laer8.db");
    }
}
