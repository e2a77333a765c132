//! Records that programs send, many at once.

use crate::{Api, asked::Asked, place::Place, problem::Problem, rows_body::RowsBody};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderName},
    response::{IntoResponse, Response},
};
use laer8_app::{
    Actor, BulkAnswer, BulkReport, BulkRequest, RecordKind,
    bulk_schemas::{BulkRow, BulkTypedRow},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The header by which a request is known when it is sent again.
const KEY: &str = "idempotency-key";

/// The header that says that a request was done before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BulkParams {
    /// Whose records they are: the name of the system that they come from. It
    /// is made where there is none of that name.
    #[param(example = "crm", min_length = 1, max_length = 100)]
    source: String,
    /// Whether to report only and change nothing.
    #[serde(default)]
    dry_run: bool,
    /// Which rows are answered one by one; all unless given.
    #[serde(default)]
    #[param(inline)]
    results: Results,
}

/// Which rows are answered one by one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Results {
    /// All of them.
    #[default]
    All,
    /// Only those refused.
    Refused,
}

/// Make and change records of one kind by their external ids
///
/// What a row tells is compared with what its source told before under that id:
/// what is new is made, what differs is changed, and what is the same changes
/// nothing, so rows can be sent again. The body is a JSON list of rows, or NDJSON:
/// a row on each line. At most 32 MiB at once, plain or, unpacked, with
/// `Content-Encoding: gzip`. All rows are one transaction; a row that can't be taken is refused by itself, with
/// the field and what to do, and lies in quarantine until a row of that id is
/// taken. A line that is no JSON refuses itself; a list that is broken somewhere
/// is refused as a whole, with the place. There is no limit on how often one may
/// send.
///
/// With `Idempotency-Key`, the answer is kept for 24 hours with what was done: the
/// same request under the same key is answered as before, with
/// `Idempotency-Replayed: true`, and not done again. Another request under that
/// key is refused with 422, and one whose first is still under way with 409. Keys
/// are of whoever sends. Trying (`dry_run`) keeps none.
///
/// What happened before the day on which the source first sent that kind of record
/// is history, known when it happened; what happened since is known on the day on
/// which it comes. `known` says otherwise. Needs the role `manager`.
#[utoipa::path(
    post,
    path = "/bulk/{kind}",
    tag = "Bulk",
    params(
        ("kind" = RecordKind, Path, description = "What the rows are."),
        BulkParams,
        ("Idempotency-Key" = Option<String>, Header, description = "A new one for each request, such as a UUID: the request can then be sent again when its answer was not heard.", min_length = 1, max_length = 255)
    ),
    request_body(description = "The rows.", content((Vec<BulkRow> = "application/json"), (BulkRow = "application/x-ndjson"))),
    responses((
        status = 200,
        body = BulkReport,
        description = "The rows were read; what became of each is said.",
        headers(("Idempotency-Replayed" = String, description = "`true` where the request was done before, and this is the answer of then."))
    ))
)]
pub(crate) async fn send_records(
    State(api): State<Api>,
    Place(kind): Place<String>,
    asked: Asked<BulkParams>,
    request: Request,
) -> Result<Response, Problem> {
    let kind = RecordKind::from_key(&kind).ok_or_else(|| {
        let kinds = RecordKind::ALL.map(RecordKind::key).join(", ");
        Problem::missing(format!("there is no kind of record \"{kind}\"; there are {kinds}"))
    })?;
    send(&api, asked, Some(kind), request).await
}

/// Make and change records of all kinds by their external ids
///
/// As `/bulk/{kind}`, but each row says by its `type` what it is. Kinds are taken
/// in the order in which they depend on each other, whatever the order of the rows:
/// an account may come after what it did. Needs the role `manager`.
#[utoipa::path(
    post,
    path = "/bulk",
    tag = "Bulk",
    params(
        BulkParams,
        ("Idempotency-Key" = Option<String>, Header, description = "A new one for each request, such as a UUID: the request can then be sent again when its answer was not heard.", min_length = 1, max_length = 255)
    ),
    request_body(description = "The rows.", content((Vec<BulkTypedRow> = "application/json"), (BulkTypedRow = "application/x-ndjson"))),
    responses((
        status = 200,
        body = BulkReport,
        description = "The rows were read; what became of each is said.",
        headers(("Idempotency-Replayed" = String, description = "`true` where the request was done before, and this is the answer of then."))
    ))
)]
pub(crate) async fn send_any_records(
    State(api): State<Api>,
    asked: Asked<BulkParams>,
    request: Request,
) -> Result<Response, Problem> {
    send(&api, asked, None, request).await
}

async fn send(
    api: &Api,
    asked: Asked<BulkParams>,
    kind: Option<RecordKind>,
    request: Request,
) -> Result<Response, Problem> {
    let Asked { actor, query, .. } = asked;
    let key = key(request.headers())?;
    // The body is read when there is room for it, and only of who may send.
    let room = api.app.bulk_room(&actor).await?;
    let body = RowsBody::of(request).await?;
    let answer = take_in(api, &actor, &query, kind, key.as_deref(), &body).await?;
    drop(room);
    let mut response = Json(answer.report).into_response();
    if answer.replayed {
        response.headers_mut().insert(REPLAYED, axum::http::HeaderValue::from_static("true"));
    }
    Ok(response)
}

async fn take_in(
    api: &Api,
    actor: &Actor,
    query: &BulkParams,
    kind: Option<RecordKind>,
    key: Option<&str>,
    body: &RowsBody,
) -> Result<BulkAnswer, Problem> {
    let request = BulkRequest {
        source: &query.source,
        kind,
        format: body.format,
        body: &body.bytes,
        dry_run: query.dry_run,
        only_refused: query.results == Results::Refused,
        key,
    };
    Ok(api.app.bulk(actor, &request).await?)
}

/// The key of a request, as it is or, as the standard writes it, in quotes.
fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut given = headers.get_all(KEY).iter();
    let Some(first) = given.next() else { return Ok(None) };
    let text = first.to_str().ok().filter(|_| given.next().is_none());
    let text = text
        .ok_or_else(|| Problem::bad("Idempotency-Key", "Idempotency-Key: send one, in plain characters"))?;
    let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    Ok(Some(quoted.unwrap_or(text).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn of(values: &[&'static str]) -> Option<Option<String>> {
        let name = HeaderName::from_static(KEY);
        let values = values.iter().map(|value| (name.clone(), HeaderValue::from_static(value)));
        let mut headers = HeaderMap::new();
        values.for_each(|(name, value)| {
            headers.append(name, value);
        });
        key(&headers).ok()
    }

    #[test]
    fn a_key_may_stand_in_quotes() {
        assert_eq!(of(&[]), Some(None));
        assert_eq!(of(&["\"a-1\""]), Some(Some("a-1".to_owned())));
        assert_eq!(of(&["a-1"]), Some(Some("a-1".to_owned())));
        assert_eq!(of(&["a-1", "a-2"]), None);
    }
}
