//! The loop.

use crate::{
    Api,
    asked::Asked,
    params::{OnWhichDay, Whole, filter},
    problem::Problem,
};
use axum::{Json, extract::State};
use laer8_app::{JourneyQuery, JourneyView};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct JourneyParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// Over how many months before that day to count what moved; 12 unless
    /// given.
    #[param(inline)]
    months: Option<Whole<1, 60>>,
    /// Only accounts for which this holds: `FACET=VALUE`, `FACET!=VALUE`,
    /// `FACET>=NUMBER` or `FACET<NUMBER`; values separated by commas are
    /// alternatives. May be given several times; all must hold.
    #[serde(default, rename = "where")]
    #[param(rename = "where", example = json!(["segment=enterprise"]))]
    conditions: Vec<String>,
}

/// Months unless the caller says otherwise.
const MONTHS: u32 = 12;
/// Overdue accounts in the answer; `/accounts` lists the others.
const OVERDUE: usize = 100;

/// Land, Adopt, Expand, Renew: who is where, what moved, what is overdue
///
/// And the layer-8 matrix: who gets what was promised, and who uses what they
/// pay for. `overdue` lists the hundred accounts that are longest over their
/// target; `/accounts` with `where=overdue_days>=1` lists all. Needs the role `viewer`.
#[utoipa::path(get, path = "/journey", tag = "Journey", params(JourneyParams), responses((status = 200, body = JourneyView)))]
pub(crate) async fn get_journey(
    State(api): State<Api>,
    asked: Asked<JourneyParams>,
) -> Result<Json<JourneyView>, Problem> {
    let query = asked.query;
    let months = query.months.map_or(MONTHS, |Whole(months)| months);
    let filter = filter(&query.conditions)?;
    let wanted = JourneyQuery { months, filter, overdue: Some(OVERDUE) };
    Ok(Json(api.app.journey(&asked.actor, query.as_of.0, &wanted).await?))
}
