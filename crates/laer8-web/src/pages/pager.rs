//! Turning the pages of a list that is cut after so many rows.

use crate::query::Query;
use laer8_words::{Arg, Words};

/// The name in an address of which page is shown.
pub(crate) const PAGE: &str = "page";

/// Where a page of a list stands, and its neighbours.
pub(crate) struct Pager {
    pub(crate) place: String,
    /// The first page, of a list in which a page is known by the row before it.
    pub(crate) first: Option<String>,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

/// What is shown of a list.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    /// How many rows stand before the first.
    pub(crate) offset: usize,
    /// How many rows are shown.
    pub(crate) rows: usize,
    /// How many there are.
    pub(crate) found: usize,
}

/// How many rows to pass over for the page that an address asks for.
pub(crate) fn passed_over(query: &Query, rows: usize) -> usize {
    let page = query.get(PAGE).and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).max(1);
    rows.saturating_mul(page - 1)
}

impl Pager {
    /// None where all rows are on one page of `rows`. `to` makes the address of
    /// another page of its query.
    pub(crate) fn of(words: Words, rows: usize, it: Shown, to: impl Fn(&str) -> String) -> Option<Self> {
        if it.found <= rows {
            return None;
        }
        let page = it.offset / rows + 1;
        let pages = it.found.div_ceil(rows);
        Some(Self {
            place: place(words, it),
            first: None,
            previous: (page > 1).then(|| to(&(page - 1).to_string())),
            next: (page < pages).then(|| to(&(page + 1).to_string())),
        })
    }

    /// Of a list that goes on after the row with which a page ends. None where
    /// all rows are on one page.
    pub(crate) fn going_on(words: Words, it: Shown, first: String, next: Option<String>) -> Option<Self> {
        if it.offset == 0 && next.is_none() {
            return None;
        }
        Some(Self { place: place(words, it), first: (it.offset > 0).then_some(first), previous: None, next })
    }
}

fn place(words: Words, it: Shown) -> String {
    let args = [
        ("from", Arg::from((it.offset + 1).min(it.found))),
        ("to", Arg::from(it.offset + it.rows)),
        ("of", Arg::from(it.found)),
    ];
    words.say_with("table-place", &args)
}
