//! The program, and what it says of itself.

use crate::book::{self, People};
use sea_orm::{ConnectionTrait as _, Database as Connect};
use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Where the program keeps things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// The program while it serves.
pub(crate) struct Server {
    child: Child,
    address: String,
    key: String,
    folder: TempDir,
    _out: BufReader<ChildStdout>,
}

/// What `/metrics` says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Events that were worked in, whatever became of them.
    pub(crate) worked_in: u64,
    /// How often scores followed within so many seconds.
    within: Vec<(String, u64)>,
}

impl Server {
    /// Starts it with a book.
    pub(crate) fn start(database: Database, people: People) -> Self {
        // On the disk that things are built on: what lies in memory is no disk.
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let url = (database == Database::Postgres).then(durable_postgres);
        let laer8 = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_laer8"));
            command.env_clear().arg("--data-dir").arg(folder.path().join("data"));
            if let Some(url) = &url {
                command.arg("--database-url").arg(url);
            }
            command
        };
        if people == People::OfABook {
            book::write_files(folder.path());
            book::import(laer8(), folder.path());
        }
        let added = laer8().args(["source", "add", "product", "--format", "json"]).output();
        let added: serde_json::Value =
            serde_json::from_slice(&added.expect("the program runs").stdout).expect("JSON");
        let key = added["write_key"].as_str().expect("a key").to_owned();
        let mut command = laer8();
        command.args(["--lang", "en", "serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let url = line.split_whitespace().find_map(|word| word.strip_prefix("http://")).expect("an address");
        let address = url.split('/').next().unwrap_or_default().to_owned();
        let server = Self { child, address, key, folder, _out: out };
        if people == People::Introduced {
            book::introduce(&server);
        }
        server
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn seen(&self) -> Seen {
        let answer = ureq::get(format!("http://{}/metrics", self.address)).call();
        let text = answer.expect("an answer").body_mut().read_to_string().expect("text");
        let mut seen = Seen::default();
        for line in text.lines() {
            let Some((name, value)) = line.rsplit_once(' ') else { continue };
            let number = value.parse().unwrap_or(0);
            if name.starts_with("laer8_events_worked_in_total{") {
                seen.worked_in += number;
            } else if let Some(rest) = name.strip_prefix("laer8_receipt_to_score_seconds_bucket{le=\"") {
                seen.within.push((rest.trim_end_matches("\"}").to_owned(), number));
            }
        }
        seen
    }

    /// The most memory that the program held since it began.
    pub(crate) fn most_memory_mb(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
        line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
    }

    /// How large the inbox is, where it is a file.
    pub(crate) fn inbox_bytes(&self) -> u64 {
        let data: PathBuf = self.folder.path().join("data");
        let Ok(files) = fs::read_dir(data) else { return 0 };
        let of_inbox =
            files.flatten().filter(|file| file.file_name().to_string_lossy().contains("-inbox.db"));
        of_inbox.filter_map(|file| Some(file.metadata().ok()?.len())).sum()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it may have ended already
        let _ = self.child.wait();
    }
}

impl Seen {
    /// How often somebody looked how soon scores followed.
    pub(crate) fn looks(&self) -> u64 {
        self.within.last().map_or(0, |(_, count)| *count)
    }

    /// The bucket within which a part of the scores followed.
    pub(crate) fn within(before: &Self, after: &Self, part: f64) -> String {
        let looks = after.looks() - before.looks();
        let buckets = after.within.iter().enumerate().map(|(place, (end, count))| {
            (end, count - before.within.get(place).map_or(0, |(_, count)| *count))
        });
        let mut reached = buckets.filter(|(_, count)| *count as f64 >= part * looks as f64);
        reached.next().map_or_else(|| "?".to_owned(), |(end, _)| end.clone())
    }
}

/// An empty database on a server that flushes to the disk as it does by default.
fn durable_postgres() -> String {
    let database = laer8_testkit::TestDatabase::new(laer8_testkit::Engine::Postgres);
    Runtime::new().expect("a runtime").block_on(async {
        let db = Connect::connect(&database.url).await.expect("the database");
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            db.execute_unprepared(&format!("ALTER SYSTEM SET {setting} = on")).await.expect("set");
        }
        db.execute_unprepared("SELECT pg_reload_conf()").await.expect("reloaded");
    });
    database.url
}
