//! Records that programs send: made and changed by their external ids, however
//! they are spread over requests.

use crate::support::{app_at, as_of, operator};
use laer8_app::{
    Actor, App, AppError, BulkAnswer, BulkFormat, BulkOutcome, BulkReport, BulkRequest, KeyFault,
    QuarantineAsked, RecordKind, ScoreQuery,
};
use laer8_domain::{days::Day, history::AccountHistory, ids::AccountId, users::Role};
use laer8_store::{IdRange, Scope, Store};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const NOW: &str = "2026-06-30T12:00:00Z";

laer8_testkit::on_both!(
    a_company_is_sent_at_once_whatever_the_order_of_its_rows,
    what_is_sent_twice_changes_nothing,
    however_rows_are_spread_over_requests_they_say_the_same,
    a_row_that_cannot_be_taken_leaves_the_others_alone,
    a_refused_row_waits_in_quarantine_until_one_of_its_id_is_taken,
    what_is_only_tried_changes_nothing,
    history_was_known_when_it_happened_and_news_when_it_comes,
    the_same_request_under_its_key_is_done_once,
    a_key_stands_for_one_request_of_one_sender_for_a_day,
    usage_without_an_id_is_all_of_its_day,
    only_a_manager_sends_and_nobody_sends_what_people_write,
    what_two_servers_send_at_once_is_all_there,
);

fn request<'b>(kind: Option<RecordKind>, body: &'b [u8]) -> BulkRequest<'b> {
    let format = BulkFormat::Ndjson;
    BulkRequest { source: "crm", kind, format, body, dry_run: false, only_refused: false, key: None }
}

fn lines(rows: &[Value]) -> Vec<u8> {
    rows.iter().map(|row| format!("{row}\n")).collect::<String>().into_bytes()
}

async fn send(app: &App, rows: &[Value]) -> BulkReport {
    let body = lines(rows);
    app.bulk(&operator(), &request(None, &body)).await.expect("an answer").report
}

/// (created, changed, unchanged, refused)
fn counts(report: &BulkReport) -> (u64, u64, u64, u64) {
    (report.created, report.changed, report.unchanged, report.refused)
}

/// Everything known, to see that nothing is different.
async fn facts(url: &str) -> String {
    format!("{:?}", histories(url).await)
}

async fn histories(url: &str) -> Vec<AccountHistory> {
    let store = Store::open(url).await.expect("the database opens");
    store.read().await.expect("a look").histories(IdRange::all(), Scope::All).await.expect("histories")
}

/// One of everything, in an order in which nothing it names came before it.
fn company() -> Vec<Value> {
    vec![
        json!({ "type": "note", "id": "N1", "account": "A1", "kind": "call", "day": "2026-05-02",
                "two_way": true, "person": "P1", "author": "Ben", "text": "All is well." }),
        json!({ "type": "churn_event", "id": "C1", "account": "A2", "day": "2026-05-20", "reason": "price",
                "refund": { "amount": "10.00", "currency": "EUR" } }),
        json!({ "type": "survey", "id": "V1", "account": { "person": "P1" }, "person": "P1", "kind": "nps",
                "score": 9, "day": "2026-05-03" }),
        json!({ "type": "ticket", "id": "T1", "account": "A1", "events": [
                { "kind": "opened", "value": "It is slow", "at": "2026-05-04T09:00:00Z" },
                { "kind": "prioritised", "value": "high", "at": "2026-05-04T09:00:00Z" },
                { "kind": "solved", "at": "2026-05-05T09:00:00Z" }] }),
        json!({ "type": "usage", "id": "U1", "account": { "subscription": "S1" }, "feature": "Reports",
                "day": "2026-05-01", "count": 10, "people": 2 }),
        json!({ "type": "subscription", "id": "S1", "account": "A1", "whole": true, "steps": [
                { "from": "2025-01-15", "terms": { "plan": "Gold", "quantity": 4, "term_months": 12,
                  "price": { "amount": "2000", "currency": "EUR", "per": "year", "basis": "total" } } }] }),
        json!({ "type": "person", "id": "P1", "account": "A1", "fields": { "name": "Ana", "role": "champion" } }),
        json!({ "type": "account", "id": "A1", "since": "2025-01-01",
                "fields": { "name": "Helvetia", "industry": "Logistics", "signed_up": "2025-01-01", "tier": 1 } }),
        json!({ "type": "account", "id": "A2", "since": "2025-02-01", "fields": [
                { "field": "name", "value": "Nordkap", "since": "2025-02-01" },
                { "field": "payment_overdue", "value": true, "since": "2026-05-19" }] }),
        json!({ "type": "exchange_rate", "from": "USD", "to": "EUR", "day": "2026-01-01",
                "billionths": 900_000_000 }),
        json!({ "type": "plan", "id": "Gold", "name": "Gold", "product": "App",
                "entitles": { "only": ["Reports"] } }),
        json!({ "type": "feature", "id": "Reports", "name": "Reports", "product": "App", "core": true }),
        json!({ "type": "product", "id": "App", "name": "The app" }),
    ]
}

