//! A site on a demo company, asked without a network.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use laer8_app::{Actor, App, DemoRequest, FixedClock, NewUser};
use laer8_domain::users::Role;
use laer8_store::Store;
use laer8_web::Site;
use laer8_words::Language;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The clock of the tests.
pub(crate) const NOW: &str = "2026-06-30T12:00:00Z";

/// The password of everybody.
pub(crate) const PASSWORD: &str = "a horse in the rain";

pub(crate) struct TestSite {
    pub(crate) app: App,
    routes: Router,
    _folder: TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    /// As it came, packed or not.
    pub(crate) bytes: usize,
}

impl TestSite {
    /// With nothing in it; whoever comes acts as the operator.
    pub(crate) async fn empty() -> Self {
        Self::made(|site| site.open_as(Actor::operator())).await
    }

    /// With nothing in it; people sign in, and the first with the code `code`.
    pub(crate) async fn closed() -> Self {
        Self::made(|site| site.with_setup_code("code")).await
    }

    async fn made(of: impl FnOnce(Site) -> Site) -> Self {
        let folder = TempDir::new().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("site.db").display());
        let clock = FixedClock(NOW.parse().expect("an instant"));
        let app = App::new(Store::open(&url).await.expect("a store"), Arc::new(clock))
            .keeping_uploads(folder.path().join("uploads"));
        let routes = of(Site::new(app.clone(), Language::En, "http://localhost:8008")).routes();
        Self { app, routes, _folder: folder }
    }

    /// With forty accounts.
    pub(crate) async fn demo() -> Self {
        Self::empty().await.filled(40).await
    }

    /// With so many accounts.
    pub(crate) async fn filled(self, accounts: u32) -> Self {
        let request = DemoRequest { accounts, ..DemoRequest::default() };
        self.app.demo(&Actor::operator(), request, &|_| ()).await.expect("a company");
        self
    }

    /// Somebody with that role, who is signed in; returns their cookie.
    pub(crate) async fn signed_in(&self, role: Role) -> String {
        let email = format!("{}@example.com", role.key());
        let user = NewUser { email: email.clone(), name: role.key().to_owned(), role };
        self.app.add_user(&Actor::operator(), user).await.expect("a user");
        let link = self.app.invite(&Actor::operator(), &email).await.expect("a link");
        let secret = self.app.accept(&link, PASSWORD, "Test").await.expect("a session");
        format!("laer8_session={secret}")
    }

    /// A form as our own page sends it.
    pub(crate) async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        self.send(
            posting(path, form)
                .header(header::COOKIE, cookie)
                .body(Body::from(form.to_owned()))
                .expect("a request"),
        )
        .await
    }

    /// A page as somebody sees it who is signed in.
    pub(crate) async fn get_as(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Request::get(path).header(header::COOKIE, cookie)).await
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
        Answer { status: parts.status, headers: parts.headers, text, bytes: bytes.len() }
    }
}

/// A form as a browser sends it from our own page.
pub(crate) fn posting(path: &str, form: &str) -> axum::http::request::Builder {
    Request::post(path)
        .header(header::HOST, "localhost:8008")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_LENGTH, form.len())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// The cookie that an answer sets.
pub(crate) fn cookie(answer: &Answer) -> String {
    let set = answer.headers.get(header::SET_COOKIE).expect("a cookie").to_str().expect("text");
    set.split(';').next().unwrap_or_default().to_owned()
}

/// The addresses of links on a page, as a browser follows them.
pub(crate) fn links(html: &str) -> Vec<String> {
    let found = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|link| link.replace("&#38;", "&").replace("&amp;", "&")).collect()
}
