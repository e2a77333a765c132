//! Every number of the Account page leads to the rows that it is made of.

use crate::{
    numbers::{open, spaced},
    reading::{address, all, amounts, text, unopened, within},
    site::TestSite,
};
use laer8_app::{Actor, AsOf, Change, ContributionView, Says, ScoreQuery, ScoreView};
use laer8_domain::money::{Amount, Money};
use laer8_words::{Language, Words};
use scraper::Html;

const WORDS: Words = Words::new(Language::En);

/// The accounts that are looked at: customers in every state, and some that
/// are none.
const ACCOUNTS: std::ops::RangeInclusive<i64> = 1..=12;

async fn score(site: &TestSite, account: i64) -> ScoreView {
    let query = ScoreQuery { account: format!("#{account}"), rows: 40, history_days: 0 };
    site.app.score(&Actor::operator(), AsOf::Newest, &query).await.expect("a score")
}

#[tokio::test]
async fn every_number_of_an_account_opens_or_says_why_not() {
    let site = TestSite::demo().await;
    for account in ACCOUNTS {
        for state in ["", "?open=potential", "?open=works", "?open=silence", "?feature=1"] {
            let path = format!("/accounts/{account}{state}");
            for language in ["en", "es"] {
                let page = Html::parse_document(&site.get_in(&path, language).await.text);
                assert_eq!(unopened(&page), [""; 0], "{path} in {language}");
            }
        }
    }
}

#[tokio::test]
async fn each_link_of_a_number_leads_to_its_part_of_a_page() {
    let site = TestSite::demo().await;
    let mut followed = 0;
    for account in ACCOUNTS.step_by(4) {
        let path = format!("/accounts/{account}");
        let page = open(&site, &path).await;
        for link in all(&page, "main a[href]").into_iter().map(address).filter(|link| link.contains('#')) {
            let whole = if link.starts_with('#') { format!("{path}{link}") } else { link };
            // Nobody knows the potential of who has nothing to use.
            let view = score(&site, account).await;
            let is_unknown = (whole.contains("open=potential") && view.potential.is_none())
                || (whole.contains("open=works") && view.works.is_none());
            if !is_unknown {
                open(&site, &whole).await;
                followed += 1;
            }
        }
    }
    assert!(followed > 40, "only {followed} links were followed");
}

#[tokio::test]
async fn the_mrr_of_an_account_is_what_its_ledger_adds_up_to() {
    let site = TestSite::demo().await;
    let mut checked = 0;
    for account in 1..=20 {
        let page = open(&site, &format!("/accounts/{account}#ledger")).await;
        let view = score(&site, account).await;
        let query = ScoreQuery { account: format!("#{account}"), rows: 0, history_days: 0 };
        let ledger = site.app.account(&Actor::operator(), AsOf::Newest, &query).await.expect("it").ledger;
        let paid = |change: &Change| [change.before.clone(), change.after.clone()].into_iter().flatten();
        let mut paid = ledger.iter().flat_map(|entry| entry.changes.iter().flat_map(paid));
        if paid.any(|paid| paid.mrr.currency != view.currency) {
            continue; // exchange rates move it between two entries
        }
        let sum: Amount = amounts(&page, "#ledger table").into_iter().flatten().sum();
        let sum = Money { amount: sum, currency: view.currency };
        let mrr = all(&page, ".kpis a[href=\"#ledger\"] b.num").into_iter().next().expect("an MRR");
        assert_eq!(text(mrr), spaced(&WORDS.money_whole(sum)), "account {account}");
        checked += 1;
    }
    assert!(checked > 3, "only {checked} ledgers were added up");
}

