//! A body that is many rows.

use crate::problem::Problem;
use axum::{
    body::{Bytes, HttpBody as _, to_bytes},
    extract::Request,
    http::{HeaderMap, header},
};
use laer8_app::BulkFormat;

/// The most bytes that may be sent at once, unpacked.
pub(crate) const MOST_BYTES: usize = 32 << 20;

/// Rows, not yet looked at.
#[derive(Debug, Clone)]
pub(crate) struct RowsBody {
    pub(crate) format: BulkFormat,
    pub(crate) bytes: Bytes,
}

impl RowsBody {
    /// Reads the body of a request.
    pub(crate) async fn of(request: Request) -> Result<Self, Problem> {
        let headers = request.headers();
        let format = format(headers).ok_or_else(Problem::not_rows)?;
        // What was unpacked on its way here does not say so any more.
        if is_packed(headers) {
            return Err(Problem::not_packed());
        }
        let body = request.into_body();
        if body.size_hint().lower() > MOST_BYTES as u64 {
            return Err(Problem::too_large(MOST_BYTES));
        }
        let bytes = to_bytes(body, MOST_BYTES).await.map_err(|error| {
            if is_too_long(&error) {
                return Problem::too_large(MOST_BYTES);
            }
            Problem::malformed(format!("the body can't be read to its end: {error}"))
        })?;
        Ok(Self { format, bytes })
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    let source = std::error::Error::source(error);
    source.is_some_and(|source| source.is::<http_body_util::LengthLimitError>())
}

fn is_packed(headers: &HeaderMap) -> bool {
    let packing = headers.get(header::CONTENT_ENCODING);
    packing.is_some_and(|packing| !packing.as_bytes().eq_ignore_ascii_case(b"identity"))
}

fn format(headers: &HeaderMap) -> Option<BulkFormat> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/json" => Some(BulkFormat::Json),
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" | "application/x-jsonlines" => {
            Some(BulkFormat::Ndjson)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        [(name, HeaderValue::from_static(value))].into_iter().collect()
    }

    #[test]
    fn rows_are_a_list_or_lines() {
        let of = |value| format(&headers(header::CONTENT_TYPE, value));
        assert_eq!(of("application/json; charset=utf-8"), Some(BulkFormat::Json));
        assert_eq!(of("Application/X-NDJSON"), Some(BulkFormat::Ndjson));
        assert_eq!(of("text/csv"), None);
        assert_eq!(format(&HeaderMap::new()), None);
    }

    #[test]
    fn what_is_still_packed_is_not_read() {
        assert!(is_packed(&headers(header::CONTENT_ENCODING, "br")));
        assert!(!is_packed(&headers(header::CONTENT_ENCODING, "Identity")));
    }
}
