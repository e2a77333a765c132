//! What a request brings.

use crate::{Api, problem::Problem};
use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::header,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The most bytes that a body may have.
pub(crate) const MOST_BYTES: usize = 1024 * 1024;

/// The JSON that a request brings.
#[derive(Debug, Clone)]
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Api> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Api) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(is_json) {
            return Err(Problem::not_json());
        }
        let bytes = to_bytes(request.into_body(), MOST_BYTES).await;
        let bytes = bytes.map_err(|_| Problem::too_large(MOST_BYTES))?;
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|error| Problem::malformed(format!("the body: {error}")))?;
        // A list of the right length would pass for an object without names.
        if !value.is_object() {
            return Err(Problem::malformed("the body: send an object, { … }"));
        }
        if has_nul(&value) {
            return Err(Problem::malformed("the body: no text holds the character U+0000"));
        }
        let read: Result<T, _> = serde_path_to_error::deserialize(value);
        let read = read.map_err(|error| match error.path().to_string().as_str() {
            "." | "?" => Problem::malformed(format!("the body: {}", error.inner())),
            path => Problem::bad(path, format!("{path}: {}", error.inner())),
        })?;
        Ok(Self(read))
    }
}

fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// PostgreSQL can't keep it, and nobody means it.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(has_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_known_by_its_type_whatever_follows_it() {
        assert!(is_json("application/json; charset=utf-8"));
        assert!(is_json("Application/Merge-Patch+JSON"));
        assert!(!is_json("text/plain"));
        assert!(!is_json("application/x-www-form-urlencoded"));
    }
}
