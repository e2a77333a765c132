//! Revenue, and the ledger entries behind it.

use crate::{
    Api,
    asked::Asked,
    page::{after, cursor, refused_place},
    params::{DayText, Limit, OnWhichDay, Whole, filter, rows},
    problem::Problem,
};
use axum::{Json, extract::State};
use laer8_app::{
    End, EntryPlace, EntryStart, Group, Moved, RevenueAccountsQuery, RevenueAccountsView,
    RevenueEntriesQuery, RevenueEntriesView, RevenueQuery, RevenueView, Start,
};
use laer8_domain::{days::Granularity, ids::AccountId};
use laer8_revenue::ledger::Movement;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RevenueParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// The first day of the window; `months` before its end unless given.
    #[param(inline)]
    from: Option<DayText>,
    /// The first day after the window; the day after `as_of` unless given.
    #[param(inline)]
    to: Option<DayText>,
    /// How many months the window is long where `from` is not given; 12 unless
    /// given.
    #[param(inline)]
    months: Option<Whole<1, 600>>,
    /// How long the periods of the report are; months unless given.
    #[param(inline)]
    granularity: Option<Granularity>,
    /// Break the revenue at the end of the window down by this: `plan`,
    /// `segment`, `customer`, `trial`, or a field or trait of accounts.
    #[param(example = "plan")]
    by: Option<String>,
    /// Whether to follow cohorts by the month in which they became customers.
    #[serde(default)]
    #[param(required = false)]
    cohorts: bool,
    /// Only accounts for which this holds: `FACET=VALUE`, `FACET!=VALUE`,
    /// `FACET>=NUMBER` or `FACET<NUMBER`; values separated by commas are
    /// alternatives. May be given several times; all must hold.
    #[serde(default, rename = "where")]
    #[param(rename = "where", example = json!(["plan=Enterprise"]))]
    conditions: Vec<String>,
}

