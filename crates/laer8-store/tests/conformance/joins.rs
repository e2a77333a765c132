//! Reading several accounts, or people, as one.

use crate::examples::{day, field, open, usage, version};
use laer8_domain::{
    days::Window,
    identity::{Identity, Key, Subject},
    ids::{AccountId, JoinId, PersonId, SourceId, SubscriptionId},
    subscriptions::SubscriptionState,
};
use laer8_store::{IdRange, JoinsAsked, NewField, Scope, StoredJoin, StoredKeys, StoredVersion, Tx};

laer8_testkit::on_both!(
    joined_accounts_are_read_as_the_first_of_them,
    what_is_joined_through_another_is_one_and_parts_again,
    people_who_are_one_have_the_fields_of_both,
    a_change_of_a_joined_account_is_one_of_the_account,
    keys_lead_to_those_who_share_them,
    joins_are_listed_the_latest_first,
    the_words_of_sources_count_as_was_said,
);

fn join(subject: Subject, first: i64, second: i64) -> StoredJoin {
    StoredJoin {
        id: JoinId(0),
        subject,
        first,
        second,
        key: Key { rule: "domain".into(), value: "acme.com".into() },
        joined_at: "2026-01-01T10:00:00Z".parse().expect("an instant"),
        joined_by: String::new(),
        undone_at: None,
        undone_by: String::new(),
        apart: false,
    }
}

async fn joined(tx: &Tx, subject: Subject, first: i64, second: i64) -> JoinId {
    let ids = tx.insert_joins(vec![join(subject, first, second)]).await.expect("a join");
    tx.reread(subject, &[first, second]).await.expect("read anew");
    ids[0]
}

async fn undone(tx: &Tx, id: JoinId, members: &[i64]) {
    let join = tx.join(id).await.expect("a look").expect("the join");
    tx.update_join(StoredJoin { undone_at: Some(join.joined_at), ..join.clone() }).await.expect("undone");
    tx.reread(join.subject, members).await.expect("read anew");
}

fn said(account: i64, person: Option<i64>, name: &str, value: &str, since: &str) -> NewField {
    let fact = field(name, Some(value.into()), since);
    NewField { account: AccountId(account), person: person.map(PersonId), fact }
}

async fn accounts(tx: &Tx, ids: &[i64]) {
    let ids: Vec<AccountId> = ids.iter().map(|id| AccountId(*id)).collect();
    tx.insert_accounts(&ids).await.expect("accounts");
}

async fn joined_accounts_are_read_as_the_first_of_them(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    accounts(&tx, &[1, 2, 3]).await;
    let fields = vec![
        said(3, None, "name", "Acme AG", "2026-01-01"),
        said(1, None, "name", "Acme", "2026-01-01"),
        said(2, None, "name", "Other", "2026-01-01"),
    ];
    tx.insert_fields(fields).await.expect("fields");
    let rows =
        [usage("u1", 1, "2026-01-01", 5), usage("u2", 3, "2026-01-01", 6), usage("u3", 2, "2026-01-01", 9)];
    tx.insert_usage(SourceId(1), &rows.iter().collect::<Vec<_>>()).await.expect("usage");
    let terms = crate::examples::terms("2026-01-01");
    let version = version("2026-01-01", SubscriptionState::Active(terms));
    let stored = StoredVersion { subscription: SubscriptionId(7), account: AccountId(3), version };
    tx.insert_subscriptions(&[(SubscriptionId(7), AccountId(3))]).await.expect("a subscription");
    tx.insert_versions(&[stored]).await.expect("a version");
    let id = joined(&tx, Subject::Account, 1, 3).await;

    let ids = |histories: &[laer8_domain::history::AccountHistory]| {
        histories.iter().map(|history| history.id.0).collect::<Vec<_>>()
    };
    for scope in [Scope::All, Scope::AllButUsage, Scope::Revenue] {
        let all = tx.histories(IdRange::all(), scope).await.expect("histories");
        assert_eq!(ids(&all), [1, 2]);
        assert_eq!((all[0].subscriptions.len(), all[0].fields.len()), (1, 2));
        assert_eq!(all[0].seen(day("2026-01-02")).name(), "Acme", "of one day, the word that came in later");
    }
    let one = tx.histories(IdRange::one(AccountId(1)), Scope::All).await.expect("histories").remove(0);
    let count: i64 = one.usage.rows().map(|row| row.count).sum();
    assert_eq!(count, 11, "also where the other is outside of the range");
    assert!(tx.histories(IdRange::one(AccountId(3)), Scope::All).await.expect("histories").is_empty());
    assert_eq!(tx.account_ids(IdRange::all()).await.expect("ids"), [AccountId(1), AccountId(2)]);
    assert_eq!(tx.told_account_ids(IdRange::all()).await.expect("ids").len(), 3);
    let january = Window::new(day("2026-01-01"), day("2026-02-01"));
    let behind = tx.usage_behind(AccountId(1), None, january, day("2026-02-01"), 10).await.expect("rows");
    assert_eq!(behind.len(), 2);
    let told = tx.told_histories(IdRange::all(), Scope::All).await.expect("histories");
    assert_eq!((ids(&told), told[2].subscriptions.len()), (vec![1, 2, 3], 1), "as the sources told it");

    undone(&tx, id, &[1, 3]).await;
    let all = tx.histories(IdRange::all(), Scope::All).await.expect("histories");
    assert_eq!((ids(&all), all[0].fields.len(), all[2].subscriptions.len()), (vec![1, 2, 3], 1, 1));
}

