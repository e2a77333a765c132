//! Health over time: worked out once, kept, and the same whichever way.

use crate::support::{app_at, operator, unwatched};
use laer8_app::{AppError, AsOf, DemoRequest, HealthOfDay, HealthOverTime, HealthQuery, HealthSoFar};
use laer8_domain::{days::shift, ids::AccountId};

const NOW: &str = "2026-06-30T12:00:00Z";

laer8_testkit::on_both!(
    a_day_is_the_same_replayed_kept_and_read_off_the_book,
    what_is_written_today_leaves_the_days_before,
    segments_add_up_to_the_whole,
);

fn days(days: u32) -> HealthQuery {
    HealthQuery { days, segment: None }
}

/// Sums of the same numbers in another order differ in the last digits.
fn alike(a: &[HealthOfDay], b: &[HealthOfDay]) {
    let counts = |it: &HealthOfDay| (it.day, it.healthy, it.watch, it.at_risk, it.not_enough_data);
    assert_eq!(a.iter().map(counts).collect::<Vec<_>>(), b.iter().map(counts).collect::<Vec<_>>());
    for (a, b) in a.iter().zip(b) {
        let difference = a.mean_score.unwrap_or(-1.0) - b.mean_score.unwrap_or(-1.0);
        assert!(difference.abs() < 1e-9, "{}: {a:?} {b:?}", a.day);
    }
}

async fn a_day_is_the_same_replayed_kept_and_read_off_the_book(url: String) {
    let app = app_at(&url, NOW).await;
    let small = DemoRequest { accounts: 30, ..DemoRequest::default() };
    app.demo(&operator(), small, &unwatched).await.expect("a company");
    let now = AsOf::Newest;
    let replayed = app.health_over_time(&operator(), now, &days(60)).await.expect("health");
    assert!(replayed.days.iter().all(|day| day.healthy + day.watch + day.at_risk > 0), "{replayed:?}");
    let again = app_at(&url, NOW).await.health_over_time(&operator(), now, &days(60)).await.expect("health");
    alike(&replayed.days, &again.days);

    let earlier = shift(replayed.as_of.day, -20);
    let read_off =
        app.health_over_time(&operator(), AsOf::Day(earlier), &days(1)).await.expect("the day's own book");
    alike(&read_off.days, &[replayed.days[39]]);
    let longer = app.health_over_time(&operator(), now, &days(90)).await.expect("health");
    alike(&replayed.days, &longer.days[30..]);
    let page = app.health_so_far(&operator(), now, &days(90)).await.expect("health");
    assert_eq!(page, HealthSoFar::Ready(longer));
}

async fn what_is_written_today_leaves_the_days_before(url: String) {
    let app = app_at(&url, NOW).await;
    let small = DemoRequest { accounts: 12, ..DemoRequest::default() };
    app.demo(&operator(), small, &unwatched).await.expect("a company");
    let before = app.health_over_time(&operator(), AsOf::Today, &days(30)).await.expect("health");
    app.set_pulse(&operator(), AccountId(1), 5, "They stopped the roll-out.").await.expect("written");
    let after = app.health_over_time(&operator(), AsOf::Today, &days(30)).await.expect("health");
    alike(&before.days[..29], &after.days[..29]);
    let fresh = app_at(&url, NOW).await.health_over_time(&operator(), AsOf::Today, &days(30)).await;
    alike(&after.days, &fresh.expect("health").days);
}

async fn segments_add_up_to_the_whole(url: String) {
    let app = app_at(&url, NOW).await;
    let small = DemoRequest { accounts: 40, ..DemoRequest::default() };
    app.demo(&operator(), small, &unwatched).await.expect("a company");
    let whole = app.health_over_time(&operator(), AsOf::Newest, &days(10)).await.expect("health");
    let overview =
        app.health_overview(&operator(), AsOf::Newest, &laer8_app::Filter::default()).await.expect("health");
    let mut parts: Vec<HealthOverTime> = Vec::new();
    for segment in &overview.segments {
        let query = HealthQuery { days: 10, segment: Some(segment.segment.clone()) };
        parts.push(app.health_over_time(&operator(), AsOf::Newest, &query).await.expect("health"));
    }
    assert!(parts.len() > 1);
    for (position, day) in whole.days.iter().enumerate() {
        let sum =
            |pick: fn(&HealthOfDay) -> u32| parts.iter().map(|it| pick(&it.days[position])).sum::<u32>();
        assert_eq!(sum(|day| day.healthy), day.healthy, "{}", day.day);
        assert_eq!(sum(|day| day.watch), day.watch, "{}", day.day);
        assert_eq!(sum(|day| day.at_risk), day.at_risk, "{}", day.day);
    }
    let nobody = HealthQuery { days: 10, segment: Some("nobody".to_owned()) };
    let error = app.health_over_time(&operator(), AsOf::Newest, &nobody).await.expect_err("there is none");
    assert!(matches!(error, AppError::NotFound { kind: "segment", .. }), "{error}");
}
