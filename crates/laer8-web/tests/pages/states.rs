//! Every page in every state has something to say.

use crate::site::{TestSite, links};
use axum::http::StatusCode;
use std::collections::BTreeSet;

const PAGES: [&str; 6] = ["/today", "/accounts", "/accounts/1", "/journey", "/health", "/revenue"];

#[tokio::test]
async fn every_page_is_whole_in_both_languages() {
    let site = TestSite::demo().await;
    for language in ["en", "es"] {
        for path in PAGES {
            let page = site.get_in(path, language).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text.contains(&format!("<html lang=\"{language}\"")), "{path}");
            assert!(page.text.trim_end().ends_with("</html>"), "{path} is cut off");
            // A message that is missing shows its key.
            for prefix in ["web-", "column-", "journey-", "revenue-", "score-"] {
                let shown = page.text.split('>').filter(|text| text.trim_start().starts_with(prefix));
                assert_eq!(shown.collect::<Vec<_>>(), [""; 0], "{path} in {language}");
            }
        }
    }
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let site = TestSite::demo().await;
    let mut waiting: Vec<String> = vec!["/today".to_owned()];
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut followed = 0;
    while let Some(path) = waiting.pop() {
        let page = site.get(&path).await;
        assert!(page.status.is_success() || page.status.is_redirection(), "{path}: {}", page.status);
        followed += 1;
        for link in links(&page.text) {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            // One day, one filter and one measure at a time are enough to see that they work.
            let is_new = link.starts_with('/') && !seen.contains(&link) && link.matches('&').count() < 1;
            if is_new && seen.len() < 400 {
                seen.insert(link.clone());
                waiting.push(link);
            }
        }
    }
    assert!(followed > 60, "only {followed} pages were found");
}

#[tokio::test]
async fn an_empty_workspace_says_how_to_begin() {
    let site = TestSite::empty().await;
    for path in ["/today", "/accounts", "/journey", "/health", "/revenue"] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text.contains("laer8 import"), "{path}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_gets_a_page_that_says_so() {
    let site = TestSite::demo().await;
    for (path, status, said) in [
        ("/nowhere", 404, "There is no such page"),
        ("/accounts/999999", 404, "There is no account"),
        ("/accounts/abc", 404, "There is no such page"),
        ("/today?as_of=yesterday", 400, "is not a day"),
        ("/today?as_of=1999-01-01", 400, "Nothing was known"),
        ("/accounts?where=plan", 400, "is no condition"),
        ("/accounts?where=colour%3Dred", 404, "No account has a field “colour”. There are arr, band"),
        ("/revenue?from=2026-05-01&to=2026-04-01", 400, "holds no day"),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status.as_u16(), status, "{path}: {}", page.text);
        assert!(page.text.contains(said), "{path}: {}", page.text);
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_filter_is_said_in_the_readers_language() {
    let site = TestSite::demo().await;
    for (path, said) in [
        ("/accounts?where=plan", "«plan» no es una condición"),
        ("/accounts?where=arr%3E%3Dmucho", "«mucho» no es un número"),
        ("/accounts?where=colour%3Dred", "Ninguna cuenta tiene un campo «colour»"),
    ] {
        let page = site.get_in(path, "es").await;
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
        assert!(page.text.contains(said), "{path}: {}", page.text);
    }
}

#[tokio::test]
async fn a_past_day_stays_in_the_links() {
    let site = TestSite::demo().await;
    let page = site.get("/today?as_of=2026-03-01").await;
    assert!(page.text.contains("This is what was known on 1 Mar 2026"), "{}", page.text);
    let areas = links(&page.text);
    assert!(areas.contains(&"/journey?as_of=2026-03-01".to_owned()), "{areas:?}");
}

#[tokio::test]
async fn a_filter_can_be_seen_and_taken_away() {
    let site = TestSite::demo().await;
    let page = site.get("/accounts?where=stage%3Dexpand&sort=name").await;
    assert!(page.text.contains("Stage = Expand"), "{}", page.text);
    assert!(links(&page.text).contains(&"/accounts?sort=name".to_owned()));
    let all = site.get("/accounts.csv").await.text.lines().count();
    let some = site.get("/accounts.csv?where=stage%3Dexpand").await.text;
    assert!(some.lines().count() < all && some.lines().count() > 1);
    assert!(some.lines().skip(1).all(|line| line.contains(",expand,")), "{some}");
}
