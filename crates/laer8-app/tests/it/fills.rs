//! A measure that is put in force counts what came before, too: once, and as if
//! it had always been in force.

use crate::support::{app_at, operator};
use laer8_app::{App, Draft, Edited, Endpoint, LiveSourceDraft, LiveSourceView, Saved};
use laer8_store::Store;
use serde_json::{Value, json};
use std::collections::BTreeMap;

laer8_testkit::on_both!(
    a_new_measure_counts_what_came_before,
    who_waits_is_counted_when_they_need_not_wait_any_more,
    a_measure_that_counts_otherwise_takes_the_place_of_what_it_counted,
    a_measure_that_was_switched_off_counts_what_it_missed,
);

const NOW: &str = "2026-06-30T12:00:00Z";

/// A measure of exports: how much of them counts.
fn exports(key: &str, what: &str) -> String {
    format!(
        "[[measures]]\nkey = \"{key}\"\nname = {{ en = \"Exports\", es = \"Exportaciones\" }}\non = \"track\"\n\
         events = [\"Export\"]\nwhat = {what}\nwindow = \"week\"\nfeature = \"{key}\"\n"
    )
}

async fn put_in_force(app: &App, measures: &[String]) {
    let base = app
        .document(&operator(), "measures", "measures")
        .await
        .map_or(0, |document| document.newest().version);
    let text = format!("schema = 1\n{}", measures.concat());
    let edited = Edited::Text(text);
    let draft = Draft { kind: "measures".to_owned(), key: "measures".to_owned(), base, edited };
    match app.save_document(&operator(), &draft).await.expect("an answer") {
        Saved::Kept(_) => {}
        Saved::Not(tried) => panic!("{:?}", tried.faults),
    }
}

async fn product(app: &App) -> LiveSourceView {
    let draft = LiveSourceDraft { name: Some("product".to_owned()), ..LiveSourceDraft::default() };
    app.add_live_source(&operator(), &draft).await.expect("a source")
}

async fn send(app: &App, source: &LiveSourceView, events: &[Value]) {
    let body = json!({ "batch": events }).to_string().into_bytes();
    app.take_in(Endpoint::Batch, source.write_key.as_deref(), body).await.expect("taken");
    app.work_in_all().await.expect("worked in");
}

fn at(user: &str, account: &str) -> Value {
    json!({ "type": "group", "userId": user, "groupId": account, "traits": { "name": account } })
}

fn export(id: &str, user: &str, pages: u32, day: u32) -> Value {
    json!({ "type": "track", "messageId": id, "userId": user, "event": "Export",
            "properties": { "pages": pages }, "timestamp": format!("2026-06-{day:02}T09:00:00Z") })
}

async fn fill(app: &App) -> usize {
    let mut goes = 0;
    while app.fill_measures().await.expect("filled").is_some() {
        goes += 1;
    }
    goes
}

/// What each measure counted: account, day, count, people, known on.
type Counted = BTreeMap<String, Vec<(i64, String, i64, Option<u32>, String)>>;

async fn counted(url: &str) -> Counted {
    let store = Store::open(url).await.expect("the database opens");
    let tx = store.read().await.expect("a look");
    let mut counted = Counted::new();
    for (_, fact) in tx.usage_page(None, 1_000).await.expect("usage") {
        let usage = &fact.usage;
        let row =
            (fact.account.0, usage.day.to_string(), usage.count, usage.people, usage.known_on.to_string());
        let key = fact.external_id.split('-').next().unwrap_or_default();
        counted.entry(key.to_owned()).or_default().push(row);
    }
    for rows in counted.values_mut() {
        rows.sort();
    }
    counted
}

