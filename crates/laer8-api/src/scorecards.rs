//! The scorecards in force: who has them, and how their measures lie.

use crate::{Api, asked::Asked, params::OnWhichDay, place::Place, problem::Problem};
use axum::{Json, extract::State};
use laer8_app::{ScorecardView, ScorecardsView};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ScorecardParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
}

/// The scorecards in force, and who has each
///
/// In the order in which they are tried. The scorecards are those of today,
/// also on a past day. Needs the role `viewer`.
#[utoipa::path(get, path = "/scorecards", tag = "Health", params(ScorecardParams), responses((status = 200, body = ScorecardsView)))]
pub(crate) async fn list_scorecards(
    State(api): State<Api>,
    asked: Asked<ScorecardParams>,
) -> Result<Json<ScorecardsView>, Problem> {
    Ok(Json(api.app.scorecards(&asked.actor, asked.query.as_of.0).await?))
}

/// A scorecard, with everything that helps to change it
///
/// Its measures and what they are worth, how their values lie among the
/// customers who have it, whom its caps limit, and its history. It is changed
/// as the document `/config/scorecard/{key}`. Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/scorecards/{key}",
    tag = "Health",
    params(("key" = String, Path, description = "The key of the scorecard.", example = "adoption"), ScorecardParams),
    responses((status = 200, body = ScorecardView))
)]
pub(crate) async fn get_scorecard(
    State(api): State<Api>,
    Place(key): Place<String>,
    asked: Asked<ScorecardParams>,
) -> Result<Json<ScorecardView>, Problem> {
    Ok(Json(api.app.scorecard(&asked.actor, asked.query.as_of.0, &key).await?))
}
