//! Today: whom to call, why, and whether the business grows.

use super::{Change, Health, band_class, count, shown};
use crate::{
    charts::{Bar, share},
    error::Trouble,
    frame::Frame,
    request::Asked,
};
use askama::Template;
use axum::response::Response;
use laer8_app::{AccountsQuery, Column, Facets, Filter, Glance, TodayItem, TodayQuery, TodayView};
use laer8_domain::money::{Currency, Money};
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

struct Figure {
    name: String,
    about: String,
    value: String,
    class: &'static str,
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
    owner: String,
    stage: String,
    health: Health,
    change: Change,
    urgent: bool,
    reason: String,
    step: String,
    stake: String,
    opportunity: bool,
    renewal: String,
}

#[derive(Template)]
#[template(path = "today.html")]
struct Page {
    frame: Frame,
    sub: String,
    figures: Vec<Figure>,
    bar: String,
    bands: Vec<BandLine>,
    items: Vec<Item>,
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
    let query = TodayQuery::first(Some(shown_in_all.clamp(1, MOST)), filter);
    let view = app.today_list(&asked.actor, asked.as_of, &query).await.map_err(fail)?;
    let words = asked.words;
    let items: Vec<Item> = view.items.iter().map(|item| draw(&asked, &view, item)).collect();
    let hidden = view.found - items.len();
    let more = (hidden > 0 && items.len() < MOST).then(|| {
        let said = words.say_with("web-more-accounts", &[("count", Arg::from(hidden))]);
        let rows = (items.len() * STEP).min(MOST);
        (said, asked.query.with(ROWS, &rows.to_string()).address("/today"))
    });
    let owners =
        owners.into_iter().map(|name| (owner.as_deref() == Some(&name), name)).map(|(is, name)| (name, is));
    let frame = Frame::new(&asked, "/today", title(words, &view), view.as_of);
    let page = Page {
        frame,
        sub: growth(words, &view),
        figures: figures(&asked, &view.glance, view.currency),
        bar: band_bar(&view.glance),
        bands: bands(&asked, &view.glance, view.currency),
        items,
        more,
        owners: owners.collect(),
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

fn title(words: Words, view: &TodayView) -> String {
    let risks = view.risks;
    let stake = words.money_short(Money { amount: risks.stake, currency: view.currency });
    words.say_with("web-today-title", &[("count", Arg::from(risks.accounts)), ("stake", Arg::Text(&stake))])
}

/// Whether the business grows, in a sentence.
fn growth(words: Words, view: &TodayView) -> String {
    let year = &view.glance.year;
    let Some(growth) = year.net_growth else { return words.say("web-growth-unknown") };
    let key = if growth > 0.0 { "web-growing" } else { "web-shrinking" };
    let wins = view.chances.stake;
    let args = [
        ("growth", Arg::Text(&words.percent(growth.abs(), 1))),
        ("nrr", Arg::Text(&words.percent(year.nrr, 1))),
    ];
    let said = words.say_with(key, &args);
    if !wins.is_positive() {
        return said;
    }
    let gain = words.money_short(Money { amount: wins, currency: view.currency });
    format!("{said} {}", words.say_with("today-gain", &[("gain", Arg::Text(&gain))]))
}

fn figures(asked: &Asked, glance: &Glance, currency: Currency) -> Vec<Figure> {
    let words = asked.words;
    let year = &glance.year;
    let growth = Change::of_ratio(words, year.net_growth, 1);
    let metric = |key: &str, value: String, class: &'static str, path: &str| Figure {
        name: words.name(Term::Metric, key),
        about: words.about(Term::Metric, key).unwrap_or_default(),
        value,
        class,
        address: asked.link(path),
    };
    vec![
        metric("net_growth", growth.text, growth.class, "/revenue"),
        metric("arr", words.money_short(Money { amount: glance.arr, currency }), "", "/revenue"),
        metric("customers", words.count(count(glance.customers)), "", "/accounts"),
        metric("nrr", words.percent(year.nrr, 1), "", "/revenue"),
        metric("grr", words.percent(year.grr, 1), "", "/revenue"),
        metric("logo_churn", words.percent(year.logo_churn, 1), "", "/revenue"),
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

fn bands(asked: &Asked, glance: &Glance, currency: Currency) -> Vec<BandLine> {
    let words = asked.words;
    let line = |band: &laer8_app::BandTotal| BandLine {
        health: Health::new(words, band.band, None),
        accounts: words.say_with("accounts-count", &[("count", Arg::from(band.accounts))]),
        arr: words.money_short(Money { amount: band.arr, currency }),
        address: asked.link_with("/accounts", &[("where", &format!("band={}", band.band))]),
    };
    glance.bands.iter().filter(|band| band.accounts > 0).map(line).collect()
}

fn draw(asked: &Asked, view: &TodayView, item: &TodayItem) -> Item {
    let words = asked.words;
    let account = &item.account;
    let money = |amount| Money { amount, currency: view.currency };
    Item {
        position: item.position,
        name: account.name.clone(),
        address: asked.link(&format!("/accounts/{}", account.id)),
        owner: super::short_name(&account.owner),
        stage: words.name(Term::Standing, account.standing),
        health: Health::of(words, account),
        change: Change::of_points(words, account.change_30, 0),
        urgent: item.leading.severity == Severity::Critical,
        reason: laer8_phrases::reason_and_others(words, &item.leading, &item.others, view.as_of.day),
        step: laer8_phrases::step(words, &item.leading),
        stake: laer8_phrases::stake(words, &item.leading, money),
        opportunity: item.leading.opportunity,
        renewal: account.renewal_on.map_or_else(|| words.say("renewal-any-day"), |day| words.day(day)),
    }
}
