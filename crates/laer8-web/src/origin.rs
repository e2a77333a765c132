//! Forms of our own pages only: what another site makes a browser send is
//! refused, before anything looks at it.
//!
//! Browsers say where a request comes from: `Sec-Fetch-Site` (all since 2023),
//! `Origin` (older ones, with every form). A program sends neither, and no
//! cookie either. See OWASP, "Cross-Site Request Forgery Prevention", Fetch
//! Metadata.

use crate::request::logged;
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Where products send events from any site: nothing there asks for a session,
/// and nothing can be read there.
const OPEN: &str = "/v1/";

/// Refuses what changes something and does not come from our own pages.
pub(crate) async fn own_forms_only(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if request.method().is_safe() || path.starts_with(OPEN) || is_our_own(request.headers()) {
        return next.run(request).await;
    }
    tracing::warn!(
        path = logged(request.uri().path()),
        "refused a request that another site made a browser send"
    );
    (StatusCode::FORBIDDEN, "this comes from another site; open the page here and send it again")
        .into_response()
}

fn is_our_own(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin" || site == "none";
    }
    match text(header::ORIGIN) {
        Some(origin) => {
            let host = text(header::HOST).unwrap_or_default();
            let place = origin.split_once("://").map(|(_, place)| place);
            !host.is_empty() && place.is_some_and(|place| place.eq_ignore_ascii_case(host))
        }
        None => !headers.contains_key(header::COOKIE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(headers: &[(&'static str, &'static str)]) -> bool {
        let pairs = headers.iter().map(|(name, value)| {
            (HeaderName::from_static(name), value.parse().expect("a value of a header"))
        });
        is_our_own(&pairs.collect())
    }

    #[test]
    fn only_our_own_pages_may_send_what_changes_something() {
        assert!(asks(&[("sec-fetch-site", "same-origin")]));
        assert!(asks(&[("sec-fetch-site", "none")]), "typed by the person");
        assert!(!asks(&[("sec-fetch-site", "cross-site")]));
        assert!(!asks(&[("sec-fetch-site", "same-site")]), "a neighbour under the same domain");
        assert!(!asks(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://cs.example"),
            ("host", "cs.example")
        ]));
        assert!(asks(&[("origin", "https://cs.example"), ("host", "cs.example")]));
        assert!(!asks(&[("origin", "https://evil.example"), ("host", "cs.example")]));
        assert!(!asks(&[("origin", "null"), ("host", "cs.example")]));
        assert!(!asks(&[("cookie", "laer8_session=x")]), "a browser that does not say where from");
        assert!(asks(&[]), "a program, which carries no session");
    }
}
