//! What came in, and what could not be read.

use crate::{
    Api,
    asked::Asked,
    page::{after, cursor},
    params::{Limit, Nothing, rows},
    place::Place,
    problem::Problem,
};
use axum::{Json, extract::State};
use laer8_app::{ImportRunView, ImportsView, QuarantineAsked, QuarantineView};
use laer8_domain::ids::ImportRunId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportsParams {
    /// Runs on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// Import runs, a page of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportsPage {
    #[serde(flatten)]
    imports: ImportsView,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Import runs, the newest first
///
/// What became of every file: rows read, new, changed, unchanged, refused, and
/// what contradicts itself in the data since. Needs the role `viewer`.
#[utoipa::path(get, path = "/imports", tag = "Imports", params(ImportsParams), responses((status = 200, body = ImportsPage)))]
pub(crate) async fn list_imports(
    State(api): State<Api>,
    asked: Asked<ImportsParams>,
) -> Result<Json<ImportsPage>, Problem> {
    let skip = after::<usize>(asked.query.cursor.as_deref(), asked.question)?.unwrap_or_default();
    let imports = api.app.imports(&asked.actor, skip, rows(asked.query.limit)).await?;
    let end = skip.saturating_add(imports.runs.len());
    let next = (end < imports.all).then(|| cursor(asked.question, &end, end));
    Ok(Json(ImportsPage { imports, next }))
}

/// An import run
///
/// Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/imports/{import}",
    tag = "Imports",
    params(("import" = i64, Path, description = "The id of the run.", minimum = 1)),
    responses((status = 200, body = ImportRunView))
)]
pub(crate) async fn get_import(
    State(api): State<Api>,
    Place(import): Place<i64>,
    asked: Asked<Nothing>,
) -> Result<Json<ImportRunView>, Problem> {
    Ok(Json(api.app.import_run(&asked.actor, ImportRunId(import)).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QuarantineParams {
    /// Only rows of this source.
    source: Option<String>,
    /// Only rows of this file.
    file: Option<String>,
    /// Only rows that should have become this kind of record.
    #[param(example = "usage")]
    record: Option<String>,
    /// Only rows that were refused for this reason, a code of the groups.
    reason: Option<String>,
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`. Rows that were mended between
    /// two pages make the others move up.
    cursor: Option<String>,
}

/// The quarantine, a page of its rows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuarantinePage {
    #[serde(flatten)]
    quarantine: QuarantineView,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// The rows of imports that could not be understood
///
/// Nothing is lost in silence: each row with its file, its line and why it was
/// refused, by source, file and line. `groups` counts all that lie there,
/// whatever is asked. Needs the role `viewer`.
#[utoipa::path(get, path = "/quarantine", tag = "Imports", params(QuarantineParams), responses((status = 200, body = QuarantinePage)))]
pub(crate) async fn list_quarantine(
    State(api): State<Api>,
    asked: Asked<QuarantineParams>,
) -> Result<Json<QuarantinePage>, Problem> {
    let QuarantineParams { source, file, record, reason, limit, cursor: place } = asked.query;
    let skip = after::<u32>(place.as_deref(), asked.question)?.map_or(0, u64::from);
    let limit = rows(limit) as u64;
    let wanted = QuarantineAsked { source, file, record, reason, skip, limit };
    let quarantine = api.app.quarantine_view(&asked.actor, &wanted).await?;
    let shown = quarantine.rows.len();
    let end = skip + shown as u64;
    let next = (shown > 0 && end < quarantine.matching).then(|| cursor(asked.question, &end, shown));
    Ok(Json(QuarantinePage { quarantine, next }))
}
