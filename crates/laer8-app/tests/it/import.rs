//! Imports: what they take in, what they refuse, and what they leave alone.

use crate::{
    company::{MAPPING, SUBSCRIPTIONS, TICKETS, USAGE, files},
    support::{InMemory, app_at, as_of, counts, import, operator, unwatched},
};
use laer8_app::{AccountsQuery, Actor, AppError, AsOf, ImportRequest, RevenueQuery, ScoreQuery};
use laer8_domain::users::Role;

const NOW: &str = "2024-06-10T12:00:00Z";
const LATER: &str = "2024-07-10T12:00:00Z";

laer8_testkit::on_both!(
    a_second_import_changes_nothing,
    a_dry_run_changes_nothing,
    a_changed_row_is_a_correction_known_from_today,
    a_row_that_arrives_late_is_known_from_today,
    an_end_that_moves_is_corrected,
    a_row_that_no_longer_names_its_account_is_quarantined_and_mended,
    the_same_id_with_other_contents_is_refused,
    contradictions_are_found,
    a_mapping_that_fits_no_file_says_so,
    a_viewer_may_not_import,
    the_worked_example_of_the_formulas_comes_out,
);

async fn a_second_import_changes_nothing(url: String) {
    let app = app_at(&url, NOW).await;
    let first = import(&app, MAPPING, &files(&[])).await;
    assert_eq!(counts(&first, "subscriptions.csv"), (3, 3, 0, 0, 0));
    assert_eq!(counts(&first, "usage.csv"), (3, 3, 0, 0, 0));
    let app = app_at(&url, LATER).await;
    let second = import(&app, MAPPING, &files(&[])).await;
    for file in &second.files {
        assert_eq!((file.new, file.changed, file.refused), (0, 0, 0), "{file:?}");
        assert_eq!(file.unchanged, file.rows);
    }
}

async fn a_dry_run_changes_nothing(url: String) {
    let app = app_at(&url, NOW).await;
    let files = files(&[]);
    let request = ImportRequest { mapping: MAPPING, mapping_name: "m", files: &files, dry_run: true };
    let report = app.import(&operator(), &request, &unwatched).await.expect("a report");
    assert_eq!(counts(&report, "tickets.csv"), (2, 2, 0, 0, 0));
    let nothing = app.accounts(&operator(), AsOf::Newest, &AccountsQuery::default()).await;
    assert!(matches!(nothing, Err(AppError::Empty)), "{nothing:?}");
}

async fn a_changed_row_is_a_correction_known_from_today(url: String) {
    let app = app_at(&url, NOW).await;
    import(&app, MAPPING, &files(&[])).await;
    let app = app_at(&url, LATER).await;
    let corrected = USAGE.replace("2024-05-01,10", "2024-05-01,70");
    let tickets = TICKETS.replace("2024-05-11 10:00", "2024-05-10 15:00");
    let report = import(&app, MAPPING, &files(&[("usage.csv", &corrected), ("tickets.csv", &tickets)])).await;
    assert_eq!(counts(&report, "usage.csv"), (3, 0, 1, 2, 0));
    assert_eq!(counts(&report, "tickets.csv"), (2, 0, 1, 1, 0));
    let query = ScoreQuery { account: "A1".to_owned(), rows: 9, history_days: 0 };
    let uses = |view: laer8_app::ScoreView| {
        let trend = view.contributions.into_iter().find(|contribution| contribution.measure == "active_days");
        trend
            .expect("active days")
            .rows
            .iter()
            .map(|row| format!("{} {}", row.id, row.known_on))
            .collect::<Vec<_>>()
    };
    let before = app.score(&operator(), as_of("2024-05-20"), &query).await.expect("a score");
    assert_eq!(uses(before), ["U2 2024-05-02", "U1 2024-05-01"]);
    let again = import(&app, MAPPING, &files(&[("usage.csv", &corrected), ("tickets.csv", &tickets)])).await;
    assert_eq!(counts(&again, "usage.csv"), (3, 0, 0, 3, 0));
    assert_eq!(counts(&again, "tickets.csv"), (2, 0, 0, 2, 0));
}

