//! Sessions, invitations and keys.

use crate::examples::open;
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::{ids::UserId, users::Role};
use laer8_store::{NewUser, StoreError, StoredSession};

laer8_testkit::on_both!(
    a_session_is_found_by_its_digest_until_it_ends,
    old_sessions_are_thrown_away,
    a_new_link_makes_the_one_before_useless,
    a_key_is_found_by_its_digest_and_says_when_it_was_used,
    a_password_belongs_to_its_user,
);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn session(digest: &str, user: i64, began_at: DateTime<Utc>) -> StoredSession {
    let agent = "Browser".to_owned();
    StoredSession { digest: digest.to_owned(), user: UserId(user), began_at, seen_at: began_at, agent }
}

async fn a_session_is_found_by_its_digest_until_it_ends(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let began = at("2026-01-01T10:00:00Z");
    for (digest, user) in [("aa", 1), ("bb", 1), ("cc", 2)] {
        tx.insert_session(session(digest, user, began)).await.expect("a session");
    }
    let later = began + TimeDelta::hours(3);
    tx.see_session("bb", later).await.expect("seen");
    assert_eq!(tx.session("bb").await.expect("a look").expect("it is there").seen_at, later);
    let own: Vec<String> =
        tx.sessions_of(UserId(1)).await.expect("sessions").into_iter().map(|it| it.digest).collect();
    assert_eq!(own, ["bb", "aa"], "the latest used first");
    assert_eq!(tx.delete_sessions_of(UserId(1), Some("bb")).await.expect("ended"), 1);
    assert!(tx.delete_session("bb").await.expect("ended"));
    assert!(!tx.delete_session("bb").await.expect("nothing left to end"));
    assert!(tx.session("cc").await.expect("a look").is_some(), "somebody else's");
}

async fn old_sessions_are_thrown_away(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let now = at("2026-04-01T10:00:00Z");
    tx.insert_session(session("old", 1, now - TimeDelta::days(100))).await.expect("a session");
    tx.see_session("old", now).await.expect("seen");
    tx.insert_session(session("idle", 1, now - TimeDelta::days(20))).await.expect("a session");
    tx.insert_session(session("fresh", 1, now - TimeDelta::days(1))).await.expect("a session");
    tx.delete_sessions_before(now - TimeDelta::days(90), now - TimeDelta::days(14)).await.expect("cleared");
    let left: Vec<String> =
        tx.sessions_of(UserId(1)).await.expect("sessions").into_iter().map(|it| it.digest).collect();
    assert_eq!(left, ["fresh"]);
}

async fn a_new_link_makes_the_one_before_useless(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let until = at("2026-01-08T10:00:00Z");
    tx.put_invitation("one", UserId(1), until).await.expect("a link");
    tx.put_invitation("two", UserId(1), until).await.expect("another");
    assert_eq!(tx.invitation("one").await.expect("a look"), None);
    assert_eq!(tx.invitation("two").await.expect("a look"), Some((UserId(1), until)));
    tx.delete_invitations_of(UserId(1)).await.expect("taken back");
    assert_eq!(tx.invitation("two").await.expect("a look"), None);
}

async fn a_key_is_found_by_its_digest_and_says_when_it_was_used(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let made = at("2026-01-01T10:00:00Z");
    let id = tx.insert_key("digest", "Zapier", Role::Member, "ana@example.com", made).await.expect("a key");
    let key = tx.key("digest").await.expect("a look").expect("it is there");
    assert_eq!((key.id, key.role, key.used_at, key.created_at), (id, Role::Member, None, made));
    tx.see_key(id, made + TimeDelta::hours(1)).await.expect("seen");
    assert_eq!(tx.keys().await.expect("keys")[0].used_at, Some(made + TimeDelta::hours(1)));
    assert!(tx.delete_key(id).await.expect("taken back"));
    assert_eq!(tx.key("digest").await.expect("a look"), None);
}

async fn a_password_belongs_to_its_user(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let new = |email: &str| NewUser { email: email.into(), name: "N".into(), role: Role::Viewer };
    let ana = tx.insert_user(new("ana@example.com")).await.expect("a user");
    tx.insert_user(new("ben@example.com")).await.expect("a user");
    tx.put_password(ana, "$hash").await.expect("kept");
    assert_eq!(tx.users_with_password().await.expect("users"), [ana]);
    let (user, hash) = tx.user_by_email("ana@example.com").await.expect("a look").expect("she is there");
    assert_eq!((user.id, hash.as_deref()), (ana, Some("$hash")));
    assert_eq!(
        tx.user(ana).await.expect("a look").map(|user| user.email).as_deref(),
        Some("ana@example.com")
    );
    let twice = tx.insert_user(new("ana@example.com")).await;
    assert!(matches!(twice, Err(StoreError::Exists { .. })));
}
