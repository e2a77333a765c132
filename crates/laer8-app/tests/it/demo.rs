//! The demo company through the whole of Laer8.

use crate::support::{app_at, day, operator, unwatched};
use laer8_app::{AppError, AsOf, DemoRequest, Filter, JourneyQuery, RevenueQuery, TodayQuery};
use laer8_domain::conditions::Condition;

const NOW: &str = "2026-06-30T12:00:00Z";

laer8_testkit::on_both!(a_filled_workspace_is_not_filled_again);

fn segment(key: &str) -> Filter {
    let condition = serde_json::json!({ "facet": "segment", "is": key });
    Filter { conditions: vec![serde_json::from_value::<Condition>(condition).expect("a condition")] }
}

async fn a_filled_workspace_is_not_filled_again(url: String) {
    let app = app_at(&url, NOW).await;
    let small = DemoRequest { accounts: 8, ..DemoRequest::default() };
    app.demo(&operator(), small, &unwatched).await.expect("a company");
    let again = app.demo(&operator(), small, &unwatched).await;
    assert!(matches!(again, Err(AppError::Invalid(_))), "{again:?}");
}

#[test]
fn the_demo_company_behaves_as_companies_do() {
    laer8_testkit::run(laer8_testkit::Engine::Sqlite, async |url| {
        let app = app_at(&url, NOW).await;
        app.demo(&operator(), DemoRequest::default(), &unwatched).await.expect("a company");

        let year = async |filter: Filter| {
            let query = RevenueQuery { filter, ..RevenueQuery::default() };
            app.revenue(&operator(), AsOf::Newest, &query).await.expect("revenue").figures
        };
        let all = year(Filter::default()).await;
        let (grr, nrr) = (all.grr.expect("a ratio"), all.nrr.expect("a ratio"));
        assert!((0.87..=0.93).contains(&grr), "GRR is {grr}");
        assert!((0.99..=1.06).contains(&nrr), "NRR is {nrr}");
        let (large, small) = (year(segment("enterprise")).await, year(segment("small")).await);
        assert!(
            large.grr > small.grr && large.nrr > small.nrr,
            "larger customers are better: {large:?} {small:?}"
        );

        let journey = app
            .journey(&operator(), AsOf::Newest, &JourneyQuery::over(12, Filter::default()))
            .await
            .expect("the loop");
        let customers: u32 = journey
            .stages
            .iter()
            .filter(|totals| totals.standing.stage().is_some())
            .map(|totals| totals.accounts)
            .sum();
        for (stage, shares) in
            [("land", 0.02..=0.18), ("adopt", 0.12..=0.42), ("expand", 0.20..=0.60), ("renew", 0.10..=0.40)]
        {
            let totals = journey.stages.iter().find(|totals| totals.standing.key() == stage);
            let share = f64::from(totals.map_or(0, |totals| totals.accounts)) / f64::from(customers);
            assert!(shares.contains(&share), "{stage} is {share}");
        }
        let today = app.today_list(&operator(), AsOf::Newest, &TodayQuery::default()).await.expect("today");
        assert!(!today.as_of.stale && today.as_of.day == day("2026-06-30"));
        assert!(today.items.len() > 20, "{} accounts to look at", today.items.len());
    });
}
