//! What live intake keeps: the inbox and how far it is worked in, which events
//! were taken, which wait, who was there, how much was used.

use crate::examples::{day, open};
use laer8_domain::{
    ids::{AccountId, FeatureId, SourceId},
    usage::UsageRow,
};
use laer8_store::{
    IdRange, IntakeCounts, LiveSource, PresenceKey, Received, Scope, StoreError, UsageFact, WaitingEvent,
    Whose,
};

laer8_testkit::on_both!(
    what_is_received_is_read_in_order_and_some_at_a_time,
    the_inbox_has_connections_of_its_own,
    a_position_moves_with_what_was_worked_in,
    one_at_a_time_reads_the_inbox,
    an_event_is_taken_once_in_two_days,
    events_wait_for_a_name_and_come_in_order,
    people_are_counted_once_in_a_window,
    usage_adds_up_under_its_key,
    histories_of_some_accounts_are_those_of_all,
    a_state_may_differ_in_several_accounts,
    what_came_is_counted_in_all_and_by_the_minute,
    a_key_belongs_to_one_source,
);

const SOURCE: SourceId = SourceId(1);

fn request(body: &str, events: u32) -> Received {
    let at = "2026-06-30T12:00:00.000001Z".parse().expect("an instant");
    Received { source: SOURCE, at, endpoint: 0, events, body: body.as_bytes().to_vec() }
}

async fn what_is_received_is_read_in_order_and_some_at_a_time(url: String) {
    let store = open(&url).await;
    assert_eq!(store.receive(&[]).await.expect("nothing"), 0);
    for n in 0..5 {
        let requests = [request(&format!("first {n}"), 3), request(&format!("second {n}"), 4)];
        assert_eq!(store.receive(&requests).await.expect("received"), n + 1);
    }
    let bodies = async |position, events| -> Vec<String> {
        let posts = store.received_after(position, events).await.expect("posts");
        let requests = posts.into_iter().flat_map(|post| post.requests);
        requests.map(|request| String::from_utf8(request.body).expect("text")).collect()
    };
    assert_eq!(bodies(0, 14).await, ["first 0", "second 0", "first 1", "second 1"]);
    assert_eq!(bodies(3, 1).await, ["first 3", "second 3"], "at least one post");
    assert!(bodies(5, 100).await.is_empty());
    assert_eq!(store.inbox_after(3).await.expect("a look"), (5, 14));
    assert_eq!(store.received_after(0, 1).await.expect("posts")[0].requests[0], request("first 0", 3));
    // A store that is opened anew finds what was received.
    assert_eq!(open(&url).await.inbox_after(0).await.expect("a look"), (5, 35));
    let later = "2026-07-01T00:00:00Z".parse().expect("an instant");
    assert_eq!(store.forget_received(2, later).await.expect("gone"), 2);
    assert_eq!(bodies(0, 1).await, ["first 2", "second 2"]);
}

/// Whoever works in holds a connection to the facts, which others may wait for,
/// while it reads on.
async fn the_inbox_has_connections_of_its_own(url: String) {
    let store = open(&url).await;
    store.receive(&[request("one", 1)]).await.expect("received");
    let connections = if url.starts_with("sqlite:") { 4 } else { 8 };
    let mut held = Vec::new();
    for _ in 0..connections {
        held.push(store.read().await.expect("a transaction"));
    }
    assert_eq!(store.received_after(0, 10).await.expect("read").len(), 1);
}

async fn a_position_moves_with_what_was_worked_in(url: String) {
    let store = open(&url).await;
    {
        let tx = store.write().await.expect("a transaction");
        assert_eq!(tx.hold_inbox_position("facts").await.expect("held"), Some(0));
        tx.put_inbox_position("facts", 7).await.expect("moved");
        // Given up: nothing has moved.
    }
    let tx = store.write().await.expect("a transaction");
    assert_eq!(tx.hold_inbox_position("facts").await.expect("held"), Some(0));
    tx.put_inbox_position("facts", 8).await.expect("moved");
    tx.commit().await.expect("committed");
    let tx = store.read().await.expect("a look");
    assert_eq!(tx.inbox_position("facts").await.expect("a look"), 8);
    assert_eq!(tx.inbox_position("another").await.expect("a look"), 0);
}

