//! Throw-away databases for tests: a SQLite file each, or a PostgreSQL database
//! each in a cluster that lives as long as the test program.
//!
//! The cluster is made from the installed server binaries. Where the tests run
//! as root, which PostgreSQL refuses, an unprivileged user runs it. It is ended
//! by a watcher that waits for the test program's end of a pipe to close, so
//! that it goes however the program ends. `LAER8_TEST_POSTGRES_URL` names a
//! server to use instead.

mod cluster;

pub use cluster::{ClusterError, postgres_url};

use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;

/// An empty database for one test; gone when it is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    /// Its address.
    pub url: String,
    /// The folder of a SQLite file.
    _folder: Option<TempDir>,
}

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in a folder of its own.
    Sqlite,
    /// A database of its own in the cluster.
    Postgres,
}

impl TestDatabase {
    /// An empty database on `engine`.
    ///
    /// # Panics
    /// When there is no room for a file, or no PostgreSQL server can be found
    /// or started: a test can't do without.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = TempDir::new().expect("a temporary folder");
                let url = format!("sqlite://{}", folder.path().join("test.db").display());
                Self { url, _folder: Some(folder) }
            }
            Engine::Postgres => {
                let url = cluster::new_database().unwrap_or_else(|error| panic!("{error}"));
                Self { url, _folder: None }
            }
        }
    }
}

/// Lets a database refuse rows of `table` whose `column` is `value`, as a broken
/// one would.
///
/// # Panics
/// When the database can't be reached.
pub async fn refuse(url: &str, table: &str, column: &str, value: &str) {
    let db = sea_orm::Database::connect(url).await.expect("the database opens");
    let statements = if db.get_database_backend() == sea_orm::DbBackend::Postgres {
        vec![
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql \
             AS $$ BEGIN RAISE EXCEPTION 'refused by a test'; END $$"
                .to_owned(),
            format!(
                "CREATE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW \
                 WHEN (NEW.{column} = '{value}') EXECUTE FUNCTION refuse()"
            ),
        ]
    } else {
        vec![format!(
            "CREATE TRIGGER refuse BEFORE INSERT ON {table} WHEN NEW.{column} = '{value}' \
             BEGIN SELECT RAISE(ABORT, 'refused by a test'); END"
        )]
    };
    for statement in statements {
        db.execute_unprepared(&statement).await.expect("a trigger");
    }
    db.close().await.expect("closed");
}

/// Makes a test of an async function that takes a database address, once for
/// SQLite and once for PostgreSQL.
///
/// ```text
/// laer8_testkit::on_both!(it_remembers);
/// async fn it_remembers(url: String) { … }
/// ```
#[macro_export]
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {$(
        mod $test {
            #[test]
            fn on_sqlite() {
                $crate::run($crate::Engine::Sqlite, super::$test);
            }

            #[test]
            fn on_postgres() {
                $crate::run($crate::Engine::Postgres, super::$test);
            }
        }
    )+};
}

/// Runs one test on one engine.
///
/// # Panics
/// When the test does.
pub fn run<F: Future<Output = ()>>(engine: Engine, test: impl Fn(String) -> F) {
    let database = TestDatabase::new(engine);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let url = database.url.clone();
    runtime.block_on(test(url));
    drop(database);
}
