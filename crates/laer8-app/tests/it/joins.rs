//! One company that two sources tell of is one account, and two again when
//! somebody says so.

use crate::support::{InMemory, app_at, as_of, day, import, operator, unwatched};
use laer8_app::{
    AccountView, AccountsQuery, Actor, App, AppError, AsOf, JoinView, JoinsQuery, NewJoin, NewNote,
    ScoreQuery,
};
use laer8_domain::{
    identity::{Subject, matching::Doubt},
    ids::AccountId,
    notes::NoteKind,
    users::Role,
    values::Value,
};
use laer8_testkit::{Engine, TestDatabase};
use std::path::Path;

laer8_testkit::on_both!(
    two_sources_tell_of_one_account,
    undoing_a_join_parts_them_and_no_rule_joins_them_again,
    the_kept_book_follows_a_join_and_its_undoing,
    the_document_says_whose_word_counts,
    people_with_one_address_are_one,
    free_mail_joins_nobody,
    two_of_one_source_are_left_to_a_person,
    a_past_day_is_not_changed_by_later_facts,
    a_changed_document_is_tried_before_it_counts,
    what_is_entered_in_laer8_holds_over_both_sources,
    notes_stay_with_the_account_they_were_written_on,
    joins_come_back_from_an_export,
    only_a_manager_decides,
);

const NOW: &str = "2026-06-01T09:00:00Z";
const LATER: &str = "2026-06-10T09:00:00Z";

const CRM: &str = r#"
schema = 1
source = "crm"
currency = "EUR"
dates = ["%Y-%m-%d"]

[[file]]
name = "accounts.csv"
record = "account"
[file.fields]
id = "id"
name = "name"
domain = "domain"
owner = "owner"
since = "since"

[[file]]
name = "people.csv"
record = "person"
[file.fields]
id = "id"
account = "account"
name = "name"
email = "email"
role = "role"
since = "since"
"#;

const BILLING: &str = r#"
schema = 1
source = "billing"
currency = "EUR"
dates = ["%Y-%m-%d"]

[[plan]]
id = "Gold"
entitles = "all"

[[file]]
name = "customers.csv"
record = "account"
[file.fields]
id = "id"
name = "name"
domain = "website"
owner = "rep"
since = "since"

[[file]]
name = "contacts.csv"
record = "person"
[file.fields]
id = "id"
account = "customer"
name = "name"
email = "email"
title = "title"
since = "since"

[[file]]
name = "subscriptions.csv"
record = "subscription"
[file.fields]
id = "id"
account = "customer"
start = "start"
plan = "plan"
quantity = "seats"
price = "price"
price_basis = { constant = "total" }
price_per = { constant = "month" }
"#;

const ACCOUNTS: &str = "id,name,domain,owner,since
A1,Helvetia Freight,helvetia.test,ana,2026-01-01
A2,Nordkap,nordkap.test,ana,2026-01-01
";
const PEOPLE: &str = "id,account,name,email,role,since
P1,A1,Ida Moser,Ida@Helvetia.test,champion,2026-01-01
";
const CUSTOMERS: &str = "id,name,website,rep,since
1,Helvetia Freight AG,https://www.helvetia.test,ben,2026-02-01
2,Somebody,gmail.com,ben,2026-02-01
";
const CONTACTS: &str = "id,customer,name,email,title,since
9,1,I. Moser,ida@helvetia.test ,CFO,2026-02-01
";
const SUBSCRIPTIONS: &str = "id,customer,start,plan,seats,price
S1,1,2026-02-01,Gold,4,500
S2,2,2026-02-01,Gold,1,100
";

fn crm(accounts: &str) -> InMemory {
    InMemory::of(&[("accounts.csv", accounts), ("people.csv", PEOPLE)])
}

fn billing(customers: &str) -> InMemory {
    InMemory::of(&[
        ("customers.csv", customers),
        ("contacts.csv", CONTACTS),
        ("subscriptions.csv", SUBSCRIPTIONS),
    ])
}

