//! One source: how to send to it, what came last and what became of each event,
//! what could not be understood.

use super::{State, fault, id, number, picture};
use crate::{
    error::Trouble,
    frame::Frame,
    pages::{settings::instant, shown, shown_as},
    request::Asked,
};
use askama::Template;
use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use laer8_app::{
    AppError, AwaitedView, EventFate, LiveSourceDraft, LiveSourceView, RecentEventView, RefusedEventView,
    StoreError,
};
use laer8_domain::{ids::AccountId, users::Role};
use laer8_words::{Arg, Words};
use serde::Deserialize;

/// Events on the page.
const SHOWN: u64 = 20;

/// The document that says which ids mean the same.
const IDENTITY: &str = "/settings/documents/identity/identity";

struct EventLine {
    when: String,
    kind: String,
    name: String,
    who: String,
    class: &'static str,
    fate: String,
    reason: Option<String>,
    account: Option<(String, String)>,
    event: String,
}

struct RefusedLine {
    id: i64,
    when: String,
    reason: String,
    message: String,
    event: String,
    lines: usize,
}

/// What events wait for, and what can be done.
struct AwaitedLine {
    whose: String,
    name: String,
    events: String,
    since: String,
    advice: String,
    /// Accounts that others call by this id: who, where, and its name.
    known_to: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "source.html")]
struct Page {
    frame: Frame,
    all: String,
    address: String,
    name: String,
    state: State,
    heard: String,
    picture: String,
    hour: String,
    /// How soon scores knew what came last.
    lag: String,
    accepted: String,
    duplicates: String,
    waiting: String,
    has_waiting: bool,
    quarantined: String,
    has_quarantined: bool,
    fresh_minutes: u32,
    active: bool,
    /// The host that products send to.
    host: String,
    key: Option<String>,
    events: Vec<EventLine>,
    refused: Vec<RefusedLine>,
    awaited: Vec<AwaitedLine>,
    /// That there are more than are shown.
    awaited_more: Option<String>,
    identity: &'static str,
    done: Option<String>,
    error: Option<String>,
    language_note: bool,
}

pub(crate) async fn page(asked: Asked, path: Path<String>) -> Result<Response, Trouble> {
    let source = find(&asked, path).await?;
    let page = Page::of(&asked, source).await?;
    shown(&asked, &page)
}

async fn find(asked: &Asked, path: Path<String>) -> Result<LiveSourceView, Trouble> {
    let id = id(asked, path)?;
    asked.site.app.live_source(&asked.actor, id).await.map_err(|error| Trouble::of(asked, &error))
}

impl Page {
    async fn of(asked: &Asked, source: LiveSourceView) -> Result<Self, Trouble> {
        let fail = |error| Trouble::of(asked, &error);
        let (app, actor, words) = (&asked.site.app, &asked.actor, asked.words);
        let zone = app.workspace(actor).await.map_err(fail)?.zone;
        let now = app.now();
        let events = app.recent_events(actor, source.id, None, SHOWN).await.map_err(fail)?;
        let refused = app.refused_events(actor, source.id, None, SHOWN).await.map_err(fail)?;
        let mut awaited = app.awaited(actor, source.id, SHOWN + 1).await.map_err(fail)?;
        let awaited_more = (awaited.len() as u64 > SHOWN).then(|| words.say("awaited-more"));
        awaited.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
        let heard = source.last_received_at.map(|at| words.ago((now - at).num_seconds()));
        let hour = source.minutes.iter().map(|minute| minute.accepted).sum();
        let refused_line = |row: RefusedEventView| RefusedLine {
            id: row.id,
            when: instant(asked, zone, row.received_at),
            reason: reason(words, &row.reason),
            message: row.message,
            lines: row.event.lines().count().clamp(2, 12),
            event: row.event,
        };
        Ok(Self {
            frame: Frame::bare(asked, "/sources", source.name.clone()).following(),
            all: asked.link("/sources"),
            address: format!("/sources/{}", source.id),
            state: State::of(words, &source),
            heard: heard.unwrap_or_else(|| words.say("sources-never")),
            picture: picture(words, now, &source),
            hour: words.count(number(hour)),
            lag: lag(words, source.lag_ms),
            accepted: words.count(number(source.accepted)),
            duplicates: words.count(number(source.duplicates)),
            waiting: words.count(number(source.waiting)),
            has_waiting: source.waiting > 0,
            quarantined: words.count(number(source.quarantined)),
            has_quarantined: source.quarantined > 0,
            fresh_minutes: source.fresh_minutes,
            active: source.active,
            host: asked.site.url.to_string(),
            key: source.write_key.clone().filter(|_| actor.may(Role::Manager)),
            events: events.into_iter().map(|event| event_line(asked, now, event)).collect(),
            refused: refused.into_iter().map(refused_line).collect(),
            awaited: awaited.into_iter().map(|it| awaited_line(asked, now, it)).collect(),
            awaited_more,
            identity: IDENTITY,
            done: None,
            error: None,
            language_note: words.language().key() != "en",
            name: source.name,
        })
    }
}

