//! People who use Laer8.

use crate::{Api, asked::Asked, body::Body, params::Nothing, place::Place, problem::Problem};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use laer8_app::{Actor, INVITATION_DAYS};
use laer8_domain::{
    ids::UserId,
    users::{Role, User},
};
use laer8_store::NewUser;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who calls, and what they may do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// As the audit log names them: an e-mail address, or the name of a key.
    name: String,
    /// What they may do.
    role: Role,
}

/// Who calls
///
/// To see whether a key works, and what it may do.
#[utoipa::path(get, path = "/me", tag = "Users", responses((status = 200, body = Me)))]
pub(crate) async fn get_me(asked: Asked<Nothing>) -> Json<Me> {
    Json(Me { name: asked.actor.name, role: asked.actor.role })
}

/// All users
///
/// Needs the role `admin`.
#[utoipa::path(get, path = "/users", tag = "Users", responses((status = 200, body = Vec<User>)))]
pub(crate) async fn list_users(
    State(api): State<Api>,
    asked: Asked<Nothing>,
) -> Result<Json<Vec<User>>, Problem> {
    Ok(Json(api.app.users(&asked.actor).await?))
}

/// A user
///
/// Needs the role `admin`.
#[utoipa::path(
    get,
    path = "/users/{user}",
    tag = "Users",
    params(("user" = i64, Path, description = "The id of the user.", minimum = 1)),
    responses((status = 200, body = User))
)]
pub(crate) async fn get_user(
    State(api): State<Api>,
    Place(user): Place<String>,
    asked: Asked<Nothing>,
) -> Result<Json<User>, Problem> {
    Ok(Json(find(&api, &asked.actor, &user).await?))
}

async fn find(api: &Api, actor: &Actor, id: &str) -> Result<User, Problem> {
    let users = api.app.users(actor).await?;
    let found = id.parse().ok().and_then(|id| users.into_iter().find(|user| user.id == UserId(id)));
    found.ok_or_else(|| Problem::missing(format!("there is no user #{id}; /users lists them")))
}

/// A user to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserToAdd {
    /// E-mail address; nobody else has it.
    #[schema(format = "email", examples("ana@example.com"))]
    email: String,
    /// What they are called.
    #[schema(examples("Ana Núñez"))]
    name: String,
    /// What they may do.
    role: Role,
}

/// Make a user
///
/// Needs the role `admin`.
#[utoipa::path(
    post,
    path = "/users",
    tag = "Users",
    request_body = UserToAdd,
    responses((status = 201, body = User, description = "The user is made.", headers(("Location" = String, description = "Where the user is."))))
)]
pub(crate) async fn add_user(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    Body(new): Body<UserToAdd>,
) -> Result<Response, Problem> {
    let UserToAdd { email, name, role } = new;
    let id = api.app.add_user(&asked.actor, NewUser { email, name, role }).await?;
    let user = find(&api, &asked.actor, &id.to_string()).await?;
    let place = [(header::LOCATION, format!("/api/v1/users/{id}"))];
    Ok((StatusCode::CREATED, place, Json(user)).into_response())
}

/// What to change of a user; what is not given stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserChange {
    /// What they may do.
    role: Option<Role>,
    /// Whether they may sign in.
    active: Option<bool>,
}

/// Change what a user may do, or whether they may sign in
///
/// Needs the role `admin`.
#[utoipa::path(
    patch,
    path = "/users/{user}",
    tag = "Users",
    params(("user" = i64, Path, description = "The id of the user.", minimum = 1)),
    request_body = UserChange,
    responses((status = 200, body = User))
)]
pub(crate) async fn change_user(
    State(api): State<Api>,
    Place(user): Place<String>,
    asked: Asked<Nothing>,
    Body(change): Body<UserChange>,
) -> Result<Json<User>, Problem> {
    let found = find(&api, &asked.actor, &user).await?;
    let (role, active) = (change.role.unwrap_or(found.role), change.active.unwrap_or(found.active));
    api.app.change_user(&asked.actor, &found.email, role, active).await?;
    Ok(Json(User { role, active, ..found }))
}

/// A link by which somebody chooses a password.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Invitation {
    /// Where the link leads, on this server. It can never be seen again.
    #[schema(examples("/welcome/SECRET"))]
    path: String,
    /// For how many days it works; once.
    days: i64,
}

/// Make a link by which a user chooses a password, the first or another
///
/// Give it to them: whoever has it may choose. A link that was made before
/// works no more. Needs the role `admin`.
#[utoipa::path(
    post,
    path = "/users/{user}/invitation",
    tag = "Users",
    params(("user" = i64, Path, description = "The id of the user.", minimum = 1)),
    responses((status = 201, body = Invitation, description = "The link is made."))
)]
pub(crate) async fn invite_user(
    State(api): State<Api>,
    Place(user): Place<String>,
    asked: Asked<Nothing>,
) -> Result<(StatusCode, Json<Invitation>), Problem> {
    let user = find(&api, &asked.actor, &user).await?;
    let secret = api.app.invite(&asked.actor, &user.email).await?;
    let invitation = Invitation { path: format!("/welcome/{secret}"), days: INVITATION_DAYS };
    Ok((StatusCode::CREATED, Json(invitation)))
}
