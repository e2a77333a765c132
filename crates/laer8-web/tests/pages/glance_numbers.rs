//! Every number of Today and of the Journey leads to what it is made of, and
//! adds up.

use crate::{
    numbers::{Accounts, accounts, listed, open, spaced},
    reading::{address, all, link, text, unopened, within},
    site::TestSite,
};
use laer8_app::{Actor, AsOf, Filter, JourneyQuery, JourneyView, TodayQuery, TodayView};
use laer8_domain::money::{Amount, Money};
use laer8_words::{Language, Words};
use scraper::Html;
use std::collections::BTreeSet;

const WORDS: Words = Words::new(Language::En);

async fn today(site: &TestSite, filter: Filter) -> TodayView {
    let query = TodayQuery::first(None, filter);
    site.app.today_list(&Actor::operator(), AsOf::Newest, &query).await.expect("today")
}

async fn journey(site: &TestSite, months: u32) -> JourneyView {
    let query = JourneyQuery::over(months, Filter::default());
    site.app.journey(&Actor::operator(), AsOf::Newest, &query).await.expect("the loop")
}

fn yearly(mrr: Amount) -> Amount {
    mrr.scaled(12, 1).expect("an ARR")
}

/// How many accounts the table at an address says there are.
async fn counted(site: &TestSite, path: &str) -> u32 {
    let page = open(site, path).await;
    let foot = text(all(&page, "tfoot th").into_iter().next().expect("a total"));
    foot.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or_else(|| panic!("{path}: {foot}"))
}

#[tokio::test]
async fn every_number_of_today_and_of_the_journey_opens_or_says_why_not() {
    let site = TestSite::demo().await;
    let owner = today(&site, Filter::default()).await.items[0].account.owner.clone();
    let of_one = format!("/today?owner={owner}");
    let states = [
        "/today",
        &of_one,
        "/today?rows=40",
        "/journey",
        "/journey?months=1",
        "/journey?kind=entered",
        "/journey?from=land&to=adopt",
        "/journey?kind=left&from=renew",
    ];
    for state in states {
        for language in ["en", "es"] {
            let page = Html::parse_document(&site.get_in(state, language).await.text);
            assert_eq!(unopened(&page), [""; 0], "{state} in {language}");
        }
    }
}

#[tokio::test]
async fn the_figures_of_today_open_to_the_accounts_that_they_are_made_of() {
    let site = TestSite::demo().await;
    let everybody = today(&site, Filter::default()).await;
    let owner = everybody.items[0].account.owner.clone();
    for (path, filter) in [
        ("/today".to_owned(), Filter::default()),
        (format!("/today?owner={owner}"), Filter::default().owned_by(&owner)),
    ] {
        let view = today(&site, filter).await;
        let page = open(&site, &path).await;
        let links: Vec<String> = all(&page, ".kpis dd > a").into_iter().map(address).collect();
        let [growth, arr, customers, nrr, grr, churn] = &links[..] else { panic!("six figures: {links:?}") };
        assert_eq!((arr, nrr, nrr), (customers, grr, churn));
        let year = view.glance.year;
        let Accounts { columns, count, .. } = accounts(&site, arr).await;
        assert_eq!((columns[2], count), (year.closing, view.glance.customers), "{path}");
        let kept = accounts(&site, nrr).await;
        assert_eq!((kept.columns[0], kept.count), (year.opening, year.opening_customers), "{path}");
        assert_eq!(kept.columns[2].ratio_to(kept.columns[0]), year.nrr, "{path}");
        let both = accounts(&site, growth).await;
        assert_eq!((both.columns[0], both.columns[2]), (year.opening, year.closing), "{path}");
        let bands = all(&page, ".bandbar li a");
        assert!(!bands.is_empty());
        for band in bands {
            let said = text(band);
            let count = counted(&site, &address(band)).await;
            assert!(said.contains(&format!(" {count} account")), "{path}: {said} leads to {count}");
        }
    }
}

#[tokio::test]
async fn each_account_of_today_opens_where_its_numbers_are_explained() {
    let site = TestSite::demo().await;
    let page = open(&site, "/today").await;
    let rows = all(&page, ".queue li");
    assert!(rows.len() > 2, "only {} rows", rows.len());
    for row in rows {
        for place in [".state a", ".stake a"] {
            open(&site, &address(within(row, place)[0])).await;
        }
    }
}