async fn a_company_is_sent_at_once_whatever_the_order_of_its_rows(url: String) {
    let app = app_at(&url, NOW).await;
    let report = send(&app, &company()).await;
    assert_eq!(counts(&report), (13, 0, 0, 0), "{:?}", report.results);
    let places: Vec<_> = report.results.iter().map(|result| (result.index, result.line)).collect();
    assert_eq!(places, (0..13).map(|index| (index, Some(index + 1))).collect::<Vec<_>>());
    let about: Vec<_> = report.results.iter().map(|result| result.account.map(|id| id.0)).collect();
    let [one, two] = [Some(1), Some(2)];
    assert_eq!(about[..9], [one, two, one, one, one, one, one, one, two], "what it is about");
    assert_eq!(about[9..], [None; 4]);
    assert_eq!(report.results[9].id, None, "a rate has no id");

    let asked = ScoreQuery { account: "Helvetia".to_owned(), rows: 5, history_days: 0 };
    let view = app.account(&operator(), as_of("2026-06-30"), &asked).await.expect("the account");
    assert_eq!((view.people.len(), view.tickets.len(), view.subscriptions.len()), (1, 1, 1));
    let runs = app.imports(&operator(), None, 5).await.expect("imports").runs;
    assert_eq!((runs.len(), runs[0].label.as_str(), runs[0].files.len()), (1, "api", 12));
}

async fn what_is_sent_twice_changes_nothing(url: String) {
    let app = app_at(&url, NOW).await;
    send(&app, &company()).await;
    let (before, generation) = (facts(&url).await, app.generation(&operator()).await.expect("a number"));
    for later in [NOW, "2026-07-03T08:00:00Z"] {
        let app = app_at(&url, later).await;
        let again = send(&app, &company()).await;
        assert_eq!(counts(&again), (0, 0, 13, 0), "{:?}", again.results);
        assert_eq!(again.results[0].account, Some(AccountId(1)), "whose it is is said all the same");
        assert!(facts(&url).await == before, "nothing is different");
        assert_eq!(app.generation(&operator()).await.expect("a number"), generation, "nothing is worked out");
    }
}

