//! The output of taps, read by a mapping.

use laer8_intake::{
    mapping::Mapping,
    singer::{Batch, MOST_BATCH_RECORDS, Reader, Step},
};
use proptest::prelude::*;

const MAPPING: &str = r#"
schema = 1
source = "crm"
[[stream]]
name = "companies"
record = "account"
only = { column = "kind", not = ["partner"] }
[stream.fields]
id = "id"
name = "properties.name"
since = "created"
[stream.traits]
tags = "tags"
first_site = "sites.0.city"
dotted = "a.b"

[[stream]]
name = "deals"
record = "subscription"
currency = "USD"
[stream.fields]
id = "id"
account = "company"
start = "start"
plan = { constant = "pro" }
price = { column = "amount", minor_units = true }
currency = "currency"
price_basis = { constant = "total" }
price_per = { constant = "month" }
"#;

const SCHEMA: &str = r#"{"type": "SCHEMA", "stream": "companies", "key_properties": ["id"], "schema": {"type": "object", "properties": {
    "id": {"type": "integer"}, "created": {"type": ["null", "string"], "format": "date-time"}, "kind": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    "properties": {"type": "object"}, "tags": {"type": ["array", "null"]}, "sites": {}, "a.b": {}, "unread": {"type": "object"}}}}"#;

