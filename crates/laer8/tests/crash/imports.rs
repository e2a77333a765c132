//! A program that is killed in the middle of an import loses nothing and
//! doubles nothing: run again, it ends in the same state as if never killed.

use crate::program::laer8;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// How much processor time the program has had, in hundredths of a second,
/// when it is killed: before the first row, in the middle of files, near the
/// end.
const KILLED_AT: [u64; 8] = [1, 3, 6, 10, 15, 22, 30, 45];

const MAPPING: &str = r#"
schema = 1
source = "crash"
currency = "EUR"
dates = ["%Y-%m-%d"]

[[plan]]
id = "Pro"
entitles = "all"

[[file]]
name = "accounts.csv"
record = "account"
[file.fields]
id = "id"
name = "id"
since = "since"

[[file]]
name = "subscriptions.csv"
record = "subscription"
[file.fields]
id = "id"
account = "account"
start = "since"
plan = { constant = "Pro" }
quantity = "seats"
price = { constant = 100 }
price_basis = { constant = "total" }
price_per = { constant = "month" }

[[file]]
name = "usage.csv"
record = "usage"
[file.fields]
id = "id"
subscription = "subscription"
feature = "feature"
day = "day"
count = "count"

[[file]]
name = "churn.csv"
record = "churn_event"
[file.fields]
id = "id"
account = "account"
day = "day"
"#;

/// Writes the files of the import, some of whose rows can't be taken.
fn write_files(folder: &Path) {
    let mut accounts = "id,since\n".to_owned();
    let mut subscriptions = "id,account,since,seats\n".to_owned();
    let mut usage = "id,subscription,feature,day,count\n".to_owned();
    let mut churn = "id,account,day\n".to_owned();
    for number in 0..400 {
        let _ = writeln!(accounts, "A{number},2024-01-{:02}", 1 + number % 31);
        let _ = writeln!(
            subscriptions,
            "S{number},A{},2024-02-{:02},{}",
            number % 390,
            1 + number % 31,
            1 + number % 9
        );
        let _ = writeln!(churn, "C{number},A{},2024-05-{:02}", number * 2, 1 + number % 28);
    }
    for number in 0..40_000 {
        let (subscription, feature) = (number * 7 % 401, number % 12);
        let (month, day) = (3 + number % 9, 1 + number % 28);
        let _ =
            writeln!(usage, "U{number},S{subscription},f{feature},2024-{month:02}-{day:02},{}", number % 50);
    }
    for (name, text) in [
        ("accounts.csv", accounts),
        ("subscriptions.csv", subscriptions),
        ("usage.csv", usage),
        ("churn.csv", churn),
    ] {
        fs::write(folder.join(name), text).expect("a file");
    }
    fs::write(folder.join("mapping.toml"), MAPPING).expect("a mapping");
}

fn import(data: &Path, files: &Path) -> Command {
    let mut command = laer8(data);
    command.arg("import").arg("--mapping").arg(files.join("mapping.toml")).arg(files);
    command
}

/// Starts an import and kills it when it has had so much processor time.
/// Returns whether it came to that.
fn import_and_kill(data: &Path, files: &Path, hundredths: u64) -> bool {
    let mut child = import(data, files).spawn().expect("the program starts");
    loop {
        if child.try_wait().expect("a status").is_some() {
            return false;
        }
        if processor_time(child.id()).is_some_and(|spent| spent >= hundredths) {
            child.kill().expect("killed"); // SIGKILL
            child.wait().expect("a status");
            return true;
        }
        std::thread::yield_now();
    }
}

/// The processor time that a process has had, in ticks of the kernel, which
/// are hundredths of a second on every Linux there is.
fn processor_time(process: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

/// Everything that is known and everything that was refused.
fn state(data: &Path) -> BTreeMap<PathBuf, String> {
    let folder = data.join("export");
    let status = laer8(data).arg("export").arg(&folder).status().expect("the program starts");
    assert!(status.success(), "the export ends well");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder.join("crash")).expect("the source's folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a file");
        files.insert(path.file_name().expect("a name").into(), text);
    }
    let mut quarantine = laer8(data);
    quarantine.args(["--format", "json", "import", "quarantine"]).stdout(Stdio::piped());
    let refused = quarantine.output().expect("the program starts").stdout;
    files.insert("quarantine".into(), String::from_utf8(refused).expect("UTF-8"));
    files
}

#[test]
fn an_import_that_is_killed_and_run_again_ends_as_if_never_killed() {
    let folder = TempDir::new().expect("a folder");
    let (files, calm, killed) =
        (folder.path().join("files"), folder.path().join("calm"), folder.path().join("killed"));
    for path in [&files, &calm, &killed] {
        fs::create_dir(path).expect("a folder");
    }
    write_files(&files);
    let status = import(&calm, &files).status().expect("the program starts");
    assert_eq!(status.code(), Some(3), "rows were refused, and that is said");

    let kills = KILLED_AT.into_iter().filter(|spent| import_and_kill(&killed, &files, *spent)).count();
    assert!(kills >= 4, "it was killed {kills} times only");
    let status = import(&killed, &files).status().expect("the program starts");
    assert_eq!(status.code(), Some(3));

    let (expected, found) = (state(&calm), state(&killed));
    assert!(expected["quarantine".as_ref() as &Path].contains("unknown_subscription"));
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, text) in expected {
        assert!(found[&name] == text, "{} differs", name.display());
    }
}
