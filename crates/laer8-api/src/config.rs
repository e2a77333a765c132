//! The documents that say how customers are scored, segmented and watched.

use crate::{
    Api, asked::Asked, body::Body, params::Nothing, place::Place, problem::Problem, version::tag_number,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use laer8_app::{ConfigDocument, DocumentVersion, KINDS};
use serde::Deserialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// The kinds of documents, for the description only: of another kind there is
/// no document.
struct Kind;

impl PartialSchema for Kind {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(KINDS)).into()
    }
}

impl ToSchema for Kind {}

/// The documents in force
///
/// Of a new workspace, those that ship with Laer8, at version 0. Needs the role
/// `viewer`.
#[utoipa::path(get, path = "/config", tag = "Configuration", responses((status = 200, body = Vec<ConfigDocument>)))]
pub(crate) async fn list_documents(
    State(api): State<Api>,
    asked: Asked<Nothing>,
) -> Result<Json<Vec<ConfigDocument>>, Problem> {
    Ok(Json(api.app.documents(&asked.actor).await?))
}

/// A document in force
///
/// Its `ETag` is its version. Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/config/{kind}/{key}",
    tag = "Configuration",
    params(
        ("kind" = inline(Kind), Path, description = "The kind of document.", example = "scorecard"),
        ("key" = String, Path, description = "Which of its kind; the kind again where there is only one.", example = "adoption"),
    ),
    responses((status = 200, body = ConfigDocument, headers(("ETag" = String, description = "The version, in quotes: send it back as `If-Match`."))))
)]
pub(crate) async fn get_document(
    State(api): State<Api>,
    Place((kind, key)): Place<(String, String)>,
    asked: Asked<Nothing>,
) -> Result<Response, Problem> {
    let documents = api.app.documents(&asked.actor).await?;
    let found = documents.into_iter().find(|document| document.kind == kind && document.key == key);
    let missing = || Problem::missing(format!("there is no document {kind}/{key}; /config lists them"));
    Ok(answer(StatusCode::OK, found.ok_or_else(missing)?))
}

/// A document with the entity tag that names its version.
fn answer(status: StatusCode, document: ConfigDocument) -> Response {
    let tag = HeaderValue::from_str(&format!("\"{}\"", document.version));
    let mut response = (status, Json(document)).into_response();
    if let Ok(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// All versions of a document, the newest first
///
/// The one that ships with Laer8 is version 0. Needs the role `viewer`.
#[utoipa::path(
    get,
    path = "/config/{kind}/{key}/versions",
    tag = "Configuration",
    params(
        ("kind" = inline(Kind), Path, description = "The kind of document.", example = "scorecard"),
        ("key" = String, Path, description = "Which of its kind; the kind again where there is only one.", example = "adoption"),
    ),
    responses((status = 200, body = Vec<DocumentVersion>))
)]
pub(crate) async fn list_document_versions(
    State(api): State<Api>,
    Place((kind, key)): Place<(String, String)>,
    asked: Asked<Nothing>,
) -> Result<Json<Vec<DocumentVersion>>, Problem> {
    Ok(Json(api.app.document_versions(&asked.actor, &kind, &key).await?))
}

/// A document to put in force.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDocument {
    /// The TOML.
    #[schema(examples("key = \"renewal\"\npriority = 20\n…"))]
    body: String,
}

/// Put a new version of a document in force
///
/// Everything that is worked out follows it from now on; `/what-if` says
/// beforehand what a scorecard would do. `If-Match` must name the version that
/// was changed, so that nobody overwrites what somebody else changed meanwhile;
/// `If-None-Match: *` makes a new document. Needs the role `manager`.
#[utoipa::path(
    put,
    path = "/config/{kind}/{key}",
    tag = "Configuration",
    params(
        ("kind" = inline(Kind), Path, description = "The kind of document.", example = "scorecard"),
        ("key" = String, Path, description = "Which of its kind; the kind again where there is only one.", example = "adoption"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the version that was changed.", example = "\"3\""),
        ("If-None-Match" = Option<String>, Header, description = "`*` where there is no such document yet."),
    ),
    request_body = NewDocument,
    responses(
        (status = 200, body = ConfigDocument, description = "A new version is in force.", headers(("ETag" = String, description = "The new version."))),
        (status = 201, body = ConfigDocument, description = "A new document is in force.", headers(("ETag" = String, description = "Its version."))),
    )
)]
pub(crate) async fn put_document(
    State(api): State<Api>,
    Place((kind, key)): Place<(String, String)>,
    asked: Asked<Nothing>,
    headers: HeaderMap,
    Body(new): Body<NewDocument>,
) -> Result<Response, Problem> {
    let seen = seen_version(&headers)?;
    let document = api.app.replace_document(&asked.actor, (&kind, &key), seen, &new.body).await?;
    let status = if seen.is_some() { StatusCode::OK } else { StatusCode::CREATED };
    Ok(answer(status, document))
}

/// The version that the caller changed; none for a document that is new.
fn seen_version(headers: &HeaderMap) -> Result<Option<u32>, Problem> {
    let text = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or_default().trim());
    match (text(header::IF_MATCH), text(header::IF_NONE_MATCH)) {
        (None, None) => Err(Problem::version_needed()),
        (None, Some("*")) => Ok(None),
        (None, Some(_)) => {
            Err(Problem::bad("If-None-Match", "If-None-Match: \"*\" is all that it can say here"))
        }
        (Some(_), Some(_)) => Err(Problem::bad(
            "If-None-Match",
            "If-Match is for a document that is there, If-None-Match for a new one: send one of them",
        )),
        (Some(tag), None) => tag_number(tag).map(Some),
    }
}

/// A version to go back to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RollBack {
    /// The version; 0 is the one that ships with Laer8.
    version: u32,
}

/// Put an earlier version of a document in force again
///
/// It becomes a new version; nothing is lost. Needs the role `manager`.
#[utoipa::path(
    post,
    path = "/config/{kind}/{key}/roll-back",
    tag = "Configuration",
    params(
        ("kind" = inline(Kind), Path, description = "The kind of document.", example = "scorecard"),
        ("key" = String, Path, description = "Which of its kind; the kind again where there is only one.", example = "adoption"),
    ),
    request_body = RollBack,
    responses((status = 200, body = ConfigDocument, headers(("ETag" = String, description = "The new version."))))
)]
pub(crate) async fn roll_back_document(
    State(api): State<Api>,
    Place((kind, key)): Place<(String, String)>,
    asked: Asked<Nothing>,
    Body(wanted): Body<RollBack>,
) -> Result<Response, Problem> {
    let document = api.app.roll_back(&asked.actor, &kind, &key, wanted.version).await?;
    Ok(answer(StatusCode::OK, document))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(headers: &[(header::HeaderName, &'static str)]) -> Result<Option<u32>, Problem> {
        let pairs = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        seen_version(&pairs.collect())
    }

    #[test]
    fn a_change_says_which_version_it_is_of() {
        assert_eq!(seen(&[(header::IF_MATCH, "\"3\"")]), Ok(Some(3)));
        assert_eq!(seen(&[(header::IF_NONE_MATCH, "*")]), Ok(None));
        for unclear in ["3", "*", "W/\"3\"", "\"3\", \"4\"", "\"\"", "\"99999999999\""] {
            assert!(seen(&[(header::IF_MATCH, unclear)]).is_err(), "{unclear}");
        }
        assert!(seen(&[]).is_err(), "or nothing is changed");
    }
}
