//! Lines of a tap that can't be taken: kept, seen, mended, read again.

use crate::{
    support::{InMemory, app_at, operator, unwatched},
    tap::{MAPPING, company, event, ingest, known, record, request, schema, state, usage},
};
use laer8_app::QuarantineAsked;
use serde_json::json;
use std::io::Cursor;

const NOW: &str = "2024-06-10T12:00:00Z";
const LATER: &str = "2024-07-10T12:00:00Z";

laer8_testkit::on_both!(
    refused_records_are_exported_mended_and_taken_in,
    lines_that_are_no_records_are_mended_as_lines,
    a_record_that_is_refused_again_lies_there_once,
    a_line_that_is_too_long_stops_nothing,
    a_stream_may_have_a_name_that_no_file_has,
);

fn all() -> QuarantineAsked {
    QuarantineAsked { limit: 100, ..QuarantineAsked::default() }
}

async fn refused_records_are_exported_mended_and_taken_in(url: String) {
    let app = app_at(&url, NOW).await;
    let lines = [
        schema("companies"),
        company("1", "Acme, \"the\" first"),
        schema("events"),
        event("E1", "1", "2024-03-01", 1),
        event("E2", "1", "2024-03-33", 2),
        event("E3", "7", "2024-03-03", 3),
        state(&json!({"at": 1})),
    ];
    let run = ingest(&app, &lines).await;
    assert_eq!((run.counts("events"), run.states.len()), ((3, 1, 0, 0, 2), 1));
    let view = app.quarantine_view(&operator(), &all()).await.expect("a look");
    let bad = &view.rows[0];
    assert_eq!(bad.header, ["company", "count", "day", "feature", "id", "singer_message"]);
    assert_eq!(bad.row.cells[..5], ["1", "2", "2024-03-33", "Reports", "E2"]);
    assert_eq!((bad.row.cells[5].as_str(), bad.marked), (lines[4].as_str(), Some(2)), "the whole line");

    let app = app_at(&url, LATER).await;
    ingest(&app, &[schema("events"), state(&json!({"at": 2}))]).await;
    let exported = app.export_quarantine(&operator()).await.expect("files");
    assert_eq!((exported.len(), exported[0].name.as_str()), (1, "events.usage.quarantine.csv"));
    let text = String::from_utf8(exported[0].contents.clone()).expect("UTF-8");
    let mended = text.replace("2024-03-33", "2024-03-02").replace(",7,", ",1,");
    let mended = InMemory::of(&[(&exported[0].name, &mended)]);
    let report = app.mend_uploaded(&operator(), "crm", None, &mended).await.expect("mended");
    assert_eq!((report.released, report.remaining), (2, 0), "{report:?}");
    let known: Vec<(String, i64, String)> = usage(&app).await;
    let expected = [("E1", 1, "2024-03-01"), ("E2", 2, "2024-03-02"), ("E3", 3, "2024-03-03")];
    assert_eq!(
        known,
        expected.map(|(id, count, on)| (id.to_owned(), count, on.to_owned())),
        "they count as if they had been right in the first run"
    );
}

async fn lines_that_are_no_records_are_mended_as_lines(url: String) {
    let app = app_at(&url, NOW).await;
    let broken = company("1", "Acme").replacen("{\"record", "{record", 1);
    let early = company("2", "Bolt");
    let lines = [broken, early, schema("companies"), "log: nothing to see".to_owned()];
    let mut bytes = lines.join("\n").into_bytes();
    bytes.extend(b"\n{\"type\": \"RECORD\", \"x\": \"\xff\"}\n");
    let (_, report) = crate::tap::read(&app, &request(false), Box::new(Cursor::new(bytes))).await;
    assert_eq!(report.expect("a report").refused(), 4);
    let rows = app.quarantine(&operator()).await.expect("a look");
    let mut reasons: Vec<(u32, &str)> = rows.iter().map(|row| (row.line, row.reason.as_str())).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, [(1, "bad_json"), (2, "no_schema"), (4, "bad_json"), (5, "not_utf8")]);

    let exported = app.export_quarantine(&operator()).await.expect("files");
    let names: Vec<&str> = exported.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["companies.message.quarantine.csv", "crm.message.quarantine.csv"]);
    let texts: Vec<String> = exported
        .iter()
        .map(|file| {
            String::from_utf8(file.contents.clone()).expect("UTF-8").replace("{record", "{\"\"record")
        })
        .collect();
    let mended = InMemory::of(&[(names[0], &texts[0]), (names[1], &texts[1])]);
    let report = app.mend(&operator(), MAPPING, &mended, &unwatched).await.expect("mended");
    assert_eq!((report.released, report.remaining), (2, 2), "{report:?}");
    assert_eq!(known(&app, "account").await.len(), 2);
}

async fn a_record_that_is_refused_again_lies_there_once(url: String) {
    let app = app_at(&url, NOW).await;
    for minute in 1..4 {
        let read_at = format!("2024-06-10T12:0{minute}:00Z");
        let mut lines = vec![schema("events")];
        for bad in [event("E1", "7", "2024-03-01", 1), event("E2", "7", "soon", 1)] {
            lines.push(bad.replacen('{', &format!("{{\"time_extracted\": \"{read_at}\", "), 1));
        }
        let run = ingest(&app, &lines).await;
        assert_eq!(run.counts("events"), (2, 0, 0, 0, 2));
    }
    let rows = app.quarantine(&operator()).await.expect("a look");
    assert_eq!(rows.len(), 2, "{rows:?}");
}

async fn a_line_that_is_too_long_stops_nothing(url: String) {
    let app = app_at(&url, NOW).await;
    let large = "x".repeat(17 << 20);
    let long = record("companies", &json!({"id": "1", "name": large, "created": "2024-01-05"}));
    let lines = [schema("companies"), long, company("2", "Bolt"), state(&json!({"at": 1}))];
    let run = ingest(&app, &lines).await;
    assert_eq!((run.counts("companies"), run.report.refused()), ((1, 1, 0, 0, 0), 1));
    let row = app.quarantine(&operator()).await.expect("a look").remove(0);
    assert_eq!((row.line, row.reason.as_str()), (2, "too_long"));
    assert!(row.message.starts_with("the line has 178"), "{}", row.message);
    assert!(row.cells[0].len() < 10_000, "its beginning is enough to tell what it was");
}

async fn a_stream_may_have_a_name_that_no_file_has(url: String) {
    let app = app_at(&url, NOW).await;
    let mapping = MAPPING.replace("name = \"events\"", "name = \"../*\"");
    let event = event("E1", "1", "soon", 1).replace("\"events\"", "\"../../etc/events\"");
    let lines = [schema("../../etc/events"), event].map(|line| format!("{line}\n")).concat();
    let request = laer8_app::SingerRequest { mapping: &mapping, ..request(false) };
    let (_, report) = crate::tap::read(&app, &request, Box::new(Cursor::new(lines))).await;
    assert_eq!(report.expect("a report").refused(), 1);
    let exported = app.export_quarantine(&operator()).await.expect("files");
    assert_eq!(exported[0].name, ".._.._etc_events.usage.quarantine.csv");
}
