//! Today: whom to call, why, and whether the business grows.

use super::{Change, Health, band_class, count, direction, shown};
use crate::{
    charts::{Bar, share},
    error::Trouble,
    frame::Frame,
    request::Asked,
};
use askama::Template;
use axum::response::Response;
use laer8_app::{AccountsQuery, Column, Facets, Filter, Glance, TodayItem, TodayQuery, TodayView};
use laer8_domain::{
    days::days_between,
    money::{Amount, Currency, Money},
};
use laer8_journey::signals::Severity;
use laer8_words::{Arg, Term, Words};

/// Accounts on the page unless all are asked for.
const SHOWN: usize = 20;
/// How many times as many each time that more are asked for.
const STEP: usize = 5;
/// Nobody reads further on one page; the table of accounts takes filters.
const MOST: usize = 500;
/// In the address: how many accounts.
const ROWS: &str = "rows";
/// Accounts to call on one day, before all the others.
const CALLS: usize = 5;

struct Figure {
    name: String,
    about: String,
    value: String,
    class: &'static str,
    /// Which way it goes, where it has a direction.
    mark: &'static str,
    note: String,
    address: String,
}

struct BandLine {
    health: Health,
    accounts: String,
    arr: String,
    address: String,
}

struct Item {
    position: usize,
    name: String,
    address: String,
    stage: String,
    health: Health,
    /// In 30 days; nothing where it had no score then.
    change: Option<Change>,
    urgent: bool,
    reason: String,
    step: String,
    stake: String,
    opportunity: bool,
    renewal: String,
    /// How far away that is.
    renewal_in: String,
    owner: String,
}

/// Part of the list, under a heading of its own.
struct Queue {
    title: String,
    about: String,
    items: Vec<Item>,
    /// Where its numbering begins.
    start: usize,
    is_first: bool,
}

#[derive(Template)]
#[template(path = "today.html")]
struct Page {
    frame: Frame,
    sub: String,
    figures: Vec<Figure>,
    bar: String,
    bands: Vec<BandLine>,
    queues: Vec<Queue>,
    more: Option<(String, String)>,
    owners: Vec<(String, bool)>,
}

/// In the address: whose accounts.
const OWNER: &str = "owner";
/// All of them, whoever looks.
const EVERYBODY: &str = "*";

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let app = &asked.site.app;
    let fail = |error| Trouble::of(&asked, &error);
    let facets = Facets::Of(vec![Column::Owner]);
    let query = AccountsQuery { limit: Some(1), facets, ..AccountsQuery::default() };
    let everybody = app.accounts(&asked.actor, asked.as_of, &query).await.map_err(fail)?;
    let values = everybody.facets.into_iter().flat_map(|facet| facet.values);
    let mut owners: Vec<String> = values.map(|owner| owner.value.to_string()).collect();
    owners.sort();
    let owner = whose(&asked, &owners);
    let filter = owner.iter().fold(Filter::default(), |filter, owner| filter.owned_by(owner));
    let shown_in_all = asked.query.get(ROWS).and_then(|rows| rows.parse().ok()).unwrap_or(SHOWN);
    let query = TodayQuery::first(Some(shown_in_all.clamp(CALLS, MOST)), filter);
    let view = app.today_list(&asked.actor, asked.as_of, &query).await.map_err(fail)?;
    let words = asked.words;
    let mut items: Vec<Item> = view.items.iter().map(|item| draw(&asked, &view, item)).collect();
    let hidden = view.found - items.len();
    let more = (hidden > 0 && items.len() < MOST).then(|| {
        let said = words.say_with("web-more-accounts", &[("count", Arg::from(hidden))]);
        let rows = (items.len() * STEP).min(MOST);
        (said, asked.query.with(ROWS, &rows.to_string()).address("/today"))
    });
    let frame = Frame::new(&asked, "/today", title(words, &view), view.as_of);
    let page = Page {
        frame,
        sub: growth(words, &view),
        figures: figures(&asked, owner.as_deref(), &view.glance, view.currency),
        bar: band_bar(&view.glance),
        bands: bands(&asked, owner.as_deref(), &view.glance, view.currency),
        queues: queues(words, &mut items),
        more,
        owners: owners.into_iter().map(|name| (name.clone(), owner.as_ref() == Some(&name))).collect(),
    };
    shown(&asked, &page)
}

