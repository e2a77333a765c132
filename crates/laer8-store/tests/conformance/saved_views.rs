//! Views that people keep.

use crate::examples::open;
use laer8_domain::ids::SavedViewId;
use laer8_store::{SavedView, StoreError};

laer8_testkit::on_both!(
    people_see_their_own_views_and_the_shared_ones,
    an_owner_has_no_two_views_of_one_name,
    one_view_at_most_opens_for_its_owner,
);

fn view(owner: &str, name: &str) -> SavedView {
    let at = "2026-01-01T10:00:00Z".parse().expect("an instant");
    SavedView {
        id: SavedViewId(0),
        owner: owner.to_owned(),
        name: name.to_owned(),
        shared: false,
        opens: false,
        query: "where=stage%3Drenew&sort=renewal_on".to_owned(),
        created_at: at,
        updated_at: at,
    }
}

async fn people_see_their_own_views_and_the_shared_ones(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let own = tx.insert_saved_view(view("ana", "Renewals")).await.expect("kept");
    let shared = SavedView { shared: true, ..view("ben", "At risk") };
    let shared = SavedView { id: tx.insert_saved_view(shared.clone()).await.expect("kept"), ..shared };
    tx.insert_saved_view(view("ben", "Mine")).await.expect("kept");
    let seen = tx.saved_views("ana").await.expect("a look");
    assert_eq!(seen, [shared.clone(), SavedView { id: own, ..view("ana", "Renewals") }]);
    let changed = SavedView { name: "Red".to_owned(), shared: false, query: String::new(), ..shared };
    tx.update_saved_view(changed.clone()).await.expect("changed");
    assert_eq!(tx.saved_view(changed.id).await.expect("a look"), Some(changed));
    tx.delete_saved_view(own).await.expect("gone");
    assert_eq!(tx.saved_views("ana").await.expect("a look"), []);
}

async fn an_owner_has_no_two_views_of_one_name(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.insert_saved_view(view("ana", "Renewals")).await.expect("kept");
    tx.insert_saved_view(view("ben", "Renewals")).await.expect("somebody else's");
    let again = tx.insert_saved_view(view("ana", "Renewals")).await;
    assert!(matches!(again, Err(StoreError::Exists { .. })), "{again:?}");
}

async fn one_view_at_most_opens_for_its_owner(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    for owner in ["ana", "ben"] {
        tx.insert_saved_view(SavedView { opens: true, ..view(owner, "Renewals") }).await.expect("kept");
    }
    tx.close_saved_views("ana").await.expect("closed");
    let opens = async |owner: &str| tx.saved_views(owner).await.expect("a look")[0].opens;
    assert_eq!((opens("ana").await, opens("ben").await), (false, true));
}
