//! What people write: it counts at once, stays as it was on past days, and
//! comes back from an export.

use crate::{
    company,
    support::{app_at, as_of, day, import, operator, unwatched},
};
use laer8_app::{AccountsQuery, Actor, App, AppError, AsOf, EditFault, Happened, NewNote, ScoreQuery};
use laer8_domain::{ids::AccountId, notes::NoteKind, users::Role};

laer8_testkit::on_both!(
    a_note_is_on_the_timeline_at_once,
    a_correction_is_seen_from_its_day_on,
    what_was_withdrawn_comes_back_as_it_was,
    only_the_author_or_a_manager_changes_a_note,
    what_somebody_else_changed_meanwhile_is_not_overwritten,
    what_makes_no_sense_is_refused,
    an_owner_stays_until_the_source_says_otherwise,
    a_note_on_old_data_does_not_make_it_young,
    what_was_written_comes_back_from_an_export,
);

const NOW: &str = "2026-06-01T09:00:00Z";

fn member(name: &str) -> Actor {
    Actor { name: name.to_owned(), role: Role::Member }
}

fn call(text: &str) -> NewNote {
    NewNote {
        kind: NoteKind::Call,
        day: day("2026-05-30"),
        two_way: true,
        person: None,
        text: text.to_owned(),
    }
}

async fn filled(url: &str, now: &str) -> (App, AccountId) {
    let app = app_at(url, now).await;
    import(&app, company::MAPPING, &company::files(&[])).await;
    let view = app.accounts(&operator(), AsOf::Newest, &AccountsQuery::default()).await.expect("accounts");
    (app, view.accounts[0].id)
}

fn whole(account: AccountId) -> ScoreQuery {
    ScoreQuery { account: format!("#{account}"), rows: 0, history_days: 0 }
}

/// The notes on the timeline: text, author, revision.
async fn told(app: &App, account: AccountId, as_of: AsOf) -> Vec<(String, String, u32)> {
    let query = ScoreQuery { account: format!("#{account}"), rows: 0, history_days: 0 };
    let view = app.account(&operator(), as_of, &query).await.expect("an account");
    let notes = view.timeline.into_iter().filter_map(|event| match event.what {
        Happened::Note { text, author, revision, own: true, .. } => Some((text, author, revision)),
        _ => None,
    });
    notes.collect()
}

async fn a_note_is_on_the_timeline_at_once(url: String) {
    let (app, account) = filled(&url, NOW).await;
    let ana = member("ana@example.com");
    app.add_note(&ana, account, call("  Budget is approved.\n")).await.expect("written");
    let expected = ("Budget is approved.".to_owned(), "ana@example.com".to_owned(), 0);
    assert_eq!(told(&app, account, AsOf::Today).await, [expected]);
    assert_eq!(told(&app, account, as_of("2026-05-31")).await, [], "it was not known yesterday");
    app.set_pulse(&ana, account, 80, "They renew.").await.expect("a pulse");
    let query = ScoreQuery { account: format!("#{account}"), rows: 0, history_days: 0 };
    let view = app.account(&operator(), AsOf::Today, &query).await.expect("an account");
    let pulse = view.score.contributions.iter().find(|it| it.measure == "csm_pulse" || it.measure == "pulse");
    assert!(pulse.is_none_or(|it| it.value == Some(80.0)), "{pulse:?}");
    assert_eq!(view.last_two_way, Some(day("2026-05-30")), "they were on the phone");
}

async fn a_correction_is_seen_from_its_day_on(url: String) {
    let (app, account) = filled(&url, NOW).await;
    let ana = member("ana@example.com");
    let note = app.add_note(&ana, account, call("They leave.")).await.expect("written");
    let later = app_at(&url, "2026-06-03T09:00:00Z").await;
    later.revise_note(&ana, account, note, 0, call("They stay.")).await.expect("changed");
    let text = |told: Vec<(String, String, u32)>| told.into_iter().map(|it| it.0).collect::<Vec<_>>();
    assert_eq!(text(told(&later, account, AsOf::Today).await), ["They stay."]);
    assert_eq!(
        text(told(&later, account, as_of("2026-06-02")).await),
        ["They leave."],
        "as it was known then"
    );
    later.withdraw_note(&ana, account, note, 1).await.expect("withdrawn");
    assert_eq!(told(&later, account, AsOf::Today).await, []);
    assert_eq!(text(told(&later, account, as_of("2026-06-02")).await), ["They leave."]);
    let again = later.revise_note(&ana, account, note, 2, call("x")).await;
    assert!(matches!(again, Err(AppError::NotFound { .. })), "what is withdrawn is gone: {again:?}");
}