/// Revenue over a window
///
/// Net growth, NRR, GRR, logo churn; opening, movements and closing MRR of the
/// window and of each of its periods; by a facet and by cohort where asked for.
/// `opening + new + expansion + reactivation − contraction − churn + exchange =
/// closing`, exactly. `entries` is empty here: see `/revenue/entries`. Needs the
/// role `viewer`.
#[utoipa::path(get, path = "/revenue", tag = "Revenue", params(RevenueParams), responses((status = 200, body = RevenueView)))]
pub(crate) async fn get_revenue(
    State(api): State<Api>,
    asked: Asked<RevenueParams>,
) -> Result<Json<RevenueView>, Problem> {
    let params = asked.query;
    let query = RevenueQuery {
        from: params.from.map(|DayText(day)| day),
        to: params.to.map(|DayText(day)| day),
        months: params.months.map(|Whole(months)| months),
        granularity: params.granularity,
        by: params.by,
        cohorts: params.cohorts,
        entries: None,
        filter: filter(&params.conditions)?,
    };
    Ok(Json(api.app.revenue(&asked.actor, params.as_of.0, &query).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EntriesParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// The first day of the window; `months` before its end unless given.
    #[param(inline)]
    from: Option<DayText>,
    /// The first day after the window; the day after `as_of` unless given.
    #[param(inline)]
    to: Option<DayText>,
    /// How many months the window is long where `from` is not given; 12 unless
    /// given.
    #[param(inline)]
    months: Option<Whole<1, 600>>,
    /// Only entries of this movement.
    #[param(inline)]
    movement: Option<Movement>,
    /// Only accounts for which this holds: `FACET=VALUE`, `FACET!=VALUE`,
    /// `FACET>=NUMBER` or `FACET<NUMBER`; values separated by commas are
    /// alternatives. May be given several times; all must hold.
    #[serde(default, rename = "where")]
    #[param(rename = "where", example = json!(["plan=Enterprise"]))]
    conditions: Vec<String>,
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// Entries of the ledger, a page of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntriesPage {
    #[serde(flatten)]
    view: RevenueEntriesView,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// The ledger entries behind the movements of a window
///
/// Each change of an account's MRR, what kind of movement it is, and the
/// versions of the subscriptions behind it with where they came from. The sums
/// are of all, not of the page. Needs the role `viewer`.
#[utoipa::path(get, path = "/revenue/entries", tag = "Revenue", params(EntriesParams), responses((status = 200, body = EntriesPage)))]
pub(crate) async fn list_revenue_entries(
    State(api): State<Api>,
    asked: Asked<EntriesParams>,
) -> Result<Json<EntriesPage>, Problem> {
    let params = asked.query;
    let of = RevenueQuery {
        from: params.from.map(|DayText(day)| day),
        to: params.to.map(|DayText(day)| day),
        months: params.months.map(|Whole(months)| months),
        filter: filter(&params.conditions)?,
        ..RevenueQuery::default()
    };
    let last = after::<Last>(params.cursor.as_deref(), asked.question)?;
    let query = RevenueEntriesQuery {
        of,
        moved: params.movement.map_or(Moved::All, Moved::One),
        newest_first: false,
        start: last.map(|Last(place)| EntryStart::After(place)).unwrap_or_default(),
        limit: Some(rows(params.limit)),
    };
    let view = api.app.revenue_entries(&asked.actor, params.as_of.0, &query).await?;
    let shown = view.offset + view.entries.len();
    let next = view.next.map(|place| cursor(asked.question, &Last(place), shown));
    Ok(Json(EntriesPage { view, next }))
}

/// The entry with which a page ends, as a cursor has it: its day and account.
struct Last(EntryPlace);

impl std::fmt::Display for Last {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.0.day, self.0.account)
    }
}

impl std::str::FromStr for Last {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (day, account) = text.split_once(' ').ok_or(())?;
        let account = AccountId(account.parse().map_err(|_| ())?);
        Ok(Self(EntryPlace { day: day.parse().map_err(|_| ())?, account }))
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RevenueAccountsParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// The first day of the window; `months` before its end unless given.
    #[param(inline)]
    from: Option<DayText>,
    /// The first day after the window; the day after `as_of` unless given.
    #[param(inline)]
    to: Option<DayText>,
    /// How many months the window is long where `from` is not given; 12 unless
    /// given.
    #[param(inline)]
    months: Option<Whole<1, 600>>,
    /// Who is listed: those that pay at the opening of the window, at its
    /// closing (unless given), at either, or with whom exchange rates did
    /// something.
    #[param(inline)]
    end: Option<End>,
    /// Only those that became customers in the month of this day.
    #[param(inline)]
    cohort: Option<DayText>,
    /// With `key`: only those in a row of the breakdown by this, with what they
    /// pay for it alone at the closing.
    #[param(example = "plan")]
    by: Option<String>,
    /// The key of that row; with `by` alone, what has none.
    #[param(example = "Team")]
    key: Option<String>,
    /// Only accounts for which this holds: `FACET=VALUE`, `FACET!=VALUE`,
    /// `FACET>=NUMBER` or `FACET<NUMBER`; values separated by commas are
    /// alternatives. May be given several times; all must hold.
    #[serde(default, rename = "where")]
    #[param(rename = "where", example = json!(["plan=Enterprise"]))]
    conditions: Vec<String>,
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// Accounts behind a sum of revenue, a page of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevenueAccountsPage {
    #[serde(flatten)]
    view: RevenueAccountsView,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// The accounts behind a sum of revenue
///
/// What each pays at both ends of a window: behind opening and closing MRR, net
/// growth, NRR, GRR, logo churn, exchange, a row of a breakdown and a cohort.
/// The sums are of all, not of the page. Needs the role `viewer`.
#[utoipa::path(get, path = "/revenue/accounts", tag = "Revenue", params(RevenueAccountsParams), responses((status = 200, body = RevenueAccountsPage)))]
pub(crate) async fn list_revenue_accounts(
    State(api): State<Api>,
    asked: Asked<RevenueAccountsParams>,
) -> Result<Json<RevenueAccountsPage>, Problem> {
    let params = asked.query;
    if params.key.is_some() && params.by.is_none() {
        return Err(Problem::bad("by", "by: say of which breakdown the key is"));
    }
    let of = RevenueQuery {
        from: params.from.map(|DayText(day)| day),
        to: params.to.map(|DayText(day)| day),
        months: params.months.map(|Whole(months)| months),
        filter: filter(&params.conditions)?,
        ..RevenueQuery::default()
    };
    let last = after::<i64>(params.cursor.as_deref(), asked.question)?;
    let query = RevenueAccountsQuery {
        of,
        end: params.end.unwrap_or_default(),
        cohort: params.cohort.map(|DayText(day)| day),
        group: params.by.map(|by| Group { by, key: params.key }),
        start: last.map(|account| Start::After(AccountId(account))).unwrap_or_default(),
        limit: Some(rows(params.limit)),
    };
    let view = api.app.revenue_accounts(&asked.actor, params.as_of.0, &query).await;
    let view = view.map_err(refused_place)?;
    let shown = view.offset + view.accounts.len();
    let next = view.next.map(|account| cursor(asked.question, &account, shown));
    Ok(Json(RevenueAccountsPage { view, next }))
}
