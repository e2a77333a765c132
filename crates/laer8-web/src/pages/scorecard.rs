//! A scorecard as people read it.

pub(crate) mod edit;
pub(crate) mod effect;
mod form;

use super::{
    scorecards::{applies, by, moment, named, version},
    shown,
};
use crate::{charts::curve, error::Trouble, frame::Frame, request::Asked};
use askama::Template;
use axum::{extract::Path, response::Response};
use laer8_app::{Actor, MeasureSpread, ScorecardView};
use laer8_domain::{
    money::{Amount, Currency, Money},
    users::Role,
};
use laer8_health::scorecard::{Cap, Group, Item, Scorecard};
use laer8_words::{Arg, Term, Words};

struct Measure {
    name: String,
    about: String,
    weight: String,
    picture: String,
    pairs: String,
    known: String,
    missing: String,
}

struct GroupOf {
    name: String,
    weight: String,
    measures: Vec<Measure>,
}

struct CapOf {
    label: String,
    when: String,
    most: String,
    now: String,
}

/// A version in the history of a document.
pub(crate) struct VersionRow {
    pub(crate) name: String,
    pub(crate) by: String,
    pub(crate) number: u32,
    pub(crate) is_in_force: bool,
    pub(crate) address: String,
}

/// Something people can do to a document, as tabs.
pub(crate) struct Tab {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) here: bool,
}

#[derive(Template)]
#[template(path = "scorecard.html")]
struct Page {
    frame: Frame,
    health: String,
    all: String,
    name: String,
    sub: String,
    tabs: Vec<Tab>,
    figures: Vec<(String, String, String)>,
    /// How much of the weight rests on what nobody has a value for.
    unfed: Option<String>,
    groups: Vec<GroupOf>,
    caps: Vec<CapOf>,
    versions: Vec<VersionRow>,
    roll_back: Option<String>,
    saved: Option<Notice>,
}

/// What was just saved, and the way back.
pub(crate) struct Notice {
    pub(crate) said: String,
    pub(crate) undo: u32,
}

pub(crate) async fn page(asked: Asked, Path(key): Path<String>) -> Result<Response, Trouble> {
    let view = asked.site.app.scorecard(&asked.actor, asked.as_of, &key).await;
    let view = view.map_err(|error| Trouble::of(&asked, &error))?;
    let words = asked.words;
    let name = named(words, view.card.name());
    let reading = Reading { words, view: &view };
    let may = may_change(&asked.actor);
    let newest = view.document.newest();
    let saved = asked.query.get("saved").and_then(|saved| saved.parse().ok());
    let saved = saved.filter(|saved: &u32| *saved == newest.version);
    let page = Page {
        frame: frame(&asked, &view, name.clone()),
        health: asked.link("/health"),
        all: asked.link("/health/scorecards"),
        sub: reading.sub(),
        tabs: tabs(&asked, &key, "read"),
        figures: reading.figures(),
        unfed: reading.unfed(),
        groups: view.card.groups().iter().map(|group| reading.group(group)).collect(),
        caps: reading.caps(),
        versions: versions(&asked, &view.document),
        roll_back: may.then(|| asked.link(&format!("/settings/documents/scorecard/{key}/roll-back"))),
        saved: saved.and_then(|saved| notice(words, &view.document, saved)),
        name,
    };
    shown(&asked, &page)
}

/// That a version was just saved; the way back is to the one before.
pub(crate) fn notice(words: Words, document: &laer8_app::DocumentView, saved: u32) -> Option<Notice> {
    let before = document.versions.iter().map(|it| it.version).find(|version| *version < saved)?;
    let said = words.say_with("setup-saved", &[("number", Arg::Text(&saved.to_string()))]);
    Some(Notice { said, undo: before })
}

pub(crate) fn may_change(actor: &Actor) -> bool {
    actor.role.includes(Role::Manager)
}

fn frame(asked: &Asked, view: &ScorecardView, title: String) -> Frame {
    match view.as_of {
        Some(moment) => Frame::new(asked, "/health", title, moment),
        None => Frame::bare(asked, "/health", title),
    }
}

/// Ways to look at a scorecard.
pub(crate) fn tabs(asked: &Asked, key: &str, here: &str) -> Vec<Tab> {
    let words = asked.words;
    [
        ("read", words.say("setup-tab-read"), format!("/health/scorecards/{key}")),
        ("edit", words.say("setup-tab-edit"), format!("/health/scorecards/{key}/edit")),
        ("toml", words.say("setup-tab-toml"), format!("/settings/documents/scorecard/{key}")),
    ]
    .map(|(tab, name, path)| Tab { name, address: asked.link(&path), here: tab == here })
    .into()
}

/// The history of a document.
pub(crate) fn versions(asked: &Asked, document: &laer8_app::DocumentView) -> Vec<VersionRow> {
    let words = asked.words;
    let path = format!("/settings/documents/{}/{}", document.kind, document.key);
    let row = |(position, it): (usize, &laer8_app::DocumentVersion)| VersionRow {
        name: version(words, it.version),
        by: by(words, &it.author, it.saved),
        number: it.version,
        is_in_force: position == 0,
        address: asked.link_with(&path, &[("version", &it.version.to_string())]),
    };
    document.versions.iter().enumerate().map(row).collect()
}

struct Reading<'a> {
    words: Words,
    view: &'a ScorecardView,
}