/// Both sources have been imported.
async fn filled(url: &str) -> App {
    let app = app_at(url, NOW).await;
    import(&app, CRM, &crm(ACCOUNTS)).await;
    import(&app, BILLING, &billing(CUSTOMERS)).await;
    app
}

const ALL: JoinsQuery = JoinsQuery { subject: None, in_force: Some(true), before: None, limit: 50 };

async fn joins(app: &App, subject: Subject) -> Vec<JoinView> {
    let query = JoinsQuery { subject: Some(subject), ..ALL };
    app.joins(&operator(), query).await.expect("joins").joins
}

async fn names(app: &App) -> Vec<String> {
    let view = app.accounts(&operator(), AsOf::Today, &AccountsQuery::default()).await.expect("accounts");
    let mut names: Vec<String> = view.accounts.into_iter().map(|account| account.name).collect();
    names.sort_unstable();
    names
}

async fn account(app: &App, name: &str, as_of: AsOf) -> AccountView {
    let query = ScoreQuery { account: name.to_owned(), rows: 5, history_days: 0 };
    app.account(&operator(), as_of, &query).await.expect("an account")
}

fn field(view: &AccountView, name: &str) -> Option<String> {
    let field = view.fields.iter().find(|field| field.field == name)?;
    match &field.value {
        Value::Text(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

async fn two_sources_tell_of_one_account(url: String) {
    let app = filled(&url).await;
    let made = joins(&app, Subject::Account).await;
    let [join] = &made[..] else { panic!("one join: {made:?}") };
    assert_eq!((join.rule.as_str(), join.value.as_str()), ("domain", "helvetia.test"));
    assert_eq!(
        (join.first.sources[0].source.as_str(), join.second.sources[0].source.as_str()),
        ("crm", "billing")
    );
    assert_eq!(names(&app).await, ["Helvetia Freight AG", "Nordkap", "Somebody"], "four were told of");

    let view = account(&app, "#1", AsOf::Today).await;
    assert_eq!(view.subscriptions.len(), 1, "the contract that billing tells of");
    assert_eq!(view.score.account.mrr.to_string(), "500.00");
    assert_eq!(field(&view, "owner").as_deref(), Some("ben"), "the newest word");
    for other in ["#3", "1", "A1"] {
        assert_eq!(
            account(&app, other, AsOf::Today).await.score.account.id,
            AccountId(1),
            "{other} is the same"
        );
    }
    let ids = app.external_ids(&operator(), AccountId(3)).await.expect("names");
    let ids: Vec<_> = ids.iter().map(|it| (it.source.as_str(), it.id.as_str(), it.account.0)).collect();
    assert_eq!(ids, [("billing", "1", 1), ("crm", "A1", 1)]);
    let found = app.accounts_by_external_id(&operator(), "1").await.expect("found");
    assert_eq!(found.iter().map(|it| it.account.0).collect::<Vec<_>>(), [1]);
}

async fn undoing_a_join_parts_them_and_no_rule_joins_them_again(url: String) {
    let app = filled(&url).await;
    let join = joins(&app, Subject::Account).await.remove(0);
    let undone = app.undo_join(&operator(), join.id).await.expect("undone");
    assert!(undone.apart && undone.undone_by == operator().name);
    assert_eq!(names(&app).await, ["Helvetia Freight", "Helvetia Freight AG", "Nordkap", "Somebody"]);
    assert_eq!(account(&app, "#1", AsOf::Today).await.subscriptions.len(), 0);
    assert_eq!(account(&app, "#3", AsOf::Today).await.subscriptions.len(), 1);
    let again = app.undo_join(&operator(), join.id).await;
    assert!(matches!(again, Err(AppError::Invalid(_))), "{again:?}");

    // Neither when the source tells of it again, nor when everything is looked through.
    let later = app_at(&url, LATER).await;
    let moved = CUSTOMERS.replace("https://www.helvetia.test", "helvetia.test");
    import(&later, BILLING, &billing(&moved)).await;
    later.look_for_joins(&operator()).await.expect("looked");
    assert!(joins(&later, Subject::Account).await.is_empty());
    assert!(later.join_candidates(&operator()).await.expect("candidates").is_empty(), "it was decided");

    let new = NewJoin { subject: Subject::Account, first: 3, second: 1 };
    let by_hand = later.add_join(&operator(), new).await.expect("joined again");
    assert_eq!((by_hand.rule.as_str(), by_hand.joined_by.as_str()), ("hand", operator().name.as_str()));
    assert_eq!(names(&later).await.len(), 3);
    let twice = later.add_join(&operator(), new).await.expect_err("they are one");
    assert!(twice.to_string().contains("are one already"), "{twice}");
}

async fn the_kept_book_follows_a_join_and_its_undoing(url: String) {
    let app = filled(&url).await;
    let customers = async || {
        let view = app.accounts(&operator(), AsOf::Today, &AccountsQuery::default()).await.expect("accounts");
        let row = view.accounts.into_iter().find(|row| row.id == AccountId(1)).expect("the account");
        row.mrr.to_string()
    };
    assert_eq!(customers().await, "500.00");
    let join = joins(&app, Subject::Account).await.remove(0);
    app.undo_join(&operator(), join.id).await.expect("undone");
    assert_eq!(customers().await, "0.00");
    let new = NewJoin { subject: Subject::Account, first: 1, second: 3 };
    app.add_join(&operator(), new).await.expect("joined");
    assert_eq!(customers().await, "500.00");
    // An edit under the id of the joined account is one of the account.
    app.set_pulse(&operator(), AccountId(3), 90, "Good").await.expect("a pulse");
    assert_eq!(account(&app, "#1", AsOf::Today).await.timeline[0].day, day("2026-06-01"));
}

async fn the_document_says_whose_word_counts(url: String) {
    let app = filled(&url).await;
    let shipped =
        app.document(&operator(), "identity", "identity").await.expect("shipped").newest().body.clone();
    let crm_first = shipped.replace(
        "[accounts.precedence]\ndefault = \"newest\"",
        "[accounts.precedence]\ndefault = \"newest\"\nowner = [\"crm\", \"billing\"]",
    );
    app.put_document(&operator(), "identity", &crm_first).await.expect("in force");
    let view = account(&app, "#1", AsOf::Today).await;
    assert_eq!(field(&view, "owner").as_deref(), Some("ana"));
    assert_eq!(view.score.account.owner, "ana");
    assert_eq!(field(&view, "name").as_deref(), Some("Helvetia Freight AG"), "of others, the newest word");
    app.roll_back(&operator(), "identity", "identity", 0).await.expect("back");
    assert_eq!(field(&account(&app, "#1", AsOf::Today).await, "owner").as_deref(), Some("ben"));
}

async fn people_with_one_address_are_one(url: String) {
    let app = filled(&url).await;
    let made = joins(&app, Subject::Person).await;
    let [join] = &made[..] else { panic!("one join: {made:?}") };
    assert_eq!((join.rule.as_str(), join.value.as_str()), ("email", "ida@helvetia.test"));
    let view = account(&app, "#1", AsOf::Today).await;
    let [ida] = &view.people[..] else { panic!("one person: {:?}", view.people) };
    assert_eq!((ida.title.as_str(), ida.role.map(|role| role.key())), ("CFO", Some("champion")), "of both");
    let account_join = joins(&app, Subject::Account).await.remove(0);
    app.undo_join(&operator(), account_join.id).await.expect("undone");
    for id in ["#1", "#3"] {
        assert_eq!(account(&app, id, AsOf::Today).await.people.len(), 1, "each has its own of {id}");
    }
}

async fn free_mail_joins_nobody(url: String) {
    let app = app_at(&url, NOW).await;
    import(&app, CRM, &crm(&ACCOUNTS.replace("nordkap.test", "gmail.com"))).await;
    import(&app, BILLING, &billing(CUSTOMERS)).await;
    assert_eq!(joins(&app, Subject::Account).await.len(), 1, "Helvetia only");
    assert!(app.join_candidates(&operator()).await.expect("candidates").is_empty());
}

async fn two_of_one_source_are_left_to_a_person(url: String) {
    let app = app_at(&url, NOW).await;
    import(&app, CRM, &crm(&ACCOUNTS.replace("nordkap.test", "helvetia.test"))).await;
    import(&app, BILLING, &billing(CUSTOMERS)).await;
    assert!(joins(&app, Subject::Account).await.is_empty(), "which of the two would be a guess");
    let candidates = app.join_candidates(&operator()).await.expect("candidates");
    let [candidate] = &candidates[..] else { panic!("one candidate: {candidates:?}") };
    assert_eq!((candidate.doubt, candidate.value.as_str()), (Doubt::SameSource, "helvetia.test"));
    let of: Vec<i64> = candidate.of.iter().map(|end| end.id).collect();
    assert_eq!(of, [1, 2, 3]);

    app.keep_apart(&operator(), Subject::Account, &[1, 2]).await.expect("apart");
    app.keep_apart(&operator(), Subject::Account, &[2, 3]).await.expect("apart");
    let left = app.join_candidates(&operator()).await.expect("candidates");
    assert_eq!(left.len(), 1, "1 and 3 may still be one");
    app.add_join(&operator(), NewJoin { subject: Subject::Account, first: 1, second: 3 })
        .await
        .expect("joined");
    assert!(app.join_candidates(&operator()).await.expect("candidates").is_empty());
    assert_eq!(names(&app).await, ["Helvetia Freight AG", "Nordkap", "Somebody"]);
}

async fn a_past_day_is_not_changed_by_later_facts(url: String) {
    let app = filled(&url).await;
    let then = as_of("2026-03-01");
    let before = account(&app, "#1", then).await;
    assert_eq!(
        before.score.account.mrr.to_string(),
        "500.00",
        "identity is no event: it counts for past days"
    );
    let early = account(&app, "#1", as_of("2026-01-15")).await;
    assert_eq!((early.subscriptions.len(), field(&early, "owner").as_deref()), (0, Some("ana")));

    let later = app_at(&url, LATER).await;
    let customers = CUSTOMERS.replace(",ben,2026-02-01", ",cleo,2026-06-05");
    import(&later, BILLING, &billing(&customers)).await;
    let accounts = ACCOUNTS.replace(",ana,2026-01-01", ",dan,2026-02-15");
    import(&later, CRM, &crm(&accounts)).await;
    let after = account(&later, "#1", then).await;
    assert_eq!(after.fields, before.fields, "what came in later was not known then");
    assert_eq!((after.subscriptions, after.people), (before.subscriptions, before.people));
    assert_eq!((after.score.score, after.score.account), (before.score.score, before.score.account));
    assert_eq!(field(&account(&later, "#1", AsOf::Today).await, "owner").as_deref(), Some("cleo"));
}

async fn a_changed_document_is_tried_before_it_counts(url: String) {
    let app = filled(&url).await;
    let shipped =
        app.document(&operator(), "identity", "identity").await.expect("shipped").newest().body.clone();
    let excluded = shipped.replace("\"126.com\"", "\"126.com\", \"helvetia.test\"");
    let preview = app.preview_identity(&operator(), &excluded).await.expect("tried");
    assert_eq!((preview.joined_count, preview.parted_count), (0, 1));
    assert_eq!(preview.parted[0].value, "helvetia.test");
    assert_eq!(joins(&app, Subject::Account).await.len(), 1, "nothing was changed");

    app.put_document(&operator(), "identity", &excluded).await.expect("in force");
    assert!(joins(&app, Subject::Account).await.is_empty());
    assert_eq!(names(&app).await.len(), 4);
    // Back again: no person kept them apart.
    let preview = app.preview_identity(&operator(), &shipped).await.expect("tried");
    assert_eq!((preview.joined_count, preview.parted_count), (1, 0));
    app.roll_back(&operator(), "identity", "identity", 0).await.expect("back");
    assert_eq!(names(&app).await.len(), 3);
    let wrong = app.preview_identity(&operator(), "schema = 1\n[accounts]\nrules = [{ by = \"\" }]").await;
    assert!(matches!(wrong, Err(AppError::Document { .. })), "{wrong:?}");
}

async fn what_is_entered_in_laer8_holds_over_both_sources(url: String) {
    let app = filled(&url).await;
    // The crm says Ana, billing Ben, and Ben is what somebody sees.
    app.assign_owner(&operator(), AccountId(1), "ana").await.expect("assigned");
    assert_eq!(field(&account(&app, "#1", AsOf::Today).await, "owner").as_deref(), Some("ana"));
    app.assign_owner(&operator(), AccountId(3), "").await.expect("nobody");
    assert_eq!(field(&account(&app, "#1", AsOf::Today).await, "owner"), None);
}

async fn notes_stay_with_the_account_they_were_written_on(url: String) {
    let app = filled(&url).await;
    let join = joins(&app, Subject::Account).await.remove(0);
    app.undo_join(&operator(), join.id).await.expect("undone");
    let call = |text: &str| NewNote {
        kind: NoteKind::Call,
        day: day("2026-05-30"),
        two_way: true,
        person: None,
        text: text.to_owned(),
    };
    let note = app.add_note(&operator(), AccountId(3), call("They pay.")).await.expect("written");
    let join = NewJoin { subject: Subject::Account, first: 1, second: 3 };
    let join = app.add_join(&operator(), join).await.expect("joined");
    app.revise_note(&operator(), AccountId(1), note, 0, call("They pay late.")).await.expect("changed");
    app.withdraw_note(&operator(), AccountId(1), note, 1).await.expect("withdrawn");
    app.restore_note(&operator(), AccountId(1), note).await.expect("back");
    app.undo_join(&operator(), join.id).await.expect("undone");
    let of = async |id: &str| {
        let view = account(&app, id, AsOf::Today).await;
        view.timeline.iter().filter(|event| format!("{:?}", event.what).contains("They pay late.")).count()
    };
    assert_eq!((of("#1").await, of("#3").await), (0, 1));
}

async fn joins_come_back_from_an_export(url: String) {
    let app = filled(&url).await;
    app.keep_apart(&operator(), Subject::Account, &[2, 4]).await.expect("apart");
    let join = joins(&app, Subject::Account).await.remove(0);
    app.undo_join(&operator(), join.id).await.expect("undone");
    app.add_join(&operator(), NewJoin { subject: Subject::Account, first: 1, second: 3 })
        .await
        .expect("joined");
    let folder = tempfile::TempDir::new().expect("a folder");
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let report = app.export(&operator(), &first, &unwatched).await.expect("an export");
    assert!(report.files.contains(&("joins.ndjson".to_owned(), 4)), "{:?}", report.files);

    let database = TestDatabase::new(Engine::Sqlite);
    let other = app_at(&database.url, LATER).await;
    other.restore(&operator(), &first, &unwatched).await.expect("restored");
    assert_eq!(names(&other).await, names(&app).await);
    other.export(&operator(), &second, &unwatched).await.expect("an export");
    let read = |folder: &Path| std::fs::read_to_string(folder.join("joins.ndjson")).expect("a file");
    assert_eq!(read(&first), read(&second));
    other.restore(&operator(), &first, &unwatched).await.expect("twice changes nothing");
    assert_eq!(joins(&other, Subject::Account).await.len(), 1);
}

async fn only_a_manager_decides(url: String) {
    let app = filled(&url).await;
    let member = Actor { name: "ana@example.com".to_owned(), role: Role::Member };
    let join = app.joins(&member, ALL).await.expect("everybody sees them").joins.remove(0);
    let new = NewJoin { subject: Subject::Account, first: 1, second: 2 };
    let refused = [
        app.undo_join(&member, join.id).await.err(),
        app.add_join(&member, new).await.err(),
        app.keep_apart(&member, Subject::Account, &[1, 2]).await.err(),
        app.look_for_joins(&member).await.err(),
        app.preview_identity(&member, "schema = 1").await.err(),
    ];
    assert!(refused.iter().all(|error| matches!(error, Some(AppError::Forbidden { .. }))), "{refused:?}");
}
