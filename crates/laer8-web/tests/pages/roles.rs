//! Every route, asked by every role and by nobody.

use crate::site::{Answer, TestSite, posting};
use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use laer8_domain::users::Role;
use std::collections::BTreeSet;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Whoever comes.
    Nobody,
    /// Somebody with this role or more.
    A(Role),
}

use Needs::{A, Nobody};
use Role::{Admin, Manager, Member, Viewer};

/// Every route of the pages: its path as it is routed, how it is asked here,
/// what a form sends, and who may.
const ROUTES: &[(&str, &str, &str, &str, Needs)] = &[
    ("GET", "/", "/", "", Nobody), // leads to /today, which asks
    ("GET", "/today", "/today", "", A(Viewer)),
    ("GET", "/accounts", "/accounts", "", A(Viewer)),
    ("GET", "/accounts.csv", "/accounts.csv", "", A(Viewer)),
    ("GET", "/accounts/{id}", "/accounts/1", "", A(Viewer)),
    ("GET", "/search", "/search?q=a", "", A(Viewer)),
    ("POST", "/views", "/views", "name=Mine&query=", A(Viewer)),
    ("POST", "/views/{id}", "/views/999", "name=Mine&query=", A(Viewer)),
    ("POST", "/views/{id}/delete", "/views/999/delete", "", A(Viewer)),
    ("GET", "/journey", "/journey", "", A(Viewer)),
    ("GET", "/health", "/health", "", A(Viewer)),
    ("GET", "/health/scorecards", "/health/scorecards", "", A(Viewer)),
    ("GET", "/health/scorecards/{key}", "/health/scorecards/adoption", "", A(Viewer)),
    ("GET", "/health/scorecards/{key}/edit", "/health/scorecards/adoption/edit", "", A(Viewer)),
    (
        "POST",
        "/health/scorecards/{key}/edit",
        "/health/scorecards/adoption/edit",
        "do=save&base=0",
        A(Manager),
    ),
    ("GET", "/live", "/live", "", A(Viewer)),
    ("GET", "/sources", "/sources", "", A(Viewer)),
    ("POST", "/sources", "/sources", "name=", A(Manager)),
    ("GET", "/sources/{id}", "/sources/999", "", A(Viewer)),
    ("POST", "/sources/{id}", "/sources/999", "name=x&fresh_minutes=5", A(Manager)),
    ("GET", "/sources/{id}/key", "/sources/999/key", "", A(Viewer)),
    ("POST", "/sources/{id}/key", "/sources/999/key", "", A(Manager)),
    ("GET", "/sources/{id}/replay", "/sources/999/replay", "", A(Viewer)),
    ("POST", "/sources/{id}/replay", "/sources/999/replay", "", A(Manager)),
    ("GET", "/sources/kept", "/sources/kept", "", A(Viewer)),
    ("POST", "/sources/kept", "/sources/kept", "days=400", A(Admin)),
    ("GET", "/sources/identity", "/sources/identity", "", A(Viewer)),
    ("POST", "/sources/identity", "/sources/identity", "subject=account&id=1&id=2&do=join", A(Manager)),
    ("POST", "/sources/identity/{join}/undo", "/sources/identity/999/undo", "", A(Manager)),
    ("GET", "/imports", "/imports", "", A(Viewer)),
    ("GET", "/imports/new", "/imports/new", "", A(Manager)),
    ("POST", "/imports/new", "/imports/new", "", A(Manager)),
    ("GET", "/imports/new/{upload}", "/imports/new/none", "", A(Manager)),
    ("POST", "/imports/new/{upload}", "/imports/new/none", "source=crm", A(Manager)),
    ("GET", "/imports/new/{upload}/mapping.toml", "/imports/new/none/mapping.toml", "", A(Manager)),
    ("GET", "/imports/new/{upload}/check", "/imports/new/none/check", "", A(Manager)),
    ("GET", "/imports/new/{upload}/import", "/imports/new/none/import", "", A(Manager)),
    ("POST", "/imports/new/{upload}/import", "/imports/new/none/import", "", A(Manager)),
    ("POST", "/imports/new/{upload}/discard", "/imports/new/none/discard", "", A(Manager)),
    ("GET", "/imports/{run}", "/imports/1", "", A(Viewer)),
    ("GET", "/quarantine", "/quarantine", "", A(Viewer)),
    ("POST", "/quarantine", "/quarantine", "", A(Manager)),
    ("GET", "/quarantine.csv", "/quarantine.csv?source=crm&file=a.csv&record=account", "", A(Manager)),
    ("GET", "/settings/documents/{kind}", "/settings/documents/journey", "", A(Viewer)),
    ("GET", "/settings/documents/{kind}/{key}", "/settings/documents/journey/journey", "", A(Viewer)),
    (
        "POST",
        "/settings/documents/{kind}/{key}",
        "/settings/documents/journey/journey",
        "do=save&base=0&body=",
        A(Manager),
    ),
    (
        "POST",
        "/settings/documents/{kind}/{key}/roll-back",
        "/settings/documents/journey/journey/roll-back",
        "version=0",
        A(Manager),
    ),
    ("GET", "/revenue", "/revenue", "", A(Viewer)),
    ("POST", "/accounts/{id}/notes", "/accounts/1/notes", "kind=note&day=2026-06-30&text=x", A(Member)),
    (
        "POST",
        "/accounts/{id}/notes/{note}",
        "/accounts/1/notes/999999",
        "kind=note&day=2026-06-30&text=x&revision=0",
        A(Member),
    ),
    ("POST", "/accounts/{id}/notes/{note}/restore", "/accounts/1/notes/999999/restore", "", A(Member)),
    ("POST", "/accounts/{id}/pulse", "/accounts/1/pulse", "pulse=50", A(Member)),
    ("POST", "/accounts/{id}/owner", "/accounts/1/owner", "owner=ana", A(Member)),
    ("GET", "/settings", "/settings", "", A(Viewer)),
    ("POST", "/settings/password", "/settings/password", "old=x&password=y&again=y", A(Viewer)),
    ("POST", "/settings/sessions", "/settings/sessions", "", A(Viewer)),
    ("GET", "/settings/users", "/settings/users", "", A(Admin)),
    ("POST", "/settings/users", "/settings/users", "email=no&name=N&role=viewer", A(Admin)),
    (
        "POST",
        "/settings/users/change",
        "/settings/users/change",
        "email=nobody%40example.com&role=viewer",
        A(Admin),
    ),
    ("POST", "/settings/users/link", "/settings/users/link", "email=nobody%40example.com", A(Admin)),
    ("GET", "/settings/keys", "/settings/keys", "", A(Admin)),
    ("POST", "/settings/keys", "/settings/keys", "name=&role=viewer", A(Admin)),
    ("POST", "/settings/keys/{id}/remove", "/settings/keys/999/remove", "", A(Admin)),
    ("GET", "/settings/workspace", "/settings/workspace", "", A(Viewer)),
    ("POST", "/settings/workspace", "/settings/workspace", "name=Acme&currency=EUR", A(Admin)),
    ("GET", "/settings/audit", "/settings/audit", "", A(Admin)),
    ("GET", "/sign-in", "/sign-in", "", Nobody),
    ("POST", "/sign-in", "/sign-in", "email=x&password=y", Nobody),
    ("POST", "/sign-out", "/sign-out", "", Nobody),
    ("GET", "/setup", "/setup", "", Nobody),
    ("POST", "/setup", "/setup", "password=x&again=x", Nobody),
    ("GET", "/welcome/{secret}", "/welcome/x", "", Nobody),
    ("POST", "/welcome/{secret}", "/welcome/x", "password=x&again=x", Nobody),
    ("POST", "/preferences", "/preferences", "lang=es&back=%2Ftoday", Nobody),
    ("GET", "/assets/{version}/{name}", "/assets/0/laer8.css", "", Nobody),
    ("GET", "/healthz", "/healthz", "", Nobody),
    ("GET", "/readyz", "/readyz", "", Nobody),
    ("GET", "/metrics", "/metrics", "", Nobody),
];

