//! The audit log, as whoever is responsible for a workspace reads it.

use crate::site::TestSite;
use laer8_app::{Actor, LiveSourceDraft};
use laer8_domain::users::Role;

/// What stands in the list, without what opens behind a change.
fn sentences(page: &str) -> Vec<String> {
    let line = |rest: &str| {
        let mut text = String::new();
        let mut is_tag = false;
        for letter in rest.split("</p>").next().unwrap_or_default().chars() {
            match letter {
                '<' => is_tag = true,
                '>' => is_tag = false,
                letter if !is_tag => text.push(letter),
                _ => {}
            }
        }
        text
    };
    page.split("</time><p>").skip(1).map(line).collect()
}

#[tokio::test]
async fn every_change_is_a_sentence_with_names_in_both_languages() {
    let site = TestSite::closed().await.filled(10).await;
    let admin = site.signed_in(Role::Admin).await;
    site.post("/settings/users", &admin, "email=ben%40example.com&name=Ben+Ortiz&role=viewer").await;
    site.post("/settings/users/change", &admin, "email=ben%40example.com&role=member").await;
    site.post("/settings/workspace", &admin, "name=Northwind&currency=EUR").await;
    site.post("/accounts/1/pulse", &admin, "pulse=20&text=Because").await;
    site.post("/accounts/1/owner", &admin, "owner=ben%40example.com").await;
    let (key, _) = site.app.add_key(&Actor::operator(), "Warehouse", Role::Viewer).await.expect("a key");
    let draft = LiveSourceDraft { name: Some("product".to_owned()), ..LiveSourceDraft::default() };
    site.app.add_live_source(&Actor::operator(), &draft).await.expect("a source");
    site.app.keep_events_for(&Actor::operator(), Some(90)).await.expect("kept");
    site.app.remove_key(&Actor::operator(), key).await.expect("revoked");

    let page = site.get_as("/settings/audit", &admin).await.text;
    let english = sentences(&page);
    for said in [
        "The operator revoked the API key “Warehouse”",
        "The operator added the source product",
        "The operator decided to keep what sources send for 90 days",
        "The operator made the API key “Warehouse” with the role Viewer",
        "changed the role of Ben Ortiz from Viewer to Member; stopped Ben Ortiz from signing in",
        "added Ben Ortiz as Viewer",
        "“Northwind”",
        "The operator filled the workspace with a demo company of 10 accounts",
    ] {
        assert!(english.iter().any(|line| line.contains(said)), "{said} is not in {english:#?}");
    }
    let pulse = english.iter().find(|line| line.contains("set the pulse of")).expect("the pulse");
    assert!(pulse.ends_with("to 20") && !pulse.contains("account:1"), "{pulse}");
    assert!(page.contains("pulse.set account:1"), "what was written down is behind it");

    let spanish = sentences(&site.get_as("/settings/audit", &format!("{admin}; laer8_lang=es")).await.text);
    assert_eq!(spanish.len(), english.len());
    assert!(spanish.contains(&"El operador revocó la clave de API «Warehouse»".to_owned()), "{spanish:#?}");
    // A message that is missing would show its key.
    let raw = |line: &&String| line.contains("audit-") || line.contains('{');
    assert_eq!(english.iter().chain(&spanish).find(raw), None);
}

#[tokio::test]
async fn earlier_changes_are_a_page_away() {
    let site = TestSite::closed().await.filled(1).await;
    let admin = site.signed_in(Role::Admin).await;
    for number in 0..60 {
        let (key, _) =
            site.app.add_key(&Actor::operator(), &format!("K{number}"), Role::Viewer).await.expect("a key");
        site.app.remove_key(&Actor::operator(), key).await.expect("revoked");
    }
    let newest = site.get_as("/settings/audit", &admin).await.text;
    assert_eq!(sentences(&newest).len(), 100);
    let earlier = newest.split("/settings/audit?before=").nth(1).and_then(|rest| rest.split('"').next());
    let earlier = format!("/settings/audit?before={}", earlier.expect("there are more"));
    let page = site.get_as(&earlier, &admin).await.text;
    assert!(
        page.contains("demo company") && !page.contains("href=\"/settings/audit?before="),
        "the first change is on the last page"
    );
    assert!(!sentences(&page).iter().any(|line| newest.contains(line.as_str())), "none stands twice");
}
