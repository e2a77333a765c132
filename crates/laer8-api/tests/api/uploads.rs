//! Files that are imported through the API, and rows that come back mended.

use crate::{
    scene::form,
    site::{Answer, MAPPING, TestApi},
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use laer8_domain::money::Amount;
use serde_json::{Value, json};

const FILE: &str = "id,name,signed_up\n1,Acme,2026-01-05\n2,Bolt,yesterday\n";

async fn send(api: &TestApi, path: &str, parts: &[(&str, &str, &str)]) -> Answer {
    let (kind, body) = form(parts);
    let answer = api.send(Request::post(path).header(header::CONTENT_TYPE, kind), Body::from(body)).await;
    api.is_as_described(&Method::POST, path, &answer);
    answer
}

#[tokio::test]
async fn files_are_imported_and_what_is_refused_comes_back_mended() {
    let api = TestApi::empty().await;
    let import = [("mapping", "", MAPPING), ("file", "accounts.csv", FILE)];
    let tried = send(&api, "/api/v1/imports", &[&import[..], &[("dry_run", "", "true")]].concat()).await;
    assert_eq!((tried.status, &tried.json()["run"]), (StatusCode::OK, &Value::Null), "{}", tried.text);
    assert_eq!(api.read("/api/v1/imports").await["all"], 0, "nothing was kept");

    let report = send(&api, "/api/v1/imports", &import).await;
    assert_eq!(report.status, StatusCode::OK, "{}", report.text);
    let file = &report.json()["files"][0];
    assert_eq!((&file["new"], &file["refused"]), (&json!(1), &json!(1)), "{file}");
    let again = send(&api, "/api/v1/imports", &import).await.json();
    assert_eq!((&again["files"][0]["new"], &again["files"][0]["unchanged"]), (&json!(0), &json!(1)));

    let waiting = "/api/v1/quarantine/file?source=crm&file=accounts.csv&record=account";
    let answer = api.get(waiting).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let name = answer.header(header::CONTENT_DISPOSITION).split('"').nth(1).expect("a name").to_owned();
    let mended = answer.text.replace("yesterday", "2026-01-06");
    let path = "/api/v1/quarantine/mend";
    let report = send(&api, path, &[("source", "", "crm"), ("file", &name, &mended)]).await;
    assert_eq!((&report.json()["released"], &report.json()["remaining"]), (&json!(1), &json!(0)));
    assert_eq!(api.read("/api/v1/quarantine").await["rows"], json!([]));
    let gone = api.get(waiting).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND, "nothing waits any more");
    api.is_as_described(&Method::GET, waiting, &gone);
}

#[tokio::test]
async fn a_form_that_cannot_be_is_refused_and_says_what_to_send() {
    let api = TestApi::empty().await;
    let mapping = ("mapping", "", MAPPING);
    let file = ("file", "accounts.csv", FILE);
    for (parts, status, parameter) in [
        (&[mapping][..], 400, "file"),
        (&[file], 400, "mapping"),
        (&[mapping, ("file", "", FILE)], 400, "file"),
        (&[mapping, file, file], 400, "file"),
        (&[mapping, file, ("dry_run", "", "perhaps")], 400, "dry_run"),
        (&[mapping, file, ("colour", "", "red")], 400, "colour"),
        (&[("mapping", "", "schema = 1"), file], 422, ""),
    ] {
        let answer = send(&api, "/api/v1/imports", parts).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
        assert_eq!(answer.json()["parameter"].as_str().unwrap_or_default(), parameter, "{}", answer.text);
    }
    let json = api.write(Method::POST, "/api/v1/imports", &[], json!({ "mapping": MAPPING })).await;
    assert_eq!(
        (json.status, &json.json()["parameter"]),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, &json!("Content-Type"))
    );
    let large = "x".repeat(33 << 20);
    let large = send(&api, "/api/v1/imports", &[mapping, ("file", "accounts.csv", &large)]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", large.text);
    assert_eq!(api.read("/api/v1/imports").await["all"], 0, "nothing was kept");
}

#[tokio::test]
async fn a_view_is_there_for_whoever_may_see_it() {
    let api = TestApi::empty().await;
    let view = json!({ "name": "Mine", "query": "sort=name" });
    let kept = api.write(Method::POST, "/api/v1/views", &[], view).await.json();
    let path = format!("/api/v1/views/{}", kept["id"]);
    assert_eq!(api.read(&path).await, kept);
    let somebody = api.asked_by(Some(laer8_domain::users::Role::Viewer));
    let theirs = crate::site::send(&somebody, Request::get(&path), Body::empty()).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND, "it is not shared");
}

#[tokio::test]
async fn the_accounts_behind_revenue_add_up_to_it() {
    let api = TestApi::demo().await;
    let revenue = api.read("/api/v1/revenue?by=plan").await;
    let sum = |list: &Value, field: &str| -> Amount {
        let each = list["accounts"].as_array().expect("accounts").iter();
        each.map(|row| row[field].as_str().and_then(|text| text.parse::<Amount>().ok()).expect("an amount"))
            .sum()
    };
    let amount =
        |value: &Value| value.as_str().and_then(|text| text.parse::<Amount>().ok()).expect("an amount");
    for end in ["opening", "closing"] {
        let list = api.read(&format!("/api/v1/revenue/accounts?limit=500&end={end}")).await;
        assert_eq!(sum(&list, end), amount(&revenue[end]), "{end}");
        assert_eq!(list[end], revenue[end], "{end}");
    }
    let plan = &revenue["by"]["rows"][0];
    let path =
        format!("/api/v1/revenue/accounts?limit=500&by=plan&key={}", plan["key"].as_str().expect("a plan"));
    let list = api.read(&path.replace(' ', "%20")).await;
    assert_eq!(sum(&list, "closing").scaled(12, 1), Some(amount(&plan["arr"])));
    let nothing = api.get("/api/v1/revenue/accounts?by=colour&key=red").await;
    assert_eq!((nothing.status.as_u16(), &nothing.json()["parameter"]), (400, &json!("by")));
}
