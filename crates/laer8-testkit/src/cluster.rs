//! A PostgreSQL cluster for the life of a test program.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Names a server to use instead of a cluster of our own.
const OVERRIDE: &str = "LAER8_TEST_POSTGRES_URL";

/// The user that runs the server where the tests run as root.
const UNPRIVILEGED: &str = "nobody";

/// Why there is no PostgreSQL to test on.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No server is installed.
    #[error(
        "no PostgreSQL server found; install one (apt-get install postgresql), or set LAER8_TEST_POSTGRES_URL to a server where databases can be created"
    )]
    NotInstalled,
    /// It did not start.
    #[error("the PostgreSQL test server did not start: {0}")]
    Start(String),
    /// A database could not be made in it.
    #[error("can't create a test database: {0}")]
    Create(String),
}

/// A running server: its address without a database name.
struct Cluster {
    base: String,
    /// Keeps the watcher's pipe open; the watcher ends the server when it
    /// closes.
    _watcher: Option<Child>,
}

/// The address of the server without a database name, for tests that make
/// databases themselves.
///
/// # Errors
/// When there is no server.
pub fn postgres_url() -> Result<&'static str, &'static ClusterError> {
    static CLUSTER: OnceLock<Result<Cluster, ClusterError>> = OnceLock::new();
    CLUSTER.get_or_init(start).as_ref().map(|cluster| cluster.base.as_str())
}

/// The address of a new, empty database.
pub(crate) fn new_database() -> Result<String, String> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let base = postgres_url().map_err(ToString::to_string)?;
    let name = format!("laer8_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    create(base, &name).map_err(|error| error.to_string())?;
    Ok(with_database(base, &name))
}

/// `postgres://host?socket=…` and a name make `postgres://host/name?socket=…`.
fn with_database(base: &str, name: &str) -> String {
    match base.split_once('?') {
        Some((place, options)) => format!("{}/{name}?{options}", place.trim_end_matches('/')),
        None => format!("{}/{name}", base.trim_end_matches('/')),
    }
}

fn create(base: &str, name: &str) -> Result<(), ClusterError> {
    use sea_orm::{ConnectOptions, ConnectionTrait, Database};
    let failed = |error: &dyn std::fmt::Display| ClusterError::Create(error.to_string());
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| failed(&error))?;
    runtime.block_on(async {
        let mut options = ConnectOptions::new(with_database(base, "postgres"));
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await.map_err(|error| failed(&error))?;
        let made = db.execute_unprepared(&format!("CREATE DATABASE {name}")).await;
        made.map_err(|error| failed(&error))?;
        db.close().await.map_err(|error| failed(&error))
    })
}

fn start() -> Result<Cluster, ClusterError> {
    if let Ok(url) = std::env::var(OVERRIDE) {
        return Ok(Cluster { base: url, _watcher: None });
    }
    let binaries = binaries().ok_or(ClusterError::NotInstalled)?;
    let mut watcher = Command::new("sh")
        .arg("-c")
        .arg(WATCHER)
        .arg("laer8-test-postgres")
        .arg(&binaries)
        .arg(UNPRIVILEGED)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| ClusterError::Start(error.to_string()))?;
    let said = first_line(&mut watcher).map_err(|error| ClusterError::Start(error.to_string()))?;
    let Some(folder) = said.strip_prefix("ready ") else {
        return Err(ClusterError::Start(said));
    };
    let socket = folder.replace('/', "%2F");
    Ok(Cluster { base: format!("postgres://postgres@{socket}"), _watcher: Some(watcher) })
}

/// Makes and starts a cluster that listens on a socket in its own folder, says
/// `ready FOLDER`, waits until its input closes, and takes everything away.
/// Durability is off: nobody needs these data after a crash. It is off in the
/// file, where `ALTER SYSTEM` overrides it: a benchmark wants to know what it
/// costs.
const WATCHER: &str = r#"
binaries=$1 user=$2
folder=$(mktemp -d /tmp/laer8-pg.XXXXXX) || exit 1
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown "$user" "$folder"
    as() { setpriv --reuid="$user" --clear-groups -- "$@"; }
fi
cd "$folder"
end() { as "$binaries/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; rm -rf "$folder"; }
trap end EXIT
as "$binaries/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$folder/log" 2>&1 ||
    { echo "initdb failed: $(tail -n 1 "$folder/log")"; exit 1; }
printf '%s = off\n' fsync synchronous_commit full_page_writes >>"$folder/data/postgresql.conf"
as "$binaries/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -o \
    "-c listen_addresses= -c unix_socket_directories=$folder -c max_connections=200" \
    start >"$folder/log" 2>&1 </dev/null || { echo "pg_ctl failed: $(tail -n 1 "$folder/log")"; exit 1; }
echo "ready $folder"
exec >/dev/null
trap '' INT TERM
cat >/dev/null
"#;

fn first_line(child: &mut Child) -> std::io::Result<String> {
    let mut line = String::new();
    if let Some(output) = child.stdout.as_mut() {
        BufReader::new(output).read_line(&mut line)?;
    }
    Ok(line.trim_end().to_owned())
}

/// The folder of the newest installed server.
fn binaries() -> Option<PathBuf> {
    let has_server = |folder: &Path| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let mut folders: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            Some((version, path.join("bin")))
        })
        .filter(|(_, folder)| has_server(folder))
        .collect();
    folders.sort();
    if let Some((_, folder)) = folders.pop() {
        return Some(folder);
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| has_server(folder))
}
