//! Who gets in, and who does not any more.

use crate::support::{app_at, clock, operator};
use laer8_app::{Actor, App, AppError, NewUser, UserFault};
use laer8_domain::users::Role;
use laer8_store::Store;

laer8_testkit::on_both!(
    an_invitation_leads_to_a_session,
    a_wrong_password_says_nothing_about_who_is_there,
    whoever_is_made_inactive_is_signed_out_at_once,
    a_session_ends_when_nobody_comes_back,
    a_changed_password_ends_every_other_session,
    the_first_user_is_made_once,
    the_last_administrator_stays_one,
    a_key_acts_in_its_role_until_it_is_taken_back,
);

const NOW: &str = "2026-06-01T09:00:00Z";
const PASSWORD: &str = "a horse in the rain";

async fn with_ana(url: &str) -> (App, String) {
    let app = app_at(url, NOW).await;
    let ana = NewUser { email: "Ana@Example.com ".into(), name: "Ana Silva".into(), role: Role::Manager };
    app.add_user(&operator(), ana).await.expect("a user");
    let link = app.invite(&operator(), "ana@example.com").await.expect("a link");
    let session = app.accept(&link, PASSWORD, "Browser").await.expect("a session");
    (app, session)
}

async fn signed_in(app: &App, session: &str) -> Option<Actor> {
    app.signed_in(session).await.expect("a look").map(|signed| signed.actor)
}

async fn an_invitation_leads_to_a_session(url: String) {
    let (app, session) = with_ana(&url).await;
    let actor = signed_in(&app, &session).await.expect("she is signed in");
    assert_eq!((actor.name.as_str(), actor.role), ("ana@example.com", Role::Manager));
    // By hand too, however the address is written.
    let other = app.sign_in(" ANA@example.com", PASSWORD, "", "").await.expect("a session");
    assert_ne!(other, session, "every session has a secret of its own");
    app.sign_out(&other).await.expect("signed out");
    assert_eq!(signed_in(&app, &other).await, None);
    assert!(signed_in(&app, &session).await.is_some(), "the other browser stays");
    // A link works once, and only for so long.
    let link = app.invite(&operator(), "ana@example.com").await.expect("a link");
    let late = App::new(Store::open(&url).await.expect("the database"), clock("2026-06-09T09:00:00Z"));
    assert!(matches!(late.accept(&link, PASSWORD, "").await, Err(AppError::Stale)));
    app.accept(&link, "another horse, drier", "").await.expect("used");
    assert!(matches!(app.accept(&link, PASSWORD, "").await, Err(AppError::Stale)), "a second time");
    assert_eq!(signed_in(&app, &session).await, None, "the password is another");
}

async fn a_wrong_password_says_nothing_about_who_is_there(url: String) {
    let (app, _) = with_ana(&url).await;
    let wrong = app.sign_in("ana@example.com", "a horse in the sun", "", "").await.expect_err("wrong");
    let nobody = app.sign_in("nobody@example.com", PASSWORD, "", "").await.expect_err("nobody");
    assert_eq!(wrong.to_string(), nobody.to_string());
    for _ in 0..9 {
        app.sign_in("ana@example.com", "guess", "", "").await.expect_err("wrong");
    }
    let refused = app.sign_in("ana@example.com", PASSWORD, "", "").await.expect_err("too many");
    assert!(matches!(refused, AppError::TooMany { .. }), "{refused}");
}

async fn whoever_is_made_inactive_is_signed_out_at_once(url: String) {
    let (app, session) = with_ana(&url).await;
    app.change_user(&operator(), "ana@example.com", Role::Viewer, true).await.expect("changed");
    assert_eq!(signed_in(&app, &session).await.expect("still in").role, Role::Viewer, "at once");
    app.change_user(&operator(), "ana@example.com", Role::Viewer, false).await.expect("changed");
    assert_eq!(signed_in(&app, &session).await, None);
    assert!(matches!(app.sign_in("ana@example.com", PASSWORD, "", "").await, Err(AppError::WrongPassword)));
    app.change_user(&operator(), "ana@example.com", Role::Viewer, true).await.expect("changed");
    assert_eq!(signed_in(&app, &session).await, None, "an old session does not come back");
}

