//! Events that products send: taken once, in order, for the right account.

use crate::support::{app_at, operator};
use laer8_app::{
    App, AsOf, Endpoint, EventFate, FixedClock, IntakeError, JoinsQuery, LiveSourceDraft, LiveSourceView,
    ScoreQuery,
};
use laer8_domain::{ids::AccountId, records::Incoming};
use laer8_store::{IdRange, Scope, Store};
use serde_json::{Value, json};
use std::sync::Arc;

const NOW: &str = "2026-06-30T12:00:00Z";

laer8_testkit::on_both!(
    what_a_product_sends_is_seen_on_the_account,
    an_event_that_is_sent_twice_counts_once,
    an_event_of_nobody_known_waits_and_counts_for_its_day,
    a_device_becomes_somebody,
    somebody_who_is_told_of_by_an_import_need_not_wait,
    an_account_that_another_source_calls_by_the_same_id_need_not_be_told_of,
    what_is_late_is_known_late_and_history_of_before_is_not,
    people_count_once_in_a_window,
    what_can_not_be_understood_is_kept_mended_and_read_again,
    what_can_not_be_stored_is_kept_and_stops_nothing,
    a_database_that_stores_nothing_blames_no_event,
    a_key_that_is_nobodys_is_refused,
    two_servers_work_in_each_event_once,
    an_account_that_sends_is_worked_out_as_if_all_were,
);

async fn at(url: &str, now: &str) -> App {
    app_at(url, now).await
}

async fn source(app: &App) -> LiveSourceView {
    let draft = LiveSourceDraft { name: Some("product".to_owned()), ..LiveSourceDraft::default() };
    app.add_live_source(&operator(), &draft).await.expect("a source")
}

async fn send(app: &App, source: &LiveSourceView, events: &[Value]) {
    let body = json!({ "batch": events, "sentAt": null }).to_string().into_bytes();
    let taken = app.take_in(Endpoint::Batch, source.write_key.as_deref(), body).await;
    assert_eq!(taken.expect("taken") as usize, events.len());
}

fn group(account: &str, user: &str) -> Value {
    json!({ "type": "group", "userId": user, "groupId": account, "traits": { "name": account } })
}

fn track(id: &str, user: &str, event: &str, at: &str) -> Value {
    json!({ "type": "track", "messageId": id, "userId": user, "event": event, "timestamp": at })
}

/// The usage of the only account: (feature's place, day, count, people, known on).
async fn usage(url: &str) -> Vec<(String, i64, Option<u32>, String)> {
    let store = Store::open(url).await.expect("the database opens");
    let tx = store.read().await.expect("a look");
    let histories = tx.histories(IdRange::all(), Scope::All).await.expect("histories");
    let rows = histories.iter().flat_map(|history| history.usage.rows());
    let mut rows: Vec<_> =
        rows.map(|row| (row.day.to_string(), row.count, row.people, row.known_on.to_string())).collect();
    rows.sort();
    rows
}

async fn what_a_product_sends_is_seen_on_the_account(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    send(
        &app,
        &product,
        &[
            json!({ "type": "identify", "userId": "ana", "traits": { "email": "ana@nordkap.example" } }),
            json!({ "type": "group", "userId": "ana", "groupId": "nordkap",
                    "traits": { "name": "Nordkap", "plan": "gold" } }),
            track("m1", "ana", "Report Exported", "2026-06-30T09:00:00Z"),
            track("m2", "ana", "Report Exported", "2026-06-30T10:00:00Z"),
        ],
    )
    .await;
    let worked = app.work_in().await.expect("worked in").expect("something");
    assert_eq!((worked.accepted, worked.duplicates, worked.refused), (4, 0, 0));
    assert_eq!(worked.accounts, [AccountId(1)]);
    assert_eq!(app.work_in().await.expect("worked in"), None, "nothing is left");

    let asked = ScoreQuery { account: "Nordkap".to_owned(), rows: 5, history_days: 0 };
    let view = app.account(&operator(), AsOf::Newest, &asked).await.expect("the account");
    assert_eq!(view.people[0].email, "ana@nordkap.example", "said before where she is");
    assert_eq!(usage(&url).await, [("2026-06-30".into(), 2, Some(1), "2026-06-30".into())]);

    let seen = app.recent_events(&operator(), product.id, None, 10).await.expect("events");
    assert_eq!(seen.len(), 4);
    assert_eq!((seen[0].name.as_str(), seen[0].outcome), ("Report Exported", EventFate::Accepted));
    assert_eq!(seen[0].account_name.as_deref(), Some("Nordkap"));
}