async fn what_was_withdrawn_comes_back_as_it_was(url: String) {
    let (app, account) = filled(&url, NOW).await;
    let ana = member("ana@example.com");
    let note = app.add_note(&ana, account, call("They stay.")).await.expect("written");
    let before = told(&app, account, AsOf::Today).await;
    let next_day = app_at(&url, "2026-06-02T09:00:00Z").await;
    next_day.withdraw_note(&ana, account, note, 0).await.expect("withdrawn");
    // The day after, somebody else may not, and a manager may.
    let later = app_at(&url, "2026-06-03T09:00:00Z").await;
    let ben = later.restore_note(&member("ben@example.com"), account, note).await;
    assert!(matches!(ben, Err(AppError::Forbidden { .. })), "{ben:?}");
    let manager = Actor { name: "cleo@example.com".into(), role: Role::Manager };
    assert_eq!(later.restore_note(&manager, account, note).await.expect("back"), 2);
    let expected = ("They stay.".to_owned(), "ana@example.com".to_owned(), 2);
    assert_eq!(told(&later, account, AsOf::Today).await, [expected], "it is still Ana's");
    assert_eq!(told(&later, account, as_of("2026-06-02")).await, [], "that day it was withdrawn");
    assert_eq!(told(&later, account, as_of("2026-06-01")).await, before);
    let view = later.account(&operator(), AsOf::Today, &whole(account)).await.expect("an account");
    assert_eq!(view.last_two_way, Some(day("2026-05-30")), "the call counts again");
    // Pressed twice, it is brought back once.
    assert_eq!(later.restore_note(&ana, account, note).await.expect("nothing to do"), 2);
    let log = later.audit_before(&operator(), None, 10).await.expect("a log");
    let restored = log.iter().filter(|entry| entry.action == "note.restore").count();
    assert_eq!(restored, 1);
    // A pulse comes back with its number.
    let pulse = later.set_pulse(&ana, account, 80, "They renew.").await.expect("a pulse");
    later.withdraw_note(&ana, account, pulse, 0).await.expect("withdrawn");
    later.restore_note(&ana, account, pulse).await.expect("back");
    let view = later.account(&operator(), AsOf::Today, &whole(account)).await.expect("an account");
    let pulses =
        view.timeline.iter().filter(|event| matches!(event.what, Happened::Note { pulse: Some(80), .. }));
    assert_eq!(pulses.count(), 1);
    let unknown = later.restore_note(&ana, account, laer8_domain::ids::NoteId(99_999)).await;
    assert!(matches!(unknown, Err(AppError::NotFound { .. })), "{unknown:?}");
}

async fn only_the_author_or_a_manager_changes_a_note(url: String) {
    let (app, account) = filled(&url, NOW).await;
    let note = app.add_note(&member("ana@example.com"), account, call("A")).await.expect("written");
    let ben = app.revise_note(&member("ben@example.com"), account, note, 0, call("B")).await;
    assert!(matches!(ben, Err(AppError::Forbidden { .. })), "{ben:?}");
    let manager = Actor { name: "cleo@example.com".into(), role: Role::Manager };
    app.revise_note(&manager, account, note, 0, call("C")).await.expect("a manager may");
    let expected = ("C".to_owned(), "ana@example.com".to_owned(), 1);
    assert_eq!(told(&app, account, AsOf::Today).await, [expected], "it is still Ana's");
    let viewer = Actor { name: "ana@example.com".into(), role: Role::Viewer };
    for refused in [
        app.restore_note(&viewer, account, note).await.map(|_| ()),
        app.revise_note(&viewer, account, note, 1, call("D")).await,
        app.withdraw_note(&viewer, account, note, 1).await,
        app.assign_owner(&viewer, account, "x").await,
        app.add_note(&viewer, account, call("E")).await.map(|_| ()),
        app.set_pulse(&viewer, account, 5, "").await.map(|_| ()),
    ] {
        assert!(matches!(refused, Err(AppError::Forbidden { .. })), "{refused:?}");
    }
}

async fn what_somebody_else_changed_meanwhile_is_not_overwritten(url: String) {
    let (app, account) = filled(&url, NOW).await;
    let ana = member("ana@example.com");
    let note = app.add_note(&ana, account, call("A")).await.expect("written");
    app.revise_note(&ana, account, note, 0, call("B")).await.expect("changed");
    for late in [
        app.revise_note(&ana, account, note, 0, call("C")).await,
        app.withdraw_note(&ana, account, note, 0).await,
    ] {
        assert!(matches!(late, Err(AppError::Conflict)), "{late:?}");
    }
    assert_eq!(told(&app, account, AsOf::Today).await[0].0, "B");
}

