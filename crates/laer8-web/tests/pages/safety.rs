//! What is hostile stays text, and nobody else speaks in our name.

use crate::site::TestSite;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use laer8_app::Actor;

const NAME: &str = "<script>alert(1)</script> & \"Söhne\"";

#[tokio::test]
async fn a_name_is_shown_and_never_run() {
    let site = TestSite::empty().await;
    let account = serde_json::json!({ "account": "A1" });
    let records = [
        serde_json::json!({ "type": "account", "id": "A1", "fields": [
            { "field": "name", "value": NAME, "since": "2025-01-01" },
            { "field": "owner", "value": NAME, "since": "2025-01-01" } ]}),
        serde_json::json!({ "type": "subscription", "id": "S1", "account": account, "whole": true,
            "steps": [{ "from": "2025-01-01", "terms": { "plan": NAME, "quantity": 3, "term_months": 12,
                "price": { "amount": "25.00", "currency": "EUR", "per": "month", "basis": "unit" } } }] }),
        serde_json::json!({ "type": "ticket", "id": "T1", "account": account, "events": [
            { "kind": "opened", "value": NAME, "at": "2026-06-01T09:00:00Z" } ] }),
        serde_json::json!({ "type": "usage", "id": "U1", "account": account, "feature": NAME,
            "day": "2026-06-20", "count": 5 }),
    ];
    let records = records.into_iter().map(|record| serde_json::from_value(record).expect("a record"));
    site.app.absorb_records(&Actor::operator(), "test", records).await.expect("taken");
    for path in [
        "/today",
        "/accounts",
        "/accounts/1",
        "/accounts/1?open=tenure",
        "/journey",
        "/health",
        "/revenue?movement=new",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
        assert!(!page.text.contains("<script>alert"), "{path}");
    }
    let page = site.get("/accounts?q=%3Cscript%3E%22").await;
    assert!(!page.text.contains("<script>\""), "what was searched for");
}

#[tokio::test]
async fn every_answer_forbids_what_is_not_ours() {
    let site = TestSite::demo().await;
    for path in ["/today", "/nowhere", "/healthz", "/assets/0/laer8.css"] {
        let answer = site.get(path).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
    }
    // With that policy, a style or a script in the page would not take effect.
    for path in ["/today", "/accounts", "/accounts/1", "/journey", "/health", "/revenue"] {
        let page = site.get(path).await.text;
        assert!(
            !page.contains(" style=") && !page.contains("<style") && !page.contains(" onclick="),
            "{path}"
        );
        let scripts = page.matches("<script").count();
        assert_eq!(page.matches("<script src=\"/assets/").count(), scripts, "{path} has a script of its own");
    }
}

#[tokio::test]
async fn a_page_elsewhere_whose_name_points_here_gets_nothing() {
    let site = TestSite::demo().await;
    let request = Request::get("/today").header(header::HOST, "evil.example:8008").body(Body::empty());
    let answer = site.send(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
    assert!(!answer.text.contains("Laer8"));
}

#[tokio::test]
async fn choosing_a_language_leads_back_to_our_own_pages_only() {
    let site = TestSite::empty().await;
    for (back, location) in [
        ("%2Faccounts%3Fsort%3Dname", "/accounts?sort=name"),
        ("%2F%2Fevil.example", "/today"),
        ("%2F%5Cevil.example", "/today"),
        ("%2Ftoday%0D%0ASet-Cookie%3A+x", "/today"),
        ("https%3A%2F%2Fevil.example", "/today"),
    ] {
        let request = Request::post("/preferences")
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("lang=es&back={back}")));
        let answer = site.send(request.expect("a request")).await;
        assert_eq!(answer.headers[header::LOCATION], location);
        let cookie = answer.headers[header::SET_COOKIE].to_str().expect("text");
        assert!(cookie.starts_with("laer8_lang=es;") && cookie.contains("SameSite=Lax"), "{cookie}");
    }
}

#[tokio::test]
async fn what_was_asked_is_counted_by_route_and_says_nothing_of_customers() {
    let site = TestSite::demo().await;
    for path in ["/accounts/1", "/accounts/2", "/nowhere/at-all"] {
        site.get(path).await;
    }
    let text = site.get("/metrics").await.text;
    let counted = |line: &str| text.lines().any(|other| other == line);
    assert!(
        counted(r#"laer8_http_requests_total{method="GET",route="/accounts/{id}",status="200"} 2"#),
        "{text}"
    );
    assert!(counted(r#"laer8_http_requests_total{method="GET",route="none",status="404"} 1"#), "{text}");
    assert!(text.contains("laer8_http_request_duration_seconds_bucket") && text.ends_with("# EOF\n"));
    assert!(!text.contains("at-all") && !text.contains("/accounts/1"), "addresses are not told");
}
