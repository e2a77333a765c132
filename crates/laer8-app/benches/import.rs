//! Importing usage from CSV into an empty SQLite database, from the bytes of
//! the file to the commit.
//!
//! The file: 1,000,000 rows of usage of 2,000 accounts through 4,000
//! subscriptions, 40 features, 500 days, each row with an id of its own, in
//! random order; 47 MB. The accounts and subscriptions are there already. The
//! same file is then imported once more, which changes nothing.
//!
//! `cargo bench -p laer8-app --bench import`
#![allow(missing_docs, reason = "a benchmark has no users")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use laer8_app::{Actor, App, AppError, Files, ImportRequest, SystemClock};
use laer8_store::Store;
use std::{collections::BTreeMap, fmt::Write as _, hint::black_box, io::Read, sync::Arc};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const ROWS: u64 = 1_000_000;
const ACCOUNTS: u64 = 2_000;
const SUBSCRIPTIONS: u64 = 4_000;

const CONTRACTS: &str = r#"
schema = 1
source = "bench"
currency = "EUR"
dates = ["%Y-%m-%d"]

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
quantity = { constant = 5 }
price = { constant = 100 }
price_basis = { constant = "total" }
price_per = { constant = "month" }
"#;

const USAGE: &str = r#"
schema = 1
source = "bench"
currency = "EUR"
dates = ["%Y-%m-%d"]

[[file]]
name = "usage.csv"
record = "usage"
[file.fields]
id = "id"
subscription = "subscription"
feature = "feature"
day = "day"
count = "count"
seconds = "seconds"
errors = "errors"
"#;

struct InMemory(BTreeMap<String, Arc<Vec<u8>>>);

impl Files for InMemory {
    fn label(&self) -> String {
        "memory".to_owned()
    }

    fn names(&self) -> Result<Vec<String>, AppError> {
        Ok(self.0.keys().cloned().collect())
    }

    fn open(&self, name: &str) -> Result<(Box<dyn Read + Send>, u64), AppError> {
        let bytes = Arc::clone(&self.0[name]);
        let size = bytes.len() as u64;
        Ok((Box::new(std::io::Cursor::new(Bytes(bytes))), size))
    }
}

struct Bytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

fn files(files: Vec<(&str, String)>) -> InMemory {
    InMemory(files.into_iter().map(|(name, text)| (name.to_owned(), Arc::new(text.into_bytes()))).collect())
}

fn contracts() -> InMemory {
    let mut accounts = "id,since\n".to_owned();
    let mut subscriptions = "id,account,since\n".to_owned();
    for number in 0..ACCOUNTS {
        let _ = writeln!(accounts, "A-{number},2024-01-01");
    }
    for number in 0..SUBSCRIPTIONS {
        let _ = writeln!(subscriptions, "S-{number},A-{},2024-01-01", number % ACCOUNTS);
    }
    files(vec![("accounts.csv", accounts), ("subscriptions.csv", subscriptions)])
}

/// A fixed scramble: neighbours in the file are strangers in the database.
fn scramble(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31)
}

fn usage() -> InMemory {
    let start: chrono::NaiveDate = "2024-01-01".parse().expect("a day");
    let mut text = "id,subscription,feature,day,count,seconds,errors\n".to_owned();
    for number in 0..ROWS {
        let random = scramble(number);
        let day = start + chrono::Days::new(random % 500);
        let (subscription, feature) = ((random >> 10) % SUBSCRIPTIONS, (random >> 30) % 40);
        let (count, seconds) = ((random >> 40) % 30, (random >> 45) % 9000);
        let _ =
            writeln!(text, "U-{random:012x},S-{subscription},feature_{feature},{day},{count},{seconds},0");
    }
    files(vec![("usage.csv", text)])
}

async fn run(app: &App, mapping: &str, files: &InMemory) {
    let request = ImportRequest { mapping, mapping_name: "bench", files, dry_run: false };
    let report = app.import(&Actor::operator(), &request, &|_| ()).await.expect("an import");
    assert!(report.files.iter().all(|file| file.refused == 0), "{report:?}");
    black_box(report);
}

async fn with_contracts(contracts: &InMemory) -> (TempDir, App) {
    let folder = TempDir::new().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("bench.db").display());
    let app = App::new(Store::open(&url).await.expect("a store"), Arc::new(SystemClock));
    run(&app, CONTRACTS, contracts).await;
    (folder, app)
}

fn benchmarks(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let (contracts, usage) = (contracts(), usage());
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10).throughput(Throughput::Elements(ROWS));
    group.bench_function("1,000,000 usage rows, new", |bencher| {
        bencher.iter_batched(
            || runtime.block_on(with_contracts(&contracts)),
            |(folder, app)| {
                runtime.block_on(run(&app, USAGE, &usage));
                (folder, app)
            },
            BatchSize::PerIteration,
        );
    });
    let (folder, app) = runtime.block_on(with_contracts(&contracts));
    runtime.block_on(run(&app, USAGE, &usage));
    group.bench_function("1,000,000 usage rows, known already", |bencher| {
        bencher.iter(|| runtime.block_on(run(&app, USAGE, &usage)));
    });
    drop((folder, app));
    group.finish();
}

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

criterion_group!(benches, benchmarks);
criterion_main!(benches);