async fn one_at_a_time_reads_the_inbox(url: String) {
    if url.starts_with("sqlite:") {
        return; // whoever may write is alone
    }
    let (one, other) = (open(&url).await, open(&url).await);
    let tx = one.write().await.expect("a transaction");
    tx.put_inbox_position("facts", 3).await.expect("moved");
    tx.commit().await.expect("committed");
    let holds = one.write().await.expect("a transaction");
    assert_eq!(holds.hold_inbox_position("facts").await.expect("held"), Some(3));
    let waits = other.write().await.expect("a transaction");
    assert_eq!(waits.hold_inbox_position("facts").await.expect("a look"), None, "it does not wait");
    drop(waits);
    drop(holds);
    one.close().await.expect("gone"); // as when its server ends
    let next = other.write().await.expect("a transaction");
    assert_eq!(next.hold_inbox_position("facts").await.expect("held"), Some(3));
}

async fn an_event_is_taken_once_in_two_days(url: String) {
    let store = open(&url).await;
    let digest = |n: u8| [n; 16];
    let tx = store.write().await.expect("a transaction");
    tx.take_messages(day("2026-06-29"), vec![digest(1)]).await.expect("taken");
    tx.take_messages(day("2026-06-30"), vec![digest(3), digest(2), digest(3)]).await.expect("taken");
    let taken = async |on: &str| -> Vec<u8> {
        let asked = [digest(1), digest(2), digest(3), digest(4)];
        let taken = tx.taken_messages(day(on), &asked).await.expect("a look");
        let mut taken: Vec<u8> = taken.into_iter().map(|digest| digest[0]).collect();
        taken.sort_unstable();
        taken
    };
    assert_eq!(taken("2026-06-30").await, [1, 2, 3]);
    assert_eq!(taken("2026-07-01").await, [2, 3]);
    tx.forget_messages(day("2026-06-30")).await.expect("forgotten");
    assert_eq!(taken("2026-06-30").await, [2, 3]);
}

fn waiting(whose: Whose, name: &str, event: &str) -> WaitingEvent {
    WaitingEvent {
        id: 0,
        source: SOURCE,
        whose,
        name: name.to_owned(),
        event: event.to_owned(),
        received_at: "2026-06-30T12:00:00Z".parse().expect("an instant"),
        position: 9,
    }
}

async fn events_wait_for_a_name_and_come_in_order(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let events = [("ben", "1"), ("ana", "2"), ("ben", "3"), ("eva", "4")];
    let all = events.map(|(name, event)| waiting(Whose::Person, name, event));
    tx.let_wait(all.into()).await.expect("waits");
    tx.let_wait(vec![waiting(Whose::Account, "ana", "5")]).await.expect("waits");
    assert_eq!(tx.waiting(SOURCE).await.expect("a count"), 5);
    let names = tx.waited_for(SOURCE, Whose::Person, Some("ana"), 10).await.expect("names");
    assert_eq!(names, ["ben", "eva"]);
    let gone = tx.stop_waiting(SOURCE, Whose::Person, &["ana", "ben"], 2).await.expect("released");
    let said: Vec<&str> = gone.iter().map(|event| event.event.as_str()).collect();
    assert_eq!((said, gone[0].position), (vec!["1", "2"], 9));
    assert_eq!(tx.waiting(SOURCE).await.expect("a count"), 3);
    let later = "2026-07-01T00:00:00Z".parse().expect("an instant");
    assert_eq!(tx.forget_waiting(later).await.expect("forgotten"), 3);
}

async fn people_are_counted_once_in_a_window(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let key = |account| PresenceKey {
        account: AccountId(account),
        feature: FeatureId(1),
        measure: "events".to_owned(),
        since: day("2026-06-30"),
    };
    tx.put_presences(&[(key(1), 10), (key(1), 11), (key(2), 10)]).await.expect("noted");
    tx.put_presences(&[(key(1), 11), (key(1), -12)]).await.expect("noted");
    let present = tx.present(&[key(1), key(2), key(3)]).await.expect("a count");
    assert_eq!(
        (present.get(&key(1)), present.get(&key(2)), present.get(&key(3))),
        (Some(&3), Some(&1), None)
    );
}

fn used(revision: u32, count: i64, people: Option<u32>) -> UsageFact {
    let known_on = day(if revision == 0 { "2026-06-30" } else { "2026-07-01" });
    let day = day("2026-06-30");
    let usage = UsageRow { feature: FeatureId(1), day, count, seconds: 0, errors: 0, people, known_on };
    let (account, import) = (AccountId(1), None);
    UsageFact { external_id: "events/1".to_owned(), revision, account, usage, import, row: 0 }
}

async fn usage_adds_up_under_its_key(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    for fact in [used(0, 2, Some(1)), used(0, 3, Some(2)), used(0, 1, None), used(1, 5, Some(3))] {
        tx.add_to_usage(SOURCE, &[fact]).await.expect("added");
    }
    let stored = tx.usage_by_keys(SOURCE, &["events/1".to_owned()]).await.expect("a look");
    let keyed = &stored["events/1"];
    assert_eq!((keyed.revision, keyed.usage.count, keyed.usage.people), (1, 11, Some(3)));
    assert_eq!(tx.feeds().await.expect("feeds").newest_use().len(), 2, "they are heard of");
}

