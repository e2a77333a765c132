//! What can be changed, and that nobody overwrites what they have not seen.

use crate::site::TestApi;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

const CARD: &str = "/api/v1/config/scorecard/adoption";

async fn body_of(api: &TestApi, path: &str) -> String {
    api.read(path).await["body"].as_str().expect("a document").to_owned()
}

#[tokio::test]
async fn a_document_changes_only_by_whoever_saw_its_last_version() {
    let api = TestApi::demo().await;
    let shipped = api.get(CARD).await;
    assert_eq!(shipped.header(header::ETAG), "\"0\"");
    let body = body_of(&api, CARD).await;
    let changed = json!({ "body": format!("# stricter\n{body}") });

    let blind = api.write(Method::PUT, CARD, &[], changed.clone()).await;
    assert_eq!(blind.status, StatusCode::PRECONDITION_REQUIRED);
    let first = api.write(Method::PUT, CARD, &[("If-Match", "\"0\"")], changed.clone()).await;
    assert_eq!((first.status, first.header(header::ETAG)), (StatusCode::OK, "\"1\""));
    let late = api.write(Method::PUT, CARD, &[("If-Match", "\"0\"")], changed.clone()).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
    assert!(late.text.contains("version 1"), "{}", late.text);
    let made = api.write(Method::PUT, CARD, &[("If-None-Match", "*")], changed).await;
    assert_eq!(made.status, StatusCode::PRECONDITION_FAILED, "it is there already");

    let versions = api.read(&format!("{CARD}/versions")).await;
    let numbers: Vec<&Value> =
        versions.as_array().expect("versions").iter().map(|it| &it["version"]).collect();
    assert_eq!(numbers, [1, 0]);
    assert_eq!((&versions[0]["author"], &versions[1]["created_at"]), (&json!("operator"), &Value::Null));
}

#[tokio::test]
async fn an_earlier_version_comes_back_as_a_new_one() {
    let api = TestApi::demo().await;
    let body = body_of(&api, CARD).await;
    let changed = json!({ "body": format!("# stricter\n{body}") });
    api.write(Method::PUT, CARD, &[("If-Match", "\"0\"")], changed).await;
    let back = api.write(Method::POST, &format!("{CARD}/roll-back"), &[], json!({ "version": 0 })).await;
    assert_eq!((back.status, back.header(header::ETAG)), (StatusCode::OK, "\"2\""));
    assert_eq!(body_of(&api, CARD).await, body);
    let nowhere = api.write(Method::POST, &format!("{CARD}/roll-back"), &[], json!({ "version": 9 })).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_new_scorecard_is_made_and_one_that_is_none_is_not() {
    let api = TestApi::demo().await;
    let own = body_of(&api, CARD).await.replacen("\"adoption\"", "\"adoption_two\"", 1);
    let own = own.replace("priority = 30", "priority = 31").replace("default = true\n", "");
    let path = "/api/v1/config/scorecard/adoption_two";
    let elsewhere = api.write(Method::PUT, CARD, &[("If-Match", "\"0\"")], json!({ "body": own })).await;
    assert_eq!(elsewhere.status, StatusCode::BAD_REQUEST, "{}", elsewhere.text);
    let none = api.write(Method::PUT, path, &[("If-None-Match", "*")], json!({ "body": "key = 7" })).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", none.text);
    let made = api.write(Method::PUT, path, &[("If-None-Match", "*")], json!({ "body": own })).await;
    assert_eq!((made.status, made.header(header::ETAG)), (StatusCode::CREATED, "\"1\""), "{}", made.text);
}

#[tokio::test]
async fn users_are_made_changed_and_written_down() {
    let api = TestApi::empty().await;
    let ana = json!({ "email": "ana@example.com", "name": "Ana Núñez", "role": "member" });
    let made = api.write(Method::POST, "/api/v1/users", &[], ana.clone()).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let place = made.header(header::LOCATION).to_owned();
    assert_eq!(api.read(&place).await, made.json());
    let again = api.write(Method::POST, "/api/v1/users", &[], ana).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.text);
    assert_eq!(again.json()["code"], "invalid_user");
    let no_address = json!({ "email": "ana", "name": "Ana", "role": "member" });
    assert_eq!(
        api.write(Method::POST, "/api/v1/users", &[], no_address).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );

    let changed = api.write(Method::PATCH, &place, &[], json!({ "role": "manager" })).await.json();
    assert_eq!((&changed["role"], &changed["active"]), (&json!("manager"), &json!(true)));
    let changed = api.write(Method::PATCH, &place, &[], json!({ "active": false })).await.json();
    assert_eq!((&changed["role"], &changed["active"]), (&json!("manager"), &json!(false)));
    assert_eq!(api.read("/api/v1/users").await, json!([changed]));

    let newest = api.read("/api/v1/audit-log?limit=2").await;
    let older =
        api.read(&format!("/api/v1/audit-log?cursor={}", newest["next"].as_str().expect("more"))).await;
    let actions = |page: &Value| -> Vec<Value> {
        page["entries"].as_array().expect("entries").iter().map(|entry| entry["action"].clone()).collect()
    };
    assert_eq!(actions(&newest), ["user.change", "user.change"]);
    assert_eq!(actions(&older), ["user.add"]);
}
