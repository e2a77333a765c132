//! Which version of something a caller has seen, so that nobody overwrites what
//! somebody else changed meanwhile.

use crate::problem::Problem;
use axum::http::{HeaderMap, header};

/// The number in an entity tag of ours.
pub(crate) fn tag_number(tag: &str) -> Result<u32, Problem> {
    let number = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    let number = number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    number.and_then(|number| number.parse().ok()).ok_or_else(|| {
        Problem::bad("If-Match", "If-Match: send one ETag as it came, a version in quotes such as \"3\"")
    })
}

/// The revision that `If-Match` names.
pub(crate) fn seen_revision(headers: &HeaderMap) -> Result<u32, Problem> {
    let tag = headers.get(header::IF_MATCH).ok_or_else(Problem::version_needed)?;
    tag_number(tag.to_str().unwrap_or_default())
}
