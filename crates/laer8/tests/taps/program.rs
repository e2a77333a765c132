//! The program in a folder of its own, fed by a tap.

use crate::taps::{Installed, Prepared};
use serde_json::Value;
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// A workspace, and what its tap is told.
pub(crate) struct Workspace(TempDir);

/// What came of a run.
pub(crate) struct Ingested {
    pub(crate) code: Option<i32>,
    /// The report, or the error, as JSON.
    pub(crate) said: String,
}

/// The commented example is the mapping of the test.
fn mapping() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/postgres.toml")
}

impl Workspace {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn laer8(&self) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("laer8"));
        command.env_clear().current_dir(self.path()).args(["--format", "json"]);
        command
    }

    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let output = self.laer8().args(args).output().expect("the program");
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{args:?}: {error}: {}", String::from_utf8_lossy(&output.stderr)))
    }

    /// Writes the last state that the workspace keeps, for the tap.
    pub(crate) fn state(&self) -> PathBuf {
        let mut print = self.laer8();
        print.args(["ingest", "singer", "--print-state", "--mapping"]).arg(mapping());
        let output = print.output().expect("the program");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let path = self.path().join("state.json");
        fs::write(&path, output.stdout).expect("the state");
        path
    }

    /// Starts the tap from the last state, and the program behind it; states are
    /// written after those of earlier runs.
    pub(crate) fn start(&self, tap: &Installed, prepared: &Prepared, state: &Path) -> (Child, Child) {
        let log = File::create(self.path().join("tap.log")).expect("a log");
        let mut tap = tap
            .run(prepared, Some(state))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the tap starts");
        let states = File::options().create(true).append(true).open(self.states()).expect("the states");
        let said = File::create(self.path().join("said")).expect("a file");
        let ingest = self
            .laer8()
            .args(["ingest", "singer", "--mapping"])
            .arg(mapping())
            .stdin(tap.stdout.take().expect("its output"))
            .stdout(states)
            .stderr(said)
            .spawn()
            .expect("the program starts");
        (tap, ingest)
    }

    /// The file with the states that were written out.
    pub(crate) fn states(&self) -> PathBuf {
        self.path().join("states.jsonl")
    }

    /// Runs the tap from the last state to its end.
    pub(crate) fn ingest(&self, tap: &Installed, prepared: &Prepared) -> Ingested {
        let state = self.state();
        let (mut tap, mut ingest) = self.start(tap, prepared, &state);
        let status = ingest.wait().expect("a status");
        let of_tap = tap.wait().expect("a status");
        let log = fs::read_to_string(self.path().join("tap.log")).expect("its log");
        assert!(of_tap.success(), "the tap failed: {log}");
        let said = fs::read_to_string(self.path().join("said")).expect("what was said");
        Ingested { code: status.code(), said }
    }

    /// Everything that is known, file by file.
    pub(crate) fn export(&self, name: &str) -> Vec<(String, String)> {
        let folder = self.path().join(name);
        let status = self.laer8().arg("export").arg(&folder).stdout(Stdio::null()).status();
        assert!(status.expect("the program").success());
        let entries = fs::read_dir(folder.join("shop")).expect("the source");
        let mut files: Vec<(String, String)> = entries
            .map(|entry| {
                let path = entry.expect("an entry").path();
                let text = fs::read_to_string(&path).expect("a file");
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                (name, text)
            })
            .collect();
        files.sort();
        files
    }
}

impl Ingested {
    pub(crate) fn report(&self) -> Value {
        serde_json::from_str(&self.said).unwrap_or_else(|error| panic!("{error}: {}", self.said))
    }

    /// (rows, new, changed, unchanged, refused) of a table; all 0 where nothing
    /// of it came.
    pub(crate) fn counts(&self, table: &str) -> (u64, u64, u64, u64, u64) {
        let report = self.report();
        let name = format!("public-{table}");
        let stream =
            report["streams"].as_array().into_iter().flatten().find(|stream| stream["name"] == *name);
        let count = |key: &str| stream.and_then(|stream| stream[key].as_u64()).unwrap_or_default();
        (count("rows"), count("new"), count("changed"), count("unchanged"), count("refused"))
    }
}
