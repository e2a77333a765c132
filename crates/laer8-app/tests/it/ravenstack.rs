//! Real input that nobody here wrote.

use crate::support::{app_at, counts, day, import, operator};
use laer8_app::{AccountsQuery, AsOf, Folder, RevenueQuery, ScoreQuery};
use laer8_domain::days::Granularity;
use laer8_domain::money::Amount;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

const NOW: &str = "2026-11-22T12:00:00Z";

/// The folder of the data set; none where it is absent, which is said.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ravenstack");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is absent", folder.display());
    None
}

fn mapping() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/ravenstack.toml");
    std::fs::read_to_string(path).expect("the example mapping")
}

laer8_testkit::on_both!(ravenstack_comes_in_whole);

async fn ravenstack_comes_in_whole(url: String) {
    let Some(folder) = folder() else { return };
    let app = app_at(&url, NOW).await;
    let files = Folder(folder.clone());
    let first = import(&app, &mapping(), &files).await;
    assert_eq!(counts(&first, "ravenstack_accounts.csv"), (500, 500, 0, 0, 0));
    assert_eq!(counts(&first, "ravenstack_subscriptions.csv"), (5000, 5000, 0, 0, 0));
    assert_eq!(counts(&first, "ravenstack_feature_usage.csv"), (25_000, 24_979, 0, 0, 21));
    assert_eq!(counts(&first, "ravenstack_churn_events.csv"), (600, 600, 0, 0, 0));
    assert_eq!(counts(&first, "ravenstack_support_tickets.csv").0, 2000);
    let found: BTreeMap<&str, u64> =
        first.findings.iter().map(|finding| (finding.kind.as_str(), finding.count)).collect();
    assert_eq!(found["duplicate_id"], 21);
    assert_eq!(found["never_ran"], 13);
    assert_eq!(found["usage_before_start"], 19_142);
    assert!(found["churned_but_paying"] > 0 && found["event_without_flag"] > 0, "{found:?}");

    let second = import(&app, &mapping(), &files).await;
    for file in &second.files {
        assert_eq!((file.new, file.changed), (0, 0), "{file:?}");
    }

    let oracle = monthly_recurring_revenue(&folder);
    let query = RevenueQuery {
        from: Some(day("2023-01-01")),
        to: Some(day("2025-01-01")),
        granularity: Some(Granularity::Month),
        ..RevenueQuery::default()
    };
    let view = app.revenue(&operator(), AsOf::Newest, &query).await.expect("revenue");
    assert!(view.as_of.stale && view.as_of.day == day("2024-12-31"), "{:?}", view.as_of);
    let closings: Vec<(String, Amount)> =
        view.periods.iter().map(|period| (period.window.end.to_string(), period.closing)).collect();
    assert_eq!(closings, oracle);
    for period in &view.periods {
        let gained = period.new.amount + period.expansion.amount + period.reactivation.amount;
        let lost = period.contraction.amount + period.churn.amount;
        assert_eq!(period.opening + gained - lost + period.exchange, period.closing);
    }
    each_score_adds_up(&app).await;
}

/// MRR at the end of each month, straight from the file: what starts on or
/// before the last day and has not ended by then.
fn monthly_recurring_revenue(folder: &Path) -> Vec<(String, Amount)> {
    let mut reader = csv::Reader::from_path(folder.join("ravenstack_subscriptions.csv")).expect("the file");
    let parse = |text: &str| chrono::NaiveDate::parse_from_str(text, "%d-%m-%Y").ok();
    let rows: Vec<(chrono::NaiveDate, Option<chrono::NaiveDate>, i64)> = reader
        .records()
        .map(|record| {
            let record = record.expect("a row");
            (parse(&record[2]).expect("a start"), parse(&record[3]), record[6].parse().expect("an amount"))
        })
        .collect();
    let window = laer8_domain::days::Window::new(day("2023-01-01"), day("2025-01-01"));
    let months = Granularity::Month.split(window);
    let mrr = |last: chrono::NaiveDate| -> i64 {
        rows.iter()
            .filter(|(start, end, _)| *start <= last && end.is_none_or(|end| last < end))
            .map(|(_, _, mrr)| mrr)
            .sum()
    };
    months
        .into_iter()
        .map(|month| {
            (month.end.to_string(), Amount::from_major(mrr(laer8_domain::days::shift(month.end, -1))))
        })
        .collect()
}

/// For some accounts: 50 and the contributions, less what caps took, are the
/// score, and each contribution with a value opens to rows.
async fn each_score_adds_up(app: &laer8_app::App) {
    let view = app.accounts(&operator(), AsOf::Newest, &AccountsQuery::default()).await.expect("accounts");
    assert_eq!(view.accounts.len(), 500);
    let mut scored = 0;
    for account in view.accounts.iter().step_by(25) {
        let query = ScoreQuery { account: format!("#{}", account.id), rows: 3, history_days: 0 };
        let explained = app.score(&operator(), AsOf::Newest, &query).await.expect("a score");
        assert_eq!(explained.score, account.score);
        let Some(score) = explained.score else { continue };
        let sum: f64 = explained.contributions.iter().map(|contribution| contribution.contribution).sum();
        assert!((50.0 + sum - explained.taken_by_caps - score).abs() < 1e-9, "{explained:?}");
        for contribution in
            explained.contributions.iter().filter(|c| c.value.is_some_and(|value| value > 0.0))
        {
            assert!(!contribution.rows.is_empty(), "{} opens to no row", contribution.measure);
            assert!(contribution.rows.iter().all(|row| row.file.is_some() && row.line > 1));
        }
        scored += 1;
    }
    assert!(scored > 5, "{scored} accounts have a score");
}
