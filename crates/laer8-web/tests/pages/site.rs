//! A site on a demo company, asked without a network.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use laer8_app::{Actor, App, DemoRequest, FixedClock};
use laer8_store::Store;
use laer8_web::Site;
use laer8_words::Language;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The clock of the tests.
pub(crate) const NOW: &str = "2026-06-30T12:00:00Z";

pub(crate) struct TestSite {
    pub(crate) app: App,
    routes: Router,
    _folder: TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl TestSite {
    /// With nothing in it.
    pub(crate) async fn empty() -> Self {
        let folder = TempDir::new().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("site.db").display());
        let clock = FixedClock(NOW.parse().expect("an instant"));
        let app = App::new(Store::open(&url).await.expect("a store"), Arc::new(clock));
        let routes = Site::new(app.clone(), Language::En).routes();
        Self { app, routes, _folder: folder }
    }

    /// With forty accounts.
    pub(crate) async fn demo() -> Self {
        let site = Self::empty().await;
        let request = DemoRequest { accounts: 40, ..DemoRequest::default() };
        site.app.demo(&Actor::operator(), request, &|_| ()).await.expect("a company");
        site
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path)).await
    }

    pub(crate) async fn get_in(&self, path: &str, language: &str) -> Answer {
        self.ask(Request::get(path).header(header::COOKIE, format!("laer8_lang={language}"))).await
    }

    pub(crate) async fn ask(&self, request: axum::http::request::Builder) -> Answer {
        let request = request.header(header::HOST, "localhost:8008").body(Body::empty()).expect("a request");
        self.send(request).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.routes.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, text }
    }
}

/// The addresses of links on a page, as a browser follows them.
pub(crate) fn links(html: &str) -> Vec<String> {
    let found = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|link| link.replace("&#38;", "&").replace("&amp;", "&")).collect()
}
