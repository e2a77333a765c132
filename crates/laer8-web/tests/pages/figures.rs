//! What a page shows is what the use case says, and it adds up.

use crate::site::TestSite;
use laer8_app::{AccountsQuery, Actor, AsOf, RevenueQuery, ScoreQuery};
use laer8_domain::money::{Amount, Money};
use laer8_revenue::ledger::Movement;
use laer8_words::{Language, Words};

const WORDS: Words = Words::new(Language::En);

#[tokio::test]
async fn each_movement_opens_to_entries_that_add_up_to_it() {
    let site = TestSite::demo().await;
    let actor = Actor::operator();
    let view = site.app.revenue(&actor, AsOf::Newest, &RevenueQuery::default()).await.expect("revenue");
    let figures = view.figures;
    let gained = |amount: Amount| Money { amount, currency: view.currency };
    for (movement, sum) in [
        (Movement::New, figures.new),
        (Movement::Expansion, figures.expansion),
        (Movement::Contraction, -figures.contraction),
        (Movement::Churn, -figures.churn),
    ] {
        let page = site.get(&format!("/revenue?movement={}", movement.key())).await;
        let sum = WORDS.signed_money_cents(gained(sum));
        assert!(page.text.contains(&sum), "{movement:?}: {sum} is not on the page");
        let query = RevenueQuery { entries: Some(Some(movement)), ..RevenueQuery::default() };
        let entries = site.app.revenue(&actor, AsOf::Newest, &query).await.expect("entries").entries;
        for entry in entries.expect("asked for") {
            let change = WORDS.signed_money_cents(gained(entry.after - entry.before));
            assert!(page.text.contains(&change), "{movement:?} of {}: {change}", entry.name);
        }
    }
}

#[tokio::test]
async fn each_measure_opens_to_its_source_rows() {
    let site = TestSite::demo().await;
    let actor = Actor::operator();
    let accounts =
        site.app.accounts(&actor, AsOf::Newest, &AccountsQuery::default()).await.expect("accounts");
    let customer = accounts.accounts.iter().find(|row| row.score.is_some()).expect("a customer");
    let query = ScoreQuery { account: format!("#{}", customer.id), rows: 3, history_days: 0 };
    let score = site.app.score(&actor, AsOf::Newest, &query).await.expect("a score");
    let mut opened = 0;
    for contribution in score.contributions.iter().filter(|it| it.points.is_some()) {
        let page = site.get(&format!("/accounts/{}?open={}", customer.id, contribution.measure)).await;
        assert!(page.text.contains("aria-expanded=\"true\""), "{}", contribution.measure);
        assert!(page.text.contains(&WORDS.points(contribution.contribution, 1)), "{}", contribution.measure);
        for row in &contribution.rows {
            assert!(page.text.contains(&WORDS.day(row.day)), "{}: {row:?}", contribution.measure);
            opened += 1;
        }
    }
    assert!(opened > 5, "only {opened} rows were behind the measures");
}

#[tokio::test]
async fn the_table_and_its_csv_hold_the_same_accounts() {
    let site = TestSite::demo().await;
    let view = site
        .app
        .accounts(&Actor::operator(), AsOf::Newest, &AccountsQuery::default())
        .await
        .expect("accounts");
    let (page, csv) = (site.get("/accounts").await, site.get("/accounts.csv").await);
    assert_eq!(csv.text.lines().count(), view.accounts.len() + 1);
    for row in &view.accounts {
        assert!(csv.text.contains(&row.mrr.to_string()), "{}", row.name);
    }
    let whole = WORDS.money_whole(Money { amount: view.mrr, currency: view.currency });
    assert!(page.text.contains(&whole), "the total {whole}");
}
