//! What changed scorecards would do.

use crate::{
    Api,
    asked::Asked,
    body::Body,
    params::{Limit, OnWhichDay, rows},
    problem::Problem,
};
use axum::{Json, extract::State};
use laer8_app::WhatIfView;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhatIfParams {
    /// What was known on this day; `today` for today, come what may. Unless
    /// given, today, or the day of the newest fact where that is long ago.
    #[serde(default)]
    #[param(inline, required = false)]
    as_of: OnWhichDay,
    /// How many accounts to list, those that would change band first; 50 unless
    /// given. Counts and sums are of all.
    #[param(inline)]
    limit: Option<Limit>,
}

/// Scorecards to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proposal {
    /// Scorecards, each as TOML; each takes the place of the one with its key,
    /// or is one more.
    scorecards: Vec<String>,
}

/// What changed scorecards would do, before anything is saved
///
/// Which customers would go from which band to which, and what they are worth.
/// Needs the role `viewer`.
#[utoipa::path(post, path = "/what-if", tag = "Configuration", params(WhatIfParams), request_body = Proposal, responses((status = 200, body = WhatIfView)))]
pub(crate) async fn try_scorecards(
    State(api): State<Api>,
    asked: Asked<WhatIfParams>,
    Body(proposal): Body<Proposal>,
) -> Result<Json<WhatIfView>, Problem> {
    let mut view = api.app.what_if(&asked.actor, asked.query.as_of.0, &proposal.scorecards).await?;
    view.result.accounts.truncate(rows(asked.query.limit));
    Ok(Json(view))
}
