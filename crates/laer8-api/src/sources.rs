//! Sources: which products send events as they happen, and how that goes. The
//! events themselves are sent to the tracking API.

use crate::{
    Api,
    asked::Asked,
    body::Body,
    params::{self, Limit, Nothing},
    place::Place,
    problem::Problem,
};
use axum::{Json, extract::State, http::StatusCode};
use laer8_app::{
    AwaitedView, LiveSourceDraft, LiveSourceView, LiveSourcesView, RecentEventView, RefusedEventView,
    Replayed,
};
use laer8_domain::ids::SourceId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The sources that send events
///
/// With what came of each, by name; keys are shown to those who may change them.
/// Needs the role `viewer`.
#[utoipa::path(get, path = "/sources", tag = "Sources", responses((status = 200, body = LiveSourcesView)))]
pub(crate) async fn list_sources(
    State(api): State<Api>,
    asked: Asked<Nothing>,
) -> Result<Json<LiveSourcesView>, Problem> {
    Ok(Json(api.app.live_sources(&asked.actor).await?))
}

/// A source to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceToAdd {
    /// What it is called: 1 to 64 characters. The name of a source of an import
    /// lets both use the same ids.
    #[schema(examples("product"))]
    name: String,
    /// Within how many minutes something should be heard of it; 60 unless said.
    #[schema(minimum = 1)]
    fresh_minutes: Option<u32>,
}

/// Let a source send events
///
/// Answers with its key. Needs the role `manager`.
#[utoipa::path(
    post,
    path = "/sources",
    tag = "Sources",
    request_body = SourceToAdd,
    responses((status = 201, body = LiveSourceView, description = "The source may send."))
)]
pub(crate) async fn add_source(
    State(api): State<Api>,
    asked: Asked<Nothing>,
    Body(new): Body<SourceToAdd>,
) -> Result<(StatusCode, Json<LiveSourceView>), Problem> {
    let draft = LiveSourceDraft { name: Some(new.name), fresh_minutes: new.fresh_minutes, active: None };
    Ok((StatusCode::CREATED, Json(api.app.add_live_source(&asked.actor, &draft).await?)))
}

/// A source
///
/// With what came of it. Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/sources/{source}",
    tag = "Sources",
    params(("source" = i64, Path, description = "The id of the source.", minimum = 1)),
    responses((status = 200, body = LiveSourceView))
)]
pub(crate) async fn get_source(
    State(api): State<Api>,
    Place(source): Place<i64>,
    asked: Asked<Nothing>,
) -> Result<Json<LiveSourceView>, Problem> {
    Ok(Json(api.app.live_source(&asked.actor, SourceId(source)).await?))
}

/// What to change of a source; what is not given stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeOfSource {
    /// What it is called.
    name: Option<String>,
    /// Whether events are taken.
    active: Option<bool>,
    /// Within how many minutes something should be heard of it.
    #[schema(minimum = 1)]
    fresh_minutes: Option<u32>,
}

/// Change a source
///
/// Needs the role `manager`.
#[utoipa::path(
    patch,
    path = "/sources/{source}",
    tag = "Sources",
    params(("source" = i64, Path, description = "The id of the source.", minimum = 1)),
    request_body = ChangeOfSource,
    responses((status = 200, body = LiveSourceView))
)]
pub(crate) async fn change_source(
    State(api): State<Api>,
    Place(source): Place<i64>,
    asked: Asked<Nothing>,
    Body(change): Body<ChangeOfSource>,
) -> Result<Json<LiveSourceView>, Problem> {
    let ChangeOfSource { name, active, fresh_minutes } = change;
    let draft = LiveSourceDraft { name, active, fresh_minutes };
    Ok(Json(api.app.change_live_source(&asked.actor, SourceId(source), &draft).await?))
}

