//! The tracking API, compatible with Segment's HTTP API: its SDKs work against
//! Laer8 when they are given another host.
//!
//! `POST /v1/{track,identify,group,page,screen,alias,batch,import}`. The write
//! key comes as the user name of Basic auth, as a Bearer token or as `writeKey`
//! in the body; bodies may be gzip. 200 says that what was sent is on the disk.
//! 400 means that it can't be read and must not be sent again as it is, 401
//! that nobody has the key, 429 and 503 to send it again after `Retry-After`.
//! Keys are in web pages and apps: browsers may send from any site, and nothing
//! can be read with one.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use laer8_app::{App, Endpoint, IntakeError};
use serde_json::json;
use std::{borrow::Cow, time::Duration};
use tower_http::{
    cors::{Any, CorsLayer},
    decompression::RequestDecompressionLayer,
};

/// The first part of all of its addresses.
pub const TRACKING: &str = "/v1/";

/// How long browsers may remember that they may send from another site.
const ASK_AGAIN: Duration = Duration::from_secs(24 * 60 * 60);

/// The tracking API, to be mounted beside other routes: all of its paths begin
/// with [`TRACKING`].
pub fn tracking_routes(app: App) -> Router {
    let from_any_site = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::POST, Method::GET])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::CONTENT_ENCODING])
        .max_age(ASK_AGAIN);
    Router::new()
        .route("/v1/{call}", post(receive))
        .route("/v1/projects/{key}/settings", get(settings))
        .method_not_allowed_fallback(|| async {
            answer(StatusCode::METHOD_NOT_ALLOWED, "send_it_by_post", "send events by POST")
        })
        .layer(RequestDecompressionLayer::new().gzip(true).pass_through_unaccepted(false))
        .layer(middleware::from_fn(not_kept))
        .layer(from_any_site)
        .with_state(app)
}

async fn receive(
    State(app): State<App>,
    Path(call): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Some(endpoint) = Endpoint::from_path(&call) else { return nothing_here().await };
    let limit = endpoint.limit();
    // One more, so that what is too large is told from what breaks off.
    let Ok(body) = to_bytes(body, limit.bytes() + 1).await else {
        let message = format!(
            "the body has more than {} bytes, or can't be read; send less at once, plain or as gzip",
            limit.bytes()
        );
        return answer(StatusCode::BAD_REQUEST, "body_too_large", &message);
    };
    let key = key(&headers);
    match app.take_in(endpoint, key.as_deref(), body.into()).await {
        Ok(_) => (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], r#"{"success":true}"#)
            .into_response(),
        Err(error) => refused(&error),
    }
}

/// What the SDK for browsers asks for before it sends anything: which other
/// tools there are. There are none.
async fn settings(Path(key): Path<String>, headers: HeaderMap) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let us = json!({ "apiKey": key, "apiHost": format!("{host}/v1") });
    axum::Json(json!({ "integrations": { "Segment.io": us }, "plan": {}, "edgeFunction": {} }))
        .into_response()
}

async fn nothing_here() -> Response {
    let message = "there is nothing here; send to /v1/track, identify, group, page, screen, alias or batch";
    answer(StatusCode::NOT_FOUND, "not_found", message)
}

fn refused(error: &IntakeError) -> Response {
    let message = error.to_string();
    let (status, wait) = match error {
        IntakeError::NoKey | IntakeError::UnknownKey => (StatusCode::UNAUTHORIZED, None),
        IntakeError::Body(_) | IntakeError::Event(_) => (StatusCode::BAD_REQUEST, None),
        IntakeError::Busy { seconds } => (StatusCode::TOO_MANY_REQUESTS, Some(*seconds)),
        IntakeError::Full | IntakeError::Store(_) => {
            tracing::error!(%error, "what was sent can't be kept");
            (StatusCode::SERVICE_UNAVAILABLE, Some(5))
        }
    };
    let message =
        if matches!(error, IntakeError::Store(_)) { "the database can't keep it now" } else { &message };
    let mut response = answer(status, error.code(), message);
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn answer(status: StatusCode, code: &str, message: &str) -> Response {
    (status, axum::Json(json!({ "success": false, "code": code, "message": message }))).into_response()
}

/// The write key that a request comes with.
fn key(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(Cow::Borrowed(credentials.trim())).filter(|key| !key.is_empty());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let user = decoded.split_once(':').map_or(decoded.as_str(), |(user, _)| user);
    (!user.is_empty()).then(|| Cow::Owned(user.to_owned()))
}

/// Headers that every answer carries.
async fn not_kept(request: axum::extract::Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.insert(HeaderName::from_static("content-security-policy"), nothing);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &'static str) -> Option<String> {
        let headers = [(header::AUTHORIZATION, HeaderValue::from_static(value))].into_iter().collect();
        key(&headers).map(Cow::into_owned)
    }

    #[test]
    fn a_key_comes_as_a_user_name_or_as_a_token() {
        assert_eq!(of("Basic a2V5Og==").as_deref(), Some("key"), "key:");
        assert_eq!(of("basic a2V5OnNlY3JldA==").as_deref(), Some("key"), "key:secret");
        assert_eq!(of("Bearer key").as_deref(), Some("key"));
        for none in ["Basic", "Basic ???", "Basic Og==", "Bearer ", "Digest key"] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
