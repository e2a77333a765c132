//! Ids and the names that sources use.

use crate::examples::open;
use laer8_store::{Kind, StoreError};

laer8_testkit::on_both!(
    a_source_is_made_once,
    names_get_ids_in_their_order,
    a_transaction_that_is_dropped_takes_its_ids_back,
    the_same_name_can_mean_different_things_to_different_sources,
    a_name_gets_one_id,
);

async fn a_source_is_made_once(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let crm = tx.source("crm").await.expect("a source");
    assert_eq!(tx.source("crm").await.expect("the same"), crm);
    assert_ne!(tx.source("billing").await.expect("another"), crm);
}

async fn names_get_ids_in_their_order(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let crm = tx.source("crm").await.expect("a source");
    let names = ["b".to_owned(), "a".to_owned()];
    assert_eq!(tx.assign_ids(crm, Kind::Account, &names).await.expect("ids"), [1, 2]);
    assert_eq!(tx.assign_ids(crm, Kind::Account, &["c".to_owned()]).await.expect("an id"), [3]);
    let all = tx.all_ids(crm, Kind::Account).await.expect("all");
    assert_eq!((all.len(), all["a"], all["c"]), (3, 2, 3));
    let back = tx.external_ids(Kind::Account, &[2]).await.expect("the name");
    assert_eq!(back, [(2, crm, "a".to_owned())]);
}

async fn a_transaction_that_is_dropped_takes_its_ids_back(url: String) {
    let store = open(&url).await;
    for _ in 0..2 {
        let tx = store.write().await.expect("a transaction");
        let crm = tx.source("crm").await.expect("a source");
        let ids = tx.assign_ids(crm, Kind::Ticket, &["t".to_owned()]).await.expect("an id");
        assert_eq!(ids, [1], "what was rolled back did not use up an id");
        // Not committed.
    }
}

async fn the_same_name_can_mean_different_things_to_different_sources(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let crm = tx.source("crm").await.expect("a source");
    let billing = tx.source("billing").await.expect("a source");
    let name = ["1".to_owned()];
    tx.assign_ids(crm, Kind::Account, &name).await.expect("an id");
    tx.assign_ids(billing, Kind::Account, &name).await.expect("an id");
    assert_eq!(tx.find_external_id(Kind::Account, "1").await.expect("both"), [1, 2]);
}

async fn a_name_gets_one_id(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let crm = tx.source("crm").await.expect("a source");
    let name = ["1".to_owned()];
    tx.assign_ids(crm, Kind::Account, &name).await.expect("an id");
    let again = tx.assign_ids(crm, Kind::Account, &name).await;
    assert!(matches!(again, Err(StoreError::Exists { .. })), "{again:?}");
}