/// Give a source another key
///
/// The old one works no more. Needs the role `manager`.
#[utoipa::path(
    post,
    path = "/sources/{source}/write-key",
    tag = "Sources",
    params(("source" = i64, Path, description = "The id of the source.", minimum = 1)),
    responses((status = 200, body = LiveSourceView))
)]
pub(crate) async fn renew_write_key(
    State(api): State<Api>,
    Place(source): Place<i64>,
    asked: Asked<Nothing>,
) -> Result<Json<LiveSourceView>, Problem> {
    Ok(Json(api.app.renew_write_key(&asked.actor, SourceId(source)).await?))
}

/// How many to show.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HowMany {
    /// How many at most; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
}

/// Which events to show.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichEvents {
    /// Only those that came before this one.
    #[param(minimum = 1)]
    before: Option<i64>,
    /// How many at most; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
}

impl WhichEvents {
    fn most(&self) -> u64 {
        params::rows(self.limit) as u64
    }
}

/// The latest events of a source
///
/// And what became of each, the latest first. The last 200 are remembered. Needs
/// the role `viewer`.
#[utoipa::path(
    get,
    path = "/sources/{source}/events",
    tag = "Sources",
    params(("source" = i64, Path, description = "The id of the source.", minimum = 1), WhichEvents),
    responses((status = 200, body = Vec<RecentEventView>))
)]
pub(crate) async fn list_source_events(
    State(api): State<Api>,
    Place(source): Place<i64>,
    asked: Asked<WhichEvents>,
) -> Result<Json<Vec<RecentEventView>>, Problem> {
    let (source, most) = (SourceId(source), asked.query.most());
    Ok(Json(api.app.recent_events(&asked.actor, source, asked.query.before, most).await?))
}

/// What events of a source wait for
///
/// People of whom nobody says at which account they are, and accounts of which
/// nobody tells, those of most events first; with the accounts that other sources
/// call by the same id. Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/sources/{source}/waiting",
    tag = "Sources",
    params(("source" = i64, Path, description = "The id of the source.", minimum = 1), HowMany),
    responses((status = 200, body = Vec<AwaitedView>))
)]
pub(crate) async fn list_awaited(
    State(api): State<Api>,
    Place(source): Place<i64>,
    asked: Asked<HowMany>,
) -> Result<Json<Vec<AwaitedView>>, Problem> {
    let most = params::rows(asked.query.limit) as u64;
    Ok(Json(api.app.awaited(&asked.actor, SourceId(source), most).await?))
}

/// Events of a source that could not be understood
///
/// The latest first. Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/sources/{source}/quarantine",
    tag = "Sources",
    params(("source" = i64, Path, description = "The id of the source.", minimum = 1), WhichEvents),
    responses((status = 200, body = Vec<RefusedEventView>))
)]
pub(crate) async fn list_refused_events(
    State(api): State<Api>,
    Place(source): Place<i64>,
    asked: Asked<WhichEvents>,
) -> Result<Json<Vec<RefusedEventView>>, Problem> {
    let (source, most) = (SourceId(source), asked.query.most());
    Ok(Json(api.app.refused_events(&asked.actor, source, asked.query.before, most).await?))
}

/// What to read again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToReplay {
    /// Which event; all of them where none is named.
    event: Option<i64>,
    /// How it should have been, as JSON in a text; only with `event`.
    mended: Option<String>,
}

/// Read events of the quarantine again
///
/// As if they came now. What is still not understood comes back. Needs the role
/// `manager`.
#[utoipa::path(
    post,
    path = "/sources/{source}/quarantine/replay",
    tag = "Sources",
    params(("source" = i64, Path, description = "The id of the source.", minimum = 1)),
    request_body = ToReplay,
    responses((status = 200, body = Replayed))
)]
pub(crate) async fn replay_refused_events(
    State(api): State<Api>,
    Place(source): Place<i64>,
    asked: Asked<Nothing>,
    Body(which): Body<ToReplay>,
) -> Result<Json<Replayed>, Problem> {
    if which.event.is_none() && which.mended.is_some() {
        return Err(Problem::bad("mended", "mended: say which event it is, as \"event\""));
    }
    let mended = which.mended.as_deref();
    Ok(Json(api.app.replay_refused(&asked.actor, SourceId(source), which.event, mended).await?))
}
