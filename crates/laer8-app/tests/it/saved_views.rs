//! Who may see and change which view.

use crate::support::app_at;
use laer8_app::{Actor, App, AppError, SavedViewRow, ViewChange, ViewDraft};
use laer8_domain::users::Role;

laer8_testkit::on_both!(
    a_view_is_its_owners_until_it_is_shared,
    only_its_owner_and_admins_change_a_shared_view,
    a_viewer_keeps_views_and_shares_none,
    a_name_that_can_not_be_kept_says_why,
    the_last_view_that_shall_open_opens,
    the_audit_log_tells_of_views,
);

const NOW: &str = "2026-06-30T12:00:00Z";

fn actor(name: &str, role: Role) -> Actor {
    Actor { name: name.to_owned(), role }
}

fn draft(name: &str) -> ViewDraft {
    ViewDraft { name: name.to_owned(), query: "where=stage%3Drenew".to_owned(), ..ViewDraft::default() }
}

async fn names(app: &App, actor: &Actor) -> Vec<String> {
    let views = app.saved_views(actor).await.expect("views");
    views.into_iter().map(|view| view.name).collect()
}

async fn a_view_is_its_owners_until_it_is_shared(url: String) {
    let app = app_at(&url, NOW).await;
    let (ana, ben) = (actor("ana", Role::Member), actor("ben", Role::Admin));
    let view = app.save_view(&ana, draft("  My   renewals ")).await.expect("kept");
    assert_eq!((view.name.as_str(), view.editable, view.shared), ("My renewals", true, false));
    assert_eq!(names(&app, &ben).await, [""; 0]);
    let hidden = app.change_view(&ben, view.id, ViewChange::default()).await;
    assert!(matches!(hidden, Err(AppError::NotFound { .. })), "{hidden:?}");
    let share = ViewChange { shared: Some(true), ..ViewChange::default() };
    app.change_view(&ana, view.id, share).await.expect("shared");
    assert_eq!(names(&app, &ben).await, ["My renewals"]);
}

async fn only_its_owner_and_admins_change_a_shared_view(url: String) {
    let app = app_at(&url, NOW).await;
    let (ana, ben) = (actor("ana", Role::Member), actor("ben", Role::Manager));
    let shared = ViewDraft { shared: true, ..draft("At risk") };
    let view = app.save_view(&ana, shared).await.expect("kept");
    let seen: Vec<SavedViewRow> = app.saved_views(&ben).await.expect("views");
    assert!(!seen[0].editable);
    let query = || ViewChange { query: Some("sort=name".to_owned()), ..ViewChange::default() };
    let refused = app.change_view(&ben, view.id, query()).await;
    assert!(matches!(refused, Err(AppError::Forbidden { .. })), "{refused:?}");
    let refused = app.delete_view(&ben, view.id).await;
    assert!(matches!(refused, Err(AppError::Forbidden { .. })), "{refused:?}");
    let changed = app.change_view(&actor("ivo", Role::Admin), view.id, query()).await.expect("changed");
    assert_eq!((changed.query.as_str(), changed.owner.as_str()), ("sort=name", "ana"));
    let deleted = app.delete_view(&ana, view.id).await.expect("deleted");
    assert_eq!(deleted.query, "sort=name", "what it was is told");
    let gone = app.delete_view(&ana, view.id).await.expect_err("gone");
    assert!(gone.to_string().ends_with("it may have been deleted"), "{gone}");
}

async fn a_viewer_keeps_views_and_shares_none(url: String) {
    let app = app_at(&url, NOW).await;
    let eva = actor("eva", Role::Viewer);
    let view = app.save_view(&eva, draft("Mine")).await.expect("kept");
    let shared = ViewDraft { shared: true, ..draft("Ours") };
    let refused = app.save_view(&eva, shared).await;
    assert!(matches!(refused, Err(AppError::Forbidden { needed: Role::Member, .. })), "{refused:?}");
    let share = ViewChange { shared: Some(true), ..ViewChange::default() };
    let refused = app.change_view(&eva, view.id, share).await;
    assert!(matches!(refused, Err(AppError::Forbidden { .. })), "{refused:?}");
    assert_eq!(names(&app, &eva).await, ["Mine"]);
}

async fn a_name_that_can_not_be_kept_says_why(url: String) {
    let app = app_at(&url, NOW).await;
    let ana = actor("ana", Role::Member);
    app.save_view(&ana, draft("Renewals")).await.expect("kept");
    let other = app.save_view(&ana, draft("Others")).await.expect("kept");
    let long = "x".repeat(61);
    for (name, said) in [("  ", "write one"), (long.as_str(), "60 letters at most"), ("Renewals", "already")]
    {
        let error = app.save_view(&ana, draft(name)).await.expect_err(name);
        assert!(matches!(error, AppError::Invalid(_)) && error.to_string().contains(said), "{error}");
    }
    let rename = ViewChange { name: Some("Renewals".to_owned()), ..ViewChange::default() };
    let error = app.change_view(&ana, other.id, rename).await.expect_err("taken");
    assert!(error.to_string().contains("\"Renewals\" already"), "{error}");
    let endless = ViewDraft { query: "x".repeat(5_000), ..draft("Endless") };
    assert!(matches!(app.save_view(&ana, endless).await, Err(AppError::Invalid(_))));
    assert_eq!(names(&app, &ana).await, ["Others", "Renewals"]);
}

async fn the_last_view_that_shall_open_opens(url: String) {
    let app = app_at(&url, NOW).await;
    let ana = actor("ana", Role::Member);
    let opening = |name| ViewDraft { opens: true, shared: true, ..draft(name) };
    app.save_view(&ana, opening("First")).await.expect("kept");
    let second = app.save_view(&ana, opening("Second")).await.expect("kept");
    let opens = async |actor: &Actor| -> Vec<String> {
        let views = app.saved_views(actor).await.expect("views");
        views.into_iter().filter(|view| view.opens).map(|view| view.name).collect()
    };
    assert_eq!(opens(&ana).await, ["Second"]);
    // What opens for its owner opens for nobody else, and nobody else says so.
    let admin = actor("ivo", Role::Admin);
    assert_eq!(opens(&admin).await, [""; 0]);
    let close = ViewChange { opens: Some(false), ..ViewChange::default() };
    app.change_view(&admin, second.id, close.clone()).await.expect("changed");
    assert_eq!(opens(&ana).await, ["Second"]);
    app.change_view(&ana, second.id, close).await.expect("changed");
    assert_eq!(opens(&ana).await, [""; 0]);
}

async fn the_audit_log_tells_of_views(url: String) {
    let app = app_at(&url, NOW).await;
    let ana = actor("ana", Role::Member);
    let view = app.save_view(&ana, draft("Renewals")).await.expect("kept");
    app.change_view(&ana, view.id, ViewChange::default()).await.expect("changed");
    app.delete_view(&ana, view.id).await.expect("deleted");
    let log = app.audit_log(&actor("ivo", Role::Admin), 10).await.expect("the log");
    let told: Vec<(&str, &str)> =
        log.iter().map(|entry| (entry.action.as_str(), entry.subject.as_str())).collect();
    let subject = format!("view:{}", view.id);
    assert_eq!(told, ["view.delete", "view.change", "view.save"].map(|action| (action, subject.as_str())));
    assert_eq!(log[0].detail["query"], "where=stage%3Drenew", "enough to make it again");
}