fn reader() -> Reader {
    let mapping = Mapping::parse(MAPPING).unwrap_or_else(|error| panic!("{error}"));
    Reader::new(&mapping, "2026-11-22".parse().expect("a day")).expect("columns")
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

fn record(record: &str) -> String {
    format!(r#"{{"type": "RECORD", "stream": "companies", "record": {record}}}"#)
}

/// The one batch that these lines make.
fn batch(lines: &[String]) -> Batch {
    let mut reader = reader();
    for line in lines {
        assert_eq!(reader.line(line.as_bytes()), [], "too few for a batch");
    }
    match reader.finish() {
        Some(Step::Batch(batch)) => batch,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_record_is_mapped_as_a_row_is() {
    let company = record(
        r#"{"id": 12345678901234567890, "properties": {"name": "Acme \"AG\"", "unread": 1}, "created": "2026-01-31T22:00:00.000000Z",
            "tags": ["a", 2, null], "sites": [{"city": "Bilbao"}], "a.b": true, "unread": 7}"#,
    );
    let partner = record(r#"{"id": 2, "kind": "Partner", "created": "2026-01-31"}"#);
    insta::assert_json_snapshot!(
        batch(&[one_line(SCHEMA), one_line(&company), partner])
            .taken
            .into_iter()
            .map(|taken| taken.incoming)
            .collect::<Vec<_>>()
    );
}

#[test]
fn amounts_in_cents_become_amounts() {
    let price = |amount: i64, currency: &str| {
        let schema =
            r#"{"type": "SCHEMA", "stream": "deals", "schema": {}, "key_properties": []}"#.to_owned();
        let deal = format!(
            r#"{{"type": "RECORD", "stream": "deals", "record": {{"id": "D", "company": 1, "start": "2026-01-01", "amount": {amount}, "currency": {currency}}}}}"#
        );
        let batch = batch(&[schema, deal]);
        let json = serde_json::to_value(&batch.taken[0].incoming).expect("JSON");
        json["steps"][0]["terms"]["price"]["amount"].to_string()
    };
    assert_eq!(price(2_995, "\"eur\""), "\"29.95\"");
    assert_eq!(price(2_995, "null"), "\"29.95\"", "the currency of the section");
    assert_eq!(price(2_995, "\"jpy\""), "\"2995.00\"");
    assert_eq!(price(2_995, "\"kwd\""), "\"2.9950\"");
}

#[test]
fn state_comes_after_all_that_it_speaks_of() {
    let mut reader = reader();
    reader.line(one_line(SCHEMA).as_bytes());
    let company = record(r#"{"id": 1, "created": "2026-01-31"}"#);
    let mut steps = Vec::new();
    for line in
        [&company, "not a message", "", "{\"type\": \"STATE\", \"value\": {\"at\":  1}}", &company, &company]
    {
        steps.extend(reader.line(line.as_bytes()));
    }
    steps.extend(reader.finish());
    assert_eq!(reader.finish(), None);
    let shape: Vec<String> = steps
        .iter()
        .map(|step| match step {
            Step::Batch(batch) => format!("{} taken, {} refused", batch.taken.len(), batch.refused.len()),
            Step::State(state) => format!("state {state}"),
        })
        .collect();
    assert_eq!(shape, ["1 taken, 1 refused", "state {\"at\":  1}", "2 taken, 0 refused"]);
}

#[test]
fn a_batch_ends_when_it_is_large_enough() {
    let mut reader = reader();
    reader.line(one_line(SCHEMA).as_bytes());
    let company = record(r#"{"id": 1, "created": "2026-01-31"}"#);
    let batches = (0..MOST_BATCH_RECORDS * 2).flat_map(|_| reader.line(company.as_bytes())).count();
    assert_eq!((batches, reader.finish()), (2, None));
}

#[test]
fn refusals_say_where_and_why() {
    let lines = [
        record(r#"{"id": 1}"#),
        one_line(SCHEMA),
        "[1]".to_owned(),
        "{\"type\": \"RECORD\", \"stream\": \"companies\"".to_owned(),
        "{}".to_owned(),
        r#"{"type": "RECORD", "record": {}}"#.to_owned(),
        r#"{"type": "RECORD", "stream": "companies", "record": []}"#.to_owned(),
        r#"{"type": "SCHEMA", "stream": "companies"}"#.to_owned(),
        r#"{"type": "STATE"}"#.to_owned(),
        record(r#"{"created": "2026-01-31"}"#),
        record(r#"{"id": null, "created": "2026-01-31"}"#),
        record(r#"{"id": "x", "created": "2026-01-31"}"#),
        record(r#"{"id": 1, "created": {}}"#),
        record(r#"{"id": 1, "created": "soon", "properties": {"name": "Acme"}}"#),
        record(r#"{"id": "1", "created": null, "properties": {"name": "Acme"}}"#),
    ];
    let batch = batch(&lines);
    let said: Vec<String> =
        batch.refused.iter().map(|refusal| format!("{}: {}", refusal.line, refusal.message())).collect();
    insta::assert_snapshot!(said.join("\n"));
    assert_eq!(batch.refused[0].raw, lines[0]);
}

#[test]
fn a_refused_line_that_was_mended_is_read_by_itself() {
    let company = record(r#"{"id": 1, "created": "soon", "properties": {"name": "Acme"}}"#);
    let refused = batch(&[one_line(SCHEMA), company]).refused.remove(0);
    let mended = refused.raw.replace("soon", "2026-01-31");
    let mut strict = reader();
    strict.line(mended.as_bytes());
    assert_eq!((strict.counts().taken, strict.counts().refused), (0, 1));
    let mut reader = reader().without_schemas();
    reader.line(mended.as_bytes());
    assert_eq!((reader.counts().taken, reader.counts().refused), (1, 0));
}

#[test]
fn whatever_is_not_read_is_counted() {
    let mut reader = reader();
    for line in [
        r#"{"type": "SCHEMA", "stream": "companies", "schema": {"properties": {"id": {}}}, "key_properties": ["id"]}"#,
        r#"{"type": "RECORD", "stream": "owners", "record": {"id": 1}}"#,
        r#"{"type": "RECORD", "stream": "companies", "record": {"id": 1, "kind": "partner"}}"#,
        r#"{"type": "ACTIVATE_VERSION", "stream": "companies", "version": 1}"#,
        r#"{"type": "BATCH", "stream": "companies", "manifest": []}"#,
        r#"{"type": "LOG"}"#,
    ] {
        assert_eq!(reader.line(line.as_bytes()), []);
    }
    insta::assert_debug_snapshot!(reader.counts());
}

#[test]
fn a_mapping_of_streams_says_what_is_wrong_with_it() {
    let text = MAPPING
        .replace("name = \"deals\"", "name = \"deals\"\nencoding = \"utf-8\"")
        .replace("id = \"id\"\nname", "id = { column = \"id\", minor_units = true }\nname");
    let nothing = "schema = 1\nsource = \"crm\"";
    let said = [&*text, nothing].map(|text| Mapping::parse(text).expect_err("faults").to_string());
    insta::assert_snapshot!(said.join("\n"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(lines in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 0..5)) {
        let mut reader = reader();
        for line in &lines {
            reader.line(line);
        }
        prop_assert_eq!(reader.counts().lines, lines.len() as u64);
    }

    /// Every line is taken, refused, left out or counted.
    #[test]
    fn no_record_makes_it_panic_or_is_lost(value in r#"(\{("(id|created|properties|a.b)":("[a-z0-9-]{0,10}"|[0-9]{1,30}|1e999|null|\[1,\{\}\]|\{"name":"\\\\ud800"\}),?){0,4}\})|[\[\]{}",:0-9]{0,12}"#) {
        let mut reader = reader();
        reader.line(one_line(SCHEMA).as_bytes());
        reader.line(record(&value).as_bytes());
        let counts = reader.counts();
        prop_assert_eq!(counts.taken + counts.refused + counts.left_out, 1, "{}", value);
    }
}
