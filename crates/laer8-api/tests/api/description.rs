//! The OpenAPI document itself.

use crate::site::TestApi;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use laer8_api::document;
use serde_json::Value;
use std::{collections::BTreeSet, path::Path};

/// A change of the API shows as a change of this file. To accept it, run the
/// test with `LAER8_ACCEPT=1`.
#[test]
fn the_api_is_what_the_committed_document_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let now = serde_json::to_string_pretty(&document()).expect("JSON") + "\n";
    if std::env::var_os("LAER8_ACCEPT").is_some() {
        std::fs::write(&file, &now).expect("written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let differ = committed.lines().zip(now.lines()).position(|(a, b)| a != b);
    assert!(
        committed == now,
        "openapi.json differs from line {:?} on; LAER8_ACCEPT=1 cargo test -p laer8-api accepts it",
        differ.map(|line| line + 1)
    );
}

#[tokio::test]
async fn it_is_served_with_a_viewer_that_needs_nothing_from_elsewhere() {
    let api = TestApi::empty().await;
    let served = api.get("/api/openapi.json").await;
    assert_eq!(served.status, StatusCode::OK);
    assert_eq!(&served.json(), api.document());
    let page = api.get("/api/docs/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("http://") && !page.text.contains("https://"), "{}", page.text);
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("script-src 'self';"), "{policy}");
}

#[tokio::test]
async fn the_viewer_has_the_theme_that_was_chosen_on_the_pages() {
    let api = TestApi::empty().await;
    let sheet = async |cookie: &str| {
        let request = Request::get("/api/docs/index.css").header(header::COOKIE, cookie);
        api.send(request, Body::empty()).await.text
    };
    assert!(sheet("laer8_lang=es; laer8_theme=dark").await.contains("color-scheme: dark;"));
    assert!(sheet("laer8_theme=light").await.contains("color-scheme: light;"));
    assert!(sheet("laer8_theme=}*{").await.contains("color-scheme: light dark;"));
}

#[test]
fn every_reference_leads_somewhere_and_no_schema_is_left_over() {
    let document = document();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    for reference in &references {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
    }
    for name in document["components"]["schemas"].as_object().expect("schemas").keys() {
        assert!(references.contains(&format!("#/components/schemas/{name}")), "nothing uses {name}");
    }
}

#[test]
fn every_operation_says_what_it_does_and_every_field_what_it_is() {
    let document = document();
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let here = format!("{method} {path}");
            assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{here}");
            assert!(operation["description"].as_str().is_some_and(|text| !text.is_empty()), "{here}");
            assert!(names.insert(operation["operationId"].to_string()), "{here} has a name of its own");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["description"].is_string(), "{here}: {}", parameter["name"]);
            }
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        assert!(is_described(schema), "{name} is not described");
        let properties = schema["properties"].as_object().into_iter().flatten();
        for (field, property) in properties {
            assert!(is_described(property), "{name}.{field} is not described");
        }
    }
}

/// Whether a schema says what it is, itself or where it points to.
fn is_described(schema: &Value) -> bool {
    schema["description"].is_string() || schema["$ref"].is_string()
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, references)),
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                references.insert(reference.to_owned());
            }
            fields.values().for_each(|value| collect(value, references));
        }
        _ => {}
    }
}
