//! A tap of the tests: what it writes, and what came of it.

use crate::support::{app_at, operator, unwatched};
use laer8_app::{App, AppError, SingerReport, SingerRequest};
use serde_json::{Value, json};
use std::io::{Cursor, Read};

pub(crate) const MAPPING: &str = r#"
schema = 1
source = "crm"
currency = "EUR"

[[plan]]
id = "pro"
entitles = "all"

[[stream]]
name = "companies"
record = "account"
[stream.fields]
id = "id"
name = "name"
since = "created"
country = { column = "country", since = "changed" }

[[stream]]
name = "contacts"
record = "person"
[stream.fields]
id = "id"
account = "company"
name = "name"
since = "created"

[[stream]]
name = "deals"
record = "subscription"
[stream.fields]
id = "id"
account = "company"
start = "start"
plan = { constant = "pro" }
quantity = "seats"
price = "price"
price_basis = { constant = "total" }
price_per = { constant = "month" }

[[stream]]
name = "events"
record = "usage"
[stream.fields]
id = "id"
account = "company"
feature = "feature"
day = "day"
count = "count"
"#;

pub(crate) fn schema(stream: &str) -> String {
    json!({"type": "SCHEMA", "stream": stream, "key_properties": ["id"], "schema": {}}).to_string()
}

pub(crate) fn record(stream: &str, record: &Value) -> String {
    json!({"type": "RECORD", "stream": stream, "record": record}).to_string()
}

pub(crate) fn state(value: &Value) -> String {
    json!({"type": "STATE", "value": value}).to_string()
}

pub(crate) fn company(id: &str, name: &str) -> String {
    record("companies", &json!({"id": id, "name": name, "created": "2024-01-05"}))
}

pub(crate) fn contact(id: &str, company: &str, name: &str) -> String {
    record("contacts", &json!({"id": id, "company": company, "name": name, "created": "2024-02-01"}))
}

pub(crate) fn event(id: &str, company: &str, day: &str, count: i64) -> String {
    let event = json!({"id": id, "company": company, "feature": "Reports", "day": day, "count": count});
    record("events", &event)
}

/// What a run released, and its report.
pub(crate) struct Run {
    pub(crate) states: Vec<String>,
    pub(crate) report: SingerReport,
}

impl Run {
    /// (rows, new, changed, unchanged, refused) of a stream.
    pub(crate) fn counts(&self, stream: &str) -> (u64, u64, u64, u64, u64) {
        let found = self.report.streams.iter().find(|report| report.name == stream);
        let report = found.unwrap_or_else(|| panic!("{stream} in {:?}", self.report));
        (report.rows, report.new, report.changed, report.unchanged, report.refused)
    }
}

pub(crate) fn request(dry_run: bool) -> SingerRequest<'static> {
    SingerRequest { mapping: MAPPING, mapping_name: "m.toml", dry_run }
}

/// Reads an input, and returns the states that left also where it fails.
pub(crate) async fn read(
    app: &App,
    request: &SingerRequest<'_>,
    input: Box<dyn Read + Send>,
) -> (Vec<String>, Result<SingerReport, AppError>) {
    let mut states = Vec::new();
    let mut released = |state: &str| states.push(state.to_owned());
    let report = app.ingest_singer(&operator(), request, input, &mut released, &unwatched).await;
    (states, report)
}

/// Reads whole lines to their end.
pub(crate) async fn ingest(app: &App, lines: &[String]) -> Run {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let (states, report) = read(app, &request(false), Box::new(Cursor::new(text))).await;
    Run { states, report: report.expect("a report") }
}

/// The same on a day.
pub(crate) async fn ingest_on(url: &str, day: &str, lines: &[String]) -> Run {
    ingest(&app_at(url, &format!("{day}T12:00:00Z")).await, lines).await
}

/// Everything known of a kind, as an export tells it.
pub(crate) async fn known(app: &App, kind: &str) -> Vec<Value> {
    let folder = tempfile::TempDir::new().expect("a folder");
    app.export(&operator(), &folder.path().join("all"), &unwatched).await.expect("an export");
    let text = std::fs::read_to_string(folder.path().join(format!("all/crm/{kind}.ndjson")));
    let text = text.unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The usage that is known: (id, count, since when).
pub(crate) async fn usage(app: &App) -> Vec<(String, i64, String)> {
    let row = |row: Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&row["id"]), row["count"].as_i64().unwrap_or_default(), text(&row["known"]["on"]))
    };
    known(app, "usage").await.into_iter().map(row).collect()
}
