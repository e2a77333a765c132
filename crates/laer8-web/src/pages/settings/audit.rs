//! Who changed what.

use super::{Tab, instant, tabs};
use crate::{error::Trouble, frame::Frame, pages::shown, request::Asked};
use askama::Template;
use axum::response::Response;
use laer8_app::AuditEntry;

/// The changes shown.
const SHOWN: u64 = 200;

#[derive(Template)]
#[template(path = "settings-audit.html")]
struct Page {
    frame: Frame,
    tabs: Vec<Tab>,
    entries: Vec<[String; 5]>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let fail = |error| Trouble::of(&asked, &error);
    let app = &asked.site.app;
    let entries = app.audit_log(&asked.actor, SHOWN).await.map_err(fail)?;
    let zone = app.workspace(&asked.actor).await.map_err(fail)?.zone;
    let line = |entry: AuditEntry| {
        let detail = if entry.detail.is_null() { String::new() } else { entry.detail.to_string() };
        [instant(&asked, zone, entry.at), entry.actor, entry.action, entry.subject, detail]
    };
    let page = Page {
        frame: Frame::bare(&asked, "/settings", asked.words.say("settings-audit")),
        tabs: tabs(&asked, "/settings/audit"),
        entries: entries.into_iter().map(line).collect(),
    };
    shown(&asked, &page)
}
