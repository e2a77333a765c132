//! Sources: which products send events as they happen, and how that goes.

pub(crate) mod one;

use super::{count, shown, shown_as};
use crate::{
    charts::sparkline,
    error::{Trouble, said},
    frame::Frame,
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
    AppError, LEAST_KEPT_DAYS, LiveSourceDraft, LiveSourceView, LiveSourcesView, MOST_KEPT_DAYS, MeasureFill,
};
use laer8_domain::{ids::SourceId, users::Role};
use laer8_words::{Arg, Words};
use serde::Deserialize;

/// Minutes of the picture.
const MINUTES: i64 = 60;

struct Line {
    address: String,
    name: String,
    state: State,
    heard: String,
    /// What came minute by minute, and in all of the last hour.
    picture: String,
    hour: String,
    accepted: String,
    waiting: String,
    quarantined: String,
    has_quarantined: bool,
    target: String,
}

/// How a source does, in a word and a colour.
pub(crate) struct State {
    class: &'static str,
    name: String,
}

impl State {
    fn of(words: Words, source: &LiveSourceView) -> Self {
        let (class, name) = match source {
            LiveSourceView { active: false, .. } => ("nodata", "sources-off"),
            LiveSourceView { last_received_at: None, .. } => ("nodata", "sources-never"),
            LiveSourceView { fresh: true, .. } => ("healthy", "sources-fresh"),
            _ => ("risk", "sources-silent"),
        };
        Self { class, name: words.say(name) }
    }
}

#[derive(Template)]
#[template(path = "sources.html")]
struct Page {
    frame: Frame,
    sub: String,
    sources: Vec<Line>,
    /// The measures that count what came before, and how far each is.
    fills: Vec<FillLine>,
    may_change: bool,
    /// For how many days what was sent is kept; none for those who may not say.
    kept: Option<String>,
    kept_error: Option<String>,
    done: Option<String>,
    error: Option<String>,
    typed: String,
}

struct FillLine {
    said: String,
    done: u64,
    of: u64,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let page = Page::of(&asked).await?;
    shown(&asked, &page)
}

impl Page {
    async fn of(asked: &Asked) -> Result<Self, Trouble> {
        let view = asked.site.app.live_sources(&asked.actor).await;
        let view = view.map_err(|error| Trouble::of(asked, &error))?;
        Ok(Self {
            frame: Frame::bare(asked, "/sources", title(asked.words, &view)).following(),
            sub: sub(asked.words, &view),
            sources: view.sources.iter().map(|source| line(asked, &view, source)).collect(),
            fills: view.fills.iter().map(|fill| fill_line(asked.words, fill)).collect(),
            may_change: asked.actor.may(Role::Manager),
            kept: (asked.actor.may(Role::Admin) && !view.sources.is_empty())
                .then(|| view.kept_days.map(|days| days.to_string()).unwrap_or_default()),
            kept_error: None,
            done: None,
            error: None,
            typed: String::new(),
        })
    }
}

/// What is not in the picture yet, and why.
fn sub(words: Words, view: &LiveSourcesView) -> String {
    let sum = |of: fn(&LiveSourceView) -> u64| number(view.sources.iter().map(of).sum());
    let mut said = vec![words.say_with("sources-backlog", &[("events", Arg::from(number(view.backlog)))])];
    for (key, events) in [
        ("sources-all-waiting", sum(|source| source.waiting)),
        ("sources-all-quarantined", sum(|source| source.quarantined)),
    ] {
        if events > 0 {
            said.push(words.say_with(key, &[("events", Arg::from(events))]));
        }
    }
    said.join(" ")
}

/// The finding: whether all is well.
fn title(words: Words, view: &LiveSourcesView) -> String {
    let active = || view.sources.iter().filter(|source| source.active);
    let silent = active().filter(|source| !source.fresh && source.last_received_at.is_some()).count();
    let hour: u64 = view.sources.iter().map(of_hour).sum();
    if view.sources.iter().all(|source| source.last_received_at.is_none()) {
        return words.say("sources-title");
    }
    if silent > 0 {
        return words.say_with("sources-some-silent", &[("sources", Arg::from(silent))]);
    }
    let args = [("sources", Arg::from(active().count())), ("events", Arg::from(number(hour)))];
    words.say_with("sources-all-heard", &args)
}

fn line(asked: &Asked, view: &LiveSourcesView, source: &LiveSourceView) -> Line {
    let words = asked.words;
    let heard = source.last_received_at.map(|at| words.ago((view.now - at).num_seconds()));
    Line {
        address: asked.link(&format!("/sources/{}", source.id)),
        name: source.name.clone(),
        state: State::of(words, source),
        heard: heard.unwrap_or_else(|| words.say("sources-never")),
        picture: picture(words, view.now, source),
        hour: words.count(number(of_hour(source))),
        accepted: words.count(number(source.accepted)),
        waiting: words.count(number(source.waiting)),
        quarantined: words.count(number(source.quarantined)),
        has_quarantined: source.quarantined > 0,
        target: words.say_with("sources-within", &[("minutes", Arg::Count(i64::from(source.fresh_minutes)))]),
    }
}

