//! Every number of the Revenue page leads to the rows that it is made of.

use crate::{
    reading::{address, all, amounts, link, text, unopened, within},
    site::TestSite,
};
use axum::http::StatusCode;
use laer8_domain::money::{Amount, Currency, Money};
use laer8_words::{Arg, Language, UNDEFINED, Words};
use scraper::{ElementRef, Html};
use std::collections::BTreeSet;

const WORDS: Words = Words::new(Language::En);

pub(crate) async fn open(site: &TestSite, path: &str) -> Html {
    let page = site.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    let parsed = Html::parse_document(&page.text);
    // Who follows a link to a part of a page finds that part.
    if let Some((_, part)) = path.split_once('#') {
        assert!(!all(&parsed, &format!("[id=\"{part}\"]")).is_empty(), "{path} has no part \"{part}\"");
    }
    parsed
}

fn selected<'a>(page: &'a Html, what: &str) -> ElementRef<'a> {
    all(page, what).into_iter().next().unwrap_or_else(|| panic!("no {what}"))
}

/// What the accounts behind a number add up to: at the opening, kept, at the
/// closing; and how many they are.
pub(crate) struct Accounts {
    pub(crate) columns: Vec<Amount>,
    pub(crate) count: usize,
    lost: usize,
}

/// The amounts in the rows of a list, on all of its pages.
pub(crate) async fn listed(site: &TestSite, path: &str, list: &str) -> Vec<Vec<Amount>> {
    let (mut rows, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let page = open(site, &path).await;
        rows.extend(amounts(&page, &format!("{list} table")));
        for row in all(&page, &format!("{list} tbody tr")) {
            assert!(link(row).contains("/accounts/"), "each row opens");
        }
        let further = all(&page, &format!("{list} .pager a[rel=next]"));
        next = further.into_iter().next().map(address);
    }
    rows
}

pub(crate) async fn accounts(site: &TestSite, path: &str) -> Accounts {
    let found = listed(site, path, "#behind").await;
    let width = found.first().map_or(0, Vec::len);
    let columns = (0..width).map(|column| found.iter().map(|row| row[column]).sum()).collect();
    let is_lost = |row: &&Vec<Amount>| row.last().is_some_and(|closing| closing.is_zero());
    Accounts { columns, count: found.len(), lost: found.iter().filter(is_lost).count() }
}

/// What the entries behind a number add up to, gains and losses apart.
async fn entries(site: &TestSite, path: &str) -> (Amount, Amount, usize) {
    let changes: Vec<Amount> = listed(site, path, "#entries").await.into_iter().flatten().collect();
    let gained = changes.iter().copied().filter(|change| change.is_positive()).sum();
    let lost = changes.iter().copied().filter(|change| !change.is_positive()).map(|change| -change).sum();
    (gained, lost, changes.len())
}

fn money(amount: Amount) -> Money {
    Money { amount, currency: Currency::EUR }
}

fn short(amount: Amount) -> String {
    spaced(&WORDS.money_short(money(amount)))
}

fn cents(amount: Amount) -> String {
    spaced(&WORDS.money_cents(money(amount)))
}

/// As [`text`] gives it.
pub(crate) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn percent(part: Amount, whole: Amount, decimals: u8) -> String {
    spaced(&WORDS.percent(part.ratio_to(whole), decimals))
}

#[tokio::test]
async fn every_number_of_revenue_opens_or_says_why_not() {
    let site = TestSite::demo().await;
    let states = [
        "/revenue",
        "/revenue?months=36&by=industry",
        "/revenue?movement=churn",
        "/revenue?movement=all",
        "/revenue?list=opening",
        "/revenue?list=either",
        "/revenue?list=closing&by=plan&key=Team",
        "/revenue?list=closing&cohort=2025-03-01&from=2025-03-01&to=2026-01-01",
    ];
    for state in states {
        for language in ["en", "es"] {
            let page = Html::parse_document(&site.get_in(state, language).await.text);
            assert_eq!(unopened(&page), [""; 0], "{state} in {language}");
        }
    }
}

