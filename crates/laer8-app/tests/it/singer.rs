//! What a Singer tap writes: stored once, known since the right day, and said to
//! be stored only when it is.

use crate::{
    support::{app_at, operator},
    tap::{
        MAPPING, Run, company, contact, event, ingest, ingest_on, known, read, record, request, schema,
        state, usage,
    },
};
use laer8_app::{Actor, AppError, SingerRequest};
use laer8_domain::users::Role;
use serde_json::{Value, json};
use std::{
    io::{Cursor, Read},
    sync::mpsc::{Receiver, channel},
};

const NOW: &str = "2024-06-10T12:00:00Z";

laer8_testkit::on_both!(
    states_leave_when_what_they_speak_of_is_stored,
    the_same_again_changes_nothing,
    streams_may_come_in_any_order,
    what_came_too_early_is_taken_in_at_the_end,
    what_waited_longer_than_its_source_said_it_stays_out,
    history_is_known_when_it_happened_and_what_comes_late_from_today,
    after_a_run_that_was_cut_the_history_goes_on,
    a_stream_that_is_selected_later_brings_its_history_then,
    a_stream_without_news_counts_as_read,
    what_changes_at_the_source_is_known_from_today,
    an_input_that_fails_leaves_what_was_stored,
    a_tap_that_stops_in_a_line_is_found_out,
    records_that_lie_elsewhere_end_the_run,
    many_records_take_few_transactions_and_all_arrive,
    a_dry_run_keeps_nothing,
    a_run_is_listed_with_its_streams,
    who_may_not_change_anything_may_not_ingest,
    a_mapping_that_can_not_work_says_so,
);

fn first_run() -> Vec<String> {
    vec![
        schema("companies"),
        company("1", "Acme"),
        company("2", "Bolt"),
        state(&json!({"bookmarks": {"companies": 2}})),
        schema("events"),
        event("E1", "1", "2024-03-01", 5),
        event("E2", "2", "2024-03-02", 7),
        state(&json!({"bookmarks": {"companies": 2, "events": 2}})),
    ]
}

