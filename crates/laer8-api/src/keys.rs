//! Keys with which programs sign in.

use crate::{Api, asked::Asked, body::Body, params::Nothing, place::Place, problem::Problem};
use axum::{Json, extract::State, http::StatusCode};
use laer8_app::KeyRow;
use laer8_domain::{ids::ApiKeyId, users::Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// All keys
///
/// Without what opens something: that is shown once, when a key is made. Needs
/// the role `admin`.
#[utoipa::path(get, path = "/keys", tag = "Users", responses((status = 200, body = Vec<KeyRow>)))]
pub(crate) async fn list_keys(
    State(api): State<Api>,
    asked: Asked<Nothing>,
) -> Result<Json<Vec<KeyRow>>, Problem> {
    let keys = api.app.keys(&asked.actor).await?;
    Ok(Json(keys.into_iter().map(KeyRow::from).collect()))
}

/// A key to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyToAdd {
    /// What it is for.
    #[schema(examples("Nightly export"))]
    name: String,
    /// What it may do.
    role: Role,
}

/// A key that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewKey {
    /// Which: by it the key can be removed.
    id: ApiKeyId,
    /// What to send as `Authorization: Bearer …`. It can never be seen again.
    key: String,
}

/// Make a key
///
/// The answer is the only place where the key stands. Needs the role `admin`.
#[utoipa::path(
    post,
    path = "/keys",
    tag = "Users",
    request_body = KeyToAdd,
    responses((status = 201, body = NewKey, description = "The key is made."))
)]
pub(crate) async fn add_key(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    Body(new): Body<KeyToAdd>,
) -> Result<(StatusCode, Json<NewKey>), Problem> {
    let (id, key) = api.app.add_key(&asked.actor, &new.name, new.role).await?;
    Ok((StatusCode::CREATED, Json(NewKey { id, key })))
}

/// Remove a key
///
/// It works no more, from the next request on. Needs the role `admin`.
#[utoipa::path(
    delete,
    path = "/keys/{key}",
    tag = "Users",
    params(("key" = i64, Path, description = "The id of the key.", minimum = 1)),
    responses((status = 204, description = "The key is removed."))
)]
pub(crate) async fn remove_key(
    State(api): State<Api>,
    Place(key): Place<i64>,
    asked: Asked<Nothing>,
) -> Result<StatusCode, Problem> {
    api.app.remove_key(&asked.actor, ApiKeyId(key)).await?;
    Ok(StatusCode::NO_CONTENT)
}
