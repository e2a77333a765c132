//! What is kept of taps: how far they are, and what a run has brought by now.

use crate::examples::open;
use chrono::{DateTime, Utc};
use laer8_domain::ids::{ImportId, SourceId};
use laer8_store::{ImportFile, Quarantined, SingerState, Tx};

laer8_testkit::on_both!(
    the_last_state_of_a_tap_is_kept,
    counts_are_replaced_while_a_run_goes_on,
    what_waits_for_something_is_found_in_its_order_and_let_out,
);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

async fn the_last_state_of_a_tap_is_kept(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let (source, other) =
        (tx.source("crm").await.expect("a source"), tx.source("shop").await.expect("another"));
    let run = tx.start_run(source, "singer", "tap", at("2026-01-01T10:00:00Z")).await.expect("a run");
    let state = |state: &str| SingerState {
        state: state.to_owned(),
        run: run.id,
        kept_at: at("2026-01-01T10:00:00Z"),
    };
    for kept in [state("{\"at\":  1}"), state("{\"at\":  2}")] {
        tx.put_singer_state(source, &kept).await.expect("kept");
        assert_eq!(tx.singer_state(source).await.expect("a look"), Some(kept));
    }
    assert_eq!(tx.singer_state(other).await.expect("a look"), None);
}

async fn stream(
    tx: &Tx,
    fingerprint: &str,
    digest: &str,
    name: &str,
    hour: u32,
    is_done: bool,
) -> ImportFile {
    let (source, now) =
        (tx.source("crm").await.expect("a source"), at(&format!("2026-01-01T{hour:02}:00:00Z")));
    let run = tx.start_run(source, fingerprint, "tap", now).await.expect("a run");
    let file = ImportFile {
        id: tx.next_import().await.expect("an id"),
        run: run.id,
        position: 0,
        name: name.to_owned(),
        record: "account".to_owned(),
        digest: digest.to_owned(),
        rows: 5,
        new: 5,
        changed: 0,
        unchanged: 0,
        refused: 0,
        finished_at: now,
    };
    tx.put_import(&file).await.expect("put");
    if is_done {
        tx.finish_run(run.id, now).await.expect("finished");
    }
    file
}

async fn counts_are_replaced_while_a_run_goes_on(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let source = tx.source("crm").await.expect("a source");
    let file = stream(&tx, "singer", "", "companies", 8, false).await;
    let now =
        ImportFile { rows: 9, new: 6, refused: 3, finished_at: at("2026-01-01T08:05:00Z"), ..file.clone() };
    tx.put_import(&now).await.expect("put again");
    assert_eq!(tx.imports(file.run).await.expect("a look"), [now]);

    // What counts of a tap is which streams it came to the end of, of files which runs were finished.
    stream(&tx, "singer", "whole", "contacts", 9, false).await;
    let last = stream(&tx, "singer", "whole", "contacts", 10, true).await;
    stream(&tx, "files", "d", "accounts.csv", 11, true).await;
    stream(&tx, "files", "d", "accounts.csv", 12, false).await;
    let streams = tx.last_imports_by_name(source, "singer", "whole", None).await.expect("a look");
    let contacts =
        |hour: &str| ("contacts".to_owned(), "account".to_owned(), at(&format!("2026-01-01T{hour}:00:00Z")));
    assert_eq!(streams, [contacts("10")]);
    let before = tx.last_imports_by_name(source, "singer", "whole", Some(last.run)).await.expect("a look");
    assert_eq!(before, [contacts("09")]);
    let files = tx.last_imports_without(source, "singer", None).await.expect("a look");
    assert_eq!(files, [("account".to_owned(), at("2026-01-01T11:00:00Z"))]);
    assert_eq!(tx.last_imports(source, None).await.expect("a look"), files);
    let newest = tx.newest_run(source, "singer").await.expect("a look").expect("a run");
    assert_eq!((newest.id, newest.finished_at.is_some()), (last.run, true));
    assert_eq!(tx.run(last.run).await.expect("a look"), Some(newest));
}

async fn what_waits_for_something_is_found_in_its_order_and_let_out(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let row = |number: u32, reason: &str| Quarantined {
        id: 0,
        source: SourceId(1),
        import: ImportId(1),
        file: "contacts".to_owned(),
        record: "person".to_owned(),
        row: number,
        digest: format!("d{number}"),
        reason: reason.to_owned(),
        message: "there is no account \"A\"".to_owned(),
        delimiter: ',',
        header: vec!["id".to_owned()],
        cells: vec![number.to_string()],
    };
    let rows = [row(9, "unknown_account"), row(2, "not_a_date"), row(3, "unknown_person")];
    tx.quarantine(rows.to_vec()).await.expect("in");
    let reasons = ["unknown_account", "unknown_person"];
    let found = tx.quarantined_for(SourceId(1), &reasons, 0, 9).await.expect("a look");
    assert_eq!(found.iter().map(|row| row.row).collect::<Vec<_>>(), [9, 3]);
    let next = tx.quarantined_for(SourceId(1), &reasons, found[0].id, 9).await.expect("a look");
    assert_eq!(next, [found[1].clone()]);
    tx.release_row(SourceId(1), "contacts", "d9", ImportId(2)).await.expect("out");
    assert_eq!(tx.quarantined_for(SourceId(1), &reasons, 0, 9).await.expect("a look"), [found[1].clone()]);
}
