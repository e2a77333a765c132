//! A workspace in a folder of its own, and the program run in it with nothing of
//! the machine's environment.

use assert_cmd::Command;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};
use tempfile::TempDir;

/// The last day of the test company.
pub(crate) const DAY: &str = "2024-06-30";

pub(crate) struct Workspace(TempDir);

/// What a run answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

pub(crate) fn mapping() -> String {
    data().join("shop.toml").display().to_string()
}

pub(crate) fn files() -> String {
    data().join("files").display().to_string()
}

impl Workspace {
    /// With nothing in it.
    pub(crate) fn empty() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    /// With the test company; two of its rows are refused. It is imported once
    /// and copied from then on.
    pub(crate) fn filled() -> Self {
        static TEMPLATE: LazyLock<Workspace> = LazyLock::new(|| {
            let workspace = Workspace::empty();
            let answer = workspace.run(&["import", "--mapping", &mapping(), &files()]);
            assert_eq!(answer.code, 3, "{answer:?}");
            workspace
        });
        let workspace = Self::empty();
        let (from, to) = (TEMPLATE.path().join("laer8-data"), workspace.path().join("laer8-data"));
        fs::create_dir(&to).expect("a folder");
        for file in fs::read_dir(from).expect("the template") {
            let file = file.expect("a file");
            fs::copy(file.path(), to.join(file.file_name())).expect("a copy");
        }
        workspace
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The program, in this folder, 80 columns wide, in English.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::cargo_bin("laer8").expect("the program");
        command.current_dir(self.path()).env_clear();
        command.env("COLUMNS", "80").env("NO_COLOR", "1").env("LANG", "en_GB.UTF-8");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Answer {
        self.run_with(args, &[])
    }

    pub(crate) fn run_with(&self, args: &[&str], environment: &[(&str, &str)]) -> Answer {
        let output = self.command().args(args).envs(environment.iter().copied()).output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Answer {
            code: output.status.code().expect("it ends by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// What it prints when all goes well.
    pub(crate) fn prints(&self, args: &[&str]) -> String {
        let answer = self.run(args);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{args:?}: {}", answer.out);
        answer.out
    }

    /// The JSON that it prints.
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        let answer = self.run(&[args, &["--format", "json"]].concat());
        serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{args:?}: {error}: {answer:?}"))
    }
}

/// Compares a text with the one in `tests/snapshots`.
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
