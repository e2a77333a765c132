//! What went wrong, as a page that says what to do.

use crate::{
    frame::{Door, Frame, area_name},
    request::{Asked, Visitor, logged},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use laer8_app::AppError;
use laer8_words::Arg;

/// A page that can't be shown.
#[derive(Debug)]
pub(crate) struct Trouble {
    visitor: Box<Visitor>,
    /// Whoever may see the frame of the pages.
    asked: Option<Box<Asked>>,
    status: StatusCode,
    title: String,
    said: String,
}

impl Trouble {
    fn new(asked: Asked, status: StatusCode, title: String, said: String) -> Self {
        Self { visitor: Box::new(asked.visitor.clone()), asked: Some(Box::new(asked)), status, title, said }
    }

    /// Something given is not as it must be.
    pub(crate) fn bad(asked: Asked, said: String) -> Self {
        let title = asked.words.say("web-error-invalid");
        Self::new(asked, StatusCode::BAD_REQUEST, title, said)
    }

    /// There is no such page.
    pub(crate) fn missing(asked: Asked) -> Self {
        let (title, said) = (asked.words.say("web-error-missing"), asked.words.say("web-error-missing-said"));
        Self::new(asked, StatusCode::NOT_FOUND, title, said)
    }

    /// Somebody sent a form and is not signed in any more.
    pub(crate) fn signed_out(visitor: Visitor, said: String) -> Self {
        let title = visitor.words.say("sign-in-title");
        Self { visitor: Box::new(visitor), asked: None, status: StatusCode::UNAUTHORIZED, title, said }
    }

    /// A use case could not.
    pub(crate) fn of(asked: &Asked, error: &AppError) -> Self {
        let (status, title, said) = told(asked, error);
        Self::new(asked.clone(), status, title, said)
    }

    /// A use case could not, for somebody who is not signed in.
    pub(crate) fn of_visitor(visitor: &Visitor, error: &AppError) -> Self {
        let (status, title, said) = told(visitor, error);
        Self { visitor: Box::new(visitor.clone()), asked: None, status, title, said }
    }
}

/// What an error is called, and what is said of it.
fn told(visitor: &Visitor, error: &AppError) -> (StatusCode, String, String) {
    let status = status(error);
    let words = visitor.words;
    let title = match error {
        AppError::Empty => words.say("web-empty-title"),
        AppError::Stale => words.say("web-stale-link"),
        _ if status.is_server_error() => words.say("web-error-server"),
        _ if status == StatusCode::NOT_FOUND => words.say("web-error-missing"),
        _ if status == StatusCode::FORBIDDEN => words.say("web-error-forbidden"),
        _ => words.say("web-error-invalid"),
    };
    (status, title, said(visitor, error))
}

/// The status of an error.
pub(crate) fn status(error: &AppError) -> StatusCode {
    match error {
        AppError::Forbidden { .. } => StatusCode::FORBIDDEN,
        AppError::NotFound { .. } | AppError::Stale => StatusCode::NOT_FOUND,
        AppError::Ambiguous { .. } | AppError::Invalid(_) | AppError::TooEarly { .. } => {
            StatusCode::BAD_REQUEST
        }
        AppError::Empty => StatusCode::OK,
        AppError::WrongPassword => StatusCode::UNAUTHORIZED,
        AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        AppError::Conflict | AppError::Outdated { .. } => StatusCode::CONFLICT,
        AppError::Document { .. }
        | AppError::NoRate(_)
        | AppError::User(_)
        | AppError::Edit(_)
        | AppError::Key(_) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::File { .. } | AppError::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What is said of an error, in the reader's language where it is known in it.
pub(crate) fn said(visitor: &Visitor, error: &AppError) -> String {
    match error {
        AppError::Empty => visitor.words.say("web-empty-said"),
        // What the database said is for the log.
        AppError::Store(_) | AppError::File { .. } => {
            tracing::error!(%error, path = logged(&visitor.path), "a page failed");
            visitor.words.say("web-error-server-said")
        }
        other => {
            laer8_phrases::error(visitor.words, other).unwrap_or_else(|| first_upper(&other.to_string()))
        }
    }
}

/// Errors begin with a small letter, sentences on a page do not.
fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The area that a path is in: `/accounts` of `/accounts/7`.
fn area(path: &str) -> &str {
    let end = path.match_indices('/').nth(1).map_or(path.len(), |(at, _)| at);
    path.get(..end).unwrap_or(path)
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    title: String,
    said: String,
    /// Where to go from here: what it is called, its address.
    way: (String, String),
}

#[derive(Template)]
#[template(path = "door-error.html")]
struct DoorError {
    door: Door,
    said: String,
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let html = match &self.asked {
            Some(asked) => {
                let area = area(&asked.path);
                let frame = Frame::bare(asked, area, self.title.clone());
                // A page that is well and still has nothing to show waits for
                // data; from one that failed, its area is the nearest way on.
                let way = match area_name(area) {
                    _ if self.status.is_success() => (frame.say("web-empty-do"), "/imports".to_owned()),
                    Some(name) if self.status != StatusCode::FORBIDDEN => {
                        let name = frame.say(name);
                        (frame.words.say_with("web-to-area", &[("area", Arg::Text(&name))]), area.to_owned())
                    }
                    _ => (frame.say("web-to-today"), "/today".to_owned()),
                };
                ErrorPage { frame, title: self.title, said: self.said, way }.render()
            }
            None => DoorError { door: Door::new(&self.visitor, self.title), said: self.said }.render(),
        };
        match html {
            Ok(html) => (self.status, Html(html)).into_response(),
            Err(_) => self.status.into_response(),
        }
    }
}