fn lag(words: Words, lag_ms: Option<u64>) -> String {
    match lag_ms {
        Some(ms) => words.say_with("sources-lag", &[("ms", Arg::Count(number(ms)))]),
        None => words.say("sources-lag-none"),
    }
}

fn event_line(asked: &Asked, now: chrono::DateTime<chrono::Utc>, event: RecentEventView) -> EventLine {
    let words = asked.words;
    let class = match event.outcome {
        EventFate::Accepted => "healthy",
        EventFate::Waits | EventFate::OtherAccount => "watch",
        EventFate::Duplicate => "nodata",
        EventFate::Refused | EventFate::NotStored => "risk",
    };
    let account = event.account.zip(event.account_name);
    EventLine {
        when: words.ago((now - event.received_at).num_seconds()),
        kind: event.kind,
        name: event.name,
        who: event.who,
        class,
        fate: words.say(&format!("event-fate-{}", event.outcome.key().replace('_', "-"))),
        reason: (!event.reason.is_empty()).then(|| reason(words, &event.reason)),
        account: account.map(|(id, name)| (asked.link(&format!("/accounts/{id}")), name)),
        event: event.event,
    }
}

fn awaited_line(asked: &Asked, now: chrono::DateTime<chrono::Utc>, it: AwaitedView) -> AwaitedLine {
    let words = asked.words;
    let advice = match (it.whose, it.known_to.is_empty()) {
        ("account", true) => "awaited-account-advice",
        ("account", false) => "awaited-known-advice",
        _ => "awaited-person-advice",
    };
    let link = |account: AccountId| asked.link(&format!("/accounts/{account}"));
    AwaitedLine {
        whose: words.say(&format!("awaited-{}", it.whose)),
        name: it.name,
        events: words.count(number(it.events)),
        since: words.ago((now - it.since).num_seconds()),
        advice: words.say(advice),
        known_to: it.known_to.into_iter().map(|it| (it.source, link(it.account), it.account_name)).collect(),
    }
}

/// Why an event was refused, in the reader's language.
fn reason(words: Words, code: &str) -> String {
    words.say(&format!("event-refused-{}", code.replace('_', "-")))
}

#[derive(Deserialize)]
pub(crate) struct Changed {
    name: String,
    fresh_minutes: u32,
    #[serde(default)]
    active: Option<String>,
}

pub(crate) async fn change(
    asked: Asked,
    path: Path<String>,
    Form(given): Form<Changed>,
) -> Result<Response, Trouble> {
    let id = id(&asked, path)?;
    let draft = LiveSourceDraft {
        name: Some(given.name),
        active: Some(given.active.is_some()),
        fresh_minutes: Some(given.fresh_minutes),
    };
    let changed = asked.site.app.change_live_source(&asked.actor, id, &draft).await;
    answered(&asked, id, changed.map(|_| asked.words.say("sources-saved"))).await
}

pub(crate) async fn renew_key(asked: Asked, path: Path<String>) -> Result<Response, Trouble> {
    let id = id(&asked, path)?;
    let renewed = asked.site.app.renew_write_key(&asked.actor, id).await;
    answered(&asked, id, renewed.map(|_| asked.words.say("sources-key-renewed"))).await
}

#[derive(Deserialize)]
pub(crate) struct Replay {
    /// Which event; all of them where none is named.
    event: Option<i64>,
    mended: Option<String>,
}

pub(crate) async fn replay(
    asked: Asked,
    path: Path<String>,
    Form(given): Form<Replay>,
) -> Result<Response, Trouble> {
    let id = id(&asked, path)?;
    let mended = given.mended.as_deref().filter(|_| given.event.is_some());
    let replayed = asked.site.app.replay_refused(&asked.actor, id, given.event, mended).await;
    let said = |replayed: laer8_app::Replayed| {
        let args = [("events", Arg::from(number(replayed.events)))];
        asked.words.say_with("sources-replayed", &args)
    };
    answered(&asked, id, replayed.map(said)).await
}

/// The page with what was done, or with what is wrong.
async fn answered(
    asked: &Asked,
    id: laer8_domain::ids::SourceId,
    done: Result<String, AppError>,
) -> Result<Response, Trouble> {
    let (done, error) = match done {
        Ok(done) => (Some(done), None),
        Err(error @ (AppError::Invalid(_) | AppError::Store(StoreError::Exists { .. }))) => {
            (None, Some(fault(asked, &error)))
        }
        Err(error) => return Err(Trouble::of(asked, &error)),
    };
    let source = asked.site.app.live_source(&asked.actor, id).await;
    let source = source.map_err(|error| Trouble::of(asked, &error))?;
    let status = if error.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    shown_as(asked, status, &Page { done, error, ..Page::of(asked, source).await? })
}

/// Where a form of the page leads that somebody opens by its address.
pub(crate) async fn back(asked: Asked, path: Path<String>) -> Result<Response, Trouble> {
    let id = id(&asked, path)?;
    Ok(Redirect::to(&asked.link(&format!("/sources/{id}"))).into_response())
}