#[tokio::test]
async fn the_figures_of_revenue_open_to_what_they_are_made_of() {
    let site = TestSite::demo().await;
    let page = open(&site, "/revenue").await;
    let figures = all(&page, ".kpis dd > a");
    let shown: Vec<(String, String, String)> = figures
        .into_iter()
        .map(|it| (text(within(it, "b")[0]), text(within(it, "small")[0]), address(it)))
        .collect();
    let [growth, arr, nrr, grr, churn, quick] = &shown[..] else { panic!("six figures: {shown:?}") };

    let both = accounts(&site, &growth.2).await;
    let (opening, closing) = (both.columns[0], both.columns[2]);
    assert_eq!(growth.0, spaced(&WORDS.signed_percent((closing - opening).ratio_to(opening), 1)));
    assert_eq!(growth.1, format!("{} → {}", short(opening), short(closing)));

    let paying = accounts(&site, &arr.2).await;
    assert_eq!(paying.columns[2], closing);
    assert_eq!(arr.0, short(closing.scaled(12, 1).expect("an ARR")));

    for figure in [nrr, grr, churn] {
        assert_eq!(figure.2, nrr.2, "three figures of the same customers");
    }
    let kept = accounts(&site, &nrr.2).await;
    assert_eq!(kept.columns[0], opening);
    assert_eq!(nrr.0, percent(kept.columns[2], opening, 1));
    assert_eq!(grr.0, percent(kept.columns[1], opening, 1));
    let ratio = |part: usize, whole: usize| {
        let counted = |count| Amount::from_major(i64::try_from(count).expect("a few"));
        percent(counted(part), counted(whole), 1)
    };
    assert_eq!(churn.0, ratio(kept.lost, kept.count));
    let [before, after] = [kept.count, paying.count].map(|count| count.to_string());
    let customers = [("before", Arg::Text(&before)), ("after", Arg::Text(&after))];
    assert_eq!(churn.1, spaced(&WORDS.say_with("web-customers-from-to", &customers)));

    let (gained, lost, _) = entries(&site, &quick.2).await;
    assert_eq!(quick.0, spaced(&WORDS.number(gained.ratio_to(lost), 2)));
}

#[tokio::test]
async fn the_waterfall_opens_to_accounts_and_entries_and_ties() {
    let site = TestSite::demo().await;
    let page = open(&site, "/revenue").await;
    let steps = all(&page, "svg.waterfall.broad a");
    let (mut ends, mut moved) = (Vec::new(), Amount::ZERO);
    for step in steps {
        let (written, path) = (text(within(step, "text.v")[0]), address(step));
        if path.contains("movement=") {
            let (gained, lost, _) = entries(&site, &path).await;
            assert_eq!(written, spaced(&WORDS.signed_money_short(money(gained - lost))), "{path}");
            moved += gained - lost;
        } else if path.contains("list=exchange") {
            let exchange = accounts(&site, &path).await.columns[0];
            assert_eq!(written, spaced(&WORDS.signed_money_short(money(exchange))));
            moved += exchange;
        } else {
            let found = accounts(&site, &path).await;
            let end = found.columns[if path.contains("list=opening") { 0 } else { 2 }];
            assert_eq!(written, short(end), "{path}");
            ends.push(end);
        }
    }
    assert_eq!(ends.len(), 2, "an opening and a closing");
    assert_eq!(ends[0] + moved, ends[1], "what lies between them adds up");
}

/// What a number of a row of periods should say by the rows that it leads to,
/// and the amount by which it takes the opening nearer to the closing.
async fn by_its_rows(site: &TestSite, path: &str) -> (String, Amount) {
    if path.contains("movement=") {
        let (gained, lost, _) = entries(site, path).await;
        assert!(gained.is_zero() || lost.is_zero(), "{path} holds both gains and losses");
        let is_sum = path.contains("movement=acquisition") || path.contains("movement=attrition");
        let moved = gained - lost;
        let written = WORDS.signed_money_cents(money(moved));
        return (if is_sum { cents(gained + lost) } else { spaced(&written) }, moved);
    }
    let columns = accounts(site, path).await.columns;
    let column = |number: usize| columns.get(number).copied().unwrap_or_default();
    match path.split("list=").nth(1) {
        Some("opening#behind") => (cents(column(0)), column(0)),
        Some("exchange#behind") => (spaced(&WORDS.signed_money_cents(money(column(0)))), column(0)),
        Some("closing#behind") => (cents(column(2)), -column(2)),
        _ => {
            let growth = (column(2) - column(0)).ratio_to(column(0));
            (spaced(&WORDS.signed_percent(growth, 1)), Amount::ZERO)
        }
    }
}

#[tokio::test]
async fn each_number_of_each_period_and_of_all_opens_to_its_rows_and_adds_up() {
    let site = TestSite::demo().await;
    let page = open(&site, "/revenue?months=12").await;
    let mut followed = BTreeSet::new();
    for (table, columns) in [("table.periods", 8), ("#drawn table", 3)] {
        let periods = all(&page, &format!("{table} tbody tr"));
        assert!(periods.len() >= 12);
        let total = selected(&page, &format!("{table} tfoot tr"));
        for period in periods.into_iter().chain([total]) {
            let cells = within(period, "td");
            assert!(cells.len() >= columns, "{}", text(period));
            let mut left = Amount::ZERO;
            // What is nothing has no rows, and the rest adds up without it.
            let is_nothing = |cell: &ElementRef<'_>| ["", UNDEFINED].contains(&text(*cell).as_str());
            for cell in cells.into_iter().filter(|cell| !is_nothing(cell)) {
                let path = link(cell);
                let (written, amount) = by_its_rows(&site, &path).await;
                assert_eq!(text(cell), written, "{path}");
                left += amount;
                let kind =
                    path.split(['?', '&', '#']).find(|it| it.contains("list=") || it.contains("movement="));
                followed.extend(kind.map(str::to_owned));
            }
            if table == "table.periods" {
                assert!(left.is_zero(), "{} leaves {left:?} unexplained", text(period));
            }
        }
    }
    for sum in all(&page, "#won-and-lost header p a") {
        let (gained, lost, _) = entries(&site, &address(sum)).await;
        assert_eq!(text(sum), short(gained + lost));
        assert!(gained.is_zero() != lost.is_zero(), "either won or lost");
    }
    for kind in ["opening", "closing", "either"].map(|end| format!("list={end}")) {
        assert!(followed.contains(&kind), "no {kind} among {followed:?}");
    }
    for kind in ["new", "expansion", "churn", "acquisition", "attrition"].map(|key| format!("movement={key}"))
    {
        assert!(followed.contains(&kind), "no {kind} among {followed:?}");
    }
}

