//! What a script asks for: a part of the same page, accounts while somebody
//! types, and little enough of everything.

use crate::site::{Answer, TestSite, links, posting};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use laer8_domain::users::Role;

/// The page as htmx asks for what lies beside the rail.
async fn part(site: &TestSite, path: &str) -> Answer {
    site.ask(Request::get(path).header("hx-request", "true").header("hx-target", "div#page")).await
}

/// What lies beside the rail of a whole page.
fn beside_the_rail(page: &str) -> &str {
    let from = page.find("<div class=\"main\" id=\"page\">").expect("it has a place");
    let to = page.find("<div id=\"going\"").expect("it ends");
    page[from..to].trim()
}

#[tokio::test]
async fn a_part_of_a_page_is_what_the_whole_page_has_there() {
    let site = TestSite::demo().await;
    for path in [
        "/today",
        "/accounts?where=stage%3Drenew&sort=name",
        "/accounts/1?open=usage_trend",
        "/health/scorecards/growth/edit",
        "/revenue?movement=new",
        "/accounts/999999",
    ] {
        let (whole, part) = (site.get(path).await, part(&site, path).await);
        assert_eq!(part.status, whole.status, "{path}");
        let title = whole.text.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        let title = format!("<title>{}</title>", title.expect("a title"));
        let rest = part.text.strip_prefix(&title).expect("the part begins with the title").trim();
        assert_eq!(rest, beside_the_rail(&whole.text), "{path}");
        for answer in [&whole, &part] {
            let varies: Vec<_> = answer.headers.get_all(header::VARY).iter().collect();
            assert!(varies.iter().any(|it| *it == "hx-request, hx-target"), "{path}: {varies:?}");
        }
    }
}

#[tokio::test]
async fn whoever_asks_for_something_else_gets_the_page() {
    let site = TestSite::demo().await;
    for (name, value) in [("hx-target", "body"), ("hx-target", "div#elsewhere"), ("hx-boosted", "true")] {
        let asked = Request::get("/accounts").header("hx-request", "true").header(name, value);
        assert!(site.ask(asked).await.text.starts_with("<!doctype html>"), "{name}: {value}");
    }
    let without_htmx = Request::get("/accounts").header("hx-target", "div#page");
    assert!(site.ask(without_htmx).await.text.starts_with("<!doctype html>"));
}

#[tokio::test]
async fn a_preview_answers_with_the_part_and_says_beside_the_field_what_is_wrong() {
    let site = TestSite::closed().await.filled(20).await;
    let manager = site.signed_in(Role::Manager).await;
    let path = "/health/scorecards/growth/edit";
    let form = "do=preview&base=0&w.nps=much";
    let request = posting(path, form).header(header::COOKIE, &manager);
    let request = request.header("hx-request", "true").header("hx-target", "div#page");
    let answer = site.send(request.body(Body::from(form)).expect("a request")).await;
    assert!(answer.text.starts_with("<title>"), "{}", answer.text);
    let field = answer.text.split("id=\"f-w-nps\"").nth(1).expect("the field");
    let field = field.split("</p>").next().unwrap_or_default();
    assert!(field.contains("aria-describedby=\"f-w-nps-said\""), "{field}");
    assert!(field.contains("id=\"f-w-nps-said\">") && field.contains("“much” is no number"), "{field}");
}

#[tokio::test]
async fn accounts_are_found_while_somebody_types() {
    let site = TestSite::demo().await;
    let table = site.get("/accounts?sort=name&view=all").await.text;
    let name =
        table.split("<th scope=\"row\"><a href=").nth(1).and_then(|rest| rest.split(['>', '<']).nth(1));
    let name = name.expect("an account");
    let typed = name.to_lowercase().replace(' ', "+");
    let asked =
        |query: String| Request::get(query).header("hx-request", "true").header("hx-target", "div#found");
    let found = site.ask(asked(format!("/search?q={typed}&as_of=2026-06-01"))).await.text;
    assert!(found.contains(&format!("<b>{name}</b>")), "{found}");
    assert!(links(&found).iter().any(|it| it.starts_with("/accounts/") && it.ends_with("?as_of=2026-06-01")));
    let all = links(&found).pop().expect("the way to the table");
    assert!(all.starts_with("/accounts?as_of=2026-06-01&q="), "{all}");
    assert!(site.get(&all).await.text.contains(name));
    let nobody = site.ask(asked("/search?q=nobody+is+called+so".to_owned())).await.text;
    assert!(nobody.contains("No account has a name like this"), "{nobody}");
    assert_eq!(site.ask(asked("/search?q=+".to_owned())).await.text, "");
    // Without a script there is the table.
    let page = site.get("/search?q=a").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.headers[header::LOCATION], "/accounts?q=a&view=all");
}

/// The bytes of an answer as they cross the network to a browser of today.
async fn weight(site: &TestSite, path: &str, part: bool) -> usize {
    let mut asked = Request::get(path).header(header::ACCEPT_ENCODING, "gzip, br");
    if part {
        asked = asked.header("hx-request", "true").header("hx-target", "div#page");
    }
    let answer = site.ask(asked).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer.bytes
}

#[tokio::test]
async fn a_first_visit_moves_under_400_kb_and_the_next_pages_under_40() {
    let site = TestSite::empty().await.filled(300).await;
    let today = site.get("/today").await.text;
    let sources = today.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut assets: Vec<String> = sources.map(ToOwned::to_owned).collect();
    assets.extend(links(&today).into_iter().filter(|it| it.starts_with("/assets/")));
    assert!(assets.len() >= 9, "{assets:?}");
    let mut brought = 0;
    for asset in &assets {
        let answer = site.get(asset).await;
        assert_eq!(answer.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable", "{asset}");
        brought += weight(&site, asset, false).await;
    }
    let pages = [
        "/today",
        "/accounts",
        "/accounts/1",
        "/journey",
        "/health",
        "/revenue",
        "/health/scorecards/growth/edit",
        "/settings/documents/scorecard/growth",
    ];
    for path in pages {
        for (part, name) in [(false, "a page"), (true, "a part")] {
            let bytes = weight(&site, path, part).await;
            assert!(bytes < 40_000, "{path}: {name} of {bytes} bytes");
            assert!(brought + bytes < 400_000, "{path}: {bytes} bytes and {brought} of assets");
        }
    }
    let asked = Request::get(&assets[0]).header(header::ACCEPT_ENCODING, "br");
    assert_eq!(site.ask(asked).await.headers[header::CONTENT_ENCODING], "br", "scripts are packed");
    let font = assets.iter().find(|it| it.ends_with(".woff2")).expect("the font");
    let asked = Request::get(font).header(header::ACCEPT_ENCODING, "br");
    assert!(site.ask(asked).await.headers.get(header::CONTENT_ENCODING).is_none(), "a font is, already");
}

#[tokio::test]
async fn what_an_old_page_asks_for_is_not_kept_for_ever() {
    let site = TestSite::empty().await;
    let answer = site.get("/assets/0.0.1/live.js").await;
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn nothing_on_a_page_needs_a_script_to_be_made_of_text() {
    let site = TestSite::demo().await;
    for path in ["/today", "/accounts?pick=stage", "/accounts/1", "/journey", "/health", "/revenue"] {
        let page = site.get(path).await.text;
        // htmx makes code of these; the policy forbids it, and nobody would see why nothing happens.
        for code in ["hx-on", "js:", "javascript:", "hx-trigger=\"click["] {
            assert!(!page.contains(code), "{path}: {code}");
        }
    }
}