/// The routes as the code has them: a new one must say here who may use it.
fn routed() -> BTreeSet<(String, String)> {
    let sources = [include_str!("../../src/routes.rs"), include_str!("../../src/server.rs")];
    let mut routes = BTreeSet::new();
    for source in sources {
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for call in code.split(".route(").skip(1) {
            let path = call.split('"').nth(1).expect("a path").to_owned();
            let call = call.split(".route(").next().unwrap_or_default();
            let is_post_only = !call.contains("get(") && !path.starts_with("/metrics");
            if !is_post_only {
                routes.insert(("GET".to_owned(), path.clone()));
            }
            if call.contains("post(") {
                routes.insert(("POST".to_owned(), path));
            }
        }
    }
    routes
}

#[test]
fn every_route_is_in_the_matrix() {
    let listed: BTreeSet<(String, String)> =
        ROUTES.iter().map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(listed, routed());
}

async fn ask(site: &TestSite, method: &str, path: &str, form: &str, cookie: &str) -> Answer {
    let mut request = posting(path, form);
    if !cookie.is_empty() {
        request = request.header(header::COOKIE, cookie);
    }
    let mut request = request.body(Body::from(form.to_owned())).expect("a request");
    *request.method_mut() = method.parse::<Method>().expect("a method");
    if path == "/quarantine" && method == "POST" {
        let kind = "multipart/form-data; boundary=x".parse().expect("a type");
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
        request.headers_mut().remove(header::CONTENT_LENGTH);
        let part = "--x\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\ncrm\r\n\
                    --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nid\r\n1\r\n--x--\r\n";
        *request.body_mut() = Body::from(part);
    }
    site.send(request).await
}

fn is_led_away(answer: &Answer) -> bool {
    let to = answer.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
    answer.status == StatusCode::SEE_OTHER && to.starts_with("/sign-in")
}

#[tokio::test]
async fn every_route_answers_those_who_may_and_nobody_else() {
    let site = TestSite::closed().await.filled(5).await;
    // Whoever listens for changes would listen for ever.
    site.app.stop_telling();
    let mut cookies = Vec::new();
    for role in Role::ALL {
        cookies.push((role, site.signed_in(role).await));
    }
    for (method, _, path, form, needs) in ROUTES {
        let nobody = ask(&site, method, path, form, "").await;
        match needs {
            // Signing out, and setting up what is set up, lead to the door as well.
            Nobody => assert!(!nobody.status.is_server_error(), "{method} {path}: {}", nobody.status),
            A(_) if *method == "GET" => assert!(is_led_away(&nobody), "{method} {path}: {}", nobody.status),
            A(_) => assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{method} {path}"),
        }
        for (role, cookie) in &cookies {
            let A(needed) = needs else { continue };
            let answer = ask(&site, method, path, form, cookie).await;
            assert!(!answer.status.is_server_error(), "{method} {path} as {role:?}: {}", answer.status);
            let is_refused = answer.status == StatusCode::FORBIDDEN;
            let may = role.includes(*needed);
            assert_eq!(is_refused, !may, "{method} {path} as {role:?}: {}", answer.status);
            assert!(
                !is_led_away(&answer) && answer.status != StatusCode::UNAUTHORIZED,
                "{method} {path} as {role:?}"
            );
        }
    }
}