impl Reading<'_> {
    fn card(&self) -> &Scorecard {
        &self.view.card
    }

    fn sub(&self) -> String {
        let newest = self.view.document.newest();
        let applies = applies(self.words, &self.view.used);
        let number = version(self.words, newest.version);
        match newest.saved {
            None => format!("{applies} · {number}"),
            Some(at) => format!("{applies} · {number}, {}, {}", newest.author, moment(self.words, at)),
        }
    }

    fn figures(&self) -> Vec<(String, String, String)> {
        let words = self.words;
        let (used, bands) = (&self.view.used, self.card().bands());
        let number = |value: f64| words.number(value, u8::from(value.fract() != 0.0));
        let name = |band| words.name(Term::Band, band);
        vec![
            (
                words.say("setup-scored-by-it"),
                words.count(super::count(used.used.accounts)),
                money(words, self.view.currency, used.used.arr) + " ARR",
            ),
            (words.say("web-mean-score"), words.number(used.mean, 0), words.say("setup-of-100")),
            (name("healthy"), format!("≥ {}", number(bands.healthy)), words.say("setup-of-100")),
            (name("watch"), format!("≥ {}", number(bands.watch)), words.say("setup-of-100")),
            (name("at_risk"), format!("< {}", number(bands.watch)), words.say("setup-of-100")),
            (
                words.say("setup-coverage"),
                words.percent(self.card().min_coverage(), 0),
                words.say("setup-coverage-about"),
            ),
        ]
    }

    /// The measures of a group and how much of the score each is.
    fn shares<'g>(&self, group: &'g Group) -> impl Iterator<Item = (&'g Item, f64)> {
        let whole: f64 = self.card().groups().iter().map(|group| group.weight).sum();
        let (share, items) = (group.weight / whole, group.items_weight());
        group.items.iter().map(move |item| (item, share * item.weight / items))
    }

    /// That measures count for which nobody has a value, and for how much: the
    /// accounts may lack scores for no other reason.
    fn unfed(&self) -> Option<String> {
        let has_none = |item: &Item| {
            let spread = self.view.spreads.iter().find(|spread| spread.measure == item.measure);
            spread.is_some_and(|spread| spread.values.is_empty() && spread.without > 0)
        };
        let shares = self.card().groups().iter().flat_map(|group| self.shares(group));
        let share: f64 = shares.filter(|(item, _)| has_none(item)).map(|(_, share)| share).sum();
        let said = self.words.percent(share, 0);
        (share > 0.0).then(|| self.words.say_with("setup-unfed", &[("share", Arg::Text(&said))]))
    }

    fn group(&self, group: &Group) -> GroupOf {
        let whole: f64 = self.card().groups().iter().map(|group| group.weight).sum();
        let share = group.weight / whole;
        GroupOf {
            name: named(self.words, &group.name),
            weight: self.words.percent(share, 0),
            measures: self.shares(group).map(|(item, share)| self.measure(item, share)).collect(),
        }
    }

    fn measure(&self, item: &Item, share: f64) -> Measure {
        let words = self.words;
        let key = item.measure.key();
        let spread = self.view.spreads.iter().find(|spread| spread.measure == item.measure);
        Measure {
            name: words.name(Term::Measure, key),
            about: words.about(Term::Measure, key).unwrap_or_default(),
            weight: words.percent(share, 1),
            picture: picture(words, item.measure, item.curve.pairs(), spread),
            pairs: laer8_phrases::curve(words, item.measure, item.curve.pairs()),
            known: spread.map(|spread| known(words, spread)).unwrap_or_default(),
            missing: words.name(Term::MissingRule, item.missing.key()),
        }
    }

    fn caps(&self) -> Vec<CapOf> {
        let words = self.words;
        let cap = |(cap, tally): (&Cap, &laer8_health::whatif::Tally)| CapOf {
            label: named(words, &cap.label),
            when: laer8_phrases::trigger(words, &cap.trigger),
            most: words.number(cap.at_most, u8::from(cap.at_most.fract() != 0.0)),
            now: match tally.accounts {
                0 => words.say("setup-caps-nobody"),
                accounts => words.say_with(
                    "setup-accounts-arr",
                    &[
                        ("accounts", Arg::from(accounts)),
                        ("arr", Arg::Text(&money(words, self.view.currency, tally.arr))),
                    ],
                ),
            },
        };
        self.card().caps().iter().zip(&self.view.capped).map(cap).collect()
    }
}

/// A curve with how the values lie under it.
fn picture(
    words: Words,
    measure: laer8_health::measures::Measure,
    pairs: &[[f64; 2]],
    spread: Option<&MeasureSpread>,
) -> String {
    let unit = laer8_phrases::unit(measure.properties().unit);
    let values = spread.map(|spread| spread.values.as_slice()).unwrap_or_default();
    let name = words.name(Term::Measure, measure.key());
    let title = format!("{name}: {}", laer8_phrases::curve(words, measure, pairs));
    curve(&title, pairs, values, &|value| words.quantity(unit, value))
}

/// How many have a value, and the one in the middle.
fn known(words: Words, spread: &MeasureSpread) -> String {
    let all = spread.values.len() + spread.without;
    if all == 0 {
        return String::new();
    }
    let unit = laer8_phrases::unit(spread.measure.properties().unit);
    let middle = spread.values.get(spread.values.len() / 2).copied();
    words.say_with(
        if middle.is_some() { "setup-known" } else { "setup-known-none" },
        &[
            ("known", Arg::from(spread.values.len())),
            ("all", Arg::from(all)),
            ("middle", Arg::Text(&words.quantity(unit, middle))),
        ],
    )
}

fn money(words: Words, currency: Currency, amount: Amount) -> String {
    words.money_short(Money { amount, currency })
}