async fn what_makes_no_sense_is_refused(url: String) {
    let (app, account) = filled(&url, NOW).await;
    let ana = member("ana@example.com");
    let fault = |result: Result<laer8_domain::ids::NoteId, AppError>| match result {
        Err(AppError::Edit(fault)) => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(app.add_note(&ana, account, call(" \n")).await), EditFault::Empty);
    assert_eq!(fault(app.add_note(&ana, account, call(&"x".repeat(20_001))).await), EditFault::Long);
    let future = NewNote { day: day("2026-06-02"), ..call("Tomorrow") };
    assert_eq!(fault(app.add_note(&ana, account, future).await), EditFault::Future(day("2026-06-01")));
    let pulse = NewNote { kind: NoteKind::Pulse, ..call("x") };
    assert_eq!(fault(app.add_note(&ana, account, pulse).await), EditFault::Kind);
    assert_eq!(fault(app.set_pulse(&ana, account, 101, "").await), EditFault::Pulse);
    let nobody = app.add_note(&ana, AccountId(99_999), call("x")).await;
    assert!(matches!(nobody, Err(AppError::NotFound { .. })));
    assert_eq!(told(&app, account, AsOf::Today).await, [], "nothing of it was kept");
}

async fn owner(app: &App, account: AccountId, as_of: AsOf) -> String {
    let view = app.accounts(&operator(), as_of, &AccountsQuery::default()).await.expect("accounts");
    view.accounts.into_iter().find(|row| row.id == account).expect("the account").owner
}

async fn an_owner_stays_until_the_source_says_otherwise(url: String) {
    let (app, account) = filled(&url, NOW).await;
    let ana = member("ana@example.com");
    let before = owner(&app, account, AsOf::Today).await;
    app.assign_owner(&ana, account, "ben@example.com").await.expect("assigned");
    assert_eq!(owner(&app, account, AsOf::Today).await, "ben@example.com");
    assert_eq!(owner(&app, account, as_of("2026-05-31")).await, before, "yesterday it was as it was");
    // The same files again: they say nothing new.
    import(&app, company::MAPPING, &company::files(&[])).await;
    assert_eq!(owner(&app, account, AsOf::Today).await, "ben@example.com");
    app.assign_owner(&ana, account, "").await.expect("nobody");
    assert_eq!(owner(&app, account, AsOf::Today).await, "");
    app.assign_owner(&ana, account, "ben@example.com").await.expect("Ben once more");
    assert_eq!(owner(&app, account, AsOf::Today).await, "ben@example.com");
}

async fn a_note_on_old_data_does_not_make_it_young(url: String) {
    let (app, account) = filled(&url, "2029-01-15T09:00:00Z").await;
    let shown = |view: laer8_app::AccountsView| view.as_of;
    let before =
        shown(app.accounts(&operator(), AsOf::Newest, &AccountsQuery::default()).await.expect("accounts"));
    assert!(before.stale);
    app.add_note(&member("ana@example.com"), account, call("Old friends.")).await.expect("written");
    let after =
        shown(app.accounts(&operator(), AsOf::Newest, &AccountsQuery::default()).await.expect("accounts"));
    assert_eq!(before, after, "the newest facts of the source are as old as before");
    assert_eq!(
        told(&app, account, AsOf::Today).await.len(),
        0,
        "the call of 2026 is out of the year's timeline"
    );
    let today = NewNote { day: day("2029-01-15"), ..call("Today") };
    app.add_note(&member("ana@example.com"), account, today).await.expect("written");
    assert_eq!(told(&app, account, AsOf::Today).await[0].0, "Today");
}

async fn what_was_written_comes_back_from_an_export(url: String) {
    let (app, account) = filled(&url, NOW).await;
    let ana = member("ana@example.com");
    let note = app.add_note(&ana, account, call("A")).await.expect("written");
    app.revise_note(&ana, account, note, 0, call("B")).await.expect("changed");
    app.assign_owner(&ana, account, "ben@example.com").await.expect("assigned");
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("export");
    app.export(&operator(), &out, &unwatched).await.expect("an export");
    let other = format!("sqlite://{}", folder.path().join("other.db").display());
    let restored = app_at(&other, NOW).await;
    restored.restore(&operator(), &out, &unwatched).await.expect("read back");
    let before = app.accounts(&operator(), AsOf::Today, &AccountsQuery::default()).await.expect("accounts");
    let after =
        restored.accounts(&operator(), AsOf::Today, &AccountsQuery::default()).await.expect("accounts");
    let names = |view: &laer8_app::AccountsView| {
        let mut names: Vec<_> = view
            .accounts
            .iter()
            .map(|row| (row.name.clone(), row.owner.clone(), row.score.map(f64::to_bits)))
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&before), names(&after), "no account twice, and all as before");
    let twin = after.accounts.iter().find(|row| row.owner == "ben@example.com").expect("the account").id;
    assert_eq!(told(&restored, twin, AsOf::Today).await, told(&app, account, AsOf::Today).await);
}
