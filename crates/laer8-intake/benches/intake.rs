//! How fast rows are read and checked: a million rows of usage, from bytes in
//! memory to records. One iteration reads the whole file on one thread, with a
//! mapping like that of `examples/ravenstack.toml`. And how fast a first mapping
//! is written from the same file, every value of which is looked at.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use laer8_intake::{
    mapping::Mapping,
    reader::{FileReader, Outcome},
    suggest::{Sample, suggest},
};
use std::{fmt::Write, hint::black_box, time::Duration};

const ROWS: u64 = 1_000_000;

const MAPPING: &str = r#"
schema = 1
source = "bench"
dates = ["%d-%m-%Y"]
[[file]]
name = "usage.csv"
record = "usage"
[file.fields]
id = "usage_id"
subscription = "subscription_id"
feature = "feature_name"
day = "usage_date"
count = "usage_count"
seconds = "usage_duration_secs"
errors = "error_count"
"#;

fn file() -> String {
    let mut text = String::from(
        "usage_id,subscription_id,usage_date,feature_name,usage_count,usage_duration_secs,error_count,is_beta_feature\n",
    );
    for row in 0..ROWS {
        let (day, month, feature) = (row % 28 + 1, row % 12 + 1, row % 40);
        let subscription = row % 5_000;
        let seconds = row % 6_000;
        let _ = writeln!(
            text,
            "U-{row:06x},S-{subscription:06x},{day:02}-{month:02}-2024,feature_{feature},9,{seconds},0,FALSE"
        );
    }
    text
}

fn read_usage(criterion: &mut Criterion) {
    let mapping = Mapping::parse(MAPPING).expect("a valid mapping");
    let file = file();
    let imported_on = "2026-01-01".parse().expect("a day");
    let mut group = criterion.benchmark_group("intake");
    group.sample_size(10).measurement_time(Duration::from_secs(10)).throughput(Throughput::Elements(ROWS));
    group.bench_function("a million rows of usage", |bencher| {
        bencher.iter(|| {
            let reader =
                FileReader::new(&mapping.files()[0], imported_on, file.as_bytes()).expect("a header");
            let read = reader.filter(|outcome| matches!(black_box(outcome), Ok(Outcome::Record(..)))).count();
            assert_eq!(read as u64, ROWS);
        });
    });
    group.bench_function("a first mapping from a million rows", |bencher| {
        bencher.iter(|| {
            let sample = Sample { name: "usage.csv".to_owned(), bytes: file.as_bytes() };
            assert!(black_box(suggest("bench", vec![sample])).text.contains("usage_id"));
        });
    });
    group.finish();
}

criterion_group!(benches, read_usage);
criterion_main!(benches);
