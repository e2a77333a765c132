//! What to look at today.

use crate::{
    Api,
    asked::Asked,
    page::{after, cursor, refused_place as refused},
    params::{Limit, OnWhichDay, filter, rows},
    problem::Problem,
};
use axum::{Json, extract::State};
use laer8_app::{Start, TodayQuery, TodayView};
use laer8_domain::ids::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TodayParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// Only accounts for which this holds: `FACET=VALUE`, `FACET!=VALUE`,
    /// `FACET>=NUMBER` or `FACET<NUMBER`; values separated by commas are
    /// alternatives. May be given several times; all must hold.
    #[serde(default, rename = "where")]
    #[param(rename = "where", example = json!(["owner=ana@example.com", "arr>=50000"]))]
    conditions: Vec<String>,
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// What to look at, a page of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TodayPage {
    #[serde(flatten)]
    today: TodayView,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// What to look at, the most urgent first
///
/// Accounts with signals, ranked by what is at stake, how bad it is and how near
/// the renewal is, and the book at a glance. Needs the role `viewer`.
#[utoipa::path(get, path = "/today", tag = "Today", params(TodayParams), responses((status = 200, body = TodayPage)))]
pub(crate) async fn get_today(
    State(api): State<Api>,
    asked: Asked<TodayParams>,
) -> Result<Json<TodayPage>, Problem> {
    let query = asked.query;
    let after = after::<i64>(query.cursor.as_deref(), asked.question)?;
    let wanted = TodayQuery {
        filter: filter(&query.conditions)?,
        start: after.map_or_else(Start::default, |id| Start::After(AccountId(id))),
        limit: Some(rows(query.limit)),
    };
    let today = api.app.today_list(&asked.actor, query.as_of.0, &wanted).await.map_err(refused)?;
    let shown = today.items.last().map_or(0, |item| item.position);
    let next = today.next.map(|id| cursor(asked.question, &id, shown));
    Ok(Json(TodayPage { today, next }))
}
