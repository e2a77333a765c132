//! The way in and out.

use crate::site::{PASSWORD, TestSite, cookie, posting};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use laer8_domain::users::Role;

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_door_and_back() {
    let site = TestSite::closed().await.filled(5).await;
    let admin = site.signed_in(Role::Admin).await;
    let answer = site.get("/accounts?sort=name").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers[header::LOCATION], "/sign-in?next=%2Faccounts%3Fsort%3Dname");
    let wrong = site.post("/sign-in", "", "email=admin%40example.com&password=guess&next=%2Faccounts").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.text.contains("do not match") && wrong.text.contains("admin@example.com"));
    assert!(!wrong.headers.contains_key(header::SET_COOKIE) && !wrong.text.contains("guess"));
    let form = format!(
        "email=admin%40example.com&password={}&next=%2Faccounts%3Fsort%3Dname",
        PASSWORD.replace(' ', "+")
    );
    let right = site.post("/sign-in", "", &form).await;
    assert_eq!(right.headers[header::LOCATION], "/accounts?sort=name");
    let set = right.headers[header::SET_COOKIE].to_str().expect("text");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    assert_eq!(site.get_as("/accounts", &cookie(&right)).await.status, StatusCode::OK);
    // Out again: the secret opens nothing any more.
    let out = site.post("/sign-out", &cookie(&right), "").await;
    assert_eq!(out.headers[header::LOCATION], "/sign-in");
    assert_eq!(site.get_as("/accounts", &cookie(&right)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get_as("/accounts", &admin).await.status, StatusCode::OK, "another browser");
}

#[tokio::test]
async fn a_session_that_somebody_planted_is_never_taken_over() {
    let site = TestSite::closed().await.filled(5).await;
    let planted = site.signed_in(Role::Viewer).await;
    site.signed_in(Role::Admin).await;
    let form = format!("email=admin%40example.com&password={}", PASSWORD.replace(' ', "+"));
    let answer = site.post("/sign-in", &planted, &form).await;
    assert_ne!(cookie(&answer), planted, "whoever signs in gets a new secret");
    assert_eq!(
        site.get_as("/today", &planted).await.status,
        StatusCode::SEE_OTHER,
        "and the old one is over"
    );
}

#[tokio::test]
async fn after_signing_in_only_our_own_pages_follow() {
    let site = TestSite::closed().await.filled(5).await;
    site.signed_in(Role::Admin).await;
    for next in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%0D%0Ax"] {
        let form = format!("email=admin%40example.com&password={}&next={next}", PASSWORD.replace(' ', "+"));
        assert_eq!(site.post("/sign-in", "", &form).await.headers[header::LOCATION], "/today", "{next}");
    }
}

#[tokio::test]
async fn the_first_user_comes_by_the_link_that_the_server_printed() {
    let site = TestSite::closed().await;
    assert_eq!(site.get("/today").await.headers[header::LOCATION], "/setup");
    for path in ["/setup", "/setup?code=", "/setup?code=guess"] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        let form = "name=Eve&email=eve%40example.com&password=eve+is+not+here&again=eve+is+not+here";
        assert_eq!(site.post(path, "", form).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let differs = site
        .post(
            "/setup?code=code",
            "",
            "name=Ana&email=ana%40example.com&password=a+long+one+here&again=another",
        )
        .await;
    assert_eq!(differs.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(differs.text.contains("ana@example.com") && differs.text.contains("differ"), "nothing is lost");
    let form = "name=Ana&email=ana%40example.com&password=a+long+one+here&again=a+long+one+here";
    let first = site.post("/setup?code=code", "", form).await;
    assert_eq!(first.headers[header::LOCATION], "/today");
    let settings = site.get_as("/settings/users", &cookie(&first)).await;
    assert!(settings.text.contains("ana@example.com"));
    let late = site.post("/setup?code=code", "", form).await;
    assert_eq!(late.headers[header::LOCATION], "/sign-in", "there is one already");
}

#[tokio::test]
async fn an_invitation_is_a_link_that_works_once() {
    let site = TestSite::closed().await.filled(5).await;
    let admin = site.signed_in(Role::Admin).await;
    let form = "email=ben%40example.com&name=Ben+%3Cb%3E&role=member";
    let made = site.post("/settings/users", &admin, form).await;
    let link =
        made.text.split("value=\"http://localhost:8008").nth(1).and_then(|rest| rest.split('"').next());
    let link = link.expect("a link").to_owned();
    assert!(link.starts_with("/welcome/") && !made.text.contains("Ben <b>"));
    assert!(site.get(&link).await.text.contains("ben@example.com"));
    let short = site.post(&link, "", "password=short&again=short").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = site.post(&link, "", "password=a+long+one+here&again=a+long+one+here").await;
    assert_eq!(site.get_as("/today", &cookie(&chosen)).await.status, StatusCode::OK);
    assert_eq!(site.get(&link).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        site.post("/settings/users", &admin, form).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "taken"
    );
}

#[tokio::test]
async fn what_another_site_makes_a_browser_send_changes_nothing() {
    let site = TestSite::closed().await.filled(5).await;
    let admin = site.signed_in(Role::Admin).await;
    let form = "owner=eve%40example.com";
    let sent = |name: &'static str, value: &'static str| {
        Request::post("/accounts/1/owner")
            .header(header::HOST, "localhost:8008")
            .header(header::COOKIE, &admin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::from(form))
            .expect("a request")
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("x-nothing", "a browser that says nothing"),
    ] {
        assert_eq!(site.send(sent(name, value)).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert!(!site.get_as("/accounts/1", &admin).await.text.contains("eve@example.com"));
    assert_eq!(site.send(sent("origin", "http://localhost:8008")).await.status, StatusCode::SEE_OTHER);
    assert!(site.get_as("/accounts/1", &admin).await.text.contains("eve@example.com"));
}

#[tokio::test]
async fn what_is_too_large_or_no_form_is_refused() {
    let site = TestSite::closed().await.filled(5).await;
    let admin = site.signed_in(Role::Admin).await;
    let large = format!("owner={}", "x".repeat(300_000));
    assert_eq!(site.post("/accounts/1/owner", &admin, &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let json = posting("/accounts/1/owner", "{}").header(header::COOKIE, &admin);
    let mut json = json.body(Body::from("{}")).expect("a request");
    json.headers_mut().insert(header::CONTENT_TYPE, "application/json".parse().expect("a type"));
    assert_eq!(site.send(json).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for form in ["", "name=x", "%FF%FE=%00", "owner=%00%01"] {
        let answer = site.post("/accounts/1/owner", &admin, form).await;
        assert!(answer.status.is_client_error(), "{form}: {}", answer.status);
    }
    for (path, form) in [("/accounts/1/pulse", "pulse=256"), ("/accounts/1/notes", "kind=x&day=never&text=a")]
    {
        let answer = site.post(path, &admin, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
    let nowhere = site.post("/accounts/999999/owner", &admin, "owner=x").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}