#[tokio::test]
async fn each_stage_and_what_is_overdue_in_it_opens_to_its_accounts() {
    let site = TestSite::demo().await;
    let view = journey(&site, 12).await;
    let page = open(&site, "/journey").await;
    let rows = all(&page, "#stages tbody tr");
    assert_eq!(rows.len(), view.stages.len());
    for (row, total) in rows.into_iter().zip(&view.stages) {
        let cells = within(row, "td");
        assert_eq!(text(cells[0]), total.accounts.to_string());
        if total.accounts > 0 {
            assert_eq!(counted(&site, &link(cells[0])).await, total.accounts, "{}", total.standing.key());
            assert_eq!(link(cells[0]), link(cells[1]));
        }
        if total.overdue_accounts > 0 {
            assert_eq!(counted(&site, &link(cells[3])).await, total.overdue_accounts);
            assert_eq!(link(cells[2]), link(cells[3]));
        }
    }
    let late = all(&page, "#overdue h2 a").into_iter().next().map(address).expect("some are overdue");
    assert_eq!(counted(&site, &late).await as usize, view.overdue_found);
    for (corner, total) in all(&page, ".ql a").into_iter().zip(&view.matrix) {
        let said = text(corner);
        let count = total.accounts.to_string();
        assert!(said.contains(&count), "{said} of {count}");
        if total.accounts > 0 {
            assert_eq!(counted(&site, &address(corner)).await as usize, total.accounts, "{said}");
        }
    }
}

#[tokio::test]
async fn what_moved_opens_to_its_accounts_and_adds_up() {
    let site = TestSite::demo().await;
    for months in [1, 3, 12] {
        let view = journey(&site, months).await;
        let page = open(&site, &format!("/journey?months={months}")).await;
        let rows = all(&page, "#flows tbody tr");
        let moved: Vec<_> = view.flows.iter().filter(|flow| flow.from != flow.to).collect();
        assert_eq!(rows.len(), moved.len());
        let mut followed = BTreeSet::new();
        for row in rows {
            let cells = within(row, "td");
            let path = link(cells[2]);
            assert_eq!([&link(cells[3]), &link(cells[4])], [&path, &path]);
            let accounts = listed(&site, &path, "#moved").await;
            let sum = |column: usize| accounts.iter().map(|row| row[column]).sum::<Amount>();
            let short = |amount| {
                let money = Money { amount, currency: view.currency };
                spaced(&WORDS.money_short(money))
            };
            assert_eq!(text(cells[2]), accounts.len().to_string(), "{path}");
            assert_eq!([text(cells[3]), text(cells[4])], [short(sum(0)), short(sum(1))], "{path}");
            let is_it = |flow: &&&laer8_journey::flows::Flow| {
                path.contains(&format!("from={}&to={}", flow.from.key(), flow.to.key()))
            };
            let flow = moved.iter().find(is_it).unwrap_or_else(|| panic!("no flow of {path}"));
            assert_eq!([sum(0), sum(1)], [yearly(flow.mrr_before), yearly(flow.mrr_after)], "{path}");
            followed.insert(path);
        }
        assert_eq!(followed.len(), moved.len());
    }
}

#[tokio::test]
async fn the_ring_opens_to_who_came_moved_on_and_left_and_to_the_growth_in_its_middle() {
    let site = TestSite::demo().await;
    let view = journey(&site, 12).await;
    let page = open(&site, "/journey").await;
    let arrows = all(&page, ".ring.broad a:has(.fl)");
    assert!(arrows.len() > 3, "only {} arrows", arrows.len());
    for arrow in arrows {
        let (said, path) = (text(arrow), address(arrow));
        let accounts = listed(&site, &path, "#moved").await;
        let column = usize::from(!path.contains("kind=left"));
        let sum: Amount = accounts.iter().map(|row| row[column]).sum();
        let written = spaced(&WORDS.money_short(Money { amount: sum, currency: view.currency }));
        assert!(said.contains(&written), "{said} leads to {written}: {path}");
    }
    let middle: Vec<String> = all(&page, ".ring.broad g > a:has(.cap)").into_iter().map(address).collect();
    let [growth, kept, closing] = &middle[..] else { panic!("three figures: {middle:?}") };
    let both = accounts(&site, growth).await;
    assert_eq!((both.columns[0], both.columns[2]), (view.figures.opening, view.figures.closing));
    assert_eq!(accounts(&site, kept).await.columns[0], view.figures.opening);
    assert_eq!(accounts(&site, closing).await.columns[2], view.figures.closing);
}
