//! Watched folders: what lies there completely is imported and moves on.

use crate::{
    company::{ACCOUNTS, MAPPING, SUBSCRIPTIONS},
    support::{as_of, day, import, operator},
};
use chrono::{DateTime, Duration, Utc};
use laer8_app::{AccountsQuery, App, Clock, Drops};
use laer8_store::Store;
use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};
use tempfile::TempDir;

laer8_testkit::on_both!(
    a_complete_file_is_imported_and_moves_to_done,
    a_file_that_grows_is_left_until_it_is_complete,
    what_can_not_be_read_moves_to_failed_with_the_reason,
    a_source_that_was_imported_before_needs_no_mapping_beside_its_files,
);

/// A clock that is set by the test.
#[derive(Debug, Clone)]
struct Set(Arc<Mutex<DateTime<Utc>>>);

impl Set {
    fn pass(&self, seconds: i64) {
        *self.0.lock().expect("a clock") += Duration::seconds(seconds);
    }
}

impl Clock for Set {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("a clock")
    }
}

async fn scene(url: &str) -> (App, Set, TempDir, Drops) {
    let clock = Set(Arc::new(Mutex::new("2024-06-10T12:00:00Z".parse().expect("an instant"))));
    let app = App::new(Store::open(url).await.expect("the database opens"), Arc::new(clock.clone()));
    let folder = TempDir::new().expect("a folder");
    let drops = Drops::new(folder.path().to_owned());
    (app, clock, folder, drops)
}

fn put(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join(name), text).expect("a file");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter(|it| it.path().is_file()).filter_map(|it| it.file_name().into_string().ok()).collect();
    names.sort();
    names
}

async fn accounts(app: &App) -> usize {
    let view = app.accounts(&operator(), as_of("2024-06-09"), &AccountsQuery::default()).await;
    view.map_or(0, |view| view.accounts.len())
}

async fn a_complete_file_is_imported_and_moves_to_done(url: String) {
    let (app, clock, folder, mut drops) = scene(&url).await;
    assert_eq!(app.look_at_drops(&mut Drops::new(folder.path().join("none"))).await, []);
    let crm = folder.path().join("crm");
    put(&crm, "mapping.toml", MAPPING);
    put(&crm, "accounts.csv", ACCOUNTS);
    put(&crm, "subscriptions.csv", SUBSCRIPTIONS);
    put(&crm, ".usage.csv.part", "half of it");
    assert_eq!(app.look_at_drops(&mut drops).await, [], "it was only just seen");
    clock.pass(5);
    let became = app.look_at_drops(&mut drops).await;
    assert!(became.iter().all(|it| it.failure.is_none()) && became.len() == 2, "{became:?}");
    assert_eq!(accounts(&app).await, 2);
    assert_eq!(names(&crm), [".usage.csv.part", "mapping.toml"]);
    assert_eq!(
        names(&crm.join("done")),
        ["20240610-120005-accounts.csv", "20240610-120005-subscriptions.csv"]
    );
    let runs = app.imports(&operator(), None, 9).await.expect("runs").runs;
    assert_eq!((runs.len(), runs[0].label.as_str()), (1, "crm: accounts.csv, subscriptions.csv"));
    assert_eq!(runs[0].started.day, day("2024-06-10"));
    clock.pass(60);
    assert_eq!(app.look_at_drops(&mut drops).await, [], "nothing is imported twice");
}

async fn a_file_that_grows_is_left_until_it_is_complete(url: String) {
    let (app, clock, folder, mut drops) = scene(&url).await;
    let crm = folder.path().join("crm");
    put(&crm, "mapping.toml", MAPPING);
    put(&crm, "accounts.csv", &ACCOUNTS[..40]);
    app.look_at_drops(&mut drops).await;
    clock.pass(4);
    put(&crm, "accounts.csv", ACCOUNTS);
    assert_eq!(app.look_at_drops(&mut drops).await, []);
    clock.pass(4);
    assert_eq!(app.look_at_drops(&mut drops).await, [], "it changed four seconds ago");
    clock.pass(1);
    assert_eq!(app.look_at_drops(&mut drops).await.len(), 1);
    assert_eq!(accounts(&app).await, 2);
}

async fn what_can_not_be_read_moves_to_failed_with_the_reason(url: String) {
    let (app, clock, folder, mut drops) = scene(&url).await;
    let (crm, other) = (folder.path().join("crm"), folder.path().join("erp"));
    put(&crm, "mapping.toml", MAPPING);
    put(&crm, "accounts.csv", ACCOUNTS);
    put(&crm, "usage.csv", "not,what,it,was\n1,2,3,4\n");
    put(&crm, "holidays.csv", "day\n2024-01-01\n");
    put(&other, "orders.csv", "id\n1\n");
    app.look_at_drops(&mut drops).await;
    clock.pass(5);
    let became = app.look_at_drops(&mut drops).await;
    let failed: Vec<&str> =
        became.iter().filter(|it| it.failure.is_some()).map(|it| it.file.as_str()).collect();
    assert_eq!(failed, ["usage.csv", "holidays.csv", "orders.csv"]);
    assert_eq!(accounts(&app).await, 2, "the others are imported without them");
    assert_eq!(names(&crm.join("done")), ["20240610-120005-accounts.csv"]);
    let why = |path: &str| fs::read_to_string(folder.path().join(path)).expect("a reason");
    let usage = why("crm/failed/20240610-120005-usage.csv.txt");
    assert!(usage.contains("which the file does not have"), "{usage}");
    assert!(usage.contains("put the file back into"), "{usage}");
    assert!(why("crm/failed/20240610-120005-holidays.csv.txt").contains("has no section that reads"));
    let orders = why("erp/failed/20240610-120005-orders.csv.txt");
    assert!(orders.contains("nobody has said yet how files of the source \"erp\" are read"), "{orders}");
    let runs = app.imports(&operator(), None, 9).await.expect("runs").runs;
    let failure = runs.last().and_then(|run| run.failure.clone()).unwrap_or_default();
    assert!(failure.starts_with("can't read usage.csv"), "the run that failed says why: {failure}");
}

async fn a_source_that_was_imported_before_needs_no_mapping_beside_its_files(url: String) {
    let (app, clock, folder, mut drops) = scene(&url).await;
    let source = laer8_app_source();
    import(&app, MAPPING, &crate::company::files(&[])).await;
    let more = format!("{ACCOUNTS}{}", ACCOUNTS.lines().last().unwrap_or_default().replace("A3", "A9"));
    put(&folder.path().join(source), "accounts.csv", &more);
    app.look_at_drops(&mut drops).await;
    clock.pass(5);
    let became = app.look_at_drops(&mut drops).await;
    assert!(became.len() == 1 && became[0].failure.is_none(), "{became:?}");
}

/// The source of the company's mapping.
fn laer8_app_source() -> &'static str {
    MAPPING.split("source = \"").nth(1).and_then(|rest| rest.split('"').next()).expect("a source")
}
