//! A request for something: who asks, and what the address says.

use crate::{Api, caller::Caller, problem::Problem};
use axum::{extract::FromRequestParts, http::request::Parts};
use laer8_app::Actor;
use serde::de::DeserializeOwned;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use utoipa::{
    IntoParams,
    openapi::{Required, path::Parameter},
};

/// The query that says how to go on; no part of the question.
const ON_GOING: [&str; 2] = ["cursor", "limit"];

/// A request: who asks, and the query of the address, checked. A name that the
/// operation does not know is refused: a filter that is misspelled must not
/// answer with everything.
#[derive(Debug, Clone)]
pub(crate) struct Asked<Q> {
    pub(crate) actor: Actor,
    pub(crate) query: Q,
    /// Tells one question from another, apart from the place in its answer.
    pub(crate) question: u64,
}

impl<Q: DeserializeOwned + IntoParams> FromRequestParts<Api> for Asked<Q> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let Caller(actor) = Caller::from_request_parts(parts, api).await?;
        let text = parts.uri.query().unwrap_or_default();
        let pairs: Vec<(String, String)> =
            serde_html_form::from_str(text).map_err(|error| Problem::malformed(error.to_string()))?;
        check(&pairs, &Q::into_params(|| None))?;
        let query =
            serde_path_to_error::deserialize(serde_html_form::Deserializer::from_bytes(text.as_bytes()));
        let query = query.map_err(|error| {
            let name = error.path().to_string();
            let name = name.split(['[', '.']).next().unwrap_or_default().to_owned();
            let said = format!("{name}: {}", error.inner());
            Problem::bad(name, said)
        })?;
        Ok(Self { actor, query, question: question(parts.uri.path(), pairs) })
    }
}

/// Whether the operation knows the names and has those it needs, and nothing
/// holds what no text may.
fn check(pairs: &[(String, String)], known: &[Parameter]) -> Result<(), Problem> {
    for (name, value) in pairs {
        if !known.iter().any(|parameter| parameter.name == *name) {
            let known: Vec<&str> = known.iter().map(|parameter| parameter.name.as_str()).collect();
            let said = match known[..] {
                [] => format!("there is no parameter \"{name}\" here; there are none"),
                _ => format!("there is no parameter \"{name}\" here; there are {}", known.join(", ")),
            };
            return Err(Problem::bad(name, said));
        }
        if value.contains('\0') {
            return Err(Problem::bad(name, format!("{name}: no text holds the character U+0000")));
        }
    }
    let is_missing = |parameter: &&Parameter| {
        matches!(parameter.required, Required::True) && !pairs.iter().any(|(name, _)| parameter.name == *name)
    };
    match known.iter().find(is_missing) {
        Some(missing) => Err(Problem::bad(&missing.name, format!("{}: it is missing", missing.name))),
        None => Ok(()),
    }
}

fn question(path: &str, mut pairs: Vec<(String, String)>) -> u64 {
    pairs.retain(|(name, _)| !ON_GOING.contains(&name.as_str()));
    pairs.sort_unstable();
    let mut hasher = DefaultHasher::new();
    (path, pairs).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_next_page_is_of_the_same_question() {
        let first = question("/accounts", pairs(&[("where", "band=watch"), ("limit", "10")]));
        let next =
            question("/accounts", pairs(&[("limit", "50"), ("cursor", "abc"), ("where", "band=watch")]));
        assert_eq!(first, next);
        assert_ne!(first, question("/accounts", pairs(&[("where", "band=healthy")])));
        assert_ne!(first, question("/today", pairs(&[("where", "band=watch")])));
    }
}
