//! Sources of events: what came of them, and what is missing.

use crate::site::TestSite;
use laer8_app::{Actor, Endpoint, LiveSourceDraft, LiveSourceView};
use laer8_domain::records::Incoming;
use serde_json::{Value, json};

async fn source(site: &TestSite) -> LiveSourceView {
    let draft = LiveSourceDraft { name: Some("product".to_owned()), ..LiveSourceDraft::default() };
    site.app.add_live_source(&Actor::operator(), &draft).await.expect("a source")
}

async fn send(site: &TestSite, source: &LiveSourceView, events: Value) {
    let body = json!({ "batch": events }).to_string().into_bytes();
    site.app.take_in(Endpoint::Batch, source.write_key.as_deref(), body).await.expect("taken");
    site.app.work_in_all().await.expect("worked in");
}

#[tokio::test]
async fn what_events_wait_for_is_said_with_who_may_know() {
    let site = TestSite::empty().await;
    let product = source(&site).await;
    let told = json!([{ "type": "account", "id": "A1",
        "fields": [{ "field": "name", "value": "Nordkap", "since": "2026-06-01" }] }]);
    let told: Vec<Incoming> = serde_json::from_value(told).expect("records");
    site.app.absorb_records(&Actor::operator(), "crm", told).await.expect("taken");
    let used = |id: &str, user: &str, context: Value| json!({ "type": "track", "event": "Export", "messageId": id, "userId": user, "context": context });
    let at_nordkap = || json!({ "groupId": "A1" });
    send(
        &site,
        &product,
        json!([
            used("1", "ana", at_nordkap()),
            used("2", "ana", at_nordkap()),
            used("3", "<ben>", json!({}))
        ]),
    )
    .await;

    let all = site.get("/sources").await.text;
    assert!(all.contains("3 events wait until their account is known."), "{all}");
    let page = site.get(&format!("/sources/{}", product.id)).await.text;
    let (_, awaited) = page.split_once(r#"id="awaited""#).expect("what events wait for");
    let (awaited, _) = awaited.split_once("</section>").expect("its end");
    let (first, second) = awaited.split_once("&#60;ben&#62;").expect("those of most events first, escaped");
    assert!(first.contains("A1") && first.contains(r#"crm: <a href="/accounts/1">Nordkap</a>"#), "{first}");
    assert!(first.contains("/settings/documents/identity/identity"), "{first}");
    assert!(second.contains("Send a group call for this person"), "{second}");
}

#[tokio::test]
async fn where_nothing_waits_nothing_is_said_of_it() {
    let site = TestSite::empty().await;
    let product = source(&site).await;
    let group = json!({ "type": "group", "userId": "ana", "groupId": "A1", "traits": { "name": "Nordkap" } });
    send(&site, &product, json!([group])).await;
    let page = site.get(&format!("/sources/{}", product.id)).await.text;
    assert!(!page.contains(r#"id="awaited""#));
}
