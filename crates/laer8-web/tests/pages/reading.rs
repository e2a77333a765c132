//! Reading a page as a browser does.

use laer8_domain::money::Amount;
use scraper::{ElementRef, Html, Node, Selector};

/// Why a number leads nowhere: the only reasons there are.
///
/// - `day`: a date, or how long ago or far off it is
/// - `row`: a row of what a source brought, or of the ledger: here following ends
/// - `sum`: what the rows just beside it add up to, and how
/// - `scale`: a scale, or where it begins
/// - `name`: what something is called
/// - `drawn`: a picture of numbers that stand in a table of the same page, or on
///   the page as of another day
const REASONS: [&str; 6] = ["day", "row", "sum", "scale", "name", "drawn"];

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The text of an element, with single spaces.
pub(crate) fn text(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// The elements that a selector finds.
pub(crate) fn all<'a>(page: &'a Html, what: &str) -> Vec<ElementRef<'a>> {
    page.select(&selector(what)).collect()
}

/// The elements that a selector finds in another.
pub(crate) fn within<'a>(element: ElementRef<'a>, what: &str) -> Vec<ElementRef<'a>> {
    element.select(&selector(what)).collect()
}

/// The exact amounts in each row of a table's body: what is written is rounded.
pub(crate) fn amounts(page: &Html, table: &str) -> Vec<Vec<Amount>> {
    let exact = |it: ElementRef<'_>| {
        let value = it.attr("value").expect("an exact amount");
        value.parse().unwrap_or_else(|_| panic!("\"{value}\" is no amount"))
    };
    let rows = all(page, &format!("{table} > tbody > tr"));
    rows.into_iter().map(|row| within(row, "data").into_iter().map(exact).collect()).collect()
}

/// Where a link leads.
pub(crate) fn address(link: ElementRef<'_>) -> String {
    link.attr("href").expect("a link leads somewhere").to_owned()
}

/// The link in which an element stands, or which it holds.
pub(crate) fn link(element: ElementRef<'_>) -> String {
    let around = element.ancestors().filter_map(ElementRef::wrap).find(|it| it.value().name() == "a");
    let inside = || within(element, "a[href]").into_iter().next();
    let found = around.or_else(inside).unwrap_or_else(|| panic!("no link at {}", element.html()));
    address(found)
}

/// The texts with a digit in the main part of a page that neither stand in a
/// link nor say why they need none.
pub(crate) fn unopened(page: &Html) -> Vec<String> {
    let mut found = Vec::new();
    for main in all(page, "main") {
        for node in main.descendants() {
            let Node::Text(shown) = node.value() else { continue };
            if !shown.chars().any(|letter| letter.is_ascii_digit()) {
                continue;
            }
            let mut around = node.ancestors().filter_map(ElementRef::wrap);
            let excused = |it: ElementRef<'_>| {
                let reason = it.attr("data-plain");
                assert!(reason.is_none_or(|reason| REASONS.contains(&reason)), "{reason:?} is no reason");
                // What somebody fills in is no number of ours.
                let is_open = matches!(it.value().name(), "a" | "time" | "form" | "summary");
                is_open || reason.is_some()
            };
            if !around.any(excused) {
                found.push(shown.trim().to_owned());
            }
        }
    }
    found
}

#[test]
fn a_number_that_leads_nowhere_and_does_not_say_why_is_found() {
    let page = Html::parse_document(
        "<main><a href=\"/x\"><b>1</b></a><p data-plain=\"row\">2 <b>3</b></p><p>none</p>\
         <dl><dd><b class=\"num\">4</b></dd></dl></main><footer>5</footer>",
    );
    assert_eq!(unopened(&page), ["4"]);
}
