//! Who changed what, a page at a time.

mod said;

use super::{Tab, instant, tabs};
use crate::{error::Trouble, frame::Frame, pages::shown, request::Asked};
use askama::Template;
use axum::response::Response;
use laer8_app::{AuditRow, LocalTime};
use laer8_domain::days::Day;
use laer8_words::Arg;
use said::Telling;

/// Changes on a page.
const SHOWN: u8 = 100;

/// A change: who did what, and the details behind it.
struct Line {
    time: String,
    who: String,
    did: String,
    /// Where what was changed is, while it can be seen.
    address: Option<String>,
    details: Vec<(String, String)>,
}

struct OfDay {
    day: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "settings-audit.html")]
struct Page {
    frame: Frame,
    tabs: Vec<Tab>,
    /// In which order, and in which time zone.
    times: String,
    days: Vec<OfDay>,
    newest: Option<String>,
    earlier: Option<String>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let fail = |error| Trouble::of(&asked, &error);
    let (app, words) = (&asked.site.app, asked.words);
    let before = asked.query.get("before").and_then(|id| id.parse::<i64>().ok());
    // One more than is shown tells whether there are more.
    let mut rows = app.audit_before(&asked.actor, before, u64::from(SHOWN) + 1).await.map_err(fail)?;
    let is_more = rows.len() > usize::from(SHOWN);
    rows.truncate(usize::from(SHOWN));
    let zone = app.workspace(&asked.actor).await.map_err(fail)?.zone;
    let accounts: Vec<_> =
        rows.iter().flat_map(|row| [said::account(row), said::other(row)]).flatten().collect();
    let names = app.audit_names(&asked.actor, &accounts).await.map_err(fail)?;
    let telling = Telling { asked: &asked, names: &names };
    let line = |row: &AuditRow| {
        let at = LocalTime::of(row.at, zone);
        let told = telling.told(row);
        let line = Line {
            time: format!("{:02}:{:02}", at.hour, at.minute),
            who: telling.who(&row.actor),
            did: told.did,
            address: told.address,
            details: telling.details(row, instant(&asked, zone, row.at)),
        };
        (at.day, line)
    };
    let page = Page {
        frame: Frame::bare(&asked, "/settings", words.say("settings-audit")),
        tabs: tabs(&asked, "/settings/audit"),
        times: words.say_with("audit-times", &[("zone", Arg::Text(&zone.name().replace('_', " ")))]),
        newest: before.map(|_| asked.link("/settings/audit")),
        earlier: rows
            .last()
            .filter(|_| is_more)
            .map(|row| asked.link_with("/settings/audit", &[("before", &row.id.to_string())])),
        days: by_day(&asked, rows.iter().map(line)),
    };
    shown(&asked, &page)
}

/// The lines of each day together, in the order they come in.
fn by_day(asked: &Asked, lines: impl Iterator<Item = (Day, Line)>) -> Vec<OfDay> {
    let mut days: Vec<OfDay> = Vec::new();
    let mut last = None;
    for (day, line) in lines {
        if last != Some(day) {
            days.push(OfDay { day: asked.words.day(day), lines: Vec::new() });
            last = Some(day);
        }
        if let Some(of_day) = days.last_mut() {
            of_day.lines.push(line);
        }
    }
    days
}