async fn what_is_joined_through_another_is_one_and_parts_again(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    accounts(&tx, &[1, 2, 3]).await;
    joined(&tx, Subject::Account, 2, 3).await;
    assert_eq!(tx.account_read_as(AccountId(3)).await.expect("a look"), AccountId(2));
    let id = joined(&tx, Subject::Account, 1, 3).await;
    for account in 1..=3 {
        assert_eq!(tx.account_read_as(AccountId(account)).await.expect("a look"), AccountId(1));
    }
    let members = tx.members_of(Subject::Account, &[1]).await.expect("members");
    assert_eq!(members, [(1, 1), (2, 1), (3, 1)]);
    undone(&tx, id, &[1, 2, 3]).await;
    let read_as = tx.read_as(Subject::Account, &[1, 2, 3]).await.expect("a look");
    assert_eq!(read_as.into_iter().collect::<Vec<_>>(), [(3, 2)], "the other join stands");
}

async fn people_who_are_one_have_the_fields_of_both(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    accounts(&tx, &[1, 2]).await;
    tx.insert_people(&[(PersonId(8), AccountId(1)), (PersonId(9), AccountId(2))]).await.expect("people");
    let fields =
        vec![said(1, Some(8), "name", "Ida", "2026-01-01"), said(2, Some(9), "title", "CFO", "2026-01-01")];
    tx.insert_fields(fields).await.expect("fields");
    let accounts = joined(&tx, Subject::Account, 1, 2).await;
    let people = async || {
        let histories = tx.histories(IdRange::all(), Scope::All).await.expect("histories");
        histories.iter().map(|it| it.people.iter().map(|it| it.id.0).collect()).collect::<Vec<Vec<i64>>>()
    };
    assert_eq!(people().await, [vec![8, 9]]);
    joined(&tx, Subject::Person, 8, 9).await;
    assert_eq!(people().await, [vec![8]]);
    let ida = tx.histories(IdRange::all(), Scope::All).await.expect("histories").remove(0).people.remove(0);
    let today = day("2026-02-01");
    assert_eq!((ida.text("name", today), ida.text("title", today)), (Some("Ida"), Some("CFO")));
    undone(&tx, accounts, &[1, 2]).await;
    assert_eq!(people().await, [vec![8], vec![9]], "two accounts have two people");
}

async fn a_change_of_a_joined_account_is_one_of_the_account(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    accounts(&tx, &[1, 2]).await;
    joined(&tx, Subject::Account, 1, 2).await;
    tx.forget_evaluations(None).await.expect("forgotten");
    let before = tx.generation().await.expect("a generation");
    tx.forget_evaluations_of(&[AccountId(2)], day("2026-01-01")).await.expect("forgotten");
    assert_eq!(tx.changed_since(before).await.expect("changes"), Some(vec![AccountId(1)]));
}

