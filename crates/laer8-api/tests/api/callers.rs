//! Who calls: with a key, with a session, or nobody.

use crate::site::{Answer, TestApi, operator, send};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use laer8_domain::users::Role;
use serde_json::json;

async fn me(routes: &Router, name: header::HeaderName, value: &str) -> Answer {
    send(routes, Request::get("/api/v1/me").header(name, value), Body::empty()).await
}

#[tokio::test]
async fn a_key_does_what_its_role_may_until_it_is_removed() {
    let api = TestApi::demo().await;
    let (id, key) = api.app.add_key(&operator(), "crm", Role::Viewer).await.expect("a key");
    let routes = api.asked_by(None);
    let bearer = format!("Bearer {key}");
    let answer = me(&routes, header::AUTHORIZATION, &bearer).await;
    assert_eq!(answer.json(), json!({ "name": "key:crm", "role": "viewer" }));

    let today = Request::get("/api/v1/today").header(header::AUTHORIZATION, &bearer);
    assert_eq!(send(&routes, today, Body::empty()).await.status, StatusCode::OK);
    let pulse = Request::post("/api/v1/accounts/7/pulse")
        .header(header::AUTHORIZATION, &bearer)
        .header(header::CONTENT_TYPE, "application/json");
    let refused = send(&routes, pulse, Body::from(r#"{"pulse": 50}"#)).await;
    assert_eq!((refused.status, &refused.json()["code"]), (StatusCode::FORBIDDEN, &json!("forbidden")));

    api.app.remove_key(&operator(), id).await.expect("removed");
    assert_eq!(me(&routes, header::AUTHORIZATION, &bearer).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_is_no_key_opens_nothing_not_even_what_is_open() {
    let api = TestApi::empty().await;
    let (_, key) = api.app.add_key(&operator(), "crm", Role::Admin).await.expect("a key");
    let shorter = &key[..key.len() - 1];
    let open = api.asked_by(Some(Role::Viewer));
    let wrong = [
        format!("Bearer {shorter}"),
        format!("Bearer {key}x"),
        "Bearer laer8_".to_owned(),
        "Bearer ".to_owned(),
        "Bearer".to_owned(),
        key.clone(),
        format!("Basic {key}"),
    ];
    for wrong in wrong {
        let answer = me(&open, header::AUTHORIZATION, &wrong).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong}");
        assert_eq!(answer.json()["parameter"], "Authorization");
        assert_eq!(answer.header(header::WWW_AUTHENTICATE), "Bearer");
        assert!(!answer.text.contains(shorter), "it is not said aloud");
    }
    let right = me(&open, header::AUTHORIZATION, &format!("bearer {key}")).await;
    assert_eq!(right.json()["role"], "admin", "the scheme is written in any letters");
}

#[tokio::test]
async fn the_session_of_a_browser_is_somebody() {
    let api = TestApi::empty().await;
    let claimed = api.app.claim("ana@example.com", "Ana Núñez", "correct horse battery", "Firefox").await;
    let secret = claimed.expect("a session");
    let routes = api.asked_by(None);
    for cookies in
        [format!("laer8_session={secret}"), format!("theme=dark; __Host-laer8_session={secret}; language=es")]
    {
        let answer = me(&routes, header::COOKIE, &cookies).await;
        assert_eq!(answer.json(), json!({ "name": "ana@example.com", "role": "admin" }), "{cookies}");
    }
    for cookies in
        [format!("laer8_session={secret}x"), format!("other={secret}"), "laer8_session=".to_owned()]
    {
        assert_eq!(me(&routes, header::COOKIE, &cookies).await.status, StatusCode::UNAUTHORIZED, "{cookies}");
    }
    api.app.sign_out(&secret).await.expect("signed out");
    let after = me(&routes, header::COOKIE, &format!("laer8_session={secret}")).await;
    assert_eq!(after.status, StatusCode::UNAUTHORIZED);
}