#[tokio::test]
async fn what_adds_and_what_takes_adds_up_to_the_score() {
    let site = TestSite::demo().await;
    let mut checked = 0;
    for account in ACCOUNTS {
        let page = open(&site, &format!("/accounts/{account}#why")).await;
        let Some(total) = score(&site, account).await.score else { continue };
        let points = |cell| {
            let text = text(cell).replace('−', "-").replace('+', "");
            text.parse::<f64>().unwrap_or_else(|_| panic!("\"{text}\" are no points"))
        };
        let cells = all(&page, "table.why > tbody > tr > td.num");
        let parts = f64::from(u32::try_from(cells.len()).expect("a few"));
        let sum = 50.0 + cells.into_iter().map(points).sum::<f64>();
        // Each is written to a tenth of a point.
        assert!((sum - total).abs() <= 0.05 * (parts + 1.0), "account {account}: {sum}, not {total}");
        checked += 1;
    }
    assert!(checked > 5, "only {checked} scores were added up");
}

#[tokio::test]
async fn each_measure_opens_to_as_many_rows_as_it_counts() {
    let site = TestSite::demo().await;
    let mut checked = 0;
    for account in ACCOUNTS {
        for it in &score(&site, account).await.contributions {
            let Some(counted) = counted(it) else { continue };
            let page = open(&site, &format!("/accounts/{account}?open={0}#m-{0}", it.measure)).await;
            let shown = all(&page, "tr.open table.rows tr").len();
            let hidden = it.row_count - u64::try_from(it.rows.len()).expect("a few");
            let behind = u64::try_from(shown).expect("a few") + hidden;
            // Where seats are counted with, the subscriptions that hold them are there as well.
            let seats = it.rows.iter().filter(|row| matches!(row.says, Says::Subscription { .. })).count();
            let seats = u64::try_from(seats).expect("a few");
            assert_eq!(behind, counted + seats, "account {account}: {}", it.measure);
            checked += 1;
        }
    }
    assert!(checked > 10, "only {checked} measures were opened");
}

/// How many rows a measure says that it counted: tickets, or answers.
fn counted(measure: &ContributionView) -> Option<u64> {
    let figures = serde_json::to_value(&measure.figures).expect("JSON");
    let figure = |kind: &str| {
        let found = figures.as_array()?.iter().find(|figure| figure["kind"] == kind)?;
        found["amount"].as_f64()
    };
    let amount = figure("tickets").or_else(|| figure("responses"))?;
    format!("{amount:.0}").parse().ok().filter(|_| measure.points.is_some())
}

#[tokio::test]
async fn the_uses_of_a_feature_open_to_rows_that_add_up_to_them() {
    let site = TestSite::demo().await;
    let mut checked = 0;
    for account in ACCOUNTS.step_by(3) {
        let page = open(&site, &format!("/accounts/{account}")).await;
        for link in all(&page, "#use figcaption a") {
            // Instead of a number, some say when it was used last.
            let Ok(uses) = text(link).replace(',', "").parse::<i64>() else { continue };
            let rows = open(&site, &address(link)).await;
            let counted = all(&rows, "#use .open data")
                .into_iter()
                .map(|row| row.attr("value").and_then(|value| value.parse::<i64>().ok()).expect("uses"));
            assert_eq!(counted.sum::<i64>(), uses, "{}", address(link));
            checked += 1;
        }
    }
    assert!(checked > 10, "only {checked} features were opened");
}

#[tokio::test]
async fn potential_is_the_weighted_mean_of_its_parts() {
    let site = TestSite::demo().await;
    let mut checked = 0;
    for account in ACCOUNTS {
        let view = score(&site, account).await;
        let (Some(potential), Some(works)) = (view.potential, view.works) else { continue };
        for (open_part, percent) in [("potential", potential.percent), ("works", works.percent)] {
            let page = open(&site, &format!("/accounts/{account}?open={open_part}#parts")).await;
            let (mut sum, mut weights) = (0.0, 0.0);
            for row in all(&page, "#parts tbody tr") {
                let cells: Vec<String> = within(row, "td").into_iter().map(text).collect();
                let number = |text: &str| text.replace(['%', ',', ' '], "").parse::<f64>().expect("a number");
                sum += number(&cells[2]) * number(&cells[3]);
                weights += number(&cells[3]);
            }
            assert!((sum / weights - percent).abs() <= 0.6, "account {account}: {open_part}");
            checked += 1;
        }
    }
    assert!(checked > 5, "only {checked} percentages were added up");
}
