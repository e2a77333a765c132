//! The whole book, from the database to stored results, and the demo company
//! day by day.
//!
//! - `100,000 accounts`: each has five fields, a subscription, twelve rows of
//!   usage in the last half year, a ticket, an NPS answer and a call: 2.3
//!   million rows in SQLite. Read, worked out by the shipped scorecards (stage,
//!   potential, works as promised, score now and 30 and 90 days before,
//!   signals), and stored.
//! - `demo company, 3 years`: the score of each of 300 accounts on each of 1,096
//!   days, as known on that day, reading the facts included.
//!
//! `cargo bench -p laer8-app --bench book`
#![allow(missing_docs, reason = "a benchmark has no users")]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use laer8_app::{Actor, App, AsOf, DemoRequest, FixedClock, HealthQuery};
use laer8_domain::{days::Day, records::Incoming};
use laer8_store::Store;
use std::{hint::black_box, sync::Arc};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const NOW: &str = "2026-06-30T12:00:00Z";
const ACCOUNTS: u32 = 100_000;

async fn empty() -> (TempDir, Store) {
    let folder = TempDir::new().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("bench.db").display());
    (folder, Store::open(&url).await.expect("a store"))
}

/// An app that has worked out nothing yet: each keeps what it has.
fn fresh(store: &Store) -> App {
    let clock = FixedClock(NOW.parse().expect("an instant"));
    App::new(store.clone(), Arc::new(clock))
}

/// Throws away what was worked out before.
async fn forget(store: &Store) {
    let tx = store.write().await.expect("a transaction");
    tx.forget_evaluations(None).await.expect("forgotten");
    tx.commit().await.expect("committed");
}

/// The records of one account of the large book.
fn account(number: u32) -> Vec<Incoming> {
    let day = |offset: u32| -> Day {
        let last: Day = "2026-06-30".parse().expect("a day");
        last - chrono::Days::new(u64::from(offset))
    };
    let id = format!("A{number}");
    let account = serde_json::json!({ "account": id });
    let start = day(200 + number % 700);
    let plan = ["Team", "Business"][number as usize % 2];
    let field = |field: &str, value: serde_json::Value| serde_json::json!({ "field": field, "value": value, "since": start });
    let mut records = vec![
        serde_json::json!({ "type": "account", "id": id, "fields": [
            field("name", format!("Account {number}").into()),
            field("industry", ["Energy", "Retail", "Health"][number as usize % 3].into()),
            field("country", ["ES", "GB", "US", "MX"][number as usize % 4].into()),
            field("owner", format!("csm{}@example.com", number % 60).into()),
            field("employees", (number % 5000).into()),
        ]}),
        serde_json::json!({ "type": "subscription", "id": format!("S{number}"), "account": account, "whole": true,
            "steps": [{ "from": start, "terms": {
                "plan": plan, "quantity": 3 + number % 40, "term_months": 12,
                "price": { "amount": "25.00", "currency": "EUR", "per": "month", "basis": "unit" } } }] }),
        serde_json::json!({ "type": "ticket", "id": format!("T{number}"), "account": account, "events": [
            { "kind": "opened", "value": "It is slow", "at": format!("{}T09:00:00Z", day(number % 90)) },
            { "kind": "prioritised", "value": "high", "at": format!("{}T09:00:00Z", day(number % 90)) }] }),
        serde_json::json!({ "type": "survey", "id": format!("N{number}"), "account": account, "kind": "nps",
            "score": number % 11, "day": day(number % 180) }),
        serde_json::json!({ "type": "note", "id": format!("C{number}"), "account": account, "kind": "call",
            "two_way": true, "day": day(number % 120) }),
    ];
    for row in 0..12 {
        records.push(
            serde_json::json!({ "type": "usage", "id": format!("U{number}-{row}"), "account": account,
            "feature": format!("feature_{}", (number + row) % 12), "day": day(row * 14 + number % 14),
            "count": 5 + (number + row) % 60, "people": 1 + number % 9 }),
        );
    }
    records.into_iter().map(|record| serde_json::from_value(record).expect("a record")).collect()
}

fn benchmarks(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let operator = Actor::operator();
    let mut group = criterion.benchmark_group("book");
    group.sample_size(10);

    let (folder, store) = runtime.block_on(empty());
    let records = (0..ACCOUNTS).flat_map(account);
    runtime.block_on(fresh(&store).absorb_records(&operator, "bench", records)).expect("a book");
    group.bench_function("100,000 accounts, from the database to stored results", |bencher| {
        bencher.iter(|| {
            black_box(runtime.block_on(fresh(&store).recalculate(&operator, AsOf::Newest)).expect("results"))
        });
    });
    drop((folder, store));

    let (folder, store) = runtime.block_on(empty());
    runtime.block_on(fresh(&store).demo(&operator, DemoRequest::default(), &|_| ())).expect("a company");
    group.bench_function("demo company, 3 years of scores, from the database", |bencher| {
        let three_years = HealthQuery { days: 1096, segment: None };
        let work_out = |()| {
            let app = fresh(&store);
            let days = app.health_over_time(&operator, AsOf::Newest, &three_years);
            black_box(runtime.block_on(days).expect("3 years"))
        };
        bencher.iter_batched(|| runtime.block_on(forget(&store)), work_out, BatchSize::PerIteration);
    });
    drop((folder, store));
    group.finish();
}

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

criterion_group!(benches, benchmarks);
criterion_main!(benches);