async fn an_event_that_is_sent_twice_counts_once(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    let event = track("m1", "ana", "Export", NOW);
    send(&app, &product, &[group("nordkap", "ana"), event.clone(), event.clone()]).await;
    app.work_in_all().await.expect("worked in");
    // Another server, which remembers nothing, on the next day.
    let later = at(&url, "2026-07-01T11:59:00Z").await;
    send(&later, &product, &[event]).await;
    let worked = later.work_in().await.expect("worked in").expect("something");
    assert_eq!((worked.accepted, worked.duplicates), (0, 1));
    assert_eq!(usage(&url).await, [("2026-06-30".into(), 1, Some(1), "2026-06-30".into())]);
}

async fn an_event_of_nobody_known_waits_and_counts_for_its_day(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    send(&app, &product, &[track("m1", "ana", "Export", NOW), track("m2", "ben", "Export", NOW)]).await;
    app.work_in_all().await.expect("worked in");
    assert_eq!(usage(&url).await, []);
    assert_eq!(app.live_source(&operator(), product.id).await.expect("a source").waiting, 2);

    let later = at(&url, "2026-07-02T08:00:00Z").await;
    send(&later, &product, &[group("nordkap", "ana")]).await;
    later.work_in_all().await.expect("worked in");
    assert_eq!(later.live_source(&operator(), product.id).await.expect("a source").waiting, 1);
    // It was received in time: only whose it was was not known.
    assert_eq!(usage(&url).await, [("2026-06-30".into(), 1, Some(1), "2026-06-30".into())]);
}

async fn a_device_becomes_somebody(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    let visit =
        |id: &str| json!({ "type": "page", "messageId": id, "anonymousId": "device", "name": "Pricing" });
    send(&app, &product, &[visit("p1"), group("nordkap", "ana")]).await;
    app.work_in_all().await.expect("worked in");
    assert_eq!(usage(&url).await, [], "nobody knows whose device it is");
    let says = json!({ "type": "identify", "userId": "ana", "anonymousId": "device", "traits": {} });
    send(&app, &product, &[says, visit("p2")]).await;
    app.work_in_all().await.expect("worked in");
    assert_eq!(usage(&url).await, [("2026-06-30".into(), 2, Some(1), "2026-06-30".into())]);
}

async fn somebody_who_is_told_of_by_an_import_need_not_wait(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    send(&app, &product, &[track("m1", "ana", "Export", NOW)]).await;
    app.work_in_all().await.expect("worked in");
    assert!(!app.work_in_waiting().await.expect("a look"), "nobody knows her yet");
    let records: Vec<Incoming> = serde_json::from_value(json!([
        { "type": "account", "id": "nordkap",
          "fields": [{ "field": "name", "value": "Nordkap", "since": "2026-06-01" }] },
        { "type": "person", "id": "ana", "account": { "account": "nordkap" }, "fields": [] },
    ]))
    .expect("records");
    app.absorb_records(&operator(), "product", records).await.expect("taken");
    assert!(app.work_in_waiting().await.expect("a look"));
    assert_eq!(usage(&url).await.len(), 1);
    assert_eq!(app.live_source(&operator(), product.id).await.expect("a source").waiting, 0);
}

async fn an_account_that_another_source_calls_by_the_same_id_need_not_be_told_of(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    let at_nordkap = |id: &str| {
        let mut event = track(id, "ana", "Export", NOW);
        event["context"] = json!({ "groupId": "nordkap" });
        event
    };
    let told = json!([{ "type": "account", "id": "nordkap",
        "fields": [{ "field": "name", "value": "Nordkap", "since": "2026-06-01" }] }]);
    let told: Vec<Incoming> = serde_json::from_value(told).expect("records");
    app.absorb_records(&operator(), "crm", told).await.expect("taken");
    send(&app, &product, &[at_nordkap("m1")]).await;
    app.work_in_all().await.expect("worked in");
    assert!(!app.work_in_waiting().await.expect("a look"), "that the crm means the same is not said");
    let awaited = app.awaited(&operator(), product.id, 10).await.expect("what events wait for");
    assert_eq!((awaited[0].whose, awaited[0].name.as_str(), awaited[0].events), ("account", "nordkap", 1));
    assert_eq!(awaited[0].known_to[0].source, "crm", "who could say so is told");
    assert_eq!(awaited[0].known_to[0].account_name, "Nordkap");

    let rule =
        "schema = 1\n[accounts]\nrules = [{ by = \"external_id\", sources = [\"crm\", \"product\"] }]\n";
    app.put_document(&operator(), "identity", rule).await.expect("in force");
    assert!(app.work_in_waiting().await.expect("a look"), "now it is");
    send(&app, &product, &[at_nordkap("m2")]).await;
    app.work_in_all().await.expect("worked in");
    assert_eq!(usage(&url).await, [("2026-06-30".into(), 2, Some(1), "2026-06-30".into())]);
    assert_eq!(app.live_source(&operator(), product.id).await.expect("a source").waiting, 0);

    let asked = ScoreQuery { account: "Nordkap".to_owned(), rows: 5, history_days: 0 };
    app.account(&operator(), AsOf::Newest, &asked).await.expect("one account, by the name that the crm gave");
    let query = JoinsQuery { subject: None, in_force: Some(true), before: None, limit: 50 };
    let joins = app.joins(&operator(), query).await.expect("joins").joins;
    assert_eq!(joins.len(), 1, "the join is seen, and can be undone");
    assert_eq!(joins[0].rule, "external_id");
}