/// Whose accounts are shown: as was asked, else one's own where one has any.
fn whose(asked: &Asked, owners: &[String]) -> Option<String> {
    if let Some(owner) = asked.query.get(OWNER) {
        return Some(owner.to_owned()).filter(|owner| owner != EVERYBODY);
    }
    let user = asked.user.as_ref()?;
    let is_own = |owner: &&String| {
        owner.eq_ignore_ascii_case(&user.email) || owner.to_lowercase() == user.name.to_lowercase()
    };
    owners.iter().find(is_own).cloned()
}

/// The first of `items` apart, then the others.
fn queues(words: Words, items: &mut Vec<Item>) -> Vec<Queue> {
    let rest = items.split_off(CALLS.min(items.len()));
    let parts = [(true, std::mem::take(items), "glance-calls"), (false, rest, "glance-then")];
    let queue = |(is_first, items, key): (bool, Vec<Item>, &str)| Queue {
        title: words.say(key),
        about: if is_first { words.say("web-queue-about") } else { String::new() },
        start: items.first().map_or(1, |item| item.position),
        items,
        is_first,
    };
    parts.into_iter().filter(|(_, items, _)| !items.is_empty()).map(queue).collect()
}

/// Whom to call, and for how much.
fn title(words: Words, view: &TodayView) -> String {
    let first = || view.items.iter().take(CALLS);
    let risks = first().filter(|item| !item.leading.opportunity);
    let stake: Amount = risks.map(|item| item.leading.stake).sum();
    let count = first().count();
    let is_past = view.as_of.day < view.as_of.today;
    let key = match (is_past, stake.is_positive()) {
        (false, false) => "glance-title-plain",
        (false, true) => "glance-title",
        (true, false) => "glance-title-past",
        (true, true) => "glance-title-past-stake",
    };
    let day = words.day(view.as_of.day);
    let stake = words.money_short(Money { amount: stake, currency: view.currency });
    words
        .say_with(key, &[("count", Arg::from(count)), ("stake", Arg::Text(&stake)), ("day", Arg::Text(&day))])
}

/// Whether the business grows, and what else waits, in two sentences.
fn growth(words: Words, view: &TodayView) -> String {
    let year = &view.glance.year;
    let short = |amount| words.money_short(Money { amount, currency: view.currency });
    let mut said = vec![match year.net_growth {
        None => words.say("web-growth-unknown"),
        Some(growth) => words.say_with(
            match direction(growth) {
                Some(true) => "web-growing",
                Some(false) => "web-shrinking",
                None => "web-steady",
            },
            &[
                ("growth", Arg::Text(&words.percent(growth.abs(), 1))),
                ("nrr", Arg::Text(&words.percent(year.nrr, 1))),
            ],
        ),
    }];
    let (risks, wins) = (view.risks, view.chances.stake);
    if risks.accounts > CALLS {
        said.push(words.say_with(
            "glance-in-all",
            &[("count", Arg::from(risks.accounts)), ("stake", Arg::Text(&short(risks.stake)))],
        ));
    }
    if wins.is_positive() {
        said.push(words.say_with("today-gain", &[("gain", Arg::Text(&short(wins)))]));
    }
    said.join(" ")
}

/// Where the accounts behind a figure of the year are.
fn behind(asked: &Asked, owner: Option<&str>, list: &str) -> String {
    let owner = owner.map(|owner| (OWNER, owner));
    let pairs: Vec<_> = owner.into_iter().chain([("list", list)]).collect();
    format!("{}#behind", asked.link_with("/revenue", &pairs))
}

