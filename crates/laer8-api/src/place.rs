//! What a path names.

use crate::problem::Problem;
use axum::{
    extract::{FromRequestParts, OriginalUri, Path},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

/// The changing parts of a path. What can't be one of them names nothing.
#[derive(Debug, Clone)]
pub(crate) struct Place<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Place<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        // Below the place where routes are nested, the address is a part of itself.
        let whole = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(whole)| whole);
        let path = whole.path().to_owned();
        let missing = || Problem::missing(format!("there is nothing at {path}"));
        let Ok(Path(found)) = Path::<T>::from_request_parts(parts, state).await else {
            return Err(missing());
        };
        // No name holds U+0000, and PostgreSQL can't even look for it.
        if path.contains("%00") { Err(missing()) } else { Ok(Self(found)) }
    }
}
