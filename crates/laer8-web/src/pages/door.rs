//! The way in and out: signing in, the first user, links by which somebody
//! chooses a password.

use crate::{
    error::{Trouble, said, status},
    frame::Door,
    request::{Visitor, is_ours},
    server::Site,
};
use askama::Template;
use axum::{
    Form,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use laer8_app::{AppError, UserFault};
use laer8_domain::users::PASSWORD_LEAST;
use laer8_words::Arg;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignIn {
    door: Door,
    error: Option<String>,
    email: String,
    next: String,
}

/// A page on which somebody chooses a password.
#[derive(Template)]
#[template(path = "choose-password.html")]
struct ChoosePassword {
    door: Door,
    about: String,
    error: Option<String>,
    action: String,
    /// The address and name of the first user, as typed so far.
    first: Option<(String, String)>,
    /// The address of somebody who was invited.
    known: String,
    hint: String,
    go: String,
}

#[derive(Template)]
#[template(path = "setup-closed.html")]
struct SetupClosed {
    door: Door,
}

pub(crate) async fn sign_in(visitor: Visitor) -> Result<Response, Trouble> {
    let fail = |error| Trouble::of_visitor(&visitor, &error);
    let next = visitor.query.get("next").unwrap_or_default().to_owned();
    if visitor.site.unsigned.is_some() {
        return Ok(Redirect::to("/today").into_response());
    }
    if let Some(secret) = &visitor.secret
        && visitor.site.app.signed_in(secret).await.map_err(fail)?.is_some()
    {
        return Ok(Redirect::to(safe(&next)).into_response());
    }
    if visitor.site.app.is_unclaimed().await.map_err(fail)? {
        return Ok(Redirect::to("/setup").into_response());
    }
    let door = Door::new(&visitor, visitor.words.say("sign-in-title"));
    Ok(drawn(StatusCode::OK, &SignIn { door, error: None, email: String::new(), next }))
}

#[derive(Deserialize)]
pub(crate) struct Credentials {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub(crate) async fn signing_in(visitor: Visitor, Form(given): Form<Credentials>) -> Response {
    let app = &visitor.site.app;
    let done = app.sign_in(&given.email, &given.password, &visitor.place, &visitor.agent).await;
    // Whoever was signed in here before is not any more.
    if done.is_ok()
        && let Some(before) = &visitor.secret
        && let Err(error) = app.sign_out(before).await
    {
        tracing::warn!(%error, "a session could not be ended");
    }
    match done {
        Ok(secret) => begun(&visitor.site, &secret, safe(&given.next)),
        Err(error) => {
            let door = Door::new(&visitor, visitor.words.say("sign-in-title"));
            let page =
                SignIn { door, error: Some(said(&visitor, &error)), email: given.email, next: given.next };
            let mut response = drawn(status(&error), &page);
            if let AppError::TooMany { seconds } = error
                && let Ok(wait) = HeaderValue::from_str(&seconds.to_string())
            {
                response.headers_mut().insert(header::RETRY_AFTER, wait);
            }
            response
        }
    }
}

pub(crate) async fn sign_out(visitor: Visitor) -> Result<Response, Trouble> {
    if let Some(secret) = &visitor.secret {
        let done = visitor.site.app.sign_out(secret).await;
        done.map_err(|error| Trouble::of_visitor(&visitor, &error))?;
    }
    Ok(carrying(&visitor.site, None, Redirect::to("/sign-in").into_response()))
}

/// The code of the link by which the first user is made, where it is right.
fn is_setup(visitor: &Visitor) -> bool {
    let asked = visitor.query.get("code");
    // Both are long and random and compared once a visit: nobody learns from how long it takes.
    visitor.site.setup_code.as_deref().is_some_and(|code| asked == Some(code))
}

pub(crate) async fn setup(visitor: Visitor) -> Result<Response, Trouble> {
    let fail = |error| Trouble::of_visitor(&visitor, &error);
    if !visitor.site.app.is_unclaimed().await.map_err(fail)? {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    if !is_setup(&visitor) {
        let door = Door::new(&visitor, visitor.words.say("setup-title"));
        return Ok(drawn(StatusCode::FORBIDDEN, &SetupClosed { door }));
    }
    Ok(drawn(StatusCode::OK, &first_user(&visitor, None, String::new(), String::new())))
}

#[derive(Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    email: String,
    #[serde(default)]
    name: String,
    password: String,
    again: String,
}

pub(crate) async fn setting_up(visitor: Visitor, Form(given): Form<Chosen>) -> Result<Response, Trouble> {
    if !is_setup(&visitor) {
        let door = Door::new(&visitor, visitor.words.say("setup-title"));
        return Ok(drawn(StatusCode::FORBIDDEN, &SetupClosed { door }));
    }
    let app = &visitor.site.app;
    let done = match same(&given) {
        Ok(()) => app.claim(&given.email, &given.name, &given.password, &visitor.agent).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(secret) => Ok(begun(&visitor.site, &secret, "/today")),
        Err(AppError::Forbidden { .. }) => Ok(Redirect::to("/sign-in").into_response()),
        Err(error @ AppError::User(_)) => {
            let page = first_user(&visitor, Some(said(&visitor, &error)), given.email, given.name);
            Ok(drawn(status(&error), &page))
        }
        Err(error) => Err(Trouble::of_visitor(&visitor, &error)),
    }
}

fn first_user(visitor: &Visitor, error: Option<String>, email: String, name: String) -> ChoosePassword {
    let words = visitor.words;
    ChoosePassword {
        door: Door::new(visitor, words.say("setup-title")),
        about: words.say("setup-about"),
        error,
        action: visitor.here(),
        first: Some((email, name)),
        known: String::new(),
        hint: hint(visitor),
        go: words.say("setup-do"),
    }
}

pub(crate) async fn welcome(visitor: Visitor, Path(secret): Path<String>) -> Result<Response, Trouble> {
    let page = invitation(&visitor, &secret, None).await?;
    Ok(drawn(StatusCode::OK, &page))
}

pub(crate) async fn welcomed(
    visitor: Visitor,
    Path(secret): Path<String>,
    Form(given): Form<Chosen>,
) -> Result<Response, Trouble> {
    let done = match same(&given) {
        Ok(()) => visitor.site.app.accept(&secret, &given.password, &visitor.agent).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(session) => Ok(begun(&visitor.site, &session, "/today")),
        Err(error @ AppError::User(_)) => {
            let page = invitation(&visitor, &secret, Some(said(&visitor, &error))).await?;
            Ok(drawn(status(&error), &page))
        }
        Err(error) => Err(Trouble::of_visitor(&visitor, &error)),
    }
}

async fn invitation(
    visitor: &Visitor,
    secret: &str,
    error: Option<String>,
) -> Result<ChoosePassword, Trouble> {
    let words = visitor.words;
    let user = visitor.site.app.invited(secret).await;
    let user = user.map_err(|error| Trouble::of_visitor(visitor, &error))?;
    Ok(ChoosePassword {
        door: Door::new(visitor, words.say_with("welcome-title", &[("name", Arg::Text(&user.name))])),
        about: words.say_with("welcome-about", &[("email", Arg::Text(&user.email))]),
        error,
        action: visitor.here(),
        first: None,
        known: user.email,
        hint: hint(visitor),
        go: words.say("welcome-do"),
    })
}

fn hint(visitor: &Visitor) -> String {
    visitor.words.say_with("password-hint", &[("least", Arg::from(PASSWORD_LEAST))])
}

fn same(given: &Chosen) -> Result<(), AppError> {
    if given.password == given.again { Ok(()) } else { Err(UserFault::PasswordsDiffer.into()) }
}

fn safe(next: &str) -> &str {
    if is_ours(next) { next } else { "/today" }
}

/// A session has begun: the browser carries its secret, and goes on.
pub(crate) fn begun(site: &Site, secret: &str, next: &str) -> Response {
    carrying(site, Some(secret), Redirect::to(next).into_response())
}

/// An answer that makes the browser carry a session, or forget it.
pub(crate) fn carrying(site: &Site, secret: Option<&str>, mut response: Response) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(&site.session_header(secret)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn drawn(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page can't be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