async fn states_leave_when_what_they_speak_of_is_stored(url: String) {
    let app = app_at(&url, NOW).await;
    assert_eq!(app.singer_state(&operator(), &request(false)).await.expect("a look"), None);
    let run = ingest(&app, &first_run()).await;
    let last = r#"{"bookmarks":{"companies":2,"events":2}}"#;
    assert_eq!(run.states, [r#"{"bookmarks":{"companies":2}}"#, last]);
    assert_eq!((run.counts("companies"), run.counts("events")), ((2, 2, 0, 0, 0), (2, 2, 0, 0, 0)));
    assert!(run.report.whole);
    let kept = app.singer_state(&operator(), &request(false)).await.expect("a look");
    assert_eq!(kept.as_deref(), Some(last));
}

async fn the_same_again_changes_nothing(url: String) {
    let app = app_at(&url, NOW).await;
    ingest(&app, &first_run()).await;
    let before = usage(&app).await;
    let run = ingest_on(&url, "2024-06-11", &first_run()).await;
    assert_eq!((run.counts("companies"), run.counts("events")), ((2, 0, 0, 2, 0), (2, 0, 0, 2, 0)));
    assert_eq!(usage(&app).await, before);
}

/// Contacts before the companies that they belong to, as some taps have it.
async fn streams_may_come_in_any_order(url: String) {
    let app = app_at(&url, NOW).await;
    let lines = [
        schema("contacts"),
        contact("C1", "1", "Ana"),
        contact("C2", "9", "Bea"),
        state(&json!({"at": 1})),
        schema("companies"),
        company("1", "Acme"),
        state(&json!({"at": 2})),
    ];
    let run = ingest(&app, &lines).await;
    assert_eq!(run.counts("contacts"), (2, 1, 0, 0, 1));
    let waiting = app.quarantine(&operator()).await.expect("a look");
    let reasons: Vec<(&str, u32, &str)> =
        waiting.iter().map(|row| (row.file.as_str(), row.line, row.reason.as_str())).collect();
    assert_eq!(reasons, [("contacts", 3, "unknown_account")]);
    // The other company comes with another run.
    let run = ingest(&app, &[schema("companies"), company("9", "Nine"), state(&json!({"at": 3}))]).await;
    assert_eq!((run.report.released, run.report.refused()), (1, 0));
    assert_eq!(app.quarantine(&operator()).await.expect("a look"), []);
    let people = known(&app, "person").await;
    assert_eq!(people.len(), 2, "{people:?}");
}

/// A tap that goes on only when its first state has come back.
struct Patient {
    first: Cursor<String>,
    then: Cursor<String>,
    came_back: Receiver<()>,
    goes_on: bool,
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.first.read(buffer)?;
        if read > 0 {
            return Ok(read);
        }
        if !self.goes_on {
            self.came_back.recv().map_err(std::io::Error::other)?;
            self.goes_on = true;
        }
        self.then.read(buffer)
    }
}

/// The contacts are stored, and their state has left, before any company comes.
async fn what_came_too_early_is_taken_in_at_the_end(url: String) {
    let app = app_at(&url, NOW).await;
    let text = |lines: &[String]| Cursor::new(lines.iter().map(|line| format!("{line}\n")).collect());
    let mut first = vec![schema("contacts")];
    first.extend((0..700).map(|number| contact(&format!("C{number}"), "1", "Ana")));
    first.push(state(&json!({"at": 1})));
    let then = [schema("companies"), company("1", "Acme"), state(&json!({"at": 2}))];
    let (sender, came_back) = channel();
    let tap = Patient { first: text(&first), then: text(&then), came_back, goes_on: false };
    let mut states = Vec::new();
    let mut released = |state: &str| {
        states.push(state.to_owned());
        let _ = sender.send(()); // the tap may have ended
    };
    let report = app.ingest_singer(&operator(), &request(false), Box::new(tap), &mut released, &|_| ()).await;
    let run = Run { report: report.expect("a report"), states };
    assert_eq!(run.states, [r#"{"at":1}"#, r#"{"at":2}"#]);
    assert_eq!((run.counts("contacts"), run.report.released), ((700, 700, 0, 0, 0), 700));
    assert_eq!(app.quarantine(&operator()).await.expect("a look"), []);
    let files = app.imports(&operator(), None, 1).await.expect("runs").runs.remove(0).files;
    assert_eq!((files[0].name.as_str(), files[0].new, files[0].refused), ("contacts", 700, 0));
}

async fn what_waited_longer_than_its_source_said_it_stays_out(url: String) {
    let app = app_at(&url, NOW).await;
    ingest(&app, &[schema("contacts"), contact("C1", "1", "Ana")]).await;
    let lines = [
        schema("companies"),
        company("1", "Acme"),
        company("2", "Bolt"),
        state(&json!({"at": 2})),
        schema("contacts"),
        contact("C1", "1", "Ana María"),
        state(&json!({"at": 3})),
    ];
    let run = ingest(&app, &lines).await;
    assert_eq!((run.counts("contacts"), run.report.released), ((1, 1, 0, 0, 0), 0));
    assert_eq!(app.quarantine(&operator()).await.expect("a look"), [], "it is out of date, and gone");
    let people = known(&app, "person").await;
    let names: Vec<&Value> = people.iter().map(|person| &person["fields"][0]["value"]).collect();
    assert!(!format!("{people:?}").contains("\"Ana\""), "{names:?}");
}

async fn history_is_known_when_it_happened_and_what_comes_late_from_today(url: String) {
    ingest_on(&url, "2024-06-10", &first_run()).await;
    let later = [
        schema("events"),
        event("E3", "1", "2024-04-01", 1),
        event("E4", "1", "2024-06-18", 1),
        event("E5", "1", "2024-06-20", 1),
        state(&json!({"bookmarks": {"events": 5}})),
    ];
    ingest_on(&url, "2024-06-20", &later).await;
    let app = app_at(&url, NOW).await;
    let known: Vec<(String, String)> = usage(&app).await.into_iter().map(|(id, _, on)| (id, on)).collect();
    let expected = [
        ("E1", "2024-03-01"),
        ("E2", "2024-03-02"),
        ("E3", "2024-06-20"), // it was not in the run of the 10th
        ("E4", "2024-06-18"), // nobody asked since
        ("E5", "2024-06-20"),
    ];
    assert_eq!(known, expected.map(|(id, on)| (id.to_owned(), on.to_owned())));
}

/// Of a first run that was cut, only the stream that was done is late afterwards.
async fn after_a_run_that_was_cut_the_history_goes_on(url: String) {
    let cut = [
        schema("companies"),
        company("1", "Acme"),
        state(&json!({"bookmarks": {"companies": 1}, "currently_syncing": "events"})),
        schema("events"),
        event("E1", "1", "2024-03-01", 1),
        state(&json!({"bookmarks": {"events": 1}, "currently_syncing": "events"})),
    ];
    let run = ingest_on(&url, "2024-06-10", &cut).await;
    assert!(!run.report.whole, "the last state says that events are under way");
    let rest = [
        schema("companies"),
        record("companies", &json!({"id": "2", "name": "Bolt", "created": "2024-02-02"})),
        schema("events"),
        event("E2", "1", "2024-03-02", 1),
        state(&json!({"bookmarks": {"events": 2}, "currently_syncing": null})),
    ];
    let run = ingest_on(&url, "2024-06-12", &rest).await;
    assert!(run.report.whole);
    let app = app_at(&url, NOW).await;
    let known_on: Vec<String> = usage(&app).await.into_iter().map(|(_, _, on)| on).collect();
    assert_eq!(known_on, ["2024-03-01", "2024-03-02"]);
    let accounts = known(&app, "account").await;
    let bolt = accounts.iter().find(|account| account["id"] == "2").expect("the account");
    assert_eq!(bolt["fields"][0]["known"]["on"], "2024-06-12", "companies were done: {bolt}");
}

async fn a_stream_that_is_selected_later_brings_its_history_then(url: String) {
    ingest_on(&url, "2024-06-10", &first_run()[..4]).await;
    ingest_on(&url, "2024-06-20", &first_run()).await;
    let app = app_at(&url, NOW).await;
    let known_on: Vec<String> = usage(&app).await.into_iter().map(|(_, _, on)| on).collect();
    assert_eq!(known_on, ["2024-03-01", "2024-03-02"]);
}

async fn a_stream_without_news_counts_as_read(url: String) {
    ingest_on(&url, "2024-06-10", &first_run()).await;
    let nothing = [schema("companies"), schema("events"), state(&json!({"bookmarks": {}}))];
    ingest_on(&url, "2024-06-20", &nothing).await;
    ingest_on(&url, "2024-06-21", &[schema("events"), event("E3", "1", "2024-06-15", 1)]).await;
    let app = app_at(&url, NOW).await;
    let last = usage(&app).await.pop().expect("usage");
    assert_eq!(last, ("E3".to_owned(), 1, "2024-06-21".to_owned()), "the run of the 20th did not have it");
}

async fn what_changes_at_the_source_is_known_from_today(url: String) {
    ingest_on(&url, "2024-06-10", &first_run()).await;
    let changed = |name: &str, country: &str, on: &str| {
        let fields =
            json!({"id": "1", "name": name, "created": "2024-01-05", "country": country, "changed": on});
        [schema("companies"), record("companies", &fields), event("E1", "1", "2024-03-01", 50)]
    };
    let run = ingest_on(&url, "2024-06-20", &changed("Acme AG", "CH", "2024-06-20")).await;
    assert_eq!(run.counts("companies"), (1, 0, 1, 0, 0));
    let app = app_at(&url, NOW).await;
    let accounts = known(&app, "account").await;
    let mut facts: Vec<String> = accounts
        .iter()
        .filter(|account| account["id"] == "1")
        .flat_map(|account| account["fields"].as_array().cloned().unwrap_or_default())
        .map(|fact| format!("{} {} {}", fact["field"], fact["since"], fact["known"]["on"]).replace('"', ""))
        .collect();
    facts.sort_unstable();
    let expected =
        ["country 2024-06-20 2024-06-20", "name 2024-01-05 2024-01-05", "name 2024-01-05 2024-06-20"];
    assert_eq!(facts, expected);
}

/// An input that ends with an error, as a pipe that breaks.
struct Breaks(Cursor<String>);

impl Read for Breaks {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(std::io::Error::other("it broke")),
            read => Ok(read),
        }
    }
}

async fn an_input_that_fails_leaves_what_was_stored(url: String) {
    let app = app_at(&url, NOW).await;
    let text: String = first_run()[..6].iter().map(|line| format!("{line}\n")).collect();
    let (states, report) = read(&app, &request(false), Box::new(Breaks(Cursor::new(text)))).await;
    assert!(matches!(report, Err(AppError::File { .. })), "{report:?}");
    assert_eq!(states, [r#"{"bookmarks":{"companies":2}}"#]);
    // From that state on, the tap repeats the event that nobody said was stored.
    let run = ingest(&app, &first_run()[4..]).await;
    assert_eq!(run.counts("events"), (2, 1, 0, 1, 0));
    let counts: Vec<i64> = usage(&app).await.into_iter().map(|(_, count, _)| count).collect();
    assert_eq!(counts, [5, 7], "nothing is lost, nothing doubled");
    let runs = app.imports(&operator(), None, 9).await.expect("runs").runs;
    assert_eq!((runs[0].seconds, runs[1].seconds), (Some(0.0), None), "the first did not finish");
}

async fn a_tap_that_stops_in_a_line_is_found_out(url: String) {
    let app = app_at(&url, NOW).await;
    let mut text: String = first_run().iter().map(|line| format!("{line}\n")).collect();
    text.push_str(&event("E9", "1", "2024-03-01", 5)[..40]);
    let (states, report) = read(&app, &request(false), Box::new(Cursor::new(text.clone()))).await;
    let report = report.expect("a report");
    assert!(report.cut_short && !report.whole, "{report:?}");
    assert_eq!((states.len(), report.refused()), (2, 0), "half a line is nothing to mend");
    // A last line without its end is a line.
    text.truncate(text.trim_end().rfind('\n').expect("lines"));
    let (_, report) = read(&app, &request(false), Box::new(Cursor::new(text))).await;
    assert!(report.expect("a report").whole);
}

async fn records_that_lie_elsewhere_end_the_run(url: String) {
    let app = app_at(&url, NOW).await;
    let batch = json!({"type": "BATCH", "stream": "events", "encoding": {}, "manifest": []}).to_string();
    let mut lines = first_run();
    lines.insert(5, batch);
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let (states, report) = read(&app, &request(false), Box::new(Cursor::new(text))).await;
    let error = report.expect_err("records are missing").to_string();
    assert!(error.starts_with("line 6: the tap writes records into files of their own"), "{error}");
    assert_eq!(states.len(), 1, "no state speaks of what was not read");
    let elsewhere = json!({"type": "BATCH", "stream": "owners", "manifest": []}).to_string();
    ingest(&app, &[elsewhere, schema("companies"), company("1", "Acme")]).await;
}

async fn many_records_take_few_transactions_and_all_arrive(url: String) {
    let app = app_at(&url, NOW).await;
    let mut lines = vec![schema("companies"), company("1", "Acme"), schema("events")];
    for number in 0..3_500 {
        lines.push(event(&format!("E{number}"), "1", "2024-03-01", 1));
        if number % 1_000 == 999 {
            lines.push(state(&json!({ "at": number })));
        }
    }
    let run = ingest(&app, &lines).await;
    assert_eq!(run.counts("events"), (3_500, 3_500, 0, 0, 0));
    assert_eq!(run.states, [999, 1_999, 2_999].map(|at| format!("{{\"at\":{at}}}")));
    assert!(!run.report.whole, "events came after the last state, and this is their first time");
    let sum: i64 = usage(&app).await.into_iter().map(|(_, count, _)| count).sum();
    assert_eq!(sum, 3_500);
}

async fn a_dry_run_keeps_nothing(url: String) {
    let app = app_at(&url, NOW).await;
    let text: String = first_run().iter().map(|line| format!("{line}\n")).collect();
    let (states, report) = read(&app, &request(true), Box::new(Cursor::new(text))).await;
    let report = report.expect("a report");
    assert_eq!((states, report.state, report.run), (Vec::new(), None, None));
    assert_eq!(report.streams[1].new, 2);
    assert_eq!(app.imports(&operator(), None, 9).await.expect("runs").all, 0);
    assert_eq!(app.singer_state(&operator(), &request(false)).await.expect("a look"), None);
}

async fn a_run_is_listed_with_its_streams(url: String) {
    let app = app_at(&url, NOW).await;
    let mut lines = first_run();
    lines.push("no message".to_owned());
    ingest(&app, &lines).await;
    let run = app.imports(&operator(), None, 9).await.expect("runs").runs.remove(0);
    assert_eq!((run.source.as_str(), run.label.as_str(), run.of_tap), ("crm", "singer", true));
    let files: Vec<(&str, &str, u64, u64)> = run
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.record.as_str(), file.rows, file.refused))
        .collect();
    assert_eq!(files, [("companies", "account", 2, 0), ("events", "usage", 2, 0), ("crm", "message", 1, 1)]);
}

async fn who_may_not_change_anything_may_not_ingest(url: String) {
    let app = app_at(&url, NOW).await;
    let viewer = Actor { name: "v@example.com".to_owned(), role: Role::Member };
    let input = Box::new(Cursor::new(String::new()));
    let refused = app.ingest_singer(&viewer, &request(false), input, &mut |_| (), &|_| ()).await;
    assert!(matches!(refused, Err(AppError::Forbidden { .. })), "{refused:?}");
}

async fn a_mapping_that_can_not_work_says_so(url: String) {
    let app = app_at(&url, NOW).await;
    let nameless =
        MAPPING.replace("id = \"id\"\naccount = \"company\"\nfeature", "account = \"company\"\nfeature");
    let files = "schema = 1\nsource = \"crm\"\n[[file]]\nname = \"a.csv\"\nrecord = \"product\"\n[file.fields]\nid = \"id\"\nname = \"id\"";
    for (mapping, said) in [(&*nameless, "usage needs an `id`"), (files, "it has no `[[stream]]` section")] {
        let request = SingerRequest { mapping, mapping_name: "m.toml", dry_run: false };
        let (_, report) = read(&app, &request, Box::new(Cursor::new(String::new()))).await;
        let error = report.expect_err("refused").to_string();
        assert!(error.starts_with("m.toml: ") && error.contains(said), "{error}");
    }
}