async fn a_new_measure_counts_what_came_before(url: String) {
    let first = app_at(&url, "2026-06-28T12:00:00Z").await;
    put_in_force(&first, &[exports("always", r#"["count", "people"]"#)]).await;
    let source = product(&first).await;
    send(&first, &source, &[at("ana", "nordkap"), at("ben", "nordkap"), at("cem", "sakura")]).await;
    let early = [export("1", "ana", 3, 28), export("2", "ben", 1, 27), export("1", "ana", 3, 28)];
    send(&first, &source, &early).await;
    let app = app_at(&url, NOW).await;
    send(&app, &source, &[export("3", "ana", 1, 28), export("4", "cem", 5, 30)]).await;
    // Sent again after the answer was lost.
    send(&app, &source, &[export("4", "cem", 5, 30)]).await;

    let both = [exports("always", r#"["count", "people"]"#), exports("later", r#"["count", "people"]"#)];
    put_in_force(&app, &both).await;
    send(&app, &source, &[export("5", "ben", 1, 30)]).await;
    let fills = app.measure_fills(&operator()).await.expect("fills");
    assert_eq!(fills.len(), 1, "one is seen to go on: {fills:?}");
    assert_eq!((fills[0].measure.as_str(), fills[0].done, fills[0].of), ("later", 0, 4));
    assert_eq!(fill(&app).await, 1);
    assert_eq!(app.measure_fills(&operator()).await.expect("fills"), []);
    send(&app, &source, &[export("6", "ana", 1, 30)]).await;

    let counted = counted(&url).await;
    assert_eq!(counted["always"].iter().map(|row| row.2).sum::<i64>(), 6);
    assert_eq!(counted["later"], counted["always"]);
}

async fn who_waits_is_counted_when_they_need_not_wait_any_more(url: String) {
    let app = app_at(&url, NOW).await;
    put_in_force(&app, &[exports("always", r#""count""#)]).await;
    let source = product(&app).await;
    // Three whose account nobody knows yet; of one it becomes known before the measure is filled, of one
    // while it is, of one afterwards.
    send(&app, &source, &[export("1", "ana", 1, 28), export("2", "ben", 1, 28), export("3", "cem", 1, 28)])
        .await;
    send(&app, &source, &[at("ana", "nordkap")]).await;
    put_in_force(&app, &[exports("always", r#""count""#), exports("later", r#""count""#)]).await;
    send(&app, &source, &[at("ben", "nordkap")]).await;
    fill(&app).await;
    send(&app, &source, &[at("cem", "nordkap")]).await;
    let counted = counted(&url).await;
    assert_eq!(counted["always"].iter().map(|row| row.2).sum::<i64>(), 3);
    assert_eq!(counted["later"], counted["always"]);
}

async fn a_measure_that_counts_otherwise_takes_the_place_of_what_it_counted(url: String) {
    let app = app_at(&url, NOW).await;
    put_in_force(&app, &[exports("pages", r#""count""#)]).await;
    let source = product(&app).await;
    send(&app, &source, &[at("ana", "nordkap"), export("1", "ana", 3, 28), export("2", "ana", 4, 30)]).await;
    assert_eq!(counted(&url).await["pages"].iter().map(|row| row.2).sum::<i64>(), 2);

    put_in_force(&app, &[exports("pages", r#"{ sum = "pages" }"#)]).await;
    send(&app, &source, &[export("3", "ana", 10, 30)]).await;
    fill(&app).await;
    assert_eq!(counted(&url).await["pages"].iter().map(|row| row.2).sum::<i64>(), 17);
}

async fn a_measure_that_was_switched_off_counts_what_it_missed(url: String) {
    let app = app_at(&url, NOW).await;
    let (pages, other) = (exports("pages", r#""count""#), exports("other", r#""count""#));
    put_in_force(&app, &[pages.clone(), other.clone()]).await;
    let source = product(&app).await;
    send(&app, &source, &[at("ana", "nordkap"), export("1", "ana", 1, 28)]).await;
    put_in_force(&app, std::slice::from_ref(&other)).await;
    send(&app, &source, &[export("2", "ana", 1, 29)]).await;
    assert_eq!(counted(&url).await["pages"].len(), 1, "what it counted stays");
    put_in_force(&app, &[pages, other]).await;
    send(&app, &source, &[export("3", "ana", 1, 30)]).await;
    fill(&app).await;
    let counted = counted(&url).await;
    assert_eq!(counted["pages"], counted["other"]);
    assert_eq!(counted["pages"].len(), 3);
}
