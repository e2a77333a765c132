//! What went wrong, as RFC 9457 says it: `application/problem+json`.

use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use laer8_app::{AppError, KeyFault};
use laer8_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// The content type of a problem.
pub(crate) const PROBLEM: &str = "application/problem+json";

/// Why a request was not done (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Names the kind of problem; the same kind always has the same.
    #[serde(rename = "type")]
    #[schema(format = "uri", examples("urn:laer8:problem:not_found"))]
    kind: String,
    /// What kind of problem it is, for people.
    #[schema(examples("there is no such thing"))]
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, examples(404))]
    status: u16,
    /// What is wrong with this request, and what to do.
    #[schema(examples("there is no account \"#12\""))]
    detail: String,
    /// The kind of problem as a code that programs can rely on; it never
    /// changes.
    #[schema(examples("not_found"))]
    code: &'static str,
    /// The parameter, header or field of the body that is wrong, where one is.
    #[schema(examples("as_of"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:laer8:problem:{code}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            code,
            parameter: None,
        }
    }

    /// Which parameter, header or field is wrong.
    pub(crate) fn about(mut self, parameter: impl Into<String>) -> Self {
        self.parameter = Some(parameter.into());
        self
    }

    /// A parameter, header or field is not as it must be.
    pub(crate) fn bad(parameter: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::malformed(detail).about(parameter)
    }

    /// The request is not as it must be.
    pub(crate) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", INVALID, detail)
    }

    /// Nobody said who calls.
    pub(crate) fn unsigned() -> Self {
        let detail = "say who you are: send an API key as \"Authorization: Bearer …\", or sign in";
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "nobody is signed in", detail)
    }

    /// What was sent to say who calls is no key of ours.
    pub(crate) fn wrong_key() -> Self {
        let detail = "this is no API key of this workspace, or it was taken back; make one under Settings";
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "nobody is signed in", detail)
            .about("Authorization")
    }

    /// There is no such thing.
    pub(crate) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", MISSING, detail)
    }

    /// A change that does not say which version it is of.
    pub(crate) fn version_needed() -> Self {
        let detail = "send the ETag of the version that you changed as If-Match, or \"If-None-Match: *\" to make a new document";
        Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "version_required",
            "it is not said which version is changed",
            detail,
        )
        .about("If-Match")
    }

    /// A body of another type.
    pub(crate) fn not_json() -> Self {
        let detail = "send JSON, as Content-Type: application/json";
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "the body is not JSON",
            detail,
        )
        .about("Content-Type")
    }

    /// A body that is not written as rows are.
    pub(crate) fn not_rows() -> Self {
        let detail =
            "send rows as Content-Type: application/json, a list, or application/x-ndjson, one on each line";
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "the body is not rows",
            detail,
        )
        .about("Content-Type")
    }

    /// A body that is packed in a way that is not read.
    pub(crate) fn not_packed() -> Self {
        let detail = "send the body plain, or packed as Content-Encoding: gzip";
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "the body can't be unpacked",
            detail,
        )
        .about("Content-Encoding")
    }

    /// A body that is no form of files.
    pub(crate) fn not_a_form() -> Self {
        let detail = "send the files as Content-Type: multipart/form-data";
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "the body is no form of files",
            detail,
        )
        .about("Content-Type")
    }

    /// A body that is too large.
    pub(crate) fn too_large(most: usize) -> Self {
        let detail = format!("a body has at most {most} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the body is too large", detail)
    }
}

const INVALID: &str = "something given is not as it must be";
const MISSING: &str = "there is no such thing";
const OURS: &str = "something went wrong on our side";

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let (status, title) = meaning(&error);
        if status.is_server_error() {
            // What the database said is for the log.
            tracing::error!(%error, code = error.code(), "an API request failed");
            let detail = match error {
                AppError::Store(StoreError::Busy) => "the database is busy; try again in a moment",
                AppError::Store(StoreError::Full) => "the disk of the database is full; nothing was changed",
                _ => "this is not your fault; the server's log says more",
            };
            return Self::new(status, error.code(), title, detail);
        }
        let problem = Self::new(status, error.code(), title, error.to_string());
        match error {
            AppError::TooEarly { .. } => problem.about("as_of"),
            AppError::Key(_) => problem.about("Idempotency-Key"),
            AppError::NotFound { kind: "field", .. } => problem.about("where"),
            AppError::NotFound { kind: "field or trait", .. } => problem.about("by"),
            _ => problem,
        }
    }
}

/// The status of an error, and what it means in general.
fn meaning(error: &AppError) -> (StatusCode, &'static str) {
    match error {
        AppError::Forbidden { .. } => (StatusCode::FORBIDDEN, "the caller's role does not allow it"),
        // A filter that names what no account has is a mistake in the question.
        AppError::NotFound { kind: "field" | "field or trait", .. } => (StatusCode::BAD_REQUEST, INVALID),
        AppError::NotFound { .. } => (StatusCode::NOT_FOUND, MISSING),
        AppError::Ambiguous { .. } | AppError::Invalid(_) => (StatusCode::BAD_REQUEST, INVALID),
        AppError::TooEarly { .. } => (StatusCode::BAD_REQUEST, "nothing was known on that day"),
        AppError::Empty => (StatusCode::CONFLICT, "the workspace holds no data yet"),
        AppError::Document { .. } => {
            (StatusCode::UNPROCESSABLE_ENTITY, "the document can't be understood, or contradicts the others")
        }
        AppError::User(_) | AppError::Edit(_) => (StatusCode::UNPROCESSABLE_ENTITY, INVALID),
        AppError::Key(KeyFault::Reused) => (StatusCode::UNPROCESSABLE_ENTITY, "the key was used before"),
        AppError::Key(KeyFault::UnderWay) => (StatusCode::CONFLICT, "the same request is under way"),
        AppError::Conflict => (StatusCode::PRECONDITION_FAILED, "somebody changed it meanwhile"),
        AppError::WrongPassword => (StatusCode::UNAUTHORIZED, "nobody is signed in"),
        AppError::Stale => (StatusCode::NOT_FOUND, MISSING),
        AppError::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too many attempts"),
        AppError::NoRate(_) => (StatusCode::UNPROCESSABLE_ENTITY, "an exchange rate is missing"),
        AppError::Outdated { .. } => (StatusCode::PRECONDITION_FAILED, "another version is in force by now"),
        AppError::Store(StoreError::Exists { .. }) => (StatusCode::CONFLICT, "it exists already"),
        AppError::Store(StoreError::Busy) => (StatusCode::SERVICE_UNAVAILABLE, OURS),
        AppError::Store(StoreError::Full) => (StatusCode::INSUFFICIENT_STORAGE, OURS),
        AppError::File { .. } | AppError::Store(_) => (StatusCode::INTERNAL_SERVER_ERROR, OURS),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

/// There is no such path.
pub(crate) async fn no_path(request: Request) -> Problem {
    let path = request.uri().path();
    Problem::missing(format!("there is nothing at {path}; /api/docs says what there is"))
}

/// The path has no such method.
pub(crate) async fn no_method(request: Request) -> Problem {
    let (method, path) = (request.method(), request.uri().path());
    let detail = format!("{path} does not know {method}; the header \"Allow\" says what it knows");
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "the path does not know this method",
        detail,
    )
}
