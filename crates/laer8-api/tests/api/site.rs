//! An API on a demo company, asked without a network.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use laer8_api::{Api, document, routes};
use laer8_app::{Actor, App, DemoRequest, FixedClock, ImportRequest, NewUser, Upload, Uploads};
use laer8_domain::users::Role;
use laer8_store::Store;
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The clock of the tests.
pub(crate) const NOW: &str = "2026-06-30T12:00:00Z";

/// The operator, as everybody's name.
pub(crate) fn operator() -> Actor {
    Actor::operator()
}

/// How the files of the tests are read.
pub(crate) const MAPPING: &str = r#"
schema = 1
source = "crm"
currency = "EUR"
dates = ["%Y-%m-%d"]

[[file]]
name = "accounts.csv"
record = "account"
[file.fields]
id = "id"
name = "name"
since = "signed_up"
signed_up = "signed_up"
"#;

pub(crate) struct TestApi {
    pub(crate) app: App,
    document: Value,
    folder: TempDir,
    routes: Router,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl TestApi {
    /// With nothing in it.
    pub(crate) async fn empty() -> Self {
        let folder = TempDir::new().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("api.db").display());
        let clock = FixedClock(NOW.parse().expect("an instant"));
        let app = App::new(Store::open(&url).await.expect("a store"), Arc::new(clock));
        let api = Api { app: app.clone(), unsigned: Some(operator()) };
        Self { routes: routes(api), app, document: document(), folder }
    }

    /// With forty accounts.
    pub(crate) async fn demo() -> Self {
        Self::demo_of(40).await
    }

    /// With so many accounts.
    pub(crate) async fn demo_of(accounts: u32) -> Self {
        let api = Self::empty().await;
        let request = DemoRequest { accounts, ..DemoRequest::default() };
        api.app.demo(&operator(), request, &|_| ()).await.expect("a company");
        api
    }

    /// An import of three accounts, two of which can't be read.
    pub(crate) async fn imported(&self) {
        let text = "id,name,signed_up\n1,Acme,2026-01-05\n2,Bolt,yesterday\n3,Cask,2026-13-01\n";
        self.import("accounts.csv", text).await;
    }

    /// An import of one file.
    pub(crate) async fn import(&self, name: &str, text: &str) {
        let files = Uploads(vec![Upload { name: name.to_owned(), contents: text.as_bytes().into() }]);
        let request = ImportRequest { mapping: MAPPING, mapping_name: "crm", files: &files, dry_run: false };
        self.app.import(&operator(), &request, &|_| ()).await.expect("an import");
    }

    /// Somebody with that role, who is signed in; returns the secret of their
    /// session.
    pub(crate) async fn signed_in(&self, role: Role) -> String {
        let email = format!("{}@example.com", role.key());
        let user = NewUser { email: email.clone(), name: role.key().to_owned(), role };
        self.app.add_user(&operator(), user).await.expect("a user");
        let link = self.app.invite(&operator(), &email).await.expect("a link");
        self.app.accept(&link, "a horse in the rain", "Test").await.expect("a session")
    }

    /// The same, asked by somebody else, or by nobody.
    pub(crate) fn asked_by(&self, role: Option<Role>) -> Router {
        let unsigned = role.map(|role| Actor { name: "ana@example.com".to_owned(), role });
        routes(Api { app: self.app.clone(), unsigned })
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// The answer to a good question, checked against its own description.
    pub(crate) async fn read(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        self.is_as_described(&Method::GET, path, &answer);
        answer.json()
    }

    pub(crate) async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        send(&self.routes, request, body).await
    }

    /// A body of JSON, checked against the description of the answer.
    pub(crate) async fn write(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Value,
    ) -> Answer {
        let mut request = Request::builder().method(method.clone()).uri(path);
        request = request.header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.send(request, Body::from(body.to_string())).await;
        self.is_as_described(&method, path, &answer);
        answer
    }

    /// Whether an answer is what the document says of its operation.
    pub(crate) fn is_as_described(&self, method: &Method, path: &str, answer: &Answer) {
        let path = path.split('?').next().unwrap_or_default();
        let template = self.template(path);
        let status = answer.status.as_u16();
        let pointer =
            format!("/paths/{}/{}/responses/{status}", escape(&template), method.as_str().to_lowercase());
        let mut response =
            self.document.pointer(&pointer).unwrap_or_else(|| panic!("{pointer} is not described"));
        if let Some(reference) = response.get("$ref").and_then(Value::as_str) {
            response = self.document.pointer(&reference[1..]).expect("a response");
        }
        if answer.status == StatusCode::NO_CONTENT {
            assert!(response.get("content").is_none() && answer.text.is_empty(), "{path} answers nothing");
            return;
        }
        let kind = answer.header(header::CONTENT_TYPE);
        let content = response.pointer(&format!("/content/{}/schema", escape(kind)));
        let schema = content.unwrap_or_else(|| panic!("{path} answers {kind}, which is not described"));
        if kind == "text/csv" {
            return; // a text, whatever is in it
        }
        let whole = json!({ "schema": schema, "components": self.document["components"] });
        let whole = json!({ "$ref": "#/$defs/whole/schema", "$defs": { "whole": rebased(&whole) } });
        let validator = jsonschema::validator_for(&whole).expect("a schema");
        let answered = answer.json();
        let faults: Vec<String> = validator
            .iter_errors(&answered)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .take(5)
            .collect();
        assert!(faults.is_empty(), "{path}: {faults:#?}");
    }

    fn template(&self, path: &str) -> String {
        let paths = self.document["paths"].as_object().expect("paths");
        let fits = |template: &str| {
            let (parts, wanted) = (template.split('/'), path.split('/'));
            parts.clone().count() == wanted.clone().count()
                && parts.zip(wanted).all(|(part, wanted)| part.starts_with('{') || part == wanted)
        };
        let found = paths.keys().find(|template| fits(template));
        found.unwrap_or_else(|| panic!("{path} is not described")).clone()
    }

    pub(crate) fn document(&self) -> &Value {
        &self.document
    }

    /// The folder of the database.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

pub(crate) async fn send(routes: &Router, request: axum::http::request::Builder, body: Body) -> Answer {
    let response = routes.clone().oneshot(request.body(body).expect("a request")).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status: parts.status, headers: parts.headers, text }
}

/// A key of a JSON pointer.
fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// References of the document, as references of a schema that holds it.
fn rebased(value: &Value) -> Value {
    match value {
        Value::Array(values) => values.iter().map(rebased).collect(),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| match value.as_str() {
                Some(reference) if name == "$ref" => {
                    (name.clone(), json!(reference.replacen("#/", "#/$defs/whole/", 1)))
                }
                _ => (name.clone(), rebased(value)),
            };
            Value::Object(fields.iter().map(field).collect())
        }
        other => other.clone(),
    }
}
