//! Keys with which programs sign in.

use super::{Tab, instant, roles, tabs};
use crate::{
    error::{Trouble, said},
    frame::Frame,
    pages::{shown, shown_as},
    request::Asked,
};
use askama::Template;
use axum::{Form, extract::Path, http::StatusCode, response::Response};
use laer8_app::{AppError, StoredKey};
use laer8_domain::{ids::ApiKeyId, users::Role};
use laer8_words::Arg;
use serde::Deserialize;

struct Line {
    id: ApiKeyId,
    name: String,
    role: String,
    author: String,
    created: String,
    used: String,
}

#[derive(Template)]
#[template(path = "settings-keys.html")]
struct Page {
    frame: Frame,
    tabs: Vec<Tab>,
    done: Option<String>,
    error: Option<String>,
    /// A key that was just made, and what is said of it.
    made: Option<(String, String)>,
    count: String,
    keys: Vec<Line>,
    roles: Vec<(&'static str, String, bool)>,
    typed: String,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let page = Page::of(&asked).await?;
    shown(&asked, &page)
}

impl Page {
    async fn of(asked: &Asked) -> Result<Self, Trouble> {
        let fail = |error| Trouble::of(asked, &error);
        let (app, words) = (&asked.site.app, asked.words);
        let keys = app.keys(&asked.actor).await.map_err(fail)?;
        let zone = app.workspace(&asked.actor).await.map_err(fail)?.zone;
        let line = |key: StoredKey| Line {
            id: key.id,
            role: words.user_role(key.role),
            created: instant(asked, zone, key.created_at),
            used: key.used_at.map_or_else(|| words.say("settings-key-never"), |at| instant(asked, zone, at)),
            name: key.name,
            author: key.author,
        };
        Ok(Self {
            frame: Frame::bare(asked, "/settings", words.say("settings-keys")),
            tabs: tabs(asked, "/settings/keys"),
            done: None,
            error: None,
            made: None,
            count: words.say_with("settings-keys-count", &[("count", Arg::from(keys.len()))]),
            keys: keys.into_iter().map(line).collect(),
            roles: roles(asked, Role::Viewer),
            typed: String::new(),
        })
    }
}

#[derive(Deserialize)]
pub(crate) struct New {
    name: String,
    role: String,
}

pub(crate) async fn add(asked: Asked, Form(given): Form<New>) -> Result<Response, Trouble> {
    let Some(role) = Role::from_key(&given.role) else {
        let said = asked.words.say("web-error-missing-said");
        return Err(Trouble::bad(asked, said));
    };
    match asked.site.app.add_key(&asked.actor, &given.name, role).await {
        Ok((_, key)) => {
            let said = asked.words.say_with("settings-key-made", &[("name", Arg::Text(given.name.trim()))]);
            let page = Page { made: Some((said, key)), ..Page::of(&asked).await? };
            shown(&asked, &page)
        }
        Err(error @ AppError::User(_)) => {
            let error = Some(said(&asked, &error));
            let page = Page { error, typed: given.name, ..Page::of(&asked).await? };
            shown_as(&asked, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Trouble::of(&asked, &error)),
    }
}

pub(crate) async fn remove(Path(id): Path<i64>, asked: Asked) -> Result<Response, Trouble> {
    let removed = asked.site.app.remove_key(&asked.actor, ApiKeyId(id)).await;
    removed.map_err(|error| Trouble::of(&asked, &error))?;
    let done = Some(asked.words.say("settings-key-removed"));
    let page = Page { done, ..Page::of(&asked).await? };
    shown(&asked, &page)
}