/// Rows of all kinds, some of which correct others.
fn life() -> Vec<Value> {
    let mut rows = company();
    rows.reverse();
    rows.extend([
        json!({ "type": "product", "id": "App", "name": "The new app" }),
        json!({ "type": "product", "id": "App", "name": "The app" }),
        json!({ "type": "account", "id": "A1", "since": "2026-03-01", "fields": { "industry": "Energy" } }),
        json!({ "type": "account", "id": "A1", "since": "2026-06-30", "fields": { "tier": null } }),
        json!({ "type": "usage", "id": "U1", "account": "A1", "feature": "Reports", "day": "2026-05-01", "count": 7 }),
        json!({ "type": "usage", "id": "U1", "account": "A2", "feature": "Export", "day": "2026-05-02", "count": 7 }),
        json!({ "type": "usage", "account": "A2", "feature": "Export", "day": "2026-05-02", "count": 1 }),
        json!({ "type": "usage", "account": "A2", "feature": "Export", "day": "2026-05-02", "count": 3 }),
        json!({ "type": "ticket", "id": "T1", "account": "A1", "events": [
                { "kind": "reopened", "at": "2026-05-06T09:00:00Z" }] }),
        json!({ "type": "survey", "id": "V1", "account": "A1", "person": "P1", "kind": "nps", "score": 4,
                "day": "2026-05-03" }),
        json!({ "type": "subscription", "id": "S1", "account": "A1", "whole": false, "steps": [
                { "from": "2026-06-01", "terms": null }] }),
        json!({ "type": "note", "id": "N1", "account": "A1", "kind": "withdrawn", "day": "2026-05-02" }),
        json!({ "type": "person", "id": "P9", "account": "A9", "fields": { "name": "Nobody's" } }),
    ]);
    rows
}

/// What is known, apart from which row said it. Usage comes in no particular
/// order.
fn known(histories: &[AccountHistory]) -> String {
    let mut text = String::new();
    for it in histories {
        let mut usage: Vec<String> = it.usage.rows().map(|row| format!("{row:?}")).collect();
        usage.sort();
        let life = (&it.fields, &it.people, &it.subscriptions, &it.tickets);
        let said = (&it.surveys, &it.churn_events, &it.notes);
        text.push_str(&format!("{} {life:?} {said:?} {usage:?}", it.id));
    }
    let mut known = String::new();
    for (place, part) in text.split("origin: Origin {").enumerate() {
        known.push_str(if place == 0 { part } else { part.split_once('}').expect("its end").1 });
    }
    known
}

async fn however_rows_are_spread_over_requests_they_say_the_same(url: String) {
    let rows = life();
    let whole = laer8_testkit::TestDatabase::new(laer8_testkit::Engine::Sqlite);
    let app = app_at(&whole.url, NOW).await;
    // What is refused must not depend on the split, nor what became of a row.
    let expected: Vec<_> =
        send(&app, &rows).await.results.into_iter().map(|it| (it.id, it.outcome)).collect();
    let expected_facts = known(&histories(&whole.url).await);
    // One of the ways for each bit pattern: a set bit begins another request.
    let app = app_at(&url, NOW).await;
    let mut outcomes = Vec::new();
    let mut lot: Vec<Value> = Vec::new();
    let pattern = 0b1011_0010_1110_0101_1001_0110_u32;
    for (place, row) in rows.iter().enumerate() {
        lot.push(row.clone());
        if (pattern >> (place % 24)) & 1 == 1 || place + 1 == rows.len() {
            let report = send(&app, &lot).await;
            outcomes.extend(report.results.into_iter().map(|it| (it.id, it.outcome)));
            lot.clear();
        }
    }
    assert_eq!(outcomes, expected);
    assert_eq!(known(&histories(&url).await), expected_facts);
    for width in [1, 2, 3, 5, 7, 11] {
        let other = laer8_testkit::TestDatabase::new(laer8_testkit::Engine::Sqlite);
        let app = app_at(&other.url, NOW).await;
        for lot in rows.chunks(width) {
            send(&app, lot).await;
            // Its answer was lost, so it is sent again.
            let again = send(&app, &lot[lot.len() - 1..]).await;
            assert_eq!(again.created + again.changed, 0, "{:?}", again.results);
        }
        assert_eq!(known(&histories(&other.url).await), expected_facts, "{width} at once");
    }
}

