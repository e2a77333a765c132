//! The loop.

use crate::{
    Api,
    asked::Asked,
    page::{after, cursor, refused_place},
    params::{Limit, OnWhichDay, Whole, filter, rows},
    problem::Problem,
};
use axum::{Json, extract::State};
use laer8_app::{JourneyMovesQuery, JourneyMovesView, JourneyQuery, JourneyView, Start};
use laer8_domain::ids::AccountId;
use laer8_journey::{Standing, flows::FlowKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MovesParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// Over how many months before that day; 12 unless given.
    #[param(inline)]
    months: Option<Whole<1, 60>>,
    /// Only accounts that entered, moved (or stayed) or left.
    #[param(inline)]
    kind: Option<FlowKind>,
    /// Only accounts that stood here at the start.
    #[param(inline)]
    from: Option<Standing>,
    /// Only accounts that stand here at the end.
    #[param(inline)]
    to: Option<Standing>,
    /// Only accounts for which this holds: `FACET=VALUE`, `FACET!=VALUE`,
    /// `FACET>=NUMBER` or `FACET<NUMBER`; values separated by commas are
    /// alternatives. May be given several times; all must hold.
    #[serde(default, rename = "where")]
    #[param(rename = "where", example = json!(["segment=enterprise"]))]
    conditions: Vec<String>,
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// Accounts that moved around the loop, a page of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MovesPage {
    #[serde(flatten)]
    view: JourneyMovesView,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// The accounts behind what moved around the loop
///
/// Behind each of the `flows` of `/journey`: where an account stood at the start
/// and stands now, and what it paid and pays. The sums are of all, not of the
/// page. Needs the role `viewer`.
#[utoipa::path(get, path = "/journey/moves", tag = "Journey", params(MovesParams), responses((status = 200, body = MovesPage)))]
pub(crate) async fn list_journey_moves(
    State(api): State<Api>,
    asked: Asked<MovesParams>,
) -> Result<Json<MovesPage>, Problem> {
    let params = asked.query;
    let last = after::<i64>(params.cursor.as_deref(), asked.question)?;
    let query = JourneyMovesQuery {
        months: params.months.map_or(MONTHS, |Whole(months)| months),
        filter: filter(&params.conditions)?,
        kind: params.kind,
        from: params.from,
        to: params.to,
        start: last.map(|account| Start::After(AccountId(account))).unwrap_or_default(),
        limit: Some(rows(params.limit)),
    };
    let view = api.app.journey_moves(&asked.actor, params.as_of.0, &query).await;
    let view = view.map_err(refused_place)?;
    let shown = view.offset + view.accounts.len();
    let next = view.next.map(|account| cursor(asked.question, &account, shown));
    Ok(Json(MovesPage { view, next }))
}