async fn a_row_that_arrives_late_is_known_from_today(url: String) {
    let app = app_at(&url, NOW).await;
    import(&app, MAPPING, &files(&[])).await;
    let query = ScoreQuery { account: "A1".to_owned(), rows: 9, history_days: 30 };
    let before = app.score(&operator(), as_of("2024-06-09"), &query).await.expect("a score");
    let app = app_at(&url, LATER).await;
    let more = format!("{USAGE}U4,S1,Reports,2024-05-09,500\nU5,S1,Reports,2024-06-20,3\n");
    import(&app, MAPPING, &files(&[("usage.csv", &more)])).await;
    let after = app.score(&operator(), as_of("2024-06-09"), &query).await.expect("a score");
    assert_eq!(
        serde_json::to_value(&after.contributions).expect("JSON"),
        serde_json::to_value(&before.contributions).expect("JSON"),
        "what was known on 9 June does not change when May's row arrives in July"
    );
    assert_eq!(after.history, before.history);
    let now = app.score(&operator(), as_of("2024-07-10"), &query).await.expect("a score");
    let rows = &now.contributions.iter().find(|c| c.measure == "silence").expect("silence").rows;
    assert!(
        rows.iter().any(|row| row.id == "U5"),
        "what happened after the last import is known when it happened"
    );
}

async fn an_end_that_moves_is_corrected(url: String) {
    let app = app_at(&url, NOW).await;
    import(&app, MAPPING, &files(&[])).await;
    let app = app_at(&url, LATER).await;
    let moved = SUBSCRIPTIONS.replace("2024-06-01", "2024-07-01");
    let report = import(&app, MAPPING, &files(&[("subscriptions.csv", &moved)])).await;
    assert_eq!(counts(&report, "subscriptions.csv"), (3, 0, 1, 2, 0));
    let closing = async |known: &str| {
        let query = RevenueQuery {
            from: Some("2024-01-01".parse().expect("a day")),
            to: Some("2024-06-16".parse().expect("a day")),
            ..RevenueQuery::default()
        };
        app.revenue(&operator(), as_of(known), &query).await.expect("revenue").figures.closing.to_string()
    };
    assert_eq!(closing("2024-06-30").await, "196.6667", "in June, Silver was known to have ended on the 1st");
    assert_eq!(closing("2024-07-10").await, "256.6667", "since July it is known to have run on until July");
    let again = import(&app, MAPPING, &files(&[("subscriptions.csv", &moved)])).await;
    assert_eq!(counts(&again, "subscriptions.csv"), (3, 0, 0, 3, 0));
}

async fn a_row_that_no_longer_names_its_account_is_quarantined_and_mended(url: String) {
    let app = app_at(&url, NOW).await;
    let broken = USAGE.replace("U3,S3", "U3,S9").replace("2024-05-02,5", "2024-05-32,5");
    let report = import(&app, MAPPING, &files(&[("usage.csv", &broken)])).await;
    assert_eq!(counts(&report, "usage.csv"), (3, 1, 0, 0, 2));
    let rows = app.quarantine(&operator()).await.expect("a look");
    let reasons: Vec<(u32, &str)> = rows.iter().map(|row| (row.line, row.reason.as_str())).collect();
    assert_eq!(reasons, [(3, "not_a_date"), (4, "unknown_subscription")]);
    assert_eq!(rows[1].cells, ["U3", "S9", "Reports", "2024-05-03", "1"]);

    let exported = app.export_quarantine(&operator()).await.expect("files");
    assert_eq!(exported.len(), 1);
    let text = String::from_utf8(exported[0].contents.clone()).expect("UTF-8");
    let mended = text.replace("U3,S9", "U3,S3").replace("2024-05-32", "2024-05-02");
    let mended = InMemory::of(&[(&exported[0].name, &mended)]);
    let report = app.mend(&operator(), MAPPING, &mended, &unwatched).await.expect("mended");
    assert_eq!((report.released, report.remaining), (2, 0));
    let query = ScoreQuery { account: "Nordkap".to_owned(), rows: 9, history_days: 0 };
    let view = app.score(&operator(), as_of("2024-05-20"), &query).await.expect("a score");
    let silence = view.contributions.iter().find(|contribution| contribution.measure == "silence");
    let row = &silence.expect("silence").rows[0];
    assert_eq!((row.id.as_str(), row.line), ("U3", 4), "it counts as if it had been right from the start");
}