async fn what_is_late_is_known_late_and_history_of_before_is_not(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    let old = track("m0", "ana", "Export", "2026-03-05T10:00:00Z");
    send(&app, &product, &[group("nordkap", "ana"), old]).await;
    let later = at(&url, "2026-07-04T08:00:00Z").await;
    send(&later, &product, &[track("m1", "ana", "Export", "2026-07-02T10:00:00Z")]).await;
    later.work_in_all().await.expect("worked in");
    assert_eq!(
        usage(&url).await,
        [
            ("2026-03-05".into(), 1, Some(1), "2026-03-05".into()),
            ("2026-07-02".into(), 1, Some(1), "2026-07-04".into()),
        ],
        "what happened before the source was there is history that it brings"
    );
}

async fn people_count_once_in_a_window(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    let mut events = vec![group("nordkap", "ana"), group("nordkap", "ben")];
    events.extend([track("1", "ana", "Export", NOW), track("2", "ana", "Export", NOW)]);
    send(&app, &product, &events).await;
    app.work_in_all().await.expect("worked in");
    send(&app, &product, &[track("3", "ben", "Export", NOW)]).await;
    app.work_in_all().await.expect("worked in");
    // A server that remembers nothing counts on where the last one ended.
    let other = at(&url, NOW).await;
    send(&other, &product, &[track("4", "ana", "Export", NOW)]).await;
    other.work_in_all().await.expect("worked in");
    assert_eq!(usage(&url).await, [("2026-06-30".into(), 4, Some(2), "2026-06-30".into())]);
}

async fn what_can_not_be_understood_is_kept_mended_and_read_again(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    send(&app, &product, &[json!({ "type": "track", "userId": "ana" }), group("nordkap", "ana")]).await;
    let alone = app.take_in(
        Endpoint::from_path("track").expect("a call"),
        product.write_key.as_deref(),
        b"{}".to_vec(),
    );
    assert!(matches!(alone.await, Err(IntakeError::Event(_))));
    let worked = app.work_in_all().await.expect("worked in");
    assert_eq!(worked.iter().map(|some| some.refused).sum::<u64>(), 2);
    let refused = app.refused_events(&operator(), product.id, None, 10).await.expect("the quarantine");
    let reasons: Vec<&str> = refused.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(reasons, ["no_id", "no_event_name"]);

    let mended = json!({ "userId": "ana", "event": "Export" }).to_string();
    let replayed = app.replay_refused(&operator(), product.id, Some(refused[0].id), Some(&mended)).await;
    assert_eq!(replayed.expect("read again").events, 1);
    app.work_in_all().await.expect("worked in");
    let left = app.refused_events(&operator(), product.id, None, 10).await.expect("the quarantine");
    assert_eq!(left.len(), 1, "the other is still there");
    assert_eq!(usage(&url).await.len(), 1);
}

