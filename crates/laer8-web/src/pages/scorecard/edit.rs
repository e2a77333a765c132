//! Changing a scorecard: a form, and beside it what the change would do.

use super::{
    Tab,
    effect::Effect,
    form::{self, Typed, apply, scale},
    may_change, picture, tabs,
};
use crate::{
    error::Trouble,
    frame::Frame,
    pages::{
        scorecards::{by, named, version},
        shown,
    },
    request::Asked,
};
use askama::Template;
use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use laer8_app::{
    AppError, DocumentFault, DocumentTrouble, DocumentVersion, Draft, Edited, MeasureSpread, Saved,
    ScorecardView, Tried,
};
use laer8_health::{
    curve::Curve,
    measures::{Measure, Unit},
    scorecard::{
        MissingRule, Scorecard,
        document::{CapDocument, GroupDocument, ItemDocument, ScorecardDocument},
        faults::Spot,
        lines::Trouble as CardTrouble,
    },
};
use laer8_words::{Arg, Term, Words};

/// A field with what stands in it.
pub(crate) struct Field {
    pub(crate) name: String,
    /// What faults lead to.
    pub(crate) id: String,
    pub(crate) value: String,
    /// What is wrong with it.
    pub(crate) wrong: Option<String>,
}

struct Pair {
    number: usize,
    value: Field,
    points: Field,
}

