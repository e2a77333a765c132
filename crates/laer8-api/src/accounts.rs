//! The accounts: the list, one of them, its score, its timeline, its names.

use crate::{
    Api,
    asked::Asked,
    page::{after, cursor, page, refused_place},
    params::{Limit, Nothing, OnWhichDay, Whole, filter, rows},
    place::Place,
    problem::Problem,
};
use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::request::Parts,
};
use laer8_app::{
    AccountView, AccountsQuery, AccountsView, Actor, AppError, Column, ColumnKind, Event, ExternalId, Facet,
    Facets, Moment, ScoreQuery, ScoreView, Sort, Start,
};
use laer8_domain::ids::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AccountsParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// Only accounts for which this holds: `FACET=VALUE`, `FACET!=VALUE`,
    /// `FACET>=NUMBER`, `FACET<NUMBER`, the same with a day, `FACET=*` where it
    /// is known or `FACET!=*` where it is not; values separated by commas are
    /// alternatives. May be given several times; all must hold.
    /// `/accounts/facets` lists the facets: every computed value, field and
    /// trait of accounts.
    #[serde(default, rename = "where")]
    #[param(rename = "where", example = json!(["plan=Pro,Enterprise", "score<50"]))]
    conditions: Vec<String>,
    /// Only accounts whose name holds this text, in large or small letters.
    q: Option<String>,
    /// The facet by which they are sorted; a minus in front turns it round.
    /// What has no value stands last either way. By monthly recurring revenue,
    /// the largest first, unless given.
    #[param(example = "-score")]
    sort: Option<String>,
    /// What else to tell of each account, in `fields`: facets, fields and
    /// traits by name. May be given several times.
    #[serde(default)]
    col: Vec<String>,
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// Accounts, a page of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountsPage {
    #[serde(flatten)]
    view: AccountsView,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// The accounts that pass a filter
///
/// `found`, `mrr`, `arr`, `customers` and `seats` are of all accounts that
/// pass, not of the page. Needs the role `viewer`.
#[utoipa::path(get, path = "/accounts", tag = "Accounts", params(AccountsParams), responses((status = 200, body = AccountsPage)))]
pub(crate) async fn list_accounts(
    State(api): State<Api>,
    asked: Asked<AccountsParams>,
) -> Result<Json<AccountsPage>, Problem> {
    let query = asked.query;
    let after = after::<i64>(query.cursor.as_deref(), asked.question)?;
    let wanted = AccountsQuery {
        filter: filter(&query.conditions)?,
        search: query.q.unwrap_or_default(),
        sort: query.sort.as_deref().map(Sort::from_key).unwrap_or_default(),
        start: after.map_or_else(Start::default, |id| Start::After(AccountId(id))),
        limit: Some(rows(query.limit)),
        columns: query.col.iter().map(|name| Column::from_key(name)).collect(),
        facets: Facets::None,
    };
    let view = api.app.accounts(&asked.actor, query.as_of.0, &wanted).await;
    let view = view.map_err(|error| refused(error, &wanted))?;
    let shown = view.offset + view.accounts.len();
    let next = view.next.map(|id| cursor(asked.question, &id, shown));
    Ok(Json(AccountsPage { view, next }))
}

/// Says which parameter named what no account has.
fn refused(error: AppError, asked: &AccountsQuery) -> Problem {
    let parameter = match &error {
        AppError::NotFound { kind: "field", name, .. } => {
            let is_filtered = asked.filter.conditions.iter().any(|condition| condition.facet == *name);
            let is_shown = || asked.columns.iter().any(|column| column.key() == name);
            if is_filtered {
                "where"
            } else if is_shown() && asked.sort.by.key() != name {
                "col"
            } else {
                "sort"
            }
        }
        _ => return refused_place(error),
    };
    Problem::from(error).about(parameter)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FacetsParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// Only accounts for which this holds, as with `/accounts`.
    #[serde(default, rename = "where")]
    #[param(rename = "where", example = json!(["plan=Pro,Enterprise"]))]
    conditions: Vec<String>,
    /// Only accounts whose name holds this text, in large or small letters.
    q: Option<String>,
}

