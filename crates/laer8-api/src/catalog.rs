//! What is sold.

use crate::{Api, asked::Asked, params::Nothing, problem::Problem};
use axum::{Json, extract::State};
use laer8_app::CatalogView;

/// Products, plans and features
///
/// By the ids that other answers name them with. The catalogue has no history:
/// it is as it is today. Needs the role `viewer`.
#[utoipa::path(get, path = "/catalog", tag = "Workspace", responses((status = 200, body = CatalogView)))]
pub(crate) async fn get_catalog(
    State(api): State<Api>,
    asked: Asked<Nothing>,
) -> Result<Json<CatalogView>, Problem> {
    Ok(Json(api.app.catalog(&asked.actor).await?))
}