struct MeasureForm {
    key: String,
    name: String,
    about: String,
    unit: String,
    weight: Field,
    share: String,
    picture: String,
    pairs: Vec<Pair>,
    rules: Vec<(&'static str, String, bool)>,
    off: bool,
}

struct GroupForm {
    key: String,
    name: String,
    weight: Field,
    share: String,
    measures: Vec<MeasureForm>,
}

struct CapForm {
    number: usize,
    label: String,
    when: String,
    most: Field,
    /// A name, a field and its unit.
    limits: Vec<(String, Field, String)>,
    off: bool,
}

/// What was saved meanwhile.
pub(crate) struct Theirs {
    pub(crate) said: String,
    pub(crate) changes: Vec<String>,
    pub(crate) body: String,
}

impl Theirs {
    pub(crate) fn new(words: Words, meanwhile: &laer8_app::Meanwhile, base: u32) -> Self {
        let DocumentVersion { version: number, author, saved, body, .. } = &meanwhile.theirs;
        let said = words.say_with(
            "setup-meanwhile",
            &[
                ("version", Arg::Text(&version(words, *number))),
                ("by", Arg::Text(&by(words, author, *saved))),
                ("base", Arg::Text(&version(words, base))),
            ],
        );
        let changes = meanwhile.changes.iter().map(|it| laer8_phrases::difference(words, it)).collect();
        Self { said, changes, body: body.clone() }
    }
}

#[derive(Template)]
#[template(path = "scorecard_edit.html")]
struct Page {
    frame: Frame,
    health: String,
    all: String,
    read: String,
    name: String,
    sub: String,
    tabs: Vec<Tab>,
    action: String,
    may_save: bool,
    base: u32,
    healthy: Field,
    watch: Field,
    coverage: Field,
    groups: Vec<GroupForm>,
    caps: Vec<CapForm>,
    faults: Vec<(String, String)>,
    changes: Vec<String>,
    effect: Option<Effect>,
    theirs: Option<Theirs>,
}

pub(crate) async fn page(asked: Asked, Path(key): Path<String>) -> Result<Response, Trouble> {
    let view = scorecard(&asked, &key).await?;
    let base = view.document.newest().version;
    draw(&asked, &view, base, &Typed::default()).await
}

pub(crate) async fn posted(
    asked: Asked,
    Path(key): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let typed = Typed::new(pairs);
    let view = scorecard(&asked, &key).await?;
    let base = typed.get("base").and_then(|base| base.parse().ok());
    let base = base.unwrap_or_else(|| view.document.newest().version);
    // Over what somebody else saved meanwhile: the same fields, from theirs on.
    let base = if typed.get("do") == Some("over") { view.document.newest().version } else { base };
    let is_save = matches!(typed.get("do"), Some("save" | "over"));
    let began = began_from(&asked, &view, base)?;
    let (made, wrong) = apply(&began, &typed);
    if is_save && wrong.is_empty() {
        let draft = draft(&key, base, made);
        let saved = asked.site.app.save_document(&asked.actor, &draft).await;
        if let Saved::Kept(document) = saved.map_err(|error| Trouble::of(&asked, &error))? {
            let path = format!("/health/scorecards/{key}");
            let address = asked.link_with(&path, &[("saved", &document.version.to_string())]);
            return Ok(Redirect::to(&address).into_response());
        }
    }
    draw(&asked, &view, base, &typed).await
}

async fn scorecard(asked: &Asked, key: &str) -> Result<ScorecardView, Trouble> {
    let view = asked.site.app.scorecard(&asked.actor, asked.as_of, key).await;
    view.map_err(|error| Trouble::of(asked, &error))
}

fn draft(key: &str, base: u32, made: ScorecardDocument) -> Draft {
    let edited = Edited::Scorecard(Box::new(made));
    Draft { kind: "scorecard".to_owned(), key: key.to_owned(), base, edited }
}

/// The document of the version that the form began from.
fn began_from(asked: &Asked, view: &ScorecardView, base: u32) -> Result<ScorecardDocument, Trouble> {
    let missing = || {
        let name = format!("{base} of scorecard {}", view.document.key);
        Trouble::of(asked, &AppError::NotFound { kind: "version", name, hint: String::new() })
    };
    let version = view.document.version(base).ok_or_else(missing)?;
    ScorecardDocument::from_toml(&version.body).map_err(|_| missing())
}

async fn draw(asked: &Asked, view: &ScorecardView, base: u32, typed: &Typed) -> Result<Response, Trouble> {
    let words = asked.words;
    let key = view.document.key.clone();
    let began = began_from(asked, view, base)?;
    let (made, wrong) = apply(&began, typed);
    let tried =
        asked.site.app.try_document(&asked.actor, asked.as_of, &draft(&key, base, made.clone())).await;
    let tried = tried.map_err(|error| Trouble::of(asked, &error))?;
    let mut faults: Vec<(String, String)> =
        wrong.iter().map(|wrong| (said(words, wrong), id_of(&wrong.field))).collect();
    if wrong.is_empty() {
        faults.extend(tried.faults.iter().map(|fault| (fault_said(words, fault), field_of(fault))));
    }
    let effect = tried.effect.as_ref().filter(|_| faults.is_empty());
    let form = Forming { words, view, typed, made: &made, faults: &faults };
    let name = named(words, view.card.name());
    let title = words.say_with("setup-edit-title", &[("name", Arg::Text(&name))]);
    let page = Page {
        frame: super::frame(asked, view, title),
        health: asked.link("/health"),
        all: asked.link("/health/scorecards"),
        read: asked.link(&format!("/health/scorecards/{key}")),
        sub: words.say("setup-edit-sub"),
        tabs: tabs(asked, &key, "edit"),
        action: asked.link(&format!("/health/scorecards/{key}/edit")),
        may_save: may_change(&asked.actor),
        base,
        healthy: form.field("healthy", Some(began.bands.healthy), 1.0),
        watch: form.field("watch", Some(began.bands.watch), 1.0),
        coverage: form.field("coverage", Some(began.min_coverage), 100.0),
        groups: began.groups.iter().map(|group| form.group(group)).collect(),
        caps: began.caps.iter().enumerate().map(|(index, cap)| form.cap(index + 1, cap)).collect(),
        changes: changes(words, &tried),
        effect: effect.map(|effect| Effect::new(asked, effect)),
        theirs: tried.meanwhile.as_ref().map(|meanwhile| Theirs::new(words, meanwhile, base)),
        name,
        faults,
    };
    shown(asked, &page)
}

fn changes(words: Words, tried: &Tried) -> Vec<String> {
    tried.changes.iter().map(|it| laer8_phrases::difference(words, it)).collect()
}

fn said(words: Words, wrong: &form::NoNumber) -> String {
    let of = Measure::from_key(&wrong.of)
        .map_or_else(|| wrong.of.clone(), |measure| words.name(Term::Measure, measure.key()));
    let said = match wrong.text.as_str() {
        "" => words.say("setup-fault-empty"),
        text => words.say_with("setup-fault-number", &[("text", Arg::Text(text))]),
    };
    if of.is_empty() { said } else { format!("{of}: {said}") }
}

/// What is wrong with a document, in words.
pub(crate) fn fault_said(words: Words, fault: &DocumentFault) -> String {
    match &fault.what {
        DocumentTrouble::Scorecard(trouble) => laer8_phrases::trouble(words, trouble),
        DocumentTrouble::OtherKey(key) => words.say_with("setup-fault-other-key", &[("key", Arg::Text(key))]),
        DocumentTrouble::Text(text) => text.clone(),
    }
}

/// The id of the field that a fault is about; that of the form where it is
/// about none.
fn field_of(fault: &DocumentFault) -> String {
    let DocumentTrouble::Scorecard(CardTrouble::Fault(fault)) = &fault.what else { return id_of("") };
    match &fault.spot {
        Spot::Card => id_of("healthy"),
        Spot::Group { group } => id_of(&format!("g.{group}")),
        Spot::Item { measure, .. } => id_of(&format!("w.{measure}")),
        Spot::Cap { number, .. } => id_of(&format!("cap.{number}.most")),
    }
}

fn id_of(field: &str) -> String {
    format!("f-{}", field.replace('.', "-"))
}

struct Forming<'a> {
    words: Words,
    view: &'a ScorecardView,
    typed: &'a Typed,
    /// What the form makes, for shares and pictures.
    made: &'a ScorecardDocument,
    faults: &'a [(String, String)],
}

