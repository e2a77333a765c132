//! The accounts: the table that people work in.
//!
//! Everything that can be seen of it is in the address: filters (`where`),
//! search (`q`), order (`sort`), columns (`col`), rows on a page (`rows`), the
//! page, the saved view that it began with (`view`), and which menu is open
//! (`pick`, `panel`).

mod chips;
mod columns;
mod csv;
mod facets;
mod state;
mod table;
mod views;

pub(crate) use csv::csv;
pub(crate) use views::{change, delete, save};

use super::shown;
use crate::{error::Trouble, frame::Frame, request::Asked};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chips::Chip;
use columns::Chooser;
use facets::{Group, Menu};
use laer8_app::AccountsView;
use laer8_domain::money::Money;
use laer8_words::Arg;
use state::{PATH, ROWS, State};
use table::{Cell, Heading, Row};
use views::Views;

#[derive(Template)]
#[template(path = "accounts.html")]
struct Page {
    frame: Frame,
    sub: String,
    views: Views,
    headings: Vec<Heading>,
    chips: Vec<Chip>,
    menus: Vec<Menu>,
    groups: Vec<Group>,
    picking: bool,
    chooser: Chooser,
    /// What the search keeps of the address.
    kept: Vec<(String, String)>,
    typed: String,
    rows: Vec<Row>,
    total: String,
    totals: Vec<Cell>,
    csv: String,
    previous: Option<String>,
    next: Option<String>,
    place: String,
    row_counts: Vec<(usize, bool)>,
    /// What the choice of rows on a page keeps of the address.
    kept_by_rows: Vec<(String, String)>,
    clear: Option<String>,
    /// What is said where there is no row.
    empty: String,
    is_filtered: bool,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let said = match facets::applied(&asked) {
        None => None,
        Some(Ok(address)) => return Ok(Redirect::to(&address).into_response()),
        Some(Err(said)) => Some(said),
    };
    let views = views::of(&asked).await?;
    if let Some(address) = views::opening(&asked, &views) {
        return Ok(Redirect::to(&address).into_response());
    }
    let views = Views::new(&asked, &views, None);
    draw(asked, views, said).await
}

/// The page, with what is to be said of a form that could not be taken.
async fn draw(asked: Asked, views: Views, said: Option<String>) -> Result<Response, Trouble> {
    let state = State::of(&asked)?;
    let view = asked.site.app.accounts(&asked.actor, asked.as_of, &state.query()).await;
    let view = view.map_err(|error| Trouble::of(&asked, &error))?;
    let is_refused = said.is_some() || views.refused();
    let page = page_of(&asked, &state, &view, views, said);
    let response = shown(&asked, &page)?;
    Ok(if is_refused { (StatusCode::BAD_REQUEST, response).into_response() } else { response })
}

fn page_of(asked: &Asked, state: &State, view: &AccountsView, views: Views, said: Option<String>) -> Page {
    let words = asked.words;
    let pages = view.found.div_ceil(state.rows).max(1);
    let page = view.offset / state.rows + 1;
    let turn = |page: usize| state.base.with("page", &page.to_string()).address(PATH);
    let title = views.title().map_or_else(|| words.say("web-accounts"), ToOwned::to_owned);
    let arr = words.money_short(Money { amount: view.arr, currency: view.currency });
    let sub = words.say_with(
        "accounts-paying",
        &[
            ("accounts", Arg::from(view.found)),
            ("customers", Arg::from(view.customers)),
            ("arr", Arg::Text(&arr)),
        ],
    );
    let place = words.say_with(
        "table-place",
        &[
            ("from", Arg::from(view.offset + 1)),
            ("to", Arg::from(view.offset + view.accounts.len())),
            ("of", Arg::from(view.found)),
        ],
    );
    let is_filtered = !state.conditions.is_empty() || !state.search.is_empty();
    let kinds = table::Kinds::new(&view.columns);
    Page {
        frame: Frame::new(asked, PATH, title, view.as_of),
        sub,
        headings: table::headings(asked, state, &kinds),
        chips: chips::chips(asked, state),
        menus: facets::menus(asked, state, view, said),
        groups: facets::groups(asked, state, view),
        picking: asked.query.get("panel") == Some("filter"),
        chooser: Chooser::new(asked, state, view),
        kept: state.base.without("q").pairs().to_vec(),
        typed: state.search.clone(),
        rows: view.accounts.iter().map(|row| table::row(asked, state, &kinds, view, row)).collect(),
        total: words.say_with("accounts-count", &[("count", Arg::from(view.found))]),
        totals: table::totals(asked, state, &kinds, view),
        csv: state.base.without("rows").address("/accounts.csv"),
        previous: (page > 1).then(|| turn(page - 1)),
        next: (page < pages).then(|| turn(page + 1)),
        place,
        row_counts: ROWS.map(|rows| (rows, rows == state.rows)).into(),
        kept_by_rows: state.base.without("rows").pairs().to_vec(),
        clear: is_filtered.then(|| state.base.without_any(&["where", "q"]).address(PATH)),
        empty: match state.search.trim() {
            search if !search.is_empty() && state.conditions.is_empty() => {
                words.say_with("table-no-such-name", &[("name", Arg::Text(search))])
            }
            _ => words.say("web-no-accounts"),
        },
        is_filtered: !state.conditions.is_empty(),
        views,
    }
}
