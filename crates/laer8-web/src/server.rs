//! The site: its routes, and what every answer carries.

use crate::{
    assets,
    error::Trouble,
    metrics::{self, Metrics},
    origin::own_forms_only,
    request::{Asked, LANGUAGE, THEME, Theme, VARIES, is_ours},
    routes,
};
use axum::{
    Form, Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use laer8_app::{Actor, App};
use laer8_words::Language;
use serde::Deserialize;
use std::{future::Future, io, net::SocketAddr, sync::Arc};
use tokio::net::TcpListener;
use tower_http::compression::{
    CompressionLayer, Predicate,
    predicate::{DefaultPredicate, NotForContentType},
};

/// What the site is of.
#[derive(Debug, Clone)]
pub struct Site {
    pub(crate) app: App,
    pub(crate) language: Language,
    /// As whom somebody acts who is not signed in; unless there is one, they
    /// sign in first.
    pub(crate) unsigned: Option<Actor>,
    /// How browsers reach the site, without a `/` at the end.
    pub(crate) url: Arc<str>,
    /// What the link has in it by which the first user is made.
    pub(crate) setup_code: Option<Arc<str>>,
    metrics: Metrics,
}

/// What is sent smaller where the browser can read it: not fonts, which are
/// that small already. Pages hold no token of a form that their size could
/// give away.
fn smaller() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::const_new("font/")))
}

/// The most that a form may send.
const MOST_SENT: usize = 256 * 1024;

/// No script, style or picture but our own; nobody frames us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

impl Site {
    /// The site of an app, to which people sign in, reached at `url`;
    /// `language` is for those whose browser asks for none that we speak.
    #[must_use]
    pub fn new(app: App, language: Language, url: &str) -> Self {
        let url = Arc::from(url.trim_end_matches('/'));
        let metrics = Metrics::new(app.intake_meter());
        Self { app, language, unsigned: None, url, setup_code: None, metrics }
    }

    /// Whoever comes acts as `actor`, without signing in. Then only this
    /// machine is answered, under names that are its own.
    #[must_use]
    pub fn open_as(mut self, actor: Actor) -> Self {
        self.unsigned = Some(actor);
        self
    }

    /// Who knows `code` may make the first user.
    #[must_use]
    pub fn with_setup_code(mut self, code: &str) -> Self {
        self.setup_code = Some(Arc::from(code));
        self
    }

    /// Whether browsers reach the site encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.url.starts_with("https://")
    }

    /// Its routes.
    pub fn routes(self) -> Router {
        self.routes_beside(Router::new())
    }

    /// Its routes and others, which get the same care: nothing from other
    /// sites, everything counted.
    pub fn routes_beside(self, others: Router) -> Router {
        let is_open = self.unsigned.is_some();
        let counted = middleware::from_fn_with_state(self.metrics.clone(), metrics::count);
        let metrics = get(metrics::page).with_state(self.metrics.clone());
        let pages = routes::pages()
            .route("/healthz", get(|| async { "ok" }))
            .route("/readyz", get(ready))
            .route("/metrics", metrics)
            .route("/preferences", post(preferences))
            .route("/assets/{version}/{name}", get(assets::asset))
            .fallback(|asked: Asked| async { Trouble::missing(asked) })
            .layer(DefaultBodyLimit::max(MOST_SENT))
            .layer(middleware::from_fn(careful))
            .with_state(self);
        let all = pages.merge(others).layer(middleware::from_fn(own_forms_only));
        let all = if is_open { all.layer(middleware::from_fn(own_names_only)) } else { all };
        all.layer(smaller()).layer(counted)
    }
}

/// Serves the site, and others beside it, until `stop`; then finishes what is
/// under way.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    site: Site,
    others: Router,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let routes = site.routes_beside(others).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, routes).with_graceful_shutdown(stop).await
}

/// Whether the database answers.
async fn ready(State(site): State<Site>) -> Response {
    match site.app.is_ready().await {
        Ok(()) => "ready".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response()
        }
    }
}

#[derive(Deserialize)]
struct Preferences {
    lang: Option<String>,
    theme: Option<String>,
    /// The page to go back to.
    back: String,
}

/// Remembers language or theme, and goes back.
async fn preferences(Form(chosen): Form<Preferences>) -> Response {
    let language = chosen.lang.as_deref().and_then(Language::from_key);
    let theme = chosen.theme.as_deref().and_then(Theme::from_key);
    let back = if is_ours(&chosen.back) { chosen.back.as_str() } else { "/today" };
    let mut response = Redirect::to(back).into_response();
    let cookies = [(LANGUAGE, language.map(Language::key)), (THEME, theme.map(Theme::key))];
    for (name, value) in cookies {
        let Some(value) = value else { continue };
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// Whoever opens a page on this machine means this machine: another name in
/// the address is a page elsewhere that had its name point here.
async fn own_names_only(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if is_loopback(host) {
        return next.run(request).await;
    }
    (StatusCode::MISDIRECTED_REQUEST, "this address answers to localhost only").into_response()
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    address.is_ok_and(|address| address.is_loopback())
}

/// Headers that every answer carries.
async fn careful(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        headers.append(header::VARY, HeaderValue::from_static(VARIES));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for own in ["localhost", "localhost:8008", "127.0.0.1:8008", "[::1]:8008", "LOCALHOST:1"] {
            assert!(is_loopback(own), "{own}");
        }
        for strange in
            ["", "evil.example", "evil.example:8008", "localhost.evil.example", "10.0.0.1", "[fe80::1]:80"]
        {
            assert!(!is_loopback(strange), "{strange}");
        }
    }
}
