//! Documents of the configuration as TOML: to read, edit and bring back.

use super::{
    identity,
    scorecard::{
        Notice, Tab, VersionRow,
        edit::{Theirs, fault_said},
        effect::Effect,
        may_change, notice, tabs, versions,
    },
    scorecards::{by, kind_name, named, version},
    shown,
};
use crate::{error::Trouble, frame::Frame, request::Asked};
use askama::Template;
use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use laer8_app::{DocumentView, Draft, Edited, IdentityPreview, PreviewedJoin, Saved, Tried};
use laer8_words::{Arg, Words};
use serde::Deserialize;

/// Something wrong, and the line that it is on.
struct FaultRow {
    line: String,
    said: String,
    /// The line of the text itself.
    text: String,
}

#[derive(Template)]
#[template(path = "document.html")]
struct Page {
    frame: Frame,
    crumbs: Vec<(String, String)>,
    name: String,
    /// What it decides.
    about: String,
    sub: String,
    tabs: Vec<Tab>,
    action: String,
    /// Where to go back to without saving.
    discard: String,
    may_save: bool,
    base: u32,
    body: String,
    rows: usize,
    has_preview: bool,
    /// Whether somebody may see what it would join.
    tries_joins: bool,
    joins: Option<Joins>,
    faults: Vec<FaultRow>,
    /// Whether somebody asked and all is well.
    is_fine: bool,
    changes: Vec<String>,
    effect: Option<Effect>,
    theirs: Option<Theirs>,
    versions: Vec<VersionRow>,
    roll_back: Option<String>,
    saved: Option<Notice>,
    /// That an earlier version is shown, and how to get back.
    earlier: Option<(String, String)>,
}

/// What the form holds.
#[derive(Deserialize)]
pub(crate) struct Posted {
    base: u32,
    body: String,
    #[serde(rename = "do", default)]
    wish: String,
}

/// What came of trying a draft.
struct Attempt<'a> {
    tried: &'a Tried,
    joins: Option<Joins>,
}

/// What an identity document would join and part.
struct Joins {
    said: String,
    /// What would be joined, and what parted: two names, and why.
    joined: Vec<(String, String)>,
    parted: Vec<(String, String)>,
}

impl Joins {
    fn of(asked: &Asked, preview: &IdentityPreview) -> Self {
        let words = asked.words;
        let number = |count: u64| words.count(i64::try_from(count).unwrap_or(i64::MAX));
        let pair = |join: &PreviewedJoin| {
            let names = format!("{} + {}", join.first.name, join.second.name);
            (names, identity::reason(words, &join.rule, &join.value))
        };
        let args = [
            ("joined", Arg::Text(&number(preview.joined_count))),
            ("parted", Arg::Text(&number(preview.parted_count))),
            ("open", Arg::Text(&number(preview.candidates))),
        ];
        Self {
            said: words.say_with("identity-tried", &args),
            joined: preview.joined.iter().map(pair).collect(),
            parted: preview.parted.iter().map(pair).collect(),
        }
    }
}

/// Which version to bring back.
#[derive(Deserialize)]
pub(crate) struct Back {
    version: u32,
}

/// A kind of which there is one document.
pub(crate) async fn kind(asked: Asked, Path(kind): Path<String>) -> Response {
    let path = match kind.as_str() {
        "scorecard" => "/health/scorecards".to_owned(),
        kind if laer8_app::KINDS.contains(&kind) => format!("/settings/documents/{kind}/{kind}"),
        _ => return Trouble::missing(asked).into_response(),
    };
    Redirect::to(&asked.link(&path)).into_response()
}