fn fill_line(words: Words, fill: &MeasureFill) -> FillLine {
    let measure = fill.name.in_language(words.language().key());
    let part = if fill.of == 0 { 1.0 } else { fill.done as f64 / fill.of as f64 };
    let args = [("measure", Arg::Text(measure)), ("part", Arg::Text(&words.percent(part, 0)))];
    FillLine { said: words.say_with("sources-filling", &args), done: fill.done, of: fill.of }
}

fn of_hour(source: &LiveSourceView) -> u64 {
    source.minutes.iter().map(|minute| minute.accepted).sum()
}

/// What came in the last hour, minute by minute.
pub(crate) fn picture(words: Words, now: chrono::DateTime<chrono::Utc>, source: &LiveSourceView) -> String {
    let mut values = vec![0_i64; usize::try_from(MINUTES).unwrap_or_default()];
    for minute in &source.minutes {
        let ago = (now - minute.at).num_minutes();
        if let Some(place) = usize::try_from(MINUTES - 1 - ago).ok().and_then(|place| values.get_mut(place)) {
            *place += number(minute.accepted);
        }
    }
    let said = |(place, value): (usize, &i64)| {
        let ago = words.ago((MINUTES - 1 - count(place)) * 60);
        let args = [("events", Arg::Count(*value)), ("ago", Arg::Text(&ago))];
        words.say_with("sources-minute", &args)
    };
    let said: Vec<String> = values.iter().enumerate().map(said).collect();
    sparkline(&words.say("sources-last-hour"), &values, &said)
}

/// A count as words count it.
pub(crate) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[derive(Deserialize)]
pub(crate) struct New {
    name: String,
}

pub(crate) async fn add(asked: Asked, Form(given): Form<New>) -> Result<Response, Trouble> {
    let draft = LiveSourceDraft { name: Some(given.name.clone()), ..LiveSourceDraft::default() };
    match asked.site.app.add_live_source(&asked.actor, &draft).await {
        Ok(source) => Ok(Redirect::to(&asked.link(&format!("/sources/{}", source.id))).into_response()),
        Err(error @ (AppError::Invalid(_) | AppError::Store(laer8_app::StoreError::Exists { .. }))) => {
            let error = Some(fault(&asked, &error));
            let page = Page { error, typed: given.name, ..Page::of(&asked).await? };
            shown_as(&asked, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Trouble::of(&asked, &error)),
    }
}

#[derive(Deserialize)]
pub(crate) struct Kept {
    /// How many days, as typed; nothing is for ever.
    days: String,
}

/// Says for how long what was sent is kept.
pub(crate) async fn keep(asked: Asked, Form(given): Form<Kept>) -> Result<Response, Trouble> {
    let typed = given.days.trim();
    let days = if typed.is_empty() { Ok(None) } else { typed.parse().map(Some) };
    let kept = match days {
        Ok(days) => asked.site.app.keep_events_for(&asked.actor, days).await,
        Err(_) => Err(AppError::Invalid(String::new())),
    };
    match kept {
        Ok(()) => {
            let done = Some(asked.words.say("sources-saved"));
            shown(&asked, &Page { done, ..Page::of(&asked).await? })
        }
        Err(AppError::Invalid(_)) => {
            let args = [
                ("least", Arg::Count(i64::from(LEAST_KEPT_DAYS))),
                ("most", Arg::Count(i64::from(MOST_KEPT_DAYS))),
            ];
            let kept_error = Some(asked.words.say_with("sources-kept-wrong", &args));
            let page = Page { kept_error, kept: Some(given.days), ..Page::of(&asked).await? };
            shown_as(&asked, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(Trouble::of(&asked, &error)),
    }
}

/// Where the form leads that somebody opens by its address.
pub(crate) async fn back(asked: Asked) -> Redirect {
    Redirect::to(&asked.link("/sources"))
}

/// What is wrong with what somebody says of a source.
pub(crate) fn fault(asked: &Asked, error: &AppError) -> String {
    match error {
        AppError::Store(laer8_app::StoreError::Exists { .. }) => asked.words.say("sources-exists"),
        AppError::Invalid(_) => asked.words.say("sources-no-name"),
        other => said(asked, other),
    }
}

/// The id of a source in an address.
pub(crate) fn id(asked: &Asked, Path(id): Path<String>) -> Result<SourceId, Trouble> {
    id.parse().map(SourceId).map_err(|_| Trouble::missing(asked.clone()))
}
