//! Scorecards: which applies to whom.

use super::shown;
use crate::{error::Trouble, frame::Frame, request::Asked};
use askama::Template;
use axum::response::Response;
use laer8_app::{AppError, LocalTime, ScorecardUse, ScorecardsView};
use laer8_domain::money::{Amount, Money};
use laer8_health::names::Name;
use laer8_words::{Arg, Words};

struct Row {
    name: String,
    address: String,
    applies: String,
    measures: String,
    accounts: String,
    arr: String,
    mean: String,
    version: String,
    by: String,
}

#[derive(Template)]
#[template(path = "scorecards.html")]
struct Page {
    frame: Frame,
    health: String,
    sub: String,
    rows: Vec<Row>,
    documents: Vec<(String, String)>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let view = asked.site.app.scorecards(&asked.actor, asked.as_of).await;
    let view = view.map_err(|error: AppError| Trouble::of(&asked, &error))?;
    let words = asked.words;
    let title = words.say("setup-scorecards");
    let others = ["journey", "segments", "signals"];
    let document =
        |kind: &str| (kind_name(words, kind), asked.link(&format!("/settings/documents/{kind}/{kind}")));
    let page = Page {
        frame: frame(&asked, &view, title),
        health: asked.link("/health"),
        sub: words.say_with("setup-scorecards-sub", &[("count", Arg::from(view.cards.len()))]),
        rows: view.cards.iter().map(|card| row(&asked, &view, card)).collect(),
        documents: others.into_iter().map(document).collect(),
    };
    shown(&asked, &page)
}

fn frame(asked: &Asked, view: &ScorecardsView, title: String) -> Frame {
    match view.as_of {
        Some(moment) => Frame::new(asked, "/health", title, moment),
        None => Frame::bare(asked, "/health", title),
    }
}

fn row(asked: &Asked, view: &ScorecardsView, card: &ScorecardUse) -> Row {
    let words = asked.words;
    let money = |amount: Amount| words.money_short(Money { amount, currency: view.currency });
    Row {
        name: named(words, &card.name),
        address: asked.link(&format!("/health/scorecards/{}", card.key)),
        applies: applies(words, card),
        measures: words.count(super::count(card.measures)),
        accounts: words.count(super::count(card.used.accounts)),
        arr: money(card.used.arr),
        mean: words.number(card.mean, 0),
        version: version(words, card.version),
        by: by(words, &card.author, card.saved),
    }
}

/// What people call something.
pub(crate) fn named(words: Words, name: &Name) -> String {
    name.in_language(words.language().key()).to_owned()
}

/// What a kind of document is called.
pub(crate) fn kind_name(words: Words, kind: &str) -> String {
    match kind {
        "identity" => words.say("setup-kind-identity"),
        "journey" => words.say("setup-kind-journey"),
        "segments" => words.say("setup-kind-segments"),
        "signals" => words.say("setup-kind-signals"),
        _ => words.say("setup-kind-scorecard"),
    }
}

/// To whom a scorecard applies, as a sentence.
pub(crate) fn applies(words: Words, card: &ScorecardUse) -> String {
    let conditions = laer8_phrases::applies(words, &card.when);
    match (conditions, card.is_default) {
        (Some(conditions), false) => conditions,
        (Some(conditions), true) => {
            words.say_with("setup-applies-and-others", &[("conditions", Arg::Text(&conditions))])
        }
        (None, _) => words.say("setup-applies-others"),
    }
}

/// "version 3", or that it is the shipped one.
pub(crate) fn version(words: Words, version: u32) -> String {
    match version {
        0 => words.say("setup-shipped"),
        number => words.say_with("setup-version", &[("number", Arg::Text(&number.to_string()))]),
    }
}

/// Who saved something, and when.
pub(crate) fn by(words: Words, author: &str, saved: Option<LocalTime>) -> String {
    let Some(saved) = saved else { return String::new() };
    words.say_with("setup-by", &[("author", Arg::Text(author)), ("when", Arg::Text(&moment(words, saved)))])
}

/// A day and a time: "11 Nov 2026, 14:05".
pub(crate) fn moment(words: Words, at: LocalTime) -> String {
    format!("{}, {:02}:{:02}", words.day(at.day), at.hour, at.minute)
}
