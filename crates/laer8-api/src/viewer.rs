//! The document for people: Swagger UI, built in.

use crate::Api;
use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use std::borrow::Cow;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Scripts are our own files. Swagger UI sets styles on its elements and draws
/// its arrows from `data:` addresses.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// The cookie in which the pages keep a theme.
const THEME: &str = "laer8_theme";

/// The viewer at `/api/docs`.
pub(crate) fn routes() -> Router<Api> {
    let config = Config::new(["/api/openapi.json"])
        .use_base_layout()
        .validator_url("none")
        .deep_linking(true)
        .display_request_duration(true)
        .default_models_expand_depth(0);
    Router::from(SwaggerUi::new("/api/docs").config(config)).layer(middleware::from_fn(with_policy))
}

/// Swagger UI's page asks for a sheet that sets the ground it stands on: ours.
const SHEET: &str = include_str!("viewer.css");

/// In the theme that was chosen on the pages; that of the system where none was.
fn sheet(headers: &HeaderMap) -> Cow<'static, str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let theme = cookies
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().strip_prefix(THEME)?.strip_prefix('='))
        .find(|theme| ["light", "dark"].contains(theme));
    match theme {
        Some(theme) => {
            Cow::Owned(SHEET.replacen("color-scheme: light dark", &format!("color-scheme: {theme}"), 1))
        }
        None => Cow::Borrowed(SHEET),
    }
}

async fn with_policy(request: Request, next: Next) -> Response {
    let mut response = match request.uri().path() {
        "/api/docs/index.css" => {
            let about = [
                (header::CONTENT_TYPE, "text/css; charset=utf-8"),
                (header::CACHE_CONTROL, "no-cache"),
                (header::VARY, "Cookie"),
            ];
            (about, sheet(request.headers())).into_response()
        }
        _ => next.run(request).await,
    };
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}
