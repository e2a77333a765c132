//! What was answered to requests that may be sent again, and what is kept of
//! records that programs send.

use crate::examples::open;
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::ids::{ImportId, SourceId};
use laer8_store::{ImportFile, KeptAnswer, Quarantined, StoreError, Tx};

laer8_testkit::on_both!(
    an_answer_is_kept_for_whom_it_was_under_its_key,
    a_key_is_taken_once,
    what_was_not_committed_was_not_answered,
    old_answers_are_forgotten,
    it_is_known_since_when_a_source_sends_a_kind,
    a_row_in_quarantine_gives_way_to_another,
);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn kept(request: &str, answer: &str) -> KeptAnswer {
    let (request, answer) = (request.to_owned(), answer.to_owned());
    KeptAnswer { request, answer, kept_at: at("2026-01-01T10:00:00Z") }
}

async fn an_answer_is_kept_for_whom_it_was_under_its_key(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.take_key("key:crm", "k1", &kept("digest", "")).await.expect("taken");
    tx.keep_answer("key:crm", "k1", "{\"rows\": 3, \"said\": \"año\"}").await.expect("kept");
    tx.commit().await.expect("committed");
    let tx = store.read().await.expect("a look");
    let expected = kept("digest", "{\"rows\": 3, \"said\": \"año\"}");
    assert_eq!(tx.kept_answer("key:crm", "k1").await.expect("a look"), Some(expected));
    assert_eq!(tx.kept_answer("key:crm", "k2").await.expect("a look"), None);
    assert_eq!(tx.kept_answer("key:other", "k1").await.expect("a look"), None, "somebody else's key");
}

async fn a_key_is_taken_once(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.take_key("ana", "k1", &kept("digest", "")).await.expect("taken");
    tx.commit().await.expect("committed");
    let tx = store.write().await.expect("another");
    let twice = tx.take_key("ana", "k1", &kept("digest", "")).await;
    assert!(matches!(twice, Err(StoreError::Exists { .. })), "{twice:?}");
}

async fn what_was_not_committed_was_not_answered(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.take_key("ana", "k1", &kept("digest", "")).await.expect("taken");
    drop(tx);
    let tx = store.write().await.expect("another");
    assert_eq!(tx.kept_answer("ana", "k1").await.expect("a look"), None);
    tx.take_key("ana", "k1", &kept("digest", "")).await.expect("free again");
}

async fn old_answers_are_forgotten(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let old = kept("digest", "");
    let young = KeptAnswer { kept_at: old.kept_at + TimeDelta::hours(1), ..old.clone() };
    tx.take_key("ana", "old", &old).await.expect("taken");
    tx.take_key("ana", "young", &young).await.expect("taken");
    tx.forget_answers(young.kept_at).await.expect("forgotten");
    assert_eq!(tx.kept_answer("ana", "old").await.expect("a look"), None);
    assert!(tx.kept_answer("ana", "young").await.expect("a look").is_some());
}

async fn brought(tx: &Tx, source: SourceId, fingerprint: &str, record: &str, day: &str) {
    let now = at(&format!("{day}T10:00:00Z"));
    let run = tx.start_run(source, fingerprint, "api", now).await.expect("a run");
    let file = ImportFile {
        id: tx.next_import().await.expect("an id"),
        run: run.id,
        position: 0,
        name: format!("api/{record}"),
        record: record.to_owned(),
        digest: String::new(),
        rows: 1,
        new: 1,
        changed: 0,
        unchanged: 0,
        refused: 0,
        finished_at: now,
    };
    tx.put_import(&file).await.expect("put");
}

async fn it_is_known_since_when_a_source_sends_a_kind(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let (crm, shop) = (tx.source("crm").await.expect("a source"), tx.source("shop").await.expect("another"));
    tx.hold_source(crm).await.expect("held");
    brought(&tx, crm, "mapping", "account", "2026-01-01").await;
    brought(&tx, crm, "bulk", "account", "2026-01-02").await;
    brought(&tx, crm, "bulk", "account", "2026-01-03").await;
    brought(&tx, crm, "bulk", "usage", "2026-01-03").await;
    brought(&tx, shop, "bulk", "usage", "2026-01-01").await;
    let mut first = tx.first_imports(crm, "bulk").await.expect("a look");
    first.sort();
    let on = |record: &str, day: &str| (record.to_owned(), at(&format!("{day}T10:00:00Z")));
    assert_eq!(first, [on("account", "2026-01-02"), on("usage", "2026-01-03")]);
}

async fn a_row_in_quarantine_gives_way_to_another(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let source = tx.source("crm").await.expect("a source");
    let row = |digest: &str, message: &str| Quarantined {
        id: 0,
        source,
        import: ImportId(1),
        file: "api/account".to_owned(),
        record: "account".to_owned(),
        row: 1,
        digest: digest.to_owned(),
        reason: "invalid".to_owned(),
        message: message.to_owned(),
        delimiter: ',',
        header: vec!["record".to_owned()],
        cells: vec!["{}".to_owned()],
    };
    tx.quarantine(vec![row("a", "first"), row("b", "first")]).await.expect("in");
    tx.release_row(source, "api/account", "a", ImportId(2)).await.expect("out");
    let waiting = tx.quarantined_digests(source, "api/account").await.expect("a look");
    assert_eq!(waiting.into_iter().collect::<Vec<_>>(), ["b"]);
    let digests = ["a".to_owned(), "b".to_owned()];
    tx.forget_quarantined(source, "api/account", &digests).await.expect("gone");
    tx.quarantine(vec![row("a", "second"), row("b", "second")]).await.expect("in again");
    let rows = tx.quarantined(Some(source)).await.expect("a look");
    assert_eq!(rows.iter().map(|row| row.message.as_str()).collect::<Vec<_>>(), ["second", "second"]);
}
