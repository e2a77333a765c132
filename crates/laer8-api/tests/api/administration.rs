//! Keys, links for users, and the workspace.

use crate::site::{TestApi, send};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::{Value, json};

#[tokio::test]
async fn a_key_is_shown_once_and_works_until_it_is_removed() {
    let api = TestApi::empty().await;
    let wanted = json!({ "name": "  crm ", "role": "member" });
    let made = api.write(Method::POST, "/api/v1/keys", &[], wanted).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    let key = made["key"].as_str().expect("a key").to_owned();

    let nobody = api.asked_by(None);
    let me = || Request::get("/api/v1/me").header(header::AUTHORIZATION, format!("Bearer {key}"));
    let answer = send(&nobody, me(), Body::empty()).await.json();
    assert_eq!(answer, json!({ "name": "key:crm", "role": "member" }));

    let keys = api.read("/api/v1/keys").await;
    assert_eq!((&keys[0]["id"], &keys[0]["name"]), (&made["id"], &json!("crm")));
    assert!(keys[0]["used_at"].is_string() && !keys.to_string().contains(&key), "{keys}");

    let path = format!("/api/v1/keys/{}", made["id"]);
    let removed = api.write(Method::DELETE, &path, &[], Value::Null).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(send(&nobody, me(), Body::empty()).await.status, StatusCode::UNAUTHORIZED);
    let again = api.write(Method::DELETE, &path, &[], Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    let nameless =
        api.write(Method::POST, "/api/v1/keys", &[], json!({ "name": " ", "role": "member" })).await;
    assert_eq!((nameless.status.as_u16(), &nameless.json()["code"]), (422, &json!("invalid_user")));
}

#[tokio::test]
async fn a_user_chooses_a_password_by_the_last_link() {
    let api = TestApi::empty().await;
    let ana = json!({ "email": "ana@example.com", "name": "Ana Núñez", "role": "member" });
    let place = api.write(Method::POST, "/api/v1/users", &[], ana).await;
    let path = format!("{}/invitation", place.header(header::LOCATION));
    let secret = |answer: Value| {
        let path = answer["path"].as_str().and_then(|path| path.strip_prefix("/welcome/"));
        path.expect("a link").to_owned()
    };
    let first = api.write(Method::POST, &path, &[], Value::Null).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let second = secret(api.write(Method::POST, &path, &[], Value::Null).await.json());
    let late = api.app.accept(&secret(first.json()), "correct horse battery", "Firefox").await;
    assert!(late.is_err(), "the first link works no more");
    let session = api.app.accept(&second, "correct horse battery", "Firefox").await.expect("a session");
    let signed = api.app.signed_in(&session).await.expect("an answer").expect("somebody");
    assert_eq!(signed.user.email, "ana@example.com");
    let nobody = api.write(Method::POST, "/api/v1/users/99/invitation", &[], Value::Null).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_workspace_is_named_and_reports_in_a_currency_that_it_can() {
    let api = TestApi::demo().await;
    let before = api.read("/api/v1/workspace").await;
    let path = "/api/v1/workspace";
    let named = api.write(Method::PATCH, path, &[], json!({ "name": "Nordkap" })).await;
    assert_eq!(named.status, StatusCode::OK, "{}", named.text);
    assert_eq!((&named.json()["name"], &named.json()["currency"]), (&json!("Nordkap"), &before["currency"]));
    assert_eq!(api.read(path).await, named.json());

    let nowhere = api.write(Method::PATCH, path, &[], json!({ "currency": "ISK" })).await;
    assert_eq!((nowhere.status.as_u16(), &nowhere.json()["code"]), (422, &json!("no_exchange_rate")));
    let none = api.write(Method::PATCH, path, &[], json!({ "currency": "money" })).await;
    assert_eq!((none.status.as_u16(), &none.json()["parameter"]), (400, &json!("currency")));
    let long = api.write(Method::PATCH, path, &[], json!({ "name": "N".repeat(101) })).await;
    assert_eq!(long.status, StatusCode::BAD_REQUEST);
    assert_eq!(api.read(path).await, named.json(), "nothing of it was kept");
}
