//! Saved views, imports, the quarantine and scorecards.

use crate::site::{TestApi, operator, send};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use laer8_app::AsOf;
use laer8_domain::users::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn a_view_is_kept_changed_and_thrown_away() {
    let api = TestApi::empty().await;
    let risky = json!({ "name": "Risky", "query": "where=band=at_risk&sort=-arr", "shared": true });
    let kept = api.write(Method::POST, "/api/v1/views", &[], risky.clone()).await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.text);
    assert_eq!(api.read("/api/v1/views").await, json!([kept.json()]));
    let taken = api.write(Method::POST, "/api/v1/views", &[], risky).await;
    assert_eq!(taken.status, StatusCode::BAD_REQUEST, "{}", taken.text);

    let path = format!("/api/v1/views/{}", kept.json()["id"]);
    let changed = api.write(Method::PATCH, &path, &[], json!({ "name": "At risk" })).await.json();
    assert_eq!((&changed["name"], &changed["query"]), (&json!("At risk"), &kept.json()["query"]));

    let member = api.asked_by(Some(Role::Member));
    let others = send(&member, Request::delete(&path), Body::empty()).await;
    assert_eq!(others.status, StatusCode::FORBIDDEN, "it is shared, but not theirs");
    let gone = api.write(Method::DELETE, &path, &[], Value::Null).await;
    assert_eq!((gone.status, gone.json()), (StatusCode::OK, changed));
    assert_eq!(api.write(Method::DELETE, &path, &[], Value::Null).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_viewer_keeps_views_for_themselves_only() {
    let api = TestApi::empty().await;
    let viewer = api.asked_by(Some(Role::Viewer));
    for (shared, status) in [(false, StatusCode::CREATED), (true, StatusCode::FORBIDDEN)] {
        let request = Request::post("/api/v1/views").header(header::CONTENT_TYPE, "application/json");
        let view = json!({ "name": "Mine", "query": "", "shared": shared }).to_string();
        let answer = send(&viewer, request, Body::from(view)).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    assert_eq!(api.read("/api/v1/views").await, json!([]), "nobody else sees it");
}

#[tokio::test]
async fn imports_say_what_became_of_every_file() {
    let api = TestApi::empty().await;
    api.imported().await;
    api.imported().await;
    let runs = api.app.imports(&operator(), None, 10).await.expect("runs");
    let first = api.read("/api/v1/imports?limit=1").await;
    assert_eq!(first["all"], 2);
    let next = first["next"].as_str().expect("another page");
    let second = api.read(&format!("/api/v1/imports?limit=1&cursor={next}")).await;
    assert_eq!(second["next"], Value::Null);
    assert_eq!(json!([first["runs"][0], second["runs"][0]]), json!(runs.runs));
    let file = &second["runs"][0]["files"][0];
    assert_eq!((&file["rows"], &file["new"], &file["refused"]), (&json!(3), &json!(1), &json!(2)));
    let path = format!("/api/v1/imports/{}", second["runs"][0]["id"]);
    assert_eq!(api.read(&path).await, second["runs"][0]);
    assert_eq!(api.get("/api/v1/imports/99").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_quarantine_shows_what_is_asked_for_and_counts_everything() {
    let api = TestApi::empty().await;
    api.imported().await;
    let first = api.read("/api/v1/quarantine?limit=1").await;
    assert_eq!((&first["matching"], &first["rows"][0]["line"]), (&json!(2), &json!(3)));
    assert_eq!(first["rows"][0]["cells"], json!(["2", "Bolt", "yesterday"]));
    assert_eq!((&first["rows"][0]["marked"], &first["mapped"]), (&json!(2), &json!(["crm"])));
    let next = first["next"].as_str().expect("another page");
    let second = api.read(&format!("/api/v1/quarantine?limit=1&cursor={next}")).await;
    assert_eq!((&second["rows"][0]["line"], &second["next"]), (&json!(4), &Value::Null));
    let none = api.read("/api/v1/quarantine?source=crm&file=other.csv").await;
    assert_eq!((&none["matching"], &none["rows"], &none["next"]), (&json!(0), &json!([]), &Value::Null));
    assert_eq!(none["groups"], first["groups"]);
    assert!(first["groups"].as_array().is_some_and(|groups| !groups.is_empty()));
}

#[tokio::test]
async fn scorecards_say_who_has_them_and_how_values_lie() {
    let api = TestApi::demo().await;
    let all = api.app.scorecards(&operator(), AsOf::Newest).await.expect("scorecards");
    let cards = api.read("/api/v1/scorecards").await;
    assert_eq!(cards["cards"], json!(all.cards));
    let card = api.read("/api/v1/scorecards/adoption").await;
    assert_eq!(
        (&card["card"]["key"], &card["document"]["versions"][0]["version"]),
        (&json!("adoption"), &json!(0))
    );
    let spreads = card["spreads"].as_array().expect("spreads");
    let known =
        spreads.iter().find(|spread| spread["with"].as_u64() > Some(2)).expect("a measure with values");
    let deciles: Vec<f64> =
        known["deciles"].as_array().expect("deciles").iter().filter_map(Value::as_f64).collect();
    assert!(deciles.len() == 11 && deciles.is_sorted(), "{known}");
    assert_eq!(api.get("/api/v1/scorecards/luck").await.status, StatusCode::NOT_FOUND);

    let empty = TestApi::empty().await;
    let shipped = empty.read("/api/v1/scorecards").await;
    assert_eq!((&shipped["as_of"], &shipped["cards"][0]["used"]["accounts"]), (&Value::Null, &json!(0)));
}