fn figures(asked: &Asked, owner: Option<&str>, glance: &Glance, currency: Currency) -> Vec<Figure> {
    let words = asked.words;
    let year = &glance.year;
    let growth = Change::of_ratio(words, year.net_growth, 1);
    let mark = match growth.class {
        "t-healthy" => "▲",
        "t-risk" => "▼",
        _ => "",
    };
    let money = |amount: Amount| words.money_short(Money { amount, currency });
    let a_year_ago = |value: &str| words.say_with("glance-a-year-ago", &[("value", Arg::Text(value))]);
    let opening = money(year.opening.scaled(12, 1).unwrap_or_default());
    let metric = |key: &str, value: String, note: String, list: &str| Figure {
        name: words.name(Term::Metric, key),
        about: words.about(Term::Metric, key).unwrap_or_default(),
        value,
        class: "",
        mark: "",
        note,
        address: behind(asked, owner, list),
    };
    vec![
        Figure {
            class: growth.class,
            mark,
            ..metric("net_growth", growth.text, words.say("glance-in-a-year"), "either")
        },
        metric("arr", money(glance.arr), a_year_ago(&opening), "closing"),
        metric(
            "customers",
            words.count(count(glance.customers)),
            a_year_ago(&words.count(count(year.opening_customers))),
            "closing",
        ),
        metric("nrr", words.percent(year.nrr, 1), words.say("web-nrr-note"), "opening"),
        metric("grr", words.percent(year.grr, 1), words.say("web-grr-note"), "opening"),
        metric("logo_churn", words.percent(year.logo_churn, 1), words.say("glance-lost"), "opening"),
    ]
}

fn band_bar(glance: &Glance) -> String {
    let whole: f64 = glance.bands.iter().map(|band| band.arr.to_f64()).sum();
    let part = |band: &laer8_app::BandTotal| Bar {
        share: if whole > 0.0 { band.arr.to_f64() / whole } else { 0.0 },
        class: band_class(band.band),
    };
    share(&glance.bands.iter().map(part).collect::<Vec<_>>())
}

fn bands(asked: &Asked, owner: Option<&str>, glance: &Glance, currency: Currency) -> Vec<BandLine> {
    let words = asked.words;
    let owner = owner.map(|owner| format!("owner={owner}"));
    let address = |band: &str| {
        let band = format!("band={band}");
        let mut pairs = vec![("where", band.as_str()), ("where", "customer=true")];
        pairs.extend(owner.as_deref().map(|owner| ("where", owner)));
        asked.link_and("/accounts", &pairs)
    };
    let line = |band: &laer8_app::BandTotal| BandLine {
        health: Health::new(words, band.band, None),
        accounts: words.say_with("accounts-count", &[("count", Arg::from(band.accounts))]),
        arr: words.money_short(Money { amount: band.arr, currency }),
        address: address(band.band),
    };
    glance.bands.iter().filter(|band| band.accounts > 0).map(line).collect()
}

fn draw(asked: &Asked, view: &TodayView, item: &TodayItem) -> Item {
    let words = asked.words;
    let account = &item.account;
    let money = |amount| Money { amount, currency: view.currency };
    let in_days = |day| {
        let days = days_between(view.as_of.day, day);
        words.say_with("journey-renews-in", &[("days", Arg::Count(days))])
    };
    Item {
        position: item.position,
        name: account.name.clone(),
        address: asked.link(&format!("/accounts/{}", account.id)),
        stage: words.name(Term::Standing, account.standing),
        health: Health::of(words, account),
        change: account.change_30.map(|points| Change::of_points(words, Some(points), 0)),
        urgent: item.leading.severity == Severity::Critical,
        reason: laer8_phrases::reason_and_others(words, &item.leading, &item.others, view.as_of.day),
        step: laer8_phrases::step(words, &item.leading),
        stake: laer8_phrases::stake(words, &item.leading, money),
        opportunity: item.leading.opportunity,
        renewal: account.renewal_on.map_or_else(|| words.say("renewal-any-day"), |day| words.day(day)),
        renewal_in: account.renewal_on.map_or_else(|| words.say("column-renewal"), in_days),
        owner: super::short_name(&account.owner),
    }
}