pub(crate) async fn page(
    asked: Asked,
    Path((kind, key)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    let view = document(&asked, &kind, &key).await?;
    let wanted = asked.query.get("version").and_then(|version| version.parse().ok());
    let newest = view.newest();
    let chosen = wanted.and_then(|wanted| view.version(wanted)).unwrap_or(newest);
    let body = chosen.body.clone();
    let earlier = (chosen.version != newest.version).then_some(chosen.version);
    draw(&asked, &view, newest.version, body, None, earlier)
}

pub(crate) async fn posted(
    asked: Asked,
    Path((kind, key)): Path<(String, String)>,
    Form(posted): Form<Posted>,
) -> Result<Response, Trouble> {
    let view = document(&asked, &kind, &key).await?;
    let base = if posted.wish == "over" { view.newest().version } else { posted.base };
    let draft = Draft { kind, key, base, edited: Edited::Text(posted.body.clone()) };
    let fail = |error| Trouble::of(&asked, &error);
    if matches!(posted.wish.as_str(), "save" | "over") {
        let saved = asked.site.app.save_document(&asked.actor, &draft).await.map_err(fail)?;
        if let Saved::Kept(document) = saved {
            let path = format!("/settings/documents/{}/{}", document.kind, document.key);
            let address = asked.link_with(&path, &[("saved", &document.version.to_string())]);
            return Ok(Redirect::to(&address).into_response());
        }
    }
    let tried = asked.site.app.try_document(&asked.actor, asked.as_of, &draft).await.map_err(fail)?;
    let joins = match posted.wish.as_str() {
        // Not while somebody types: others wait while it is tried.
        "joins" if tried.faults.is_empty() && draft.kind == "identity" => {
            let preview = asked.site.app.preview_identity(&asked.actor, &tried.body).await.map_err(fail)?;
            Some(Joins::of(&asked, &preview))
        }
        _ => None,
    };
    draw(&asked, &view, base, posted.body, Some(Attempt { tried: &tried, joins }), None)
}

/// Puts an earlier version in force again, as a new one.
pub(crate) async fn roll_back(
    asked: Asked,
    Path((kind, key)): Path<(String, String)>,
    Form(back): Form<Back>,
) -> Result<Response, Trouble> {
    let document = asked.site.app.roll_back(&asked.actor, &kind, &key, back.version).await;
    let document = document.map_err(|error| Trouble::of(&asked, &error))?;
    let path = match kind.as_str() {
        "scorecard" => format!("/health/scorecards/{key}"),
        _ => format!("/settings/documents/{kind}/{key}"),
    };
    let address = asked.link_with(&path, &[("saved", &document.version.to_string())]);
    Ok(Redirect::to(&address).into_response())
}

async fn document(asked: &Asked, kind: &str, key: &str) -> Result<DocumentView, Trouble> {
    let view = asked.site.app.document(&asked.actor, kind, key).await;
    view.map_err(|error| Trouble::of(asked, &error))
}

fn draw(
    asked: &Asked,
    view: &DocumentView,
    base: u32,
    body: String,
    attempt: Option<Attempt<'_>>,
    earlier: Option<u32>,
) -> Result<Response, Trouble> {
    let (tried, joins) = attempt.map_or((None, None), |it| (Some(it.tried), it.joins));
    let words = asked.words;
    let (kind, key) = (view.kind.as_str(), view.key.as_str());
    let is_card = kind == "scorecard";
    let address = asked.link(&format!("/settings/documents/{kind}/{key}"));
    let called = view.name().map(|name| named(words, &name));
    let name = called.unwrap_or_else(|| if is_card { key.to_owned() } else { kind_name(words, kind) });
    let newest = view.newest();
    let saved = asked.query.get("saved").and_then(|saved| saved.parse().ok());
    let saved = saved.filter(|saved: &u32| *saved == newest.version);
    let faults = tried.map(|tried| tried.faults.as_slice()).unwrap_or_default();
    let text_of = |line: Option<usize>| line.and_then(|line| body.lines().nth(line.checked_sub(1)?));
    let fault = |it: &laer8_app::DocumentFault| FaultRow {
        line: it.line.map(|line| line_said(words, line)).unwrap_or_default(),
        said: fault_said(words, it),
        text: text_of(it.line).unwrap_or_default().trim().to_owned(),
    };
    let may = may_change(&asked.actor);
    let is_identity = kind == "identity";
    let above = if is_identity {
        [("setup-imports", "/imports"), ("identity-title", identity::PATH)]
    } else {
        [("web-health", "/health"), ("setup-scorecards", "/health/scorecards")]
    };
    let mut crumbs: Vec<(String, String)> =
        above.into_iter().map(|(name, path)| (words.say(name), asked.link(path))).collect();
    if is_card {
        crumbs.push((name.clone(), asked.link(&format!("/health/scorecards/{key}"))));
    }
    let page = Page {
        frame: Frame::bare(asked, above[0].1, name.clone()),
        crumbs,
        about: words.say(match kind {
            "identity" => "document-identity-about",
            "journey" => "document-journey-about",
            "segments" => "document-segments-about",
            "signals" => "document-signals-about",
            _ => "document-scorecard-about",
        }),
        sub: [version(words, newest.version), by(words, &newest.author, newest.saved)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        tabs: if is_card { tabs(asked, key, "toml") } else { Vec::new() },
        action: address.clone(),
        discard: if is_card { asked.link(&format!("/health/scorecards/{key}")) } else { address.clone() },
        may_save: may,
        base,
        rows: body.lines().count().clamp(12, 40),
        has_preview: is_card,
        tries_joins: is_identity && may,
        joins,
        faults: faults.iter().map(fault).collect(),
        is_fine: tried.is_some_and(|tried| tried.faults.is_empty() && tried.meanwhile.is_none()),
        changes: tried.map(|tried| changes(words, tried)).unwrap_or_default(),
        effect: tried.and_then(|tried| tried.effect.as_ref()).map(|effect| Effect::new(asked, effect)),
        theirs: tried
            .and_then(|tried| tried.meanwhile.as_ref())
            .map(|meanwhile| Theirs::new(words, meanwhile, base)),
        versions: versions(asked, view),
        roll_back: may.then(|| asked.link(&format!("/settings/documents/{kind}/{key}/roll-back"))),
        saved: saved.and_then(|saved| notice(words, view, saved)),
        earlier: earlier.map(|earlier| {
            let shown = version(words, earlier);
            (words.say_with("setup-earlier", &[("version", Arg::Text(&shown))]), address)
        }),
        name,
        body,
    };
    shown(asked, &page)
}

fn changes(words: Words, tried: &Tried) -> Vec<String> {
    tried.changes.iter().map(|it| laer8_phrases::difference(words, it)).collect()
}

fn line_said(words: Words, line: usize) -> String {
    words.say_with("setup-line", &[("line", Arg::from(line))])
}