async fn histories_of_some_accounts_are_those_of_all(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let accounts = [1, 2, 3].map(AccountId);
    tx.insert_accounts(&accounts).await.expect("accounts");
    tx.add_to_usage(SOURCE, &[used(0, 2, Some(1))]).await.expect("added");
    let all = tx.histories(IdRange::all(), Scope::All).await.expect("histories");
    let some = tx.histories_of(&[AccountId(3), AccountId(1), AccountId(9)], Scope::All).await;
    let some = some.expect("histories");
    let ids: Vec<AccountId> = some.iter().map(|history| history.id).collect();
    assert_eq!(ids, [AccountId(1), AccountId(3)], "those that there are, by id");
    let rows = |of: &laer8_domain::history::AccountHistory| of.usage.rows().copied().collect::<Vec<_>>();
    assert_eq!((rows(&some[0]), rows(&some[1])), (rows(&all[0]), rows(&all[2])));
    assert!(tx.histories_of(&[], Scope::All).await.expect("none").is_empty());
}

async fn a_state_may_differ_in_several_accounts(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    tx.forget_evaluations(None).await.expect("forgotten");
    let then = tx.generation().await.expect("a state");
    let accounts = [3, 1].map(AccountId);
    tx.forget_evaluations_of(&accounts, day("2026-06-30")).await.expect("forgotten");
    tx.forget_evaluations_of(&[AccountId(1)], day("2026-06-30")).await.expect("forgotten");
    let changed = tx.changed_since(then).await.expect("a look");
    assert_eq!(changed, Some([1, 3].map(AccountId).into()));
    let many: Vec<AccountId> = (1..=6_000).map(AccountId).collect();
    tx.forget_evaluations_of(&many, day("2026-06-30")).await.expect("forgotten");
    assert_eq!(tx.changed_since(then).await.expect("a look"), None, "it may differ anywhere");
}

async fn what_came_is_counted_in_all_and_by_the_minute(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let at = |text: &str| text.parse().expect("an instant");
    let counts = IntakeCounts { accepted: 2, duplicates: 1, refused: 0, waited: 1 };
    for (event, received) in [
        (None, "2026-06-30T12:00:05Z"),
        (Some("2026-06-30T11:59:00Z"), "2026-06-30T12:00:59Z"),
        (Some("2026-06-30T11:00:00Z"), "2026-06-30T12:01:00Z"),
    ] {
        tx.count_intake(SOURCE, counts, event.map(at), at(received)).await.expect("counted");
    }
    let totals = tx.intake_totals(SOURCE).await.expect("totals");
    assert_eq!((totals.counts.accepted, totals.counts.duplicates, totals.counts.waited), (6, 3, 3));
    assert_eq!(totals.last_event_at, Some(at("2026-06-30T11:59:00Z")));
    assert_eq!(totals.last_received_at, Some(at("2026-06-30T12:01:00Z")));
    let minutes = tx.intake_minutes(SOURCE, at("2026-06-30T12:00:00Z")).await.expect("minutes");
    let accepted: Vec<u64> = minutes.iter().map(|(_, counts)| counts.accepted).collect();
    assert_eq!((accepted, minutes[1].0), (vec![4, 2], at("2026-06-30T12:01:00Z")));
    tx.forget_intake_minutes(at("2026-06-30T12:01:00Z")).await.expect("forgotten");
    assert_eq!(tx.intake_minutes(SOURCE, at("2026-06-30T00:00:00Z")).await.expect("minutes").len(), 1);
}

async fn a_key_belongs_to_one_source(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let id = tx.source("product").await.expect("a source");
    let created_at = "2026-06-30T12:00:00Z".parse().expect("an instant");
    let write_key = "key".to_owned();
    let source =
        LiveSource { id, name: "product".to_owned(), write_key, active: true, fresh_minutes: 5, created_at };
    tx.insert_live_source(&source).await.expect("kept");
    let renamed = LiveSource { name: "app".to_owned(), active: false, ..source.clone() };
    tx.update_live_source(&renamed).await.expect("changed");
    assert_eq!(tx.live_sources().await.expect("sources"), [renamed]);
    assert_eq!(tx.find_source("product").await.expect("a look"), None);
    let other = LiveSource { id: tx.source("site").await.expect("a source"), ..source };
    let refused = tx.insert_live_source(&other).await;
    assert!(matches!(refused, Err(StoreError::Exists { .. })), "{refused:?}");
}