impl Forming<'_> {
    fn field(&self, name: &str, document: Option<f64>, scale: f64) -> Field {
        let id = id_of(name);
        Field {
            name: name.to_owned(),
            value: self.typed.shown(name, document, scale),
            wrong: self.faults.iter().find(|(_, field)| *field == id).map(|(said, _)| said.clone()),
            id,
        }
    }

    fn group(&self, group: &GroupDocument) -> GroupForm {
        let whole: f64 = self.made.groups.iter().map(|group| group.weight).sum();
        let made = self.made.groups.iter().find(|other| other.key == group.key);
        let share = made.map(|made| made.weight / whole);
        GroupForm {
            key: group.key.clone(),
            name: named(self.words, &group.name),
            weight: self.field(&format!("g.{}", group.key), Some(group.weight), 1.0),
            share: self.words.percent(share, 0),
            measures: group.items.iter().filter_map(|item| self.measure(item, made, share)).collect(),
        }
    }

    fn measure(
        &self,
        item: &ItemDocument,
        group: Option<&GroupDocument>,
        group_share: Option<f64>,
    ) -> Option<MeasureForm> {
        let words = self.words;
        let measure = Measure::from_key(&item.measure)?;
        let key = measure.key();
        let made = group.and_then(|group| group.items.iter().find(|other| other.measure == key));
        let within: f64 = group.map(|group| group.items.iter().map(|it| it.weight).sum()).unwrap_or_default();
        let share = made.zip(group_share).map(|(made, share)| share * made.weight / within);
        let curve = made.and_then(|made| Curve::new(made.curve.clone()).ok());
        let spread: Option<&MeasureSpread> = self.view.spreads.iter().find(|it| it.measure == measure);
        let chosen = self.typed.get(&format!("m.{key}")).unwrap_or(&item.missing);
        let rules = [MissingRule::Skip, MissingRule::Neutral, MissingRule::Worst];
        Some(MeasureForm {
            key: key.to_owned(),
            name: words.name(Term::Measure, key),
            about: words.about(Term::Measure, key).unwrap_or_default(),
            unit: unit_of(words, measure),
            weight: self.field(&format!("w.{key}"), Some(item.weight), 1.0),
            share: words.percent(share, 1),
            picture: curve.map(|curve| picture(words, measure, curve.pairs(), spread)).unwrap_or_default(),
            pairs: self.pairs(item, measure),
            rules: rules
                .map(|rule| (rule.key(), words.name(Term::MissingRule, rule.key()), rule.key() == chosen))
                .into(),
            off: self.typed.get(&format!("off.{key}")).is_some(),
        })
    }

    /// The points of a curve, and room for one more.
    fn pairs(&self, item: &ItemDocument, measure: Measure) -> Vec<Pair> {
        let key = measure.key();
        let pair = |number: usize| {
            // Once something was typed, what is not in the form is not meant.
            let known = item.curve.get(number);
            Pair {
                number: number + 1,
                value: self.field(&format!("c.{key}.{number}.v"), known.map(|it| it[0]), scale(measure)),
                points: self.field(&format!("c.{key}.{number}.p"), known.map(|it| it[1]), 1.0),
            }
        };
        let count = self.typed.pairs(key, item.curve.len());
        (0..=count.max(item.curve.len())).map(pair).collect()
    }

    fn cap(&self, number: usize, cap: &CapDocument) -> CapForm {
        let words = self.words;
        let field = |name: &str, value: Option<f64>, scale: f64| {
            self.field(&format!("cap.{number}.{name}"), value, scale)
        };
        let mut limits = Vec::new();
        if let Some(measure) = cap.measure.as_deref().and_then(Measure::from_key) {
            let (unit, scale) = (unit_of(words, measure), scale(measure));
            limits.push((words.say("setup-at-least"), field("least", cap.at_least, scale), unit.clone()));
            limits.push((words.say("setup-below"), field("below", cap.below, scale), unit));
        }
        if cap.event.is_some() {
            let days = cap.within_days.or(Some(laer8_health::departures::DEPARTURE_DAYS)).map(f64::from);
            limits.push((words.say("setup-within"), field("days", days, 1.0), words.say("setup-unit-days")));
        }
        let card = Scorecard::from_document(self.made).ok();
        let trigger = card.as_ref().and_then(|card| card.caps().iter().find(|it| it.label == cap.label));
        let trigger = trigger.or_else(|| self.view.card.caps().iter().find(|it| it.label == cap.label));
        CapForm {
            number,
            label: named(words, &cap.label),
            when: trigger.map(|cap| laer8_phrases::trigger(words, &cap.trigger)).unwrap_or_default(),
            most: field("most", Some(cap.at_most), 1.0),
            limits,
            off: self.typed.get(&format!("cap.{number}.off")).is_some(),
        }
    }
}

/// The unit that a measure's values are typed in.
fn unit_of(words: Words, measure: Measure) -> String {
    match measure.properties().unit {
        Unit::Share | Unit::Change => "%".to_owned(),
        Unit::Days => words.say("setup-unit-days"),
        Unit::Hours => words.say("setup-unit-hours"),
        Unit::People => words.say("setup-unit-people"),
        Unit::Tickets => words.say("setup-unit-tickets"),
        Unit::Severity => words.say("setup-unit-severity"),
        Unit::TicketsPerTenSeats => words.say("setup-unit-per-ten-seats"),
        Unit::Rating => words.say("setup-unit-rating"),
        Unit::NpsPoints | Unit::Judgement => words.say("setup-unit-points"),
    }
}
