//! Nothing is locked in: what is exported can be read back, whole.

use crate::{
    company::{MAPPING, SUBSCRIPTIONS, TICKETS, USAGE, files},
    support::{app_at, import, operator, unwatched},
};
use laer8_app::{App, DemoRequest};
use laer8_testkit::{Engine, TestDatabase};
use std::{collections::BTreeMap, path::Path};

const NOW: &str = "2024-06-10T12:00:00Z";
const LATER: &str = "2024-07-10T12:00:00Z";
const MUCH_LATER: &str = "2026-01-01T12:00:00Z";

laer8_testkit::on_both!(corrections_and_their_dates_survive, the_demo_company_survives);

async fn export(app: &App, folder: &Path) -> BTreeMap<String, String> {
    let report = app.export(&operator(), folder, &unwatched).await.expect("an export");
    let read = |name: &String| std::fs::read_to_string(folder.join(name)).expect("a file");
    report.files.iter().map(|(name, _)| (name.clone(), read(name))).collect()
}

/// Restores an export into an empty workspace on the other kind of machine and
/// exports that.
async fn there_and_back(folder: &Path, again: &Path) -> BTreeMap<String, String> {
    let database = TestDatabase::new(Engine::Sqlite);
    let app = app_at(&database.url, MUCH_LATER).await;
    app.restore(&operator(), folder, &unwatched).await.expect("restored");
    export(&app, again).await
}

async fn corrections_and_their_dates_survive(url: String) {
    let app = app_at(&url, NOW).await;
    import(&app, MAPPING, &files(&[])).await;
    let app = app_at(&url, LATER).await;
    let usage = USAGE.replace("2024-05-01,10", "2024-05-01,70").replace("U2,S1", "U2,S3");
    let tickets = TICKETS.replace("2024-05-11 10:00", "2024-05-10 15:00");
    let moved = SUBSCRIPTIONS.replace("2024-06-01", "2024-07-01");
    let changed = files(&[("usage.csv", &usage), ("tickets.csv", &tickets), ("subscriptions.csv", &moved)]);
    import(&app, MAPPING, &changed).await;

    let folder = tempfile::TempDir::new().expect("a folder");
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let written = export(&app, &first).await;
    assert!(written["crm/usage.ndjson"].lines().count() == 5, "{}", written["crm/usage.ndjson"]);
    assert_eq!(there_and_back(&first, &second).await, written);
    let refused = app.export(&operator(), &first, &unwatched).await.expect_err("it is not empty");
    assert!(refused.to_string().contains("is not empty"), "{refused}");
}

async fn the_demo_company_survives(url: String) {
    let app = app_at(&url, MUCH_LATER).await;
    let request = DemoRequest { accounts: 6, ..DemoRequest::default() };
    app.demo(&operator(), request, &unwatched).await.expect("a company");
    let folder = tempfile::TempDir::new().expect("a folder");
    let written = export(&app, &folder.path().join("first")).await;
    assert_eq!(there_and_back(&folder.path().join("first"), &folder.path().join("second")).await, written);
}