async fn a_row_that_cannot_be_taken_leaves_the_others_alone(url: String) {
    let app = app_at(&url, NOW).await;
    let body = concat!(
        "{\"id\": \"A1\", \"fields\": {\"name\": \"Helvetia\"}}\n",
        "\n",
        "{\"id\": \"A2\", \"fields\": \n",
        "{\"id\": \"A3\", \"fields\": {\"seats\": \"many\"}}\n",
        "{\"id\": \"A4\", \"feilds\": {}}\n",
        "{\"id\": \"A5\", \"since\": \"0026-01-01\", \"fields\": {\"name\": \"Old\"}}\n",
        "{\"id\": \"A6\", \"fields\": {}}\n",
        "{\"id\": \"A7\", \"fields\": {\"name\": \"Nordkap\"}}",
    );
    let asked = request(Some(RecordKind::Account), body.as_bytes());
    let report = app.bulk(&operator(), &asked).await.expect("an answer").report;
    assert_eq!(counts(&report), (2, 0, 0, 5), "{:?}", report.results);
    let said = report.results.iter().filter_map(|result| {
        let problem = result.problem.as_ref()?;
        Some((result.index, result.line?, problem.code.as_str(), problem.field.as_deref()))
    });
    let said: Vec<_> = said.collect();
    assert_eq!(
        said,
        [
            (1, 3, "malformed", None),
            (2, 4, "invalid", Some("fields.seats")),
            (3, 5, "unknown_field", Some("feilds")),
            (4, 6, "unlikely_date", Some("fields.name")),
            (5, 7, "says_nothing", Some("fields")),
        ]
    );
    let only = BulkRequest { only_refused: true, ..asked };
    let only = app.bulk(&operator(), &only).await.expect("an answer").report;
    assert_eq!((counts(&only), only.results.len()), ((0, 0, 2, 5), 5));

    let rows = [
        json!({ "type": "usage", "id": "U", "account": "A9", "feature": "F", "day": "2026-06-01", "count": 1 }),
        json!({ "type": "survey", "id": "V", "account": "A1", "kind": "csat", "score": 9, "day": "2026-06-01" }),
        json!({ "type": "survey", "id": "V", "account": "A1", "person": "P9", "kind": "csat", "score": 5, "day": "2026-06-01" }),
        json!({ "type": "deal", "id": "D" }),
        json!({ "id": "D" }),
    ];
    let report = send(&app, &rows).await;
    let fields = report.results.iter().filter_map(|result| {
        result
            .problem
            .as_ref()
            .map(|problem| (problem.code.as_str(), problem.field.as_deref().unwrap_or_default()))
    });
    let fields: Vec<_> = fields.collect();
    assert_eq!(
        fields,
        [
            ("unknown_account", "account"),
            ("out_of_scale", "score"),
            ("unknown_person", "person"),
            ("invalid", "type"),
            ("missing", "type")
        ]
    );

    let list = BulkRequest {
        format: BulkFormat::Json,
        ..request(Some(RecordKind::Account), b"[{\"id\": \"A8\", ]")
    };
    let broken = app.bulk(&operator(), &list).await.expect_err("refused as a whole");
    assert!(broken.to_string().contains("line 1 column"), "{broken}");
}

async fn a_refused_row_waits_in_quarantine_until_one_of_its_id_is_taken(url: String) {
    let app = app_at(&url, NOW).await;
    let waiting = async || {
        let asked = QuarantineAsked { limit: 10, ..QuarantineAsked::default() };
        let view = app.quarantine_view(&operator(), &asked).await.expect("the quarantine");
        view.rows.into_iter().map(|row| (row.row.file, row.row.reason, row.row.cells)).collect::<Vec<_>>()
    };
    let person = json!({ "type": "person", "id": "P1", "account": "A1", "fields": { "name": "Ana" } });
    for _ in ["once", "twice"] {
        assert_eq!(counts(&send(&app, std::slice::from_ref(&person)).await), (0, 0, 0, 1));
        let rows = waiting().await;
        assert_eq!(rows, [("api/person".into(), "unknown_account".into(), vec![person.to_string()])]);
    }
    let account = json!({ "type": "account", "id": "A1", "fields": { "name": "Helvetia" } });
    send(&app, &[account]).await;
    let worse = json!({ "type": "person", "id": "P1", "account": "A1", "fields": { "role": "king" } });
    send(&app, &[worse]).await;
    assert_eq!(waiting().await[0].1, "invalid", "the last word counts");
    assert_eq!(counts(&send(&app, std::slice::from_ref(&person)).await), (1, 0, 0, 0));
    assert_eq!(waiting().await, []);
    send(&app, &[json!({ "type": "person", "id": "P1", "account": "A9", "fields": { "name": "Ana" } })])
        .await;
    assert_eq!(waiting().await.len(), 1, "it can come back");
}