async fn keys_lead_to_those_who_share_them(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let key = |value: &str| Key { rule: "domain".into(), value: value.into() };
    let of = |id, values: &[&str]| StoredKeys { id, keys: values.iter().map(|value| key(value)).collect() };
    let keys = [of(1, &["acme.com"]), of(2, &["acme.com", "other.com"]), of(3, &["third.com"])];
    tx.put_keys(Subject::Account, &keys).await.expect("keys");
    tx.put_keys(Subject::Person, &[of(3, &["acme.com"])]).await.expect("keys of somebody");
    assert_eq!(tx.open_keys(Subject::Account).await.expect("shared"), [key("acme.com")]);
    assert_eq!(tx.shared_keys_of(Subject::Account, &[2]).await.expect("shared"), [key("acme.com")]);
    assert_eq!(tx.shared_keys_of(Subject::Account, &[3]).await.expect("none"), []);
    let holders = tx.holders(Subject::Account, &[key("acme.com")]).await.expect("holders");
    assert_eq!(holders, [of(1, &["acme.com"]), of(2, &["acme.com"])]);
    joined(&tx, Subject::Account, 1, 2).await;
    assert_eq!(tx.open_keys(Subject::Account).await.expect("none"), [], "they are one");
    tx.put_keys(Subject::Account, &[of(3, &["other.com"])]).await.expect("another");
    assert_eq!(tx.open_keys(Subject::Account).await.expect("shared"), [key("other.com")]);
    tx.forget_keys(Subject::Account).await.expect("gone");
    assert_eq!(tx.holders(Subject::Account, &[key("acme.com")]).await.expect("none"), []);
}

async fn joins_are_listed_the_latest_first(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    let first = joined(&tx, Subject::Account, 1, 2).await;
    let second = joined(&tx, Subject::Account, 3, 4).await;
    joined(&tx, Subject::Person, 1, 2).await;
    undone(&tx, first, &[1, 2]).await;
    let ids = async |asked: JoinsAsked| {
        tx.joins(asked, 10).await.expect("joins").iter().map(|join| join.id).collect::<Vec<_>>()
    };
    let asked = JoinsAsked { subject: Some(Subject::Account), ..JoinsAsked::default() };
    assert_eq!(ids(asked).await, [second, first]);
    assert_eq!(ids(JoinsAsked { before: Some(second), ..asked }).await, [first]);
    assert_eq!(ids(JoinsAsked { in_force: Some(true), ..asked }).await, [second]);
    assert_eq!(ids(JoinsAsked { in_force: Some(false), ..asked }).await, [first]);
    assert_eq!(tx.count_joins(JoinsAsked::default()).await.expect("a count"), 3);
    let of_one = tx.joins_of(Subject::Account, &[2]).await.expect("joins");
    assert_eq!(of_one.iter().map(|join| join.id).collect::<Vec<_>>(), [first]);
}

async fn the_words_of_sources_count_as_was_said(url: String) {
    let store = open(&url).await;
    let tx = store.write().await.expect("a transaction");
    accounts(&tx, &[1]).await;
    let crm = tx.source("crm").await.expect("a source");
    let billing = tx.source("billing").await.expect("a source");
    let word = |source: SourceId, value: &str, since: &str| {
        let mut new = said(1, None, "owner", value, since);
        new.fact.origin.source = source;
        new
    };
    let fields = vec![word(crm, "ana", "2026-01-01"), word(billing, "ben", "2026-02-01")];
    tx.insert_fields(fields).await.expect("fields");
    let owner = async || {
        let history = tx.histories(IdRange::all(), Scope::Revenue).await.expect("histories").remove(0);
        history.seen(day("2026-03-01")).text("owner").map(str::to_owned)
    };
    assert_eq!(owner().await.as_deref(), Some("ben"));
    let text = "schema = 1\n[accounts.precedence]\nowner = [\"crm\", \"not there yet\"]";
    let identity = Identity::from_toml(text).expect("a document");
    tx.put_precedence(&identity).await.expect("kept");
    assert_eq!(owner().await.as_deref(), Some("ana"));
}