/// What can be asked of accounts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetsView {
    /// The day.
    as_of: Moment,
    /// How many accounts have which value, for each facet: over the accounts
    /// that pass everything else that is asked.
    facets: Vec<Facet>,
    /// Every facet, and how it is asked for.
    columns: Vec<ColumnKind>,
}

/// What accounts can be filtered, sorted and shown by
///
/// Needs the role `viewer`.
#[utoipa::path(get, path = "/accounts/facets", tag = "Accounts", params(FacetsParams), responses((status = 200, body = FacetsView)))]
pub(crate) async fn list_facets(
    State(api): State<Api>,
    asked: Asked<FacetsParams>,
) -> Result<Json<FacetsView>, Problem> {
    let query = asked.query;
    let wanted = AccountsQuery {
        filter: filter(&query.conditions)?,
        search: query.q.unwrap_or_default(),
        limit: Some(0),
        facets: Facets::All,
        ..AccountsQuery::default()
    };
    let AccountsView { as_of, facets, columns, .. } =
        api.app.accounts(&asked.actor, query.as_of.0, &wanted).await?;
    Ok(Json(FacetsView { as_of, facets, columns }))
}

/// The account that a path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Which(pub(crate) AccountId);

impl FromRequestParts<Api> for Which {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let id = Place::<i64>::from_request_parts(parts, api).await;
        let unknown =
            |_| Problem::missing("an account is named by its id, a whole number; /accounts lists them");
        id.map(|Place(id)| Self(AccountId(id))).map_err(unknown)
    }
}

impl Which {
    fn ask(self, rows: u64, history_days: u32) -> ScoreQuery {
        ScoreQuery { account: format!("#{}", self.0), rows, history_days }
    }

    /// A use case that people ask by name may have found another. One that is
    /// read as part of another is that other: the answer says its id.
    async fn same(self, api: &Api, actor: &Actor, found: AccountId) -> Result<(), Problem> {
        if found == self.0 || api.app.account_read_as(actor, self.0).await? == found {
            Ok(())
        } else {
            Err(Problem::missing(format!("there is no account #{}", self.0)))
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ScoreParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// How many source rows to list for each measure, the newest first; 5
    /// unless given.
    #[param(inline)]
    rows: Option<Whole<0, 200>>,
    /// For how many days back to give the score day by day; none unless given.
    #[param(inline)]
    history_days: Option<Whole<0, 1100>>,
}

/// Source rows of each measure unless the caller says otherwise.
const SOURCE_ROWS: u32 = 5;

/// An account, with everything known of it
///
/// Its score and what it came from, fields and traits, subscriptions, the
/// ledger of its revenue, use by feature, tickets, people, and what happened in
/// the last year. An account that is read as part of another (see `/joins`)
/// answers with that one, whose id is in the answer. Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/accounts/{account}",
    tag = "Accounts",
    params(("account" = i64, Path, description = "The id of the account.", minimum = 1), ScoreParams),
    responses((status = 200, body = AccountView))
)]
pub(crate) async fn get_account(
    State(api): State<Api>,
    which: Which,
    asked: Asked<ScoreParams>,
) -> Result<Json<AccountView>, Problem> {
    let (day, query) = score_query(which, &asked.query);
    let account = api.app.account(&asked.actor, day, &query).await?;
    which.same(&api, &asked.actor, account.score.account.id).await?;
    Ok(Json(account))
}

