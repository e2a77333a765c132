//! What every page knows of whoever asks: who they are, language, theme, day,
//! and what the address says.

use crate::{error::Trouble, query::Query, server::Site};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Query as AxumQuery},
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use laer8_app::{Actor, AsOf, LONGEST_DAYS};
use laer8_domain::users::User;
use laer8_words::{Arg, Language, Words};
use std::{convert::Infallible, net::SocketAddr, ops::Deref};

pub(crate) const LANGUAGE: &str = "laer8_lang";
pub(crate) const THEME: &str = "laer8_theme";
/// What htmx says of itself, and of the element that the answer is for. What a
/// page answers depends on them.
pub(crate) const VARIES: &str = "hx-request, hx-target";
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

/// The secret of a session, in a cookie.
const SESSION: &str = "laer8_session";
/// The same where the connection is encrypted: a browser takes a cookie of
/// this name only from this very host, for all of its paths, encrypted.
const SESSION_SECURE: &str = "__Host-laer8_session";
/// What a browser may call itself.
const AGENT: usize = 200;

/// Whoever asks for a page, signed in or not.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) site: Site,
    pub(crate) words: Words,
    pub(crate) theme: Theme,
    pub(crate) path: String,
    pub(crate) query: Query,
    /// The secret of the session, where there is one.
    pub(crate) secret: Option<String>,
    /// What the browser calls itself.
    pub(crate) agent: String,
    /// Where in the network they are.
    pub(crate) place: String,
    /// The element of its page that a script asks for, as htmx writes it; empty
    /// where a browser asks for a page.
    pub(crate) target: String,
}

/// A request for a page by somebody who may see pages.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) visitor: Visitor,
    pub(crate) actor: Actor,
    /// Who is signed in; nobody where the site signs in by itself.
    pub(crate) user: Option<User>,
    pub(crate) as_of: AsOf,
}

impl Deref for Asked {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

/// Why a request does not come through.
#[derive(Debug)]
pub(crate) enum Turned {
    /// To another page.
    Away(Response),
    /// With a page that says why.
    Back(Box<Trouble>),
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Self::Away(response) => response,
            Self::Back(trouble) => trouble.into_response(),
        }
    }
}

impl FromRequestParts<Site> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        let cookie = |name| cookie(&parts.headers, name);
        let language = cookie(LANGUAGE).and_then(Language::from_key);
        let language = language.or_else(|| accepted(&parts.headers)).unwrap_or(site.language);
        let pairs = AxumQuery::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let target = header("hx-request").and_then(|_| header("hx-target")).unwrap_or_default();
        let place = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self {
            site: site.clone(),
            words: Words::new(language),
            theme: cookie(THEME).and_then(Theme::from_key).unwrap_or(Theme::System),
            path: parts.uri.path().to_owned(),
            query: Query::new(pairs.map(|AxumQuery(pairs)| pairs).unwrap_or_default()),
            secret: cookie(site.session_cookie()).map(ToOwned::to_owned),
            agent: agent.unwrap_or_default().chars().take(AGENT).collect(),
            place: place.map(|ConnectInfo(address)| address.ip().to_string()).unwrap_or_default(),
            target: target.to_owned(),
        })
    }
}

impl FromRequestParts<Site> for Asked {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Turned> {
        let Ok(visitor) = Visitor::from_request_parts(parts, site).await;
        let back = |trouble| Turned::Back(Box::new(trouble));
        let (actor, user) = match &visitor.secret {
            Some(secret) => match site.app.signed_in(secret).await {
                Ok(Some(signed)) => (Some(signed.actor), Some(signed.user)),
                Ok(None) => (site.unsigned.clone(), None),
                Err(error) => return Err(back(Trouble::of_visitor(&visitor, &error))),
            },
            None => (site.unsigned.clone(), None),
        };
        let Some(actor) = actor else { return Err(to_the_door(parts, visitor).await) };
        let as_of = match visitor.query.get(AS_OF) {
            None => AsOf::Newest,
            Some("today") => AsOf::Today,
            Some(day) => match day.parse() {
                Ok(day) => AsOf::Day(day),
                Err(_) => {
                    let said = visitor.words.say_with("web-no-day", &[("day", Arg::Text(day))]);
                    return Err(back(Trouble::bad(Self { visitor, actor, user, as_of: AsOf::Newest }, said)));
                }
            },
        };
        Ok(Self { visitor, actor, user, as_of })
    }
}

/// What somebody gets who is not signed in: the way in, and back to where they
/// were going.
async fn to_the_door(parts: &Parts, visitor: Visitor) -> Turned {
    if !parts.method.is_safe() {
        let said = visitor.words.say("sign-in-signed-out");
        return Turned::Back(Box::new(Trouble::signed_out(visitor, said)));
    }
    let is_unclaimed = visitor.site.app.is_unclaimed().await.unwrap_or(false);
    if is_unclaimed {
        return Turned::Away(Redirect::to("/setup").into_response());
    }
    let here = visitor.here();
    let way = if here == "/today" || !is_ours(&here) {
        "/sign-in".to_owned()
    } else {
        Query::default().with("next", &here).address("/sign-in")
    };
    Turned::Away(Redirect::to(&way).into_response())
}

/// Whether an address leads to a page of ours: `//elsewhere` would be another
/// site, and a line break would end the header that it is put into.
pub(crate) fn is_ours(address: &str) -> bool {
    let is_plain = address.bytes().all(|byte| byte.is_ascii_graphic());
    is_plain && address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')
}

impl Site {
    /// The link of somebody who was invited.
    pub(crate) fn welcome(&self, secret: &str) -> String {
        format!("{}/welcome/{secret}", self.url)
    }

    /// What the cookie of a session is called.
    pub(crate) fn session_cookie(&self) -> &'static str {
        if self.is_encrypted() { SESSION_SECURE } else { SESSION }
    }

    /// The header that makes a browser carry a session, or forget it.
    pub(crate) fn session_header(&self, secret: Option<&str>) -> String {
        let (value, age) = match secret {
            Some(secret) => (secret, LONGEST_DAYS * 86_400),
            None => ("", 0),
        };
        let name = self.session_cookie();
        let secure = if self.is_encrypted() { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
    }
}

/// A path as a log may have it: the secret of an invitation is in its path.
pub(crate) fn logged(path: &str) -> &str {
    if path.starts_with("/welcome/") { "/welcome/{secret}" } else { path }
}

impl Visitor {
    /// The address of this page as it is.
    pub(crate) fn here(&self) -> String {
        self.query.address(&self.path)
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

    /// The same, where a name may stand several times.
    pub(crate) fn link_and(&self, path: &str, pairs: &[(&str, &str)]) -> String {
        let day = self.query.get(AS_OF).map(|day| (AS_OF, day));
        let pairs = day.iter().chain(pairs).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Query::new(pairs.collect()).address(path)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_an_invitation_is_in_no_log() {
        assert_eq!(logged("/welcome/s3cr3t"), "/welcome/{secret}");
        assert_eq!(logged("/accounts/1"), "/accounts/1");
    }
}
