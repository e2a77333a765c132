//! What could not be read.

use crate::{
    Api,
    asked::Asked,
    page::page,
    params::{Limit, rows},
    problem::Problem,
};
use axum::{Json, extract::State};
use laer8_app::QuarantinedRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QuarantineParams {
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// Rows in quarantine, a page of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuarantinePage {
    /// The rows, by source, file and line.
    rows: Vec<QuarantinedRow>,
    /// How many rows are in quarantine, on all pages.
    total: usize,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// The rows of imports that could not be understood
///
/// Nothing is lost in silence: each row with its file, its line and why it was
/// refused. Needs the role `viewer`.
#[utoipa::path(get, path = "/quarantine", tag = "Imports", params(QuarantineParams), responses((status = 200, body = QuarantinePage)))]
pub(crate) async fn list_quarantine(
    State(api): State<Api>,
    asked: Asked<QuarantineParams>,
) -> Result<Json<QuarantinePage>, Problem> {
    let query = asked.query;
    let found = api.app.quarantine(&asked.actor).await?;
    let total = found.len();
    let place = (query.cursor.as_deref(), rows(query.limit));
    let key = |row: &QuarantinedRow| format!("{}\n{}\n{}\n{}", row.source, row.file, row.record, row.line);
    let (rows, next) = page(found, place, asked.question, key)?;
    Ok(Json(QuarantinePage { rows, total, next }))
}
