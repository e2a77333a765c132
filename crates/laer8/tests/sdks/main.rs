//! Segment's own SDKs send to the program, unmodified: what they sent is seen on
//! the account.
#![allow(missing_docs, reason = "tests are named as sentences")]

#[path = "../crash/program.rs"]
#[expect(dead_code, reason = "only the crash tests kill it")]
mod program;

use program::{Server, laer8};
use sea_orm::{ConnectionTrait as _, Database, DbBackend, QueryResult, Statement};
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};
use tempfile::TempDir;

/// Where the SDKs are, in the versions of `scripts/sdks.d`. None where this
/// machine has no Python or Node to run them with; a machine that tests for
/// others has (`CI`).
fn sdks() -> Option<&'static Path> {
    static SDKS: OnceLock<Option<PathBuf>> = OnceLock::new();
    let sdks = SDKS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sdks");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/sdks");
        let status = Command::new(script).arg(&folder).status().expect("the script runs");
        match status.code() {
            Some(0) => Some(folder),
            Some(2) if std::env::var_os("CI").is_none() => None,
            _ => panic!("the SDKs can't be installed: {status}"),
        }
    });
    if sdks.is_none() {
        eprintln!("without Python and Node, Segment's SDKs were NOT tried");
    }
    sdks.as_deref()
}

/// A server with a source, and the key of that.
fn serving() -> (TempDir, Server, String) {
    let data = TempDir::new().expect("a folder");
    let added = json(laer8(data.path()).args(["source", "add", "product", "--format", "json"]));
    let key = added["write_key"].as_str().expect("a key").to_owned();
    let server = Server::start(data.path());
    (data, server, key)
}

fn json(command: &mut Command) -> Value {
    let output = command.stdout(Stdio::piped()).output().expect("the program runs");
    assert!(output.status.success(), "{command:?}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The source, once everything that was received is worked in. The program
/// itself says when: nobody sleeps.
fn worked_in(data: &Path, accepted: u64) -> Value {
    loop {
        let view = json(laer8(data).args(["source", "list", "--format", "json"]));
        let source = &view["sources"][0];
        if view["backlog"] == 0 && source["accepted"].as_u64() >= Some(accepted) {
            return source.clone();
        }
    }
}

#[test]
fn the_sdk_for_python_sends_and_its_account_is_there() {
    let Some(sdks) = sdks() else { return };
    for plain in [true, false] {
        let (data, server, key) = serving();
        let mut send = Command::new(sdks.join("python/bin/python"));
        send.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sdks/send.py")).args([&server.url, &key]);
        if !plain {
            send.arg("gzip");
        }
        assert!(send.status().expect("it runs").success());
        let source = worked_in(data.path(), 256);
        assert_eq!((&source["accepted"], &source["refused"]), (&256.into(), &0.into()));
        assert_eq!(source["waiting"], 0, "the device is Ana's");
        let accounts = json(laer8(data.path()).args(["accounts", "--format", "json"]));
        assert_eq!(accounts["accounts"][0]["name"], "Nordkap");
        assert_eq!(used(data.path()), [("Report Exported".into(), 251), ("page_views".into(), 2)]);
    }
}

#[test]
fn the_sdk_for_node_sends_and_its_account_is_there() {
    let Some(sdks) = sdks() else { return };
    let (data, server, key) = serving();
    let sdk = sdks.join("node");
    let mut send = Command::new("node");
    send.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sdks/send.mjs")).arg(sdk).args([&server.url, &key]);
    assert!(send.status().expect("it runs").success());
    let source = worked_in(data.path(), 125);
    assert_eq!((&source["accepted"], &source["refused"]), (&125.into(), &0.into()));
    assert_eq!(source["waiting"], 0, "the device is Ben's");
    let accounts = json(laer8(data.path()).args(["accounts", "--format", "json"]));
    assert_eq!(accounts["accounts"][0]["name"], "Sakura");
    assert_eq!(used(data.path()), [("Order Placed".into(), 120), ("page_views".into(), 2)]);
}

/// What was used how often, as the database has it.
fn used(data: &Path) -> Vec<(String, i64)> {
    let sql = "SELECT features.key, CAST(SUM(usage_facts.count) AS BIGINT) FROM usage_facts \
               JOIN features ON features.id = usage_facts.feature_id GROUP BY 1 ORDER BY 1";
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let url = format!("sqlite://{}", data.join("laer8.db").display());
        let db = Database::connect(url).await.expect("the database");
        let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.expect("rows");
        let pair = |row: QueryResult| {
            (row.try_get_by_index(0).expect("a name"), row.try_get_by_index(1).expect("a number"))
        };
        rows.into_iter().map(pair).collect()
    })
}
