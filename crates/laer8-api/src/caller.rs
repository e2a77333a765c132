//! Who calls: the one place that reads keys and sessions from a request.

use crate::{Api, problem::Problem};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use laer8_app::Actor;

/// The cookie that carries the session of somebody who signed in on the pages,
/// and its name where the connection is encrypted.
pub(crate) const SESSIONS: [&str; 2] = ["__Host-laer8_session", "laer8_session"];

/// Whoever calls: with a key, else with the session of a browser, else as
/// whoever the API is open to. A key that is none is refused, whatever else
/// there is.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) Actor);

impl FromRequestParts<Api> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        if let Some(given) = parts.headers.get(header::AUTHORIZATION) {
            let given = given.to_str().unwrap_or_default();
            let key = given.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            let key = key.map(|(_, key)| key.trim()).ok_or_else(Problem::wrong_key)?;
            return api.app.keyed(key).await?.map(Self).ok_or_else(Problem::wrong_key);
        }
        if let Some(secret) = session(&parts.headers)
            && let Some(signed) = api.app.signed_in(secret).await?
        {
            return Ok(Self(signed.actor));
        }
        api.unsigned.clone().map(Self).ok_or_else(Problem::unsigned)
    }
}

/// The secret of a session.
fn session(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs: Vec<(&str, &str)> =
        all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('=')).collect();
    let named = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    SESSIONS.into_iter().find_map(named)
}
