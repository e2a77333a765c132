//! What is set for the whole workspace.

use super::{Tab, tabs};
use crate::{
    error::{Trouble, said},
    frame::Frame,
    pages::{shown, shown_as},
    request::Asked,
};
use askama::Template;
use axum::{Form, http::StatusCode, response::Response};
use laer8_app::AppError;
use laer8_domain::{money::Currency, users::Role};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "settings-workspace.html")]
struct Page {
    frame: Frame,
    tabs: Vec<Tab>,
    done: Option<String>,
    error: Option<String>,
    may_change: bool,
    name: String,
    currency: String,
    zone: String,
}

impl Page {
    async fn of(asked: &Asked) -> Result<Self, Trouble> {
        let workspace = asked.site.app.workspace(&asked.actor).await;
        let workspace = workspace.map_err(|error| Trouble::of(asked, &error))?;
        Ok(Self {
            frame: Frame::bare(asked, "/settings", asked.words.say("settings-workspace")),
            tabs: tabs(asked, "/settings/workspace"),
            done: None,
            error: None,
            may_change: asked.actor.may(Role::Admin),
            currency: workspace.currency.to_string(),
            name: workspace.name,
            zone: workspace.zone.name().to_owned(),
        })
    }
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let page = Page::of(&asked).await?;
    shown(&asked, &page)
}

#[derive(Deserialize)]
pub(crate) struct Changed {
    name: String,
    currency: String,
}

pub(crate) async fn save(asked: Asked, Form(given): Form<Changed>) -> Result<Response, Trouble> {
    let currency = given.currency.trim().to_uppercase().parse::<Currency>();
    let currency = currency.map_err(|error| AppError::Invalid(error.to_string()));
    let changed = match currency {
        Ok(currency) => asked.site.app.change_workspace(&asked.actor, &given.name, currency).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(_) => {
            let done = Some(asked.words.say("settings-workspace-saved"));
            let page = Page { done, ..Page::of(&asked).await? };
            shown(&asked, &page)
        }
        Err(error @ (AppError::Invalid(_) | AppError::NoRate(_))) => {
            let error = Some(said(&asked, &error));
            let (name, currency) = (given.name, given.currency);
            let page = Page { error, name, currency, ..Page::of(&asked).await? };
            shown_as(&asked, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Trouble::of(&asked, &error)),
    }
}
