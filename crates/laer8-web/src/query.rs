//! Addresses: every state of a page has one.

use axum::{extract::Query as AxumQuery, http::Uri};
use std::fmt::Write as _;

/// The query of an address, in order; a name may stand several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect())
    }

    /// What an address asks for after its `?`; nothing of what can't be read.
    pub(crate) fn parse(text: &str) -> Self {
        let uri = format!("/?{text}").parse::<Uri>().ok();
        let pairs = uri.and_then(|uri| AxumQuery::<Vec<(String, String)>>::try_from_uri(&uri).ok());
        Self::new(pairs.map(|AxumQuery(pairs)| pairs).unwrap_or_default())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// With `name` set to `value`, in place of what it was.
    #[must_use]
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut query = self.without(name);
        query.0.push((name.to_owned(), value.to_owned()));
        query
    }

    /// Without `name`.
    #[must_use]
    pub(crate) fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(key, _)| key != name).cloned().collect())
    }

    /// Without any of these.
    #[must_use]
    pub(crate) fn without_any(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(key, _)| !names.contains(&key.as_str())).cloned().collect())
    }

    /// With one more `name`, beside those that there are.
    #[must_use]
    pub(crate) fn and(&self, name: &str, value: &str) -> Self {
        let mut query = self.clone();
        query.0.push((name.to_owned(), value.to_owned()));
        query
    }

    /// All values of `name`.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What an address has after its `?`.
    pub(crate) fn text(&self) -> String {
        self.address("").trim_start_matches('?').to_owned()
    }

    /// The address of `path` with this query.
    pub(crate) fn address(&self, path: &str) -> String {
        let mut address = path.to_owned();
        for (position, (name, value)) in self.0.iter().enumerate() {
            address.push(if position == 0 { '?' } else { '&' });
            encode(&mut address, name);
            address.push('=');
            encode(&mut address, value);
        }
        address
    }
}

fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            other => {
                let _ = write!(out, "%{other:02X}"); // a text takes everything
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_was_asked_and_nothing_else() {
        let query = Query::new(vec![("owner".into(), "Ana Núñez & Co".into()), ("q".into(), String::new())]);
        assert_eq!(
            query.with("page", "2").address("/accounts"),
            "/accounts?owner=Ana+N%C3%BA%C3%B1ez+%26+Co&page=2"
        );
        assert_eq!(query.without("owner").address("/accounts"), "/accounts");
        let twice = query.and("col", "a=b").and("col", "c&d");
        assert_eq!(Query::parse(&twice.text()), twice);
        assert_eq!(twice.all("col").collect::<Vec<_>>(), ["a=b", "c&d"]);
    }
}