async fn a_session_ends_when_nobody_comes_back(url: String) {
    let (_, session) = with_ana(&url).await;
    let store = Store::open(&url).await.expect("the database");
    let on = |now: &str| App::new(store.clone(), clock(now));
    assert!(signed_in(&on("2026-06-14T09:00:00Z"), &session).await.is_some(), "thirteen days later");
    assert!(signed_in(&on("2026-06-27T09:00:00Z"), &session).await.is_some(), "thirteen more: it was used");
    assert_eq!(signed_in(&on("2026-07-12T09:00:00Z"), &session).await, None, "fifteen days without a sign");
}

async fn a_changed_password_ends_every_other_session(url: String) {
    let (app, session) = with_ana(&url).await;
    let ana = signed_in(&app, &session).await.expect("she is signed in");
    let other = app.sign_in("ana@example.com", PASSWORD, "", "Phone").await.expect("a session");
    let sessions = app.own_sessions(&ana, &session).await.expect("sessions");
    assert_eq!(sessions.iter().filter(|it| it.current).count(), 1);
    assert_eq!(sessions.len(), 2);
    let wrong = app.change_password(&ana, "guess", "a new horse at last", "").await;
    assert!(matches!(wrong, Err(AppError::WrongPassword)));
    let short = app.change_password(&ana, PASSWORD, "short", "").await;
    assert!(matches!(short, Err(AppError::User(UserFault::ShortPassword))));
    let new = app.change_password(&ana, PASSWORD, "a new horse at last", "").await.expect("changed");
    assert!(signed_in(&app, &new).await.is_some());
    for old in [session, other] {
        assert_eq!(signed_in(&app, &old).await, None);
    }
}

async fn the_first_user_is_made_once(url: String) {
    let app = app_at(&url, NOW).await;
    assert!(app.is_unclaimed().await.expect("a look"));
    let session = app.claim("ana@example.com", "Ana", PASSWORD, "").await.expect("the first");
    assert_eq!(signed_in(&app, &session).await.expect("signed in").role, Role::Admin);
    assert!(!app.is_unclaimed().await.expect("a look"));
    let second = app.claim("eve@example.com", "Eve", PASSWORD, "").await;
    assert!(matches!(second, Err(AppError::Forbidden { .. })));
    let users = app.users(&operator()).await.expect("users");
    assert_eq!(users.len(), 1, "nothing is left of the second");
}

async fn the_last_administrator_stays_one(url: String) {
    let app = app_at(&url, NOW).await;
    app.claim("ana@example.com", "Ana", PASSWORD, "").await.expect("the first");
    for (role, active) in [(Role::Member, true), (Role::Admin, false)] {
        let refused = app.change_user(&operator(), "ana@example.com", role, active).await;
        assert!(matches!(refused, Err(AppError::User(UserFault::LastAdmin(_)))), "{refused:?}");
    }
    let ben = NewUser { email: "ben@example.com".into(), name: "Ben".into(), role: Role::Admin };
    app.add_user(&operator(), ben).await.expect("another");
    app.change_user(&operator(), "ana@example.com", Role::Member, true).await.expect("now she may go");
}

async fn a_key_acts_in_its_role_until_it_is_taken_back(url: String) {
    let app = app_at(&url, NOW).await;
    let (id, key) = app.add_key(&operator(), "Zapier", Role::Member).await.expect("a key");
    let actor = app.keyed(&key).await.expect("a look").expect("it is known");
    assert_eq!((actor.name.as_str(), actor.role), ("key:Zapier", Role::Member));
    assert!(app.users(&actor).await.is_err(), "it may do what its role may");
    assert_eq!(app.keyed(&format!("{key}x")).await.expect("a look"), None);
    assert!(app.keys(&operator()).await.expect("keys")[0].used_at.is_some());
    app.remove_key(&operator(), id).await.expect("taken back");
    assert_eq!(app.keyed(&key).await.expect("a look"), None);
    let log = app.audit_log(&operator(), 10).await.expect("the log");
    let said = serde_json::to_string(&log.iter().map(|it| &it.detail).collect::<Vec<_>>()).expect("json");
    assert!(!said.contains(&key) && !said.contains("digest"), "no secret is logged");
}
