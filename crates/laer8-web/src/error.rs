//! What went wrong, as a page that says what to do.

use crate::{frame::Frame, request::Asked};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use laer8_app::AppError;

/// A page that can't be shown.
#[derive(Debug)]
pub(crate) struct Trouble {
    asked: Box<Asked>,
    status: StatusCode,
    title: String,
    said: String,
}

impl Trouble {
    /// Something given is not as it must be.
    pub(crate) fn bad(asked: Asked, said: String) -> Self {
        let title = asked.words.say("web-error-invalid");
        Self { asked: Box::new(asked), status: StatusCode::BAD_REQUEST, title, said }
    }

    /// There is no such page.
    pub(crate) fn missing(asked: Asked) -> Self {
        let (title, said) = (asked.words.say("web-error-missing"), asked.words.say("web-error-missing-said"));
        Self { asked: Box::new(asked), status: StatusCode::NOT_FOUND, title, said }
    }

    /// A use case could not.
    pub(crate) fn of(asked: &Asked, error: &AppError) -> Self {
        let status = match error {
            AppError::Forbidden { .. } => StatusCode::FORBIDDEN,
            AppError::NotFound { .. } => StatusCode::NOT_FOUND,
            AppError::Ambiguous { .. } | AppError::Invalid(_) | AppError::TooEarly { .. } => {
                StatusCode::BAD_REQUEST
            }
            AppError::Empty => StatusCode::OK,
            AppError::Document { .. } | AppError::NoRate(_) => StatusCode::UNPROCESSABLE_ENTITY,
            AppError::File { .. } | AppError::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let words = asked.words;
        let title = match error {
            AppError::Empty => words.say("web-empty-title"),
            _ if status.is_server_error() => words.say("web-error-server"),
            _ if status == StatusCode::NOT_FOUND => words.say("web-error-missing"),
            _ => words.say("web-error-invalid"),
        };
        let said = match error {
            AppError::Empty => words.say("web-empty-said"),
            AppError::TooEarly { day, first } => words.say_with(
                "error-too-early",
                &[
                    ("day", laer8_words::Arg::Text(&words.day(*day))),
                    ("first", laer8_words::Arg::Text(&words.day(*first))),
                ],
            ),
            // What the database said is for the log.
            AppError::Store(_) => {
                tracing::error!(%error, path = asked.path, "a page failed");
                words.say("web-error-server-said")
            }
            other => other.to_string(),
        };
        Self { asked: Box::new(asked.clone()), status, title, said }
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    title: String,
    said: String,
    home: String,
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let home = "/today".to_owned();
        let frame = Frame::bare(&self.asked, "", self.title.clone());
        let page = ErrorPage { frame, title: self.title, said: self.said, home };
        match page.render() {
            Ok(html) => (self.status, Html(html)).into_response(),
            Err(_) => self.status.into_response(),
        }
    }
}
