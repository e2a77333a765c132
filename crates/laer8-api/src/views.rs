//! Ways of looking at the accounts that people keep.

use crate::{Api, asked::Asked, body::Body, params::Nothing, place::Place, problem::Problem};
use axum::{Json, extract::State, http::StatusCode};
use laer8_app::{SavedViewRow, ViewChange, ViewDraft};
use laer8_domain::ids::SavedViewId;
use serde::Deserialize;
use utoipa::ToSchema;

/// The views of whoever asks, and those that are shared
///
/// By name. Needs the role `viewer`.
#[utoipa::path(get, path = "/views", tag = "Accounts", responses((status = 200, body = Vec<SavedViewRow>)))]
pub(crate) async fn list_views(
    State(api): State<Api>,
    asked: Asked<Nothing>,
) -> Result<Json<Vec<SavedViewRow>>, Problem> {
    Ok(Json(api.app.saved_views(&asked.actor).await?))
}

/// A view to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ViewToSave {
    /// What it is called: 1 to 60 letters.
    #[schema(examples("Renewals at risk"))]
    name: String,
    /// Filter, columns and order: what stands after the `?` in the address of
    /// the page of accounts.
    #[schema(examples("where=band=at_risk&sort=-arr"))]
    query: String,
    /// Whether everybody sees it.
    #[serde(default)]
    shared: bool,
    /// Whether its owner's page of accounts opens with it.
    #[serde(default)]
    opens: bool,
}

/// Keep a view
///
/// Needs the role `viewer`, and `member` to share it.
#[utoipa::path(
    post,
    path = "/views",
    tag = "Accounts",
    request_body = ViewToSave,
    responses((status = 201, body = SavedViewRow, description = "The view is kept."))
)]
pub(crate) async fn save_view(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    Body(view): Body<ViewToSave>,
) -> Result<(StatusCode, Json<SavedViewRow>), Problem> {
    let ViewToSave { name, query, shared, opens } = view;
    let draft = ViewDraft { name, shared, opens, query };
    Ok((StatusCode::CREATED, Json(api.app.save_view(&asked.actor, draft).await?)))
}

/// A view
///
/// One's own, or a shared one. Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/views/{view}",
    tag = "Accounts",
    params(("view" = i64, Path, description = "The id of the view.", minimum = 1)),
    responses((status = 200, body = SavedViewRow))
)]
pub(crate) async fn get_view(
    State(api): State<Api>,
    Place(view): Place<i64>,
    asked: Asked<Nothing>,
) -> Result<Json<SavedViewRow>, Problem> {
    Ok(Json(api.app.saved_view(&asked.actor, SavedViewId(view)).await?))
}

/// What to change of a view; what is not given stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeOfView {
    /// What it is called.
    name: Option<String>,
    /// Filter, columns and order.
    query: Option<String>,
    /// Whether everybody sees it.
    shared: Option<bool>,
    /// Whether its owner's page of accounts opens with it; only its owner says.
    opens: Option<bool>,
}

/// Change a view
///
/// Needs the role `viewer` for one's own, `member` to share it, and `admin` for
/// a shared one of somebody else.
#[utoipa::path(
    patch,
    path = "/views/{view}",
    tag = "Accounts",
    params(("view" = i64, Path, description = "The id of the view.", minimum = 1)),
    request_body = ChangeOfView,
    responses((status = 200, body = SavedViewRow))
)]
pub(crate) async fn change_view(
    State(api): State<Api>,
    Place(view): Place<i64>,
    asked: Asked<Nothing>,
    Body(change): Body<ChangeOfView>,
) -> Result<Json<SavedViewRow>, Problem> {
    let ChangeOfView { name, query, shared, opens } = change;
    let change = ViewChange { name, shared, opens, query };
    Ok(Json(api.app.change_view(&asked.actor, SavedViewId(view), change).await?))
}

/// Throw a view away
///
/// Answers with what it was, so that it can be kept again. Who may, as when it
/// is changed. Needs the role `viewer`.
#[utoipa::path(
    delete,
    path = "/views/{view}",
    tag = "Accounts",
    params(("view" = i64, Path, description = "The id of the view.", minimum = 1)),
    responses((status = 200, body = SavedViewRow))
)]
pub(crate) async fn delete_view(
    State(api): State<Api>,
    Place(view): Place<i64>,
    asked: Asked<Nothing>,
) -> Result<Json<SavedViewRow>, Problem> {
    Ok(Json(api.app.delete_view(&asked.actor, SavedViewId(view)).await?))
}