#[tokio::test]
async fn a_row_of_a_breakdown_opens_to_its_accounts() {
    let site = TestSite::demo().await;
    for facet in ["plan", "segment", "industry", "country", "owner"] {
        let page = open(&site, &format!("/revenue?by={facet}")).await;
        let found = all(&page, "#by tbody tr");
        assert!(!found.is_empty(), "{facet}");
        for row in found {
            let cells = within(row, "td.r");
            let links: BTreeSet<String> = cells.iter().map(|cell| link(*cell)).collect();
            assert_eq!(links.len(), 1, "all of a row leads to the same accounts");
            let behind = accounts(&site, &links.into_iter().next().expect("a link")).await;
            let arr = behind.columns[0].scaled(12, 1).expect("an ARR");
            assert_eq!(text(cells[0]), short(arr), "{facet}: {}", text(row));
            assert_eq!(text(cells[2]), behind.count.to_string(), "{facet}: {}", text(row));
        }
    }
}

#[tokio::test]
async fn a_cell_of_a_cohort_opens_to_who_is_left_of_it() {
    let site = TestSite::demo().await;
    let page = open(&site, "/revenue").await;
    let mut followed = 0;
    for line in all(&page, ".heat tbody tr") {
        let cells = within(line, "td");
        let (start, _, accounts_then) = entries(&site, &link(cells[0])).await;
        assert_eq!(text(cells[0]), accounts_then.to_string());
        assert_eq!((text(cells[1]), link(cells[1])), (short(start), link(cells[0])));
        // The first, one in the middle and the last of each line.
        let months = &cells[2..];
        for place in BTreeSet::from([0, months.len() / 2, months.len() - 1]) {
            let left = accounts(&site, &link(months[place])).await;
            let mrr = left.columns.first().copied().unwrap_or_default();
            let share = mrr.ratio_to(start).map(|share| share * 100.0);
            assert_eq!(text(months[place]), WORDS.number(share, 0), "{}", link(months[place]));
            assert!(left.count <= accounts_then);
            followed += 1;
        }
    }
    assert!(followed > 20, "only {followed} cells were followed");
    assert!(!text(selected(&page, ".heat")).is_empty());
}

#[tokio::test]
async fn a_long_list_is_cut_into_pages_and_each_says_the_sum_of_all() {
    let site = TestSite::empty().await.filled(150).await;
    for (path, list) in [("/revenue?months=36&movement=all", "#entries"), ("/revenue?list=either", "#behind")]
    {
        let first = open(&site, path).await;
        let all_of_it = listed(&site, path, list).await;
        assert!(all_of_it.len() > 100, "{path} has three pages, of {} rows", all_of_it.len());
        let place = |page: &Html| text(selected(page, &format!("{list} .pager span")));
        assert_eq!(place(&first), format!("1–50 of {}", all_of_it.len()));
        assert_eq!(amounts(&first, &format!("{list} table")), all_of_it[..50]);
        assert!(all(&first, &format!("{list} a[rel=prev]")).is_empty(), "nothing is before the first page");
        let next = address(selected(&first, &format!("{list} a[rel=next]")));
        let second = open(&site, &next).await;
        assert_eq!(place(&second), format!("51–100 of {}", all_of_it.len()));
        let back = address(selected(&second, &format!("{list} a[rel=prev]")));
        assert_eq!(place(&open(&site, &back).await), place(&first));
        // Of a list that has become shorter, the last page.
        let last = open(&site, &format!("{path}&page=999")).await;
        assert_eq!(amounts(&last, &format!("{list} table")).last(), all_of_it.last());
        let said = if list == "#entries" { "#entries h2" } else { "#behind tfoot" };
        let sums = [&first, &second, &last].map(|page| text(selected(page, said)));
        assert!(sums.iter().all(|sum| *sum == sums[0]), "{sums:?}");
        let sum = all_of_it.iter().map(|row| row[0]).sum();
        let written =
            if list == "#entries" { spaced(&WORDS.signed_money_cents(money(sum))) } else { cents(sum) };
        assert!(sums[0].contains(&written), "{sums:?} say {written}");
        for page in [&first, &second, &last] {
            assert_eq!(unopened(page), [""; 0], "{path}");
        }
        // Another span or breakdown begins with its first page.
        for it in all(&second, ".seg a").into_iter().map(address) {
            assert!(!it.contains("page="), "{it}");
        }
    }
}
