//! Where everything is, and what every answer carries.

use crate::{
    Api, accounts, audit, bulk, catalog, config, document, health, imports, joins, journey, keys, notes,
    problem, revenue, scorecards, sources, today, upload, users, viewer, views, what_if, workspace,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use tower_http::decompression::RequestDecompressionLayer;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The API, to be mounted beside other routes: all of its paths begin with
/// `/api`, and it answers whatever does.
pub fn routes(api: Api) -> Router {
    let (described, _) = described().split_for_parts();
    let document = document::text();
    described
        .route("/api/openapi.json", get(async move || as_json(document.clone())))
        .merge(viewer::routes())
        .route("/api", any(problem::no_path))
        .route("/api/{*rest}", any(problem::no_path))
        .method_not_allowed_fallback(problem::no_method)
        .layer(middleware::from_fn(careful))
        .with_state(api)
}

/// The operations, with what describes them.
pub(crate) fn described() -> OpenApiRouter<Api> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(today::get_today))
        .routes(routes!(accounts::list_accounts))
        .routes(routes!(accounts::list_facets))
        .routes(routes!(accounts::get_account))
        .routes(routes!(accounts::get_account_score))
        .routes(routes!(accounts::list_account_events))
        .routes(routes!(accounts::list_account_external_ids))
        .routes(routes!(accounts::find_external_ids))
        .routes(routes!(notes::add_note))
        .routes(routes!(notes::change_note, notes::withdraw_note))
        .routes(routes!(notes::restore_note))
        .routes(routes!(notes::set_pulse))
        .routes(routes!(notes::assign_owner))
        .routes(routes!(views::list_views, views::save_view))
        .routes(routes!(views::get_view, views::change_view, views::delete_view))
        .routes(routes!(journey::get_journey))
        .routes(routes!(journey::list_journey_moves))
        .routes(routes!(health::get_health))
        .routes(routes!(health::get_health_overview))
        .routes(routes!(scorecards::list_scorecards))
        .routes(routes!(scorecards::get_scorecard))
        .routes(routes!(revenue::get_revenue))
        .routes(routes!(revenue::list_revenue_entries))
        .routes(routes!(revenue::list_revenue_accounts))
        .routes(routes!(config::list_documents))
        .routes(routes!(config::get_document, config::put_document))
        .routes(routes!(config::list_document_versions))
        .routes(routes!(config::roll_back_document))
        .routes(routes!(what_if::try_scorecards))
        .routes(routes!(joins::list_joins, joins::add_join))
        .routes(routes!(joins::list_join_candidates))
        .routes(routes!(joins::keep_apart))
        .routes(routes!(joins::preview_joins))
        .routes(routes!(joins::look_for_joins))
        .routes(routes!(joins::get_join, joins::undo_join))
        .routes(routes!(imports::get_import))
        .routes(routes!(imports::list_quarantine))
        .routes(routes!(imports::get_quarantine_file))
        .merge(uploads())
        .merge(sent())
        .routes(routes!(sources::list_sources, sources::add_source))
        .routes(routes!(sources::get_source, sources::change_source))
        .routes(routes!(sources::renew_write_key))
        .routes(routes!(sources::list_source_events))
        .routes(routes!(sources::list_awaited))
        .routes(routes!(sources::list_refused_events))
        .routes(routes!(sources::replay_refused_events))
        .routes(routes!(users::get_me))
        .routes(routes!(users::list_users, users::add_user))
        .routes(routes!(users::get_user, users::change_user))
        .routes(routes!(users::invite_user))
        .routes(routes!(keys::list_keys, keys::add_key))
        .routes(routes!(keys::remove_key))
        .routes(routes!(audit::list_audit_log))
        .routes(routes!(workspace::get_workspace, workspace::change_workspace))
        .routes(routes!(workspace::keep_events))
        .routes(routes!(catalog::get_catalog));
    OpenApiRouter::with_openapi(document::frame()).nest("/api/v1", v1)
}

/// The operations that take files.
fn uploads() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(imports::list_imports, imports::import_files))
        .routes(routes!(imports::mend_quarantine))
        .layer(DefaultBodyLimit::max(upload::MOST_BYTES))
}

/// The operations that take many records, plain or packed. What is packed
/// otherwise is told by the operations themselves.
fn sent() -> OpenApiRouter<Api> {
    let unpacked = RequestDecompressionLayer::new().gzip(true).pass_through_unaccepted(true);
    OpenApiRouter::new()
        .routes(routes!(bulk::send_records))
        .routes(routes!(bulk::send_any_records))
        .layer(unpacked)
}

fn as_json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Headers that every answer carries.
async fn careful(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.entry(HeaderName::from_static("content-security-policy")).or_insert(nothing);
    response
}