async fn the_same_id_with_other_contents_is_refused(url: String) {
    let app = app_at(&url, NOW).await;
    let twice = format!("{USAGE}U1,S1,Reports,2024-05-09,99\nU2,S1,Export,2024-05-02,5\n");
    let report = import(&app, MAPPING, &files(&[("usage.csv", &twice)])).await;
    assert_eq!(counts(&report, "usage.csv"), (5, 3, 0, 1, 1));
    let usage = report.files.iter().find(|file| file.name == "usage.csv").expect("the file");
    assert_eq!((usage.reasons[0].reason.as_str(), usage.reasons[0].line), ("duplicate_id", 5));
    assert!(report.findings.iter().any(|finding| finding.kind == "duplicate_id" && finding.count == 1));
}

async fn contradictions_are_found(url: String) {
    let app = app_at(&url, NOW).await;
    let odd = format!("{USAGE}U9,S3,Reports,2024-01-01,1\n");
    let report = import(&app, MAPPING, &files(&[("usage.csv", &odd)])).await;
    let found: Vec<(&str, u64)> =
        report.findings.iter().map(|finding| (finding.kind.as_str(), finding.count)).collect();
    assert_eq!(found, [("churned_but_paying", 1), ("churned_without_event", 1), ("usage_before_start", 1)]);
    assert!(report.findings[0].examples[0].starts_with("Nordkap"), "{:?}", report.findings[0]);
}

async fn a_mapping_that_fits_no_file_says_so(url: String) {
    let app = app_at(&url, NOW).await;
    let files = InMemory::of(&[("other.csv", "a,b\n1,2\n")]);
    let request = ImportRequest { mapping: MAPPING, mapping_name: "m", files: &files, dry_run: false };
    let error = app.import(&operator(), &request, &unwatched).await.expect_err("nothing to read");
    assert!(error.to_string().contains("its sections read accounts.csv, subscriptions.csv"), "{error}");
}

async fn a_viewer_may_not_import(url: String) {
    let app = app_at(&url, NOW).await;
    let files = files(&[]);
    let request = ImportRequest { mapping: MAPPING, mapping_name: "m", files: &files, dry_run: true };
    let viewer = Actor { name: "v@example.com".to_owned(), role: Role::Viewer };
    let refused = app.import(&viewer, &request, &unwatched).await;
    assert!(matches!(refused, Err(AppError::Forbidden { .. })), "{refused:?}");
}

/// FORMULAS, worked example: Gold 2,000 a year, Silver 60 a month comes and
/// goes.
async fn the_worked_example_of_the_formulas_comes_out(url: String) {
    let app = app_at(&url, NOW).await;
    import(&app, MAPPING, &files(&[])).await;
    let query = RevenueQuery { entries: Some(None), ..RevenueQuery::default() };
    let view = app.revenue(&operator(), as_of("2024-06-10"), &query).await.expect("revenue");
    let entries: Vec<String> = view
        .entries
        .expect("entries")
        .iter()
        .map(|entry| format!("{} {} {} {}", entry.day, entry.name, entry.movement.key(), entry.after))
        .collect();
    assert_eq!(
        entries,
        [
            "2024-01-15 Helvetia Freight new 166.6667",
            "2024-02-01 Nordkap new 30.00",
            "2024-03-01 Helvetia Freight expansion 226.6667",
            "2024-06-01 Helvetia Freight contraction 166.6667",
        ]
    );
}
