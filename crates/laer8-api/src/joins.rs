//! Accounts and people of several sources that are read as one.

use crate::{
    Api,
    asked::Asked,
    body::Body,
    page::{after, cursor},
    params::{Limit, Nothing, rows},
    place::Place,
    problem::Problem,
};
use axum::{Json, extract::State, http::StatusCode};
use laer8_app::{CandidateView, IdentityPreview, JoinView, JoinsQuery, LooksView, NewJoin};
use laer8_domain::{identity::Subject, ids::JoinId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which joins.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum JoinState {
    /// Those in force.
    InForce,
    /// Those that were undone, and what a person keeps apart.
    Undone,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct JoinParams {
    /// Only of accounts, or only of people.
    #[param(inline)]
    subject: Option<Subject>,
    /// Only those in force, or only those that were undone.
    #[param(inline)]
    state: Option<JoinState>,
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// Joins, a page of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JoinsPage {
    /// The joins, the latest first.
    joins: Vec<JoinView>,
    /// How many there are on all pages.
    total: u64,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Which accounts and people of several sources are read as one
///
/// Each with the rule that joined them and the value that they have in common,
/// and what became of it; the latest first. The account or person with the lower
/// id is the one that is read. Needs the role `viewer`.
#[utoipa::path(get, path = "/joins", tag = "Identity", params(JoinParams), responses((status = 200, body = JoinsPage)))]
pub(crate) async fn list_joins(
    State(api): State<Api>,
    asked: Asked<JoinParams>,
) -> Result<Json<JoinsPage>, Problem> {
    let JoinParams { subject, state, limit, cursor: place } = &asked.query;
    let before: Option<i64> = after(place.as_deref(), asked.question)?;
    let query = JoinsQuery {
        subject: *subject,
        in_force: state.map(|state| matches!(state, JoinState::InForce)),
        before: before.map(JoinId),
        limit: rows(*limit) as u64,
    };
    let found = api.app.joins(&asked.actor, query).await?;
    let next = found.next.map(|last| cursor(asked.question, &last.0, 0));
    Ok(Json(JoinsPage { joins: found.joins, total: found.total, next }))
}

/// A join
///
/// Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/joins/{join}",
    tag = "Identity",
    params(("join" = i64, Path, description = "The id of the join.", minimum = 1)),
    responses((status = 200, body = JoinView))
)]
pub(crate) async fn get_join(
    State(api): State<Api>,
    Place(join): Place<i64>,
    asked: Asked<Nothing>,
) -> Result<Json<JoinView>, Problem> {
    Ok(Json(api.app.join(&asked.actor, JoinId(join)).await?))
}

/// What a person decides of two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JoinToMake {
    /// Accounts, or people at one account.
    subject: Subject,
    /// The id of one.
    #[schema(minimum = 1)]
    first: i64,
    /// The id of the other.
    #[schema(minimum = 1)]
    second: i64,
}

/// Join two accounts, or two people at one account
///
/// From now on they are read as the one of them with the lower id, for past days
/// too; an address of the other answers with that one. Facts stay stored as their
/// source told them. Needs the role `manager`.
#[utoipa::path(
    post,
    path = "/joins",
    tag = "Identity",
    request_body = JoinToMake,
    responses((status = 201, body = JoinView, description = "They are read as one."), (status = 404, description = "One of them is not there."))
)]
pub(crate) async fn add_join(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    Body(join): Body<JoinToMake>,
) -> Result<(StatusCode, Json<JoinView>), Problem> {
    let JoinToMake { subject, first, second } = join;
    let made = api.app.add_join(&asked.actor, NewJoin { subject, first, second }).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Undo a join
///
/// The two are read as two again, for past days too, and no rule joins them
/// again; nothing is lost. Answers with what became of the join. Needs the role
/// `manager`.
#[utoipa::path(
    delete,
    path = "/joins/{join}",
    tag = "Identity",
    params(("join" = i64, Path, description = "The id of the join.", minimum = 1)),
    responses((status = 200, body = JoinView))
)]
pub(crate) async fn undo_join(
    State(api): State<Api>,
    Place(join): Place<i64>,
    asked: Asked<Nothing>,
) -> Result<Json<JoinView>, Problem> {
    Ok(Json(api.app.undo_join(&asked.actor, JoinId(join)).await?))
}

/// Accounts and people that may be one
///
/// Those that have in common what a rule looks at, where the rule would have to
/// guess: a person decides. Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/joins/candidates",
    tag = "Identity",
    responses((status = 200, body = Vec<CandidateView>))
)]
pub(crate) async fn list_join_candidates(
    State(api): State<Api>,
    asked: Asked<Nothing>,
) -> Result<Json<Vec<CandidateView>>, Problem> {
    Ok(Json(api.app.join_candidates(&asked.actor).await?))
}

/// What a person keeps apart.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToKeepApart {
    /// Accounts or people.
    subject: Subject,
    /// Their ids, each of which is kept apart from each other.
    #[schema(min_items = 2, max_items = 20)]
    ids: Vec<i64>,
}

/// Say that accounts, or people, are not one
///
/// No rule joins them, and they are no candidates any more. Needs the role
/// `manager`.
#[utoipa::path(
    post,
    path = "/joins/apart",
    tag = "Identity",
    request_body = ToKeepApart,
    responses((status = 201, body = Vec<JoinView>, description = "They are kept apart: one entry for each pair."), (status = 404, description = "One of them is not there."))
)]
pub(crate) async fn keep_apart(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    Body(apart): Body<ToKeepApart>,
) -> Result<(StatusCode, Json<Vec<JoinView>>), Problem> {
    let kept = api.app.keep_apart(&asked.actor, apart.subject, &apart.ids).await?;
    Ok((StatusCode::CREATED, Json(kept)))
}

/// A document to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentityToTry {
    /// The TOML of an `identity` document.
    #[schema(examples("schema = 1\n[accounts]\nrules = [{ by = \"domain\" }]"))]
    body: String,
}

/// What an identity document would join and part
///
/// Changes nothing; `PUT /config/identity/identity` puts it in force. Needs the
/// role `manager`, as changes by others wait while it is tried.
#[utoipa::path(
    post,
    path = "/joins/preview",
    tag = "Identity",
    request_body = IdentityToTry,
    responses((status = 200, body = IdentityPreview))
)]
pub(crate) async fn preview_joins(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    Body(document): Body<IdentityToTry>,
) -> Result<Json<IdentityPreview>, Problem> {
    Ok(Json(api.app.preview_identity(&asked.actor, &document.body).await?))
}

/// Look through everything by the identity document in force
///
/// What comes in is looked at as it does; this is for when somebody doubts it.
/// Needs the role `manager`.
#[utoipa::path(
    post,
    path = "/joins/look",
    tag = "Identity",
    responses((status = 200, body = LooksView))
)]
pub(crate) async fn look_for_joins(
    State(api): State<Api>,
    asked: Asked<Nothing>,
) -> Result<Json<LooksView>, Problem> {
    Ok(Json(api.app.look_for_joins(&asked.actor).await?))
}