/// The score of an account, explained
///
/// Every measure with its value, its points, its weight, what it adds to or
/// takes from a neutral 50, and the source rows that it came from. Needs the
/// role `viewer`.
#[utoipa::path(
    get,
    path = "/accounts/{account}/score",
    tag = "Accounts",
    params(("account" = i64, Path, description = "The id of the account.", minimum = 1), ScoreParams),
    responses((status = 200, body = ScoreView))
)]
pub(crate) async fn get_account_score(
    State(api): State<Api>,
    which: Which,
    asked: Asked<ScoreParams>,
) -> Result<Json<ScoreView>, Problem> {
    let (day, query) = score_query(which, &asked.query);
    let score = api.app.score(&asked.actor, day, &query).await?;
    which.same(&api, &asked.actor, score.account.id).await?;
    Ok(Json(score))
}

fn score_query(which: Which, params: &ScoreParams) -> (laer8_app::AsOf, ScoreQuery) {
    let rows = params.rows.map_or(SOURCE_ROWS, |Whole(rows)| rows);
    let history_days = params.history_days.map_or(0, |Whole(days)| days);
    (params.as_of.0, which.ask(u64::from(rows), history_days))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TimelineParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// What happened to an account, a page of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimelinePage {
    /// The day.
    as_of: Moment,
    /// What happened in the last year, the latest first.
    events: Vec<Event>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// What happened to an account in the last year
///
/// Notes, calls and meetings, answers to surveys, tickets, people who left, and
/// changes of its revenue; the latest first. Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/accounts/{account}/timeline",
    tag = "Accounts",
    params(("account" = i64, Path, description = "The id of the account.", minimum = 1), TimelineParams),
    responses((status = 200, body = TimelinePage))
)]
pub(crate) async fn list_account_events(
    State(api): State<Api>,
    which: Which,
    asked: Asked<TimelineParams>,
) -> Result<Json<TimelinePage>, Problem> {
    let query = asked.query;
    let account = api.app.account(&asked.actor, query.as_of.0, &which.ask(0, 0)).await?;
    which.same(&api, &asked.actor, account.score.account.id).await?;
    // Events have no ids; two that are equal in all are the same to anybody.
    let numbered: Vec<(usize, Event)> = account.timeline.into_iter().enumerate().collect();
    let place = (query.cursor.as_deref(), rows(query.limit));
    let (events, next) = page(numbered, place, asked.question, |(number, _)| number.to_string())?;
    let events = events.into_iter().map(|(_, event)| event).collect();
    Ok(Json(TimelinePage { as_of: account.score.as_of, events, next }))
}

/// What other systems call an account
///
/// The id of the account in each source that tells of it. Needs the role
/// `viewer`.
#[utoipa::path(
    get,
    path = "/accounts/{account}/external-ids",
    tag = "Accounts",
    params(("account" = i64, Path, description = "The id of the account.", minimum = 1)),
    responses((status = 200, body = Vec<ExternalId>))
)]
pub(crate) async fn list_account_external_ids(
    State(api): State<Api>,
    which: Which,
    asked: Asked<Nothing>,
) -> Result<Json<Vec<ExternalId>>, Problem> {
    Ok(Json(api.app.external_ids(&asked.actor, which.0).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LookUpParams {
    /// The id in the other system, exactly.
    #[param(min_length = 1, example = "001xx000003DGb2")]
    external_id: String,
    /// Only what this source calls so.
    #[param(example = "salesforce")]
    source: Option<String>,
}

/// Find accounts by what another system calls them
///
/// One mostly; none where no source tells of it; several where sources use the
/// same id for different accounts. Needs the role `viewer`.
#[utoipa::path(get, path = "/external-ids", tag = "Accounts", params(LookUpParams), responses((status = 200, body = Vec<ExternalId>)))]
pub(crate) async fn find_external_ids(
    State(api): State<Api>,
    asked: Asked<LookUpParams>,
) -> Result<Json<Vec<ExternalId>>, Problem> {
    let LookUpParams { external_id, source } = asked.query;
    if external_id.is_empty() {
        return Err(Problem::bad("external_id", "external_id: say what the other system calls it"));
    }
    let mut found = api.app.accounts_by_external_id(&asked.actor, &external_id).await?;
    found.retain(|external| source.as_ref().is_none_or(|source| *source == external.source));
    Ok(Json(found))
}
