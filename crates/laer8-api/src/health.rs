//! How the health of the book went.

use crate::{
    Api,
    asked::Asked,
    params::{OnWhichDay, Whole, filter},
    problem::Problem,
};
use axum::{Json, extract::State};
use laer8_app::{HealthOverTime, HealthOverview, HealthQuery};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HealthParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// How many days, the day itself included; 90 unless given.
    #[param(inline)]
    days: Option<Whole<1, 1100>>,
    /// Only customers that were in this segment on the day.
    segment: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OverviewParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// Only accounts for which this holds, as with `/accounts`.
    #[serde(default, rename = "where")]
    #[param(rename = "where", example = json!(["segment=enterprise"]))]
    conditions: Vec<String>,
}

/// The health of the customers on a day: bands, segments, scores, who moved
///
/// Needs the role `viewer`.
#[utoipa::path(get, path = "/health/overview", tag = "Health", params(OverviewParams), responses((status = 200, body = HealthOverview)))]
pub(crate) async fn get_health_overview(
    State(api): State<Api>,
    asked: Asked<OverviewParams>,
) -> Result<Json<HealthOverview>, Problem> {
    let filter = filter(&asked.query.conditions)?;
    Ok(Json(api.app.health_overview(&asked.actor, asked.query.as_of.0, &filter).await?))
}

/// Days unless the caller says otherwise.
const DAYS: u32 = 90;

/// How many customers are healthy, to watch, at risk, day by day
///
/// Each day by what was known on it: nothing looks ahead. The last day is the
/// distribution as of the day asked for. Needs the role `viewer`.
#[utoipa::path(get, path = "/health", tag = "Health", params(HealthParams), responses((status = 200, body = HealthOverTime)))]
pub(crate) async fn get_health(
    State(api): State<Api>,
    asked: Asked<HealthParams>,
) -> Result<Json<HealthOverTime>, Problem> {
    let days = asked.query.days.map_or(DAYS, |Whole(days)| days);
    let wanted = HealthQuery { days, segment: asked.query.segment };
    Ok(Json(api.app.health_over_time(&asked.actor, asked.query.as_of.0, &wanted).await?))
}