async fn what_is_only_tried_changes_nothing(url: String) {
    let app = app_at(&url, NOW).await;
    let body = lines(&company());
    let tried = BulkRequest { dry_run: true, key: Some("k"), ..request(None, &body) };
    for _ in ["once", "twice"] {
        let answer = app.bulk(&operator(), &tried).await.expect("an answer");
        assert_eq!((counts(&answer.report), answer.replayed), ((13, 0, 0, 0), false));
        assert!(answer.report.dry_run);
        assert_eq!(histories(&url).await.len(), 0);
    }
    let done = BulkRequest { dry_run: false, ..tried };
    assert!(!app.bulk(&operator(), &done).await.expect("an answer").replayed, "the key was not used up");
}

async fn history_was_known_when_it_happened_and_news_when_it_comes(url: String) {
    let usage = |id: &str, day: &str| json!({ "type": "usage", "id": id, "account": "A1", "feature": "F", "day": day, "count": 1 });
    let account = json!({ "type": "account", "id": "A1", "fields": { "name": "Helvetia" } });
    send(&app_at(&url, "2026-06-10T08:00:00Z").await, &[account, usage("U1", "2026-03-01")]).await;
    let later = app_at(&url, NOW).await;
    let told = json!({ "type": "usage", "id": "U5", "account": "A1", "feature": "F", "day": "2026-04-01",
                       "count": 1, "known": "imported" });
    send(&later, &[usage("U2", "2026-02-01"), usage("U3", "2026-06-12"), usage("U4", "2026-06-30"), told])
        .await;
    let histories = histories(&url).await;
    let mut rows: Vec<(Day, Day)> = histories[0].usage.rows().map(|row| (row.day, row.known_on)).collect();
    rows.sort();
    let rows: Vec<_> = rows.iter().map(|(day, known)| (day.to_string(), known.to_string())).collect();
    let pair = |day: &str, known: &str| (day.to_owned(), known.to_owned());
    assert_eq!(
        rows,
        [
            pair("2026-02-01", "2026-02-01"),
            pair("2026-03-01", "2026-03-01"),
            pair("2026-04-01", "2026-06-30"),
            pair("2026-06-12", "2026-06-30"),
            pair("2026-06-30", "2026-06-30"),
        ]
    );
}

async fn the_same_request_under_its_key_is_done_once(url: String) {
    let app = app_at(&url, NOW).await;
    let body = lines(&company());
    let asked = BulkRequest { key: Some("k-1"), ..request(None, &body) };
    let first = app.bulk(&operator(), &asked).await.expect("an answer");
    assert!(!first.replayed);
    // Somebody else changes one of them, and the same is sent again because its
    // answer was lost: it must not be undone.
    send(&app, &[json!({ "type": "account", "id": "A2", "fields": { "name": "Nordkap AS" } })]).await;
    let before = facts(&url).await;
    let other_server = app_at(&url, "2026-07-01T11:00:00Z").await;
    let again = other_server.bulk(&operator(), &asked).await.expect("an answer");
    assert_eq!(again, BulkAnswer { replayed: true, ..first });
    assert!(facts(&url).await == before);
}

