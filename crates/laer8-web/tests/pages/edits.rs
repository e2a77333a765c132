//! What people write on an account.

use crate::site::TestSite;
use axum::http::{StatusCode, header};
use laer8_domain::users::Role;

#[tokio::test]
async fn a_note_is_written_changed_and_withdrawn_on_the_page() {
    let site = TestSite::closed().await.filled(10).await;
    let member = site.signed_in(Role::Member).await;
    let form = "kind=call&day=2026-06-30&two_way=yes&text=%3Cb%3EBudget%3C%2Fb%3E+is+approved";
    let done = site.post("/accounts/1/notes", &member, form).await;
    assert_eq!(done.headers[header::LOCATION], "/accounts/1#timeline");
    let page = site.get_as("/accounts/1", &member).await.text;
    assert!(page.contains("&#60;b&#62;Budget&#60;/b&#62; is approved"), "as text, never as a tag");
    let action = page.split("action=\"/accounts/1/notes/").nth(1).and_then(|rest| rest.split('"').next());
    let action = format!("/accounts/1/notes/{}", action.expect("it can be changed"));
    let form = "kind=call&day=2026-06-29&text=Budget+is+cut&revision=0&act=";
    assert_eq!(site.post(&action, &member, form).await.status, StatusCode::SEE_OTHER);
    assert!(site.get_as("/accounts/1", &member).await.text.contains("Budget is cut"));
    // Somebody who still has the old form open loses nothing, and sees what is there now.
    let late = site.post(&action, &member, "kind=call&day=2026-06-29&text=My+words&revision=0").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("My words") && late.text.contains("Budget is cut"), "{}", late.text);
    assert!(late.text.contains("name=\"revision\" value=\"1\""), "sent once more, it is taken");
    let gone = site.post(&action, &member, "kind=call&day=2026-06-29&text=&revision=1&act=withdraw").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(!site.get_as("/accounts/1", &member).await.text.contains("Budget is cut"));
    // The page that it leads to says so, and offers the way back.
    let told = gone.headers[header::LOCATION].to_str().expect("an address").to_owned();
    let restore = format!("action=\"{action}/restore\"");
    let (viewer, withdrawn) = (site.signed_in(Role::Viewer).await, site.get_as(&told, &member).await.text);
    assert!(withdrawn.contains(&restore) && withdrawn.contains("Undo"), "{told}");
    assert!(!site.get_as(&told, &viewer).await.text.contains(&restore));
    let back = site.post(&format!("{action}/restore"), &member, "").await;
    assert_eq!(back.headers[header::LOCATION], "/accounts/1#timeline");
    let page = site.get_as("/accounts/1", &member).await.text;
    assert!(page.contains("Budget is cut") && page.contains("name=\"revision\" value=\"3\""));
    assert!(!site.get_as(&told, &member).await.text.contains(&restore), "there is nothing to undo any more");
}

#[tokio::test]
async fn what_can_not_be_taken_is_kept_in_the_form() {
    let site = TestSite::closed().await.filled(10).await;
    let member = site.signed_in(Role::Member).await;
    let form = "kind=meeting&day=2031-01-01&text=A+long+story";
    let page = site.post("/accounts/1/notes", &member, form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("A long story") && page.text.contains("2031-01-01"), "{}", page.text);
    assert!(page.text.contains("or earlier"));
    let page = site.post("/accounts/1/pulse", &member, "pulse=900&text=Because").await;
    assert!(page.text.contains("Because") && page.text.contains("between 0 and 100"), "{}", page.text);
}

#[tokio::test]
async fn only_what_one_may_do_is_offered() {
    let site = TestSite::closed().await.filled(10).await;
    let (viewer, member) = (site.signed_in(Role::Viewer).await, site.signed_in(Role::Member).await);
    let form = "action=\"/accounts/1/notes\"";
    assert!(site.get_as("/accounts/1", &member).await.text.contains(form));
    assert!(!site.get_as("/accounts/1", &viewer).await.text.contains(form));
    assert!(
        !site.get_as("/accounts/1?as_of=2026-05-01", &member).await.text.contains(form),
        "the past is written"
    );
    let tabs = site.get_as("/settings", &member).await.text;
    assert!(tabs.contains("/settings/workspace") && !tabs.contains("/settings/users"));
}

#[tokio::test]
async fn whoever_is_signed_out_while_writing_is_told_that_nothing_is_lost() {
    let site = TestSite::closed().await.filled(10).await;
    site.signed_in(Role::Member).await;
    let answer =
        site.post("/accounts/1/notes", "laer8_session=gone", "kind=note&day=2026-06-30&text=x").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.text.contains("still in the page before"), "{}", answer.text);
}

#[tokio::test]
async fn today_begins_with_ones_own_accounts() {
    let site = TestSite::closed().await.filled(40).await;
    let member = site.signed_in(Role::Member).await;
    let places = |html: &str| html.matches("class=\"place num\"").count();
    let everything = places(&site.get_as("/today", &member).await.text);
    assert!(everything > 1, "whoever has no accounts sees all that call");
    let called = site.get_as("/today", &member).await.text;
    let first =
        called.split("class=\"name\" href=\"/accounts/").nth(1).and_then(|rest| rest.split('"').next());
    let path = format!("/accounts/{}/owner", first.expect("an account"));
    site.post(&path, &member, "owner=member%40example.com").await;
    assert_eq!(places(&site.get_as("/today", &member).await.text), 1, "now they have one");
    assert_eq!(places(&site.get_as("/today?owner=*", &member).await.text), everything);
}
