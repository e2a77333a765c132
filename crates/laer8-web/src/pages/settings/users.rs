//! Who may use the workspace.

use super::{Tab, roles, tabs};
use crate::{
    error::{Trouble, said},
    frame::Frame,
    pages::{initials, shown_as},
    request::Asked,
};
use askama::Template;
use axum::{Form, http::StatusCode, response::Response};
use laer8_app::{AppError, INVITATION_DAYS, NewUser};
use laer8_domain::users::{Role, User};
use laer8_words::Arg;
use serde::Deserialize;

struct Line {
    initials: String,
    email: String,
    name: String,
    roles: Vec<(&'static str, String, bool)>,
    active: bool,
    state: String,
}

#[derive(Template)]
#[template(path = "settings-users.html")]
struct Page {
    frame: Frame,
    tabs: Vec<Tab>,
    done: Option<String>,
    error: Option<String>,
    /// A link to hand over, and what is said of it.
    link: Option<(String, String)>,
    /// How many there are, and how many have not been in yet.
    count: String,
    waiting: String,
    users: Vec<Line>,
    roles: Vec<(&'static str, String, bool)>,
    /// What was typed for somebody new and could not be taken.
    typed: (String, String),
}

/// What is told above the users.
#[derive(Default)]
struct Told {
    done: Option<String>,
    error: Option<String>,
    link: Option<(String, String)>,
    typed: (String, String),
    role: Option<Role>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    drawn(&asked, Told::default()).await
}

async fn drawn(asked: &Asked, told: Told) -> Result<Response, Trouble> {
    let fail = |error| Trouble::of(asked, &error);
    let (app, words) = (&asked.site.app, asked.words);
    let users = app.users(&asked.actor).await.map_err(fail)?;
    let ready = app.users_with_password(&asked.actor).await.map_err(fail)?;
    let line = |user: User| Line {
        state: words.say(match (user.active, ready.contains(&user.id)) {
            (false, _) => "settings-state-inactive",
            (true, true) => "settings-state-active",
            (true, false) => "settings-state-invited",
        }),
        roles: roles(asked, user.role),
        initials: initials(&user.name),
        email: user.email,
        name: user.name,
        active: user.active,
    };
    let waiting = users.iter().filter(|user| user.active && !ready.contains(&user.id)).count();
    let page = Page {
        frame: Frame::bare(asked, "/settings", words.say("settings-users")),
        count: words.say_with("settings-users-count", &[("count", Arg::from(users.len()))]),
        waiting: words.say_with("settings-users-waiting", &[("count", Arg::from(waiting))]),
        tabs: tabs(asked, "/settings/users"),
        users: users.into_iter().map(line).collect(),
        roles: roles(asked, told.role.unwrap_or(Role::Member)),
        done: told.done,
        error: told.error,
        link: told.link,
        typed: told.typed,
    };
    let status = if page.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    shown_as(asked, status, &page)
}

#[derive(Deserialize)]
pub(crate) struct New {
    email: String,
    name: String,
    role: String,
}

pub(crate) async fn add(asked: Asked, Form(given): Form<New>) -> Result<Response, Trouble> {
    let role = role(&asked, &given.role)?;
    let new = NewUser { email: given.email.clone(), name: given.name.clone(), role };
    match asked.site.app.add_user(&asked.actor, new).await {
        Ok(_) => linked(&asked, &given.email).await,
        Err(error @ AppError::User(_)) => {
            let (error, typed) = (Some(said(&asked, &error)), (given.email, given.name));
            drawn(&asked, Told { error, typed, role: Some(role), ..Told::default() }).await
        }
        Err(error) => Err(Trouble::of(&asked, &error)),
    }
}

#[derive(Deserialize)]
pub(crate) struct Changed {
    email: String,
    role: String,
    active: Option<String>,
}

pub(crate) async fn change(asked: Asked, Form(given): Form<Changed>) -> Result<Response, Trouble> {
    let role = role(&asked, &given.role)?;
    let changed = asked.site.app.change_user(&asked.actor, &given.email, role, given.active.is_some()).await;
    match changed {
        // Whoever is no administrator any more does not see this page.
        Ok(()) if asked.user.as_ref().is_some_and(|user| user.email == given.email) => {
            Ok(axum::response::IntoResponse::into_response(axum::response::Redirect::to("/settings")))
        }
        Ok(()) => {
            let args = [("email", Arg::Text(&given.email))];
            let done = Some(asked.words.say_with("settings-user-saved", &args));
            drawn(&asked, Told { done, ..Told::default() }).await
        }
        Err(error @ AppError::User(_)) => {
            let error = Some(said(&asked, &error));
            drawn(&asked, Told { error, ..Told::default() }).await
        }
        Err(error) => Err(Trouble::of(&asked, &error)),
    }
}

#[derive(Deserialize)]
pub(crate) struct Whose {
    email: String,
}

pub(crate) async fn link(asked: Asked, Form(given): Form<Whose>) -> Result<Response, Trouble> {
    linked(&asked, &given.email).await
}

async fn linked(asked: &Asked, email: &str) -> Result<Response, Trouble> {
    let secret = asked.site.app.invite(&asked.actor, email).await;
    let secret = secret.map_err(|error| Trouble::of(asked, &error))?;
    let args = [("email", Arg::Text(email)), ("days", Arg::Count(INVITATION_DAYS))];
    let link = (asked.words.say_with("settings-user-linked", &args), asked.site.welcome(&secret));
    drawn(asked, Told { link: Some(link), ..Told::default() }).await
}

fn role(asked: &Asked, key: &str) -> Result<Role, Trouble> {
    Role::from_key(key).ok_or_else(|| Trouble::bad(asked.clone(), asked.words.say("web-error-missing-said")))
}