async fn a_key_stands_for_one_request_of_one_sender_for_a_day(url: String) {
    let app = app_at(&url, NOW).await;
    let (body, other) = (lines(&company()), lines(&company()[..12]));
    let asked = BulkRequest { key: Some("k-1"), ..request(None, &body) };
    app.bulk(&operator(), &asked).await.expect("an answer");
    let reused = app.bulk(&operator(), &BulkRequest { body: &other, ..asked }).await;
    assert!(matches!(reused, Err(AppError::Key(KeyFault::Reused))), "{reused:?}");
    let reused = app.bulk(&operator(), &BulkRequest { source: "shop", ..asked }).await;
    assert!(matches!(reused, Err(AppError::Key(KeyFault::Reused))), "{reused:?}");
    let ben = Actor { name: "ben@example.com".to_owned(), role: Role::Manager };
    assert!(!app.bulk(&ben, &asked).await.expect("an answer").replayed, "his keys are his own");
    let next_day = app_at(&url, "2026-07-01T12:00:01Z").await;
    assert!(!next_day.bulk(&operator(), &asked).await.expect("an answer").replayed, "a day has passed");
    let bad = app.bulk(&operator(), &BulkRequest { key: Some(""), ..asked }).await;
    assert!(matches!(bad, Err(AppError::Invalid(_))), "{bad:?}");
}

async fn usage_without_an_id_is_all_of_its_day(url: String) {
    let app = app_at(&url, NOW).await;
    let usage = |count: i64| json!({ "type": "usage", "account": "A1", "feature": "F", "day": "2026-06-01", "count": count });
    send(&app, &[json!({ "type": "account", "id": "A1", "fields": { "name": "Helvetia" } })]).await;
    let outcome = async |rows: &[Value]| {
        send(&app, rows).await.results.iter().map(|result| result.outcome).collect::<Vec<_>>()
    };
    assert_eq!(outcome(&[usage(3), usage(5)]).await, [BulkOutcome::Created, BulkOutcome::Changed]);
    assert_eq!(outcome(&[usage(5)]).await, [BulkOutcome::Unchanged]);
    let counted: i64 = histories(&url).await[0].usage.rows().map(|row| row.count).sum();
    assert_eq!(counted, 5);
}

async fn only_a_manager_sends_and_nobody_sends_what_people_write(url: String) {
    let app = app_at(&url, NOW).await;
    let member = Actor { name: "ana@example.com".to_owned(), role: Role::Member };
    let sent = app.bulk(&member, &request(None, b"")).await;
    assert!(matches!(sent, Err(AppError::Forbidden { .. })));
    assert!(matches!(app.bulk_room(&member).await, Err(AppError::Forbidden { .. })));
    let own = BulkRequest { source: "laer8", ..request(None, b"") };
    assert!(matches!(app.bulk(&operator(), &own).await, Err(AppError::Invalid(_))));
    let nothing = app.bulk(&operator(), &request(None, b"")).await.expect("an answer").report;
    assert_eq!(nothing.rows, 0);
}

async fn what_two_servers_send_at_once_is_all_there(url: String) {
    let (one, other) = (app_at(&url, NOW).await, app_at(&url, NOW).await);
    let rows = |from: usize| -> Vec<Value> {
        let account = |number: usize| json!({ "type": "account", "id": format!("A{number}"), "fields": { "name": format!("No {number}") } });
        (from..from + 20).map(account).collect()
    };
    for from in [0, 10, 20] {
        let (first, second) = (rows(from), rows(from + 5));
        let (first, second) = tokio::join!(send(&one, &first), send(&other, &second));
        assert_eq!((first.refused, second.refused), (0, 0));
    }
    let ids: BTreeSet<i64> = histories(&url).await.iter().map(|history| history.id.0).collect();
    assert_eq!(ids.len(), 45);
    let keyed = lines(&rows(100));
    let asked = BulkRequest { key: Some("k"), ..request(None, &keyed) };
    let by = operator();
    let (first, second) = tokio::join!(one.bulk(&by, &asked), other.bulk(&by, &asked));
    let (first, second) = (first.expect("an answer"), second.expect("an answer"));
    assert_eq!(first.report, second.report);
    assert!(first.replayed != second.replayed, "one did it, the other was told");
}
