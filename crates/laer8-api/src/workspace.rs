//! What is set for everything.

use crate::{Api, asked::Asked, params::Nothing, problem::Problem};
use axum::{Json, extract::State};
use laer8_app::WorkspaceView;

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
