//! What is set for everything.

use crate::{Api, asked::Asked, body::Body, params::Nothing, problem::Problem};
use axum::{Json, extract::State, http::StatusCode};
use laer8_app::WorkspaceView;
use laer8_domain::money::Currency;
use serde::Deserialize;
use utoipa::ToSchema;

/// The workspace: its name, currency and time zone, and which days it can show
///
/// Needs the role `viewer`.
#[utoipa::path(get, path = "/workspace", tag = "Workspace", responses((status = 200, body = WorkspaceView)))]
pub(crate) async fn get_workspace(
    State(api): State<Api>,
    asked: Asked<Nothing>,
) -> Result<Json<WorkspaceView>, Problem> {
    Ok(Json(api.app.workspace(&asked.actor).await?))
}

/// What to change of the workspace; what is not given stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkspaceChange {
    /// What it is called, in at most 100 characters.
    #[schema(examples("Nordkap Software"))]
    name: Option<String>,
    /// What everything is reported in from now on. Every currency in use needs
    /// an exchange rate to it.
    currency: Option<Currency>,
}

/// Name the workspace, or report in another currency
///
/// The time zone stays: days that are stored do not move. Needs the role
/// `admin`.
#[utoipa::path(
    patch,
    path = "/workspace",
    tag = "Workspace",
    request_body = WorkspaceChange,
    responses((status = 200, body = WorkspaceView))
)]
pub(crate) async fn change_workspace(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    Body(change): Body<WorkspaceChange>,
) -> Result<Json<WorkspaceView>, Problem> {
    let before = api.app.workspace(&asked.actor).await?;
    let (name, currency) = (change.name.unwrap_or(before.name), change.currency.unwrap_or(before.currency));
    api.app.change_workspace(&asked.actor, &name, currency).await?;
    Ok(Json(api.app.workspace(&asked.actor).await?))
}

/// For how long what was sent is kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventRetention {
    /// For how many days after it was received; null is for ever.
    #[schema(minimum = 7, maximum = 3660, examples(400))]
    days: Option<u32>,
}

/// Say for how long what sources sent is kept
///
/// What is gone can't be counted by a new measure any more; facts stay. Needs
/// the role `admin`.
#[utoipa::path(
    put,
    path = "/workspace/event-retention",
    tag = "Workspace",
    request_body = EventRetention,
    responses((status = 204, description = "It is kept for that long from now on."))
)]
pub(crate) async fn keep_events(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    Body(kept): Body<EventRetention>,
) -> Result<StatusCode, Problem> {
    api.app.keep_events_for(&asked.actor, kept.days).await?;
    Ok(StatusCode::NO_CONTENT)
}