async fn what_can_not_be_stored_is_kept_and_stops_nothing(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    laer8_testkit::refuse(&url, "external_ids", "external_id", "poison").await;
    let mut events: Vec<Value> =
        (0..20).map(|i| group(&format!("account {i}"), &format!("user {i}"))).collect();
    for place in [3, 11, 12] {
        events[place] = group("poison", "somebody");
    }
    send(&app, &product, &events).await;
    send(&app, &product, &[group("after", "ana")]).await;
    let worked = app.work_in_all().await.expect("worked in");
    assert_eq!(worked.iter().map(|it| (it.accepted, it.refused)).collect::<Vec<_>>(), [(17, 3), (1, 0)]);

    let kept = app.refused_events(&operator(), product.id, None, 10).await.expect("the quarantine");
    assert_eq!(kept.len(), 3);
    assert_eq!(kept[0].reason, "not_stored");
    assert!(kept[0].message.contains("refused by a test"), "{}", kept[0].message);
    assert!(kept[0].event.contains("poison"), "{}", kept[0].event);

    // Mended and read again, they count.
    let mended = group("sound", "somebody").to_string();
    app.replay_refused(&operator(), product.id, Some(kept[0].id), Some(&mended)).await.expect("read again");
    let worked = app.work_in().await.expect("worked in").expect("something");
    assert_eq!((worked.accepted, worked.refused), (1, 0));
}

async fn a_database_that_stores_nothing_blames_no_event(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    laer8_testkit::refuse(&url, "inbox_positions", "reader", "facts").await;
    send(&app, &product, &[group("nordkap", "ana")]).await;
    for _ in 0..2 {
        app.work_in().await.expect_err("nothing can be stored");
    }
    assert_eq!(app.refused_events(&operator(), product.id, None, 10).await.expect("the quarantine"), []);
    let (_, waiting) = Store::open(&url).await.expect("open").inbox_after(0).await.expect("the inbox");
    assert_eq!(waiting, 1, "it is tried again");
}

async fn a_key_that_is_nobodys_is_refused(url: String) {
    let app = at(&url, NOW).await;
    let product = source(&app).await;
    let body = || json!({ "userId": "ana", "event": "Export" }).to_string().into_bytes();
    let call = Endpoint::from_path("track").expect("a call");
    assert_eq!(app.take_in(call, None, body()).await, Err(IntakeError::NoKey));
    assert_eq!(app.take_in(call, Some("guess"), body()).await, Err(IntakeError::UnknownKey));
    let off = LiveSourceDraft { active: Some(false), ..LiveSourceDraft::default() };
    app.change_live_source(&operator(), product.id, &off).await.expect("switched off");
    let sent = app.take_in(call, product.write_key.as_deref(), body()).await;
    assert_eq!(sent, Err(IntakeError::UnknownKey));
}

async fn two_servers_work_in_each_event_once(url: String) {
    let clock = || Arc::new(FixedClock(NOW.parse().expect("an instant")));
    let one = App::new(Store::open(&url).await.expect("the database opens"), clock());
    let two = App::new(Store::open(&url).await.expect("the database opens"), clock());
    let product = source(&one).await;
    send(&one, &product, &[group("nordkap", "ana")]).await;
    for n in 0..40 {
        let app = if n % 2 == 0 { &one } else { &two };
        send(app, &product, &[track(&format!("m{n}"), "ana", "Export", NOW)]).await;
        if n % 5 == 0 {
            let (a, b) = tokio::join!(one.work_in(), two.work_in());
            a.expect("worked in");
            b.expect("worked in");
        }
    }
    while one.work_in().await.expect("worked in").is_some()
        || two.work_in().await.expect("worked in").is_some()
    {}
    assert_eq!(usage(&url).await, [("2026-06-30".into(), 40, Some(1), "2026-06-30".into())]);
}

async fn an_account_that_sends_is_worked_out_as_if_all_were(url: String) {
    let kept = at(&url, NOW).await;
    let product = source(&kept).await;
    let mut events = Vec::new();
    for n in 0..12 {
        let account = format!("account {n}");
        events.push(group(&account, &format!("user {n}")));
        events.push(track(&format!("first {n}"), &format!("user {n}"), "Export", "2026-06-29T10:00:00Z"));
    }
    send(&kept, &product, &events).await;
    kept.work_in_all().await.expect("worked in");
    let all = laer8_app::AccountsQuery::default();
    kept.accounts(&operator(), AsOf::Newest, &all).await.expect("accounts");
    for n in 0..3 {
        let event = track(&format!("second {n}"), &format!("user {n}"), "Export", NOW);
        send(&kept, &product, &[event]).await;
        kept.work_in_all().await.expect("worked in");
        let fresh = at(&url, NOW).await;
        let of = async |app: &App| {
            let view = app.accounts(&operator(), AsOf::Newest, &all).await.expect("accounts");
            serde_json::to_value(view).expect("as JSON")
        };
        assert_eq!(of(&kept).await, of(&fresh).await);
    }
}
