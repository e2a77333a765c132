//! Who changed what.

use crate::{
    Api,
    asked::Asked,
    params::{Limit, rows},
    problem::Problem,
};
use axum::{Json, extract::State};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use laer8_app::AuditRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditParams {
    /// Rows on a page; 50 unless given.
    #[param(inline)]
    limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// The audit log, a page of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditPage {
    /// The changes, the newest first.
    entries: Vec<AuditRow>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Who changed what, the newest first
///
/// Needs the role `admin`.
#[utoipa::path(get, path = "/audit-log", tag = "Users", params(AuditParams), responses((status = 200, body = AuditPage)))]
pub(crate) async fn list_audit_log(
    State(api): State<Api>,
    asked: Asked<AuditParams>,
) -> Result<Json<AuditPage>, Problem> {
    let before = asked.query.cursor.as_deref().map(read).transpose()?;
    let limit = rows(asked.query.limit);
    // One more than the page holds tells whether there is another.
    let mut entries = api.app.audit_before(&asked.actor, before, limit as u64 + 1).await?;
    let more = entries.len() > limit;
    entries.truncate(limit);
    let next = entries.last().filter(|_| more).map(|last| URL_SAFE_NO_PAD.encode(last.id.to_string()));
    Ok(Json(AuditPage { entries, next }))
}

fn read(cursor: &str) -> Result<i64, Problem> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let id = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).and_then(|id| id.parse().ok());
    let strange = "cursor: it is none of ours; take it from \"next\" of the page before";
    id.ok_or_else(|| Problem::bad("cursor", strange))
}
