//! What every page knows of whoever asks: language, theme, day, and what the
//! address says.

use crate::{error::Trouble, query::Query, server::Site};
use axum::{
    extract::{FromRequestParts, Query as AxumQuery},
    http::{HeaderMap, header, request::Parts},
};
use laer8_app::{Actor, AsOf};
use laer8_words::{Language, Words};

pub(crate) const LANGUAGE: &str = "laer8_lang";
pub(crate) const THEME: &str = "laer8_theme";
/// In the address: the day that a page shows.
pub(crate) const AS_OF: &str = "as_of";

/// How a page is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the reader's system has it.
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark].into_iter().find(|theme| theme.key() == key)
    }
}

/// A request for a page.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) site: Site,
    pub(crate) actor: Actor,
    pub(crate) words: Words,
    pub(crate) theme: Theme,
    pub(crate) as_of: AsOf,
    pub(crate) path: String,
    pub(crate) query: Query,
}

impl FromRequestParts<Site> for Asked {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Trouble> {
        let cookie = |name| cookie(&parts.headers, name);
        let language = cookie(LANGUAGE).and_then(Language::from_key);
        let language = language.or_else(|| accepted(&parts.headers)).unwrap_or(site.language);
        let theme = cookie(THEME).and_then(Theme::from_key).unwrap_or(Theme::System);
        let pairs = AxumQuery::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let query = Query::new(pairs.map(|AxumQuery(pairs)| pairs).unwrap_or_default());
        let mut asked = Self {
            site: site.clone(),
            actor: Actor::operator(),
            words: Words::new(language),
            theme,
            as_of: AsOf::Newest,
            path: parts.uri.path().to_owned(),
            query,
        };
        asked.as_of = match asked.query.get(AS_OF) {
            None => AsOf::Newest,
            Some("today") => AsOf::Today,
            Some(day) => match day.parse() {
                Ok(day) => AsOf::Day(day),
                Err(_) => {
                    let said = asked.words.say_with("web-no-day", &[("day", laer8_words::Arg::Text(day))]);
                    asked.query = asked.query.without(AS_OF);
                    return Err(Trouble::bad(asked, said));
                }
            },
        };
        Ok(asked)
    }
}

impl Asked {
    /// The address of another page, on the same day.
    pub(crate) fn link(&self, path: &str) -> String {
        self.link_with(path, &[])
    }

    /// The address of another page, on the same day, asking for something.
    pub(crate) fn link_with(&self, path: &str, pairs: &[(&str, &str)]) -> String {
        let mut query = Query::default();
        if let Some(day) = self.query.get(AS_OF) {
            query = query.with(AS_OF, day);
        }
        for (name, value) in pairs {
            query = query.with(name, value);
        }
        query.address(path)
    }

    /// The address of this page as it is.
    pub(crate) fn here(&self) -> String {
        self.query.address(&self.path)
    }
}

/// The value of a cookie.
fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The first language that the browser asks for and we speak.
fn accepted(headers: &HeaderMap) -> Option<Language> {
    let wanted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let tags = wanted.split(',').filter_map(|range| range.split(';').next());
    let codes = tags.filter_map(|tag| tag.trim().split('-').next());
    codes.map(str::to_lowercase).find_map(|code| Language::from_key(&code))
}
