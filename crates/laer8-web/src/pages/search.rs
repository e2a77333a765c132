//! What the search in the top bar finds while somebody types. Without a script
//! its form leads to the table of accounts.

use super::{Health, shown};
use crate::{error::Trouble, request::Asked};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use laer8_app::{AccountsQuery, Facets};
use laer8_domain::money::Money;
use laer8_words::{Arg, Term};

/// How many accounts are offered; the rest is in the table.
const MOST: usize = 8;

struct Found {
    name: String,
    address: String,
    segment: String,
    arr: String,
    health: Health,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    found: Vec<Found>,
    /// What leads to the table: what it is called, its address.
    all: (String, String),
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let typed = asked.query.get("q").unwrap_or_default().trim();
    let table = asked.link_with("/accounts", &[("q", typed), ("view", "all")]);
    if asked.target != "div#found" {
        return Ok(Redirect::to(&table).into_response());
    }
    if typed.is_empty() {
        return Ok(().into_response());
    }
    let query = AccountsQuery {
        search: typed.to_owned(),
        limit: Some(MOST),
        facets: Facets::None,
        ..AccountsQuery::default()
    };
    let view = asked.site.app.accounts(&asked.actor, asked.as_of, &query).await;
    let view = view.map_err(|error| Trouble::of(&asked, &error))?;
    let words = asked.words;
    let found = view.accounts.iter().map(|row| Found {
        name: if row.name.is_empty() { format!("#{}", row.id) } else { row.name.clone() },
        address: asked.link(&format!("/accounts/{}", row.id)),
        segment: words.name(Term::Segment, &row.segment),
        arr: words.money_short(Money { amount: row.arr, currency: view.currency }),
        health: Health::of(words, row),
    });
    let said = words.say_with("live-found", &[("count", Arg::from(view.found))]);
    shown(&asked, &Page { found: found.collect(), all: (said, table) })
}
