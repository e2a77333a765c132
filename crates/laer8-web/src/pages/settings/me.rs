//! One's own settings: language, colours, password, sessions.

use super::{Tab, instant, tabs};
use crate::{
    error::{Trouble, said},
    frame::Frame,
    pages::{door::carrying, shown_as},
    request::{Asked, Theme},
};
use askama::Template;
use axum::{Form, http::StatusCode, response::Response};
use laer8_app::{AppError, SessionView, UserFault};
use laer8_words::{Arg, Language};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "settings-me.html")]
struct Page {
    frame: Frame,
    tabs: Vec<Tab>,
    /// Name, address and role; nobody where the site signs in by itself.
    who: Option<(String, String, String)>,
    done: Option<String>,
    error: Option<String>,
    languages: Vec<(&'static str, &'static str, bool)>,
    themes: Vec<(&'static str, String, bool)>,
    sessions: Vec<(String, String, String, bool)>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    drawn(&asked, None, None).await
}

async fn drawn(asked: &Asked, done: Option<String>, error: Option<String>) -> Result<Response, Trouble> {
    let fail = |error| Trouble::of(asked, &error);
    let app = &asked.site.app;
    let zone = app.workspace(&asked.actor).await.map_err(fail)?.zone;
    let sessions = match (&asked.user, &asked.secret) {
        (Some(_), Some(secret)) => app.own_sessions(&asked.actor, secret).await.map_err(fail)?,
        _ => Vec::new(),
    };
    let words = asked.words;
    let session = |session: SessionView| {
        let (began, seen) = (instant(asked, zone, session.began_at), instant(asked, zone, session.seen_at));
        (began, seen, browser(&session.agent), session.current)
    };
    let theme = |(theme, key): (Theme, &str)| (theme.key(), words.say(key), theme == asked.theme);
    let themes = [
        (Theme::System, "settings-system"),
        (Theme::Light, "settings-light"),
        (Theme::Dark, "settings-dark"),
    ];
    let language =
        |(language, name): (Language, &'static str)| (language.key(), name, language == words.language());
    let page = Page {
        frame: Frame::bare(asked, "/settings", words.say("settings-title")),
        tabs: tabs(asked, "/settings"),
        who: asked
            .user
            .as_ref()
            .map(|user| (user.name.clone(), user.email.clone(), words.user_role(user.role))),
        done,
        error,
        languages: [(Language::En, "English"), (Language::Es, "Español")].map(language).into(),
        themes: themes.map(theme).into(),
        sessions: sessions.into_iter().map(session).collect(),
    };
    let status = if page.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    shown_as(asked, status, &page)
}

#[derive(Deserialize)]
pub(crate) struct Passwords {
    old: String,
    password: String,
    again: String,
}

pub(crate) async fn password(asked: Asked, Form(given): Form<Passwords>) -> Result<Response, Trouble> {
    let app = &asked.site.app;
    let changed = if given.password == given.again {
        app.change_password(&asked.actor, &given.old, &given.password, &asked.agent).await
    } else {
        Err(UserFault::PasswordsDiffer.into())
    };
    match changed {
        Ok(secret) => {
            let mut asked = asked;
            asked.visitor.secret = Some(secret.clone());
            let response = drawn(&asked, Some(asked.words.say("settings-password-done")), None).await?;
            Ok(carrying(&asked.site, Some(&secret), response))
        }
        Err(error @ (AppError::User(_) | AppError::WrongPassword | AppError::TooMany { .. })) => {
            drawn(&asked, None, Some(said(&asked, &error))).await
        }
        Err(error) => Err(Trouble::of(&asked, &error)),
    }
}

pub(crate) async fn end_others(asked: Asked) -> Result<Response, Trouble> {
    let secret = asked.secret.clone().unwrap_or_default();
    let ended = asked.site.app.end_other_sessions(&asked.actor, &secret).await;
    let ended = ended.map_err(|error| Trouble::of(&asked, &error))?;
    let count = i64::try_from(ended).unwrap_or(i64::MAX);
    let said = asked.words.say_with("settings-sessions-ended", &[("count", Arg::Count(count))]);
    drawn(&asked, Some(said), None).await
}

/// A browser by a name that people know; as it calls itself where it has none.
fn browser(agent: &str) -> String {
    // Most pretend to be others: the order tells them apart.
    let names = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (first(&names), first(&systems)) {
        (Some(name), Some(system)) => format!("{name} · {system}"),
        (Some(name), None) => name.to_owned(),
        _ => agent.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_has_the_name_that_people_know() {
        let edge =
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0";
        assert_eq!(browser(edge), "Edge · Windows");
        assert_eq!(
            browser("Mozilla/5.0 (iPhone; CPU iPhone OS 19 like Mac OS X) Version/19 Safari/604.1"),
            "Safari · iPhone"
        );
        assert_eq!(browser("curl/8.5"), "curl/8.5");
    }
}
