//! Causes come before effects: usage falls before churn, seats fill before
//! expansion, departures and trouble leave traces; and none of it always.

use crate::{
    DEMO,
    book::{Account, median},
    options,
};
use laer8_domain::days::{Day, shift};

/// Each end of a customer with enough history before it.
fn ends() -> Vec<(&'static Account, Day)> {
    let first = shift(options().first_day(), 120);
    let all =
        DEMO.accounts.iter().flat_map(|account| account.ends().into_iter().map(move |end| (account, end)));
    all.filter(|(_, end)| *end > first).collect()
}

/// Customers of at least 130 days on `day` that stay for 90 more.
fn stayers(day: Day) -> impl Iterator<Item = &'static Account> {
    DEMO.accounts.iter().filter(move |account| {
        let stays = account.ends().iter().all(|end| *end < shift(day, -130) || *end > shift(day, 90));
        account.pays(day) && account.pays(shift(day, -130)) && stays
    })
}

#[test]
fn usage_falls_before_a_customer_leaves_and_not_before_it_stays() {
    let leaving: Vec<f64> = ends().iter().filter_map(|(account, end)| account.trend(*end)).collect();
    assert!(leaving.len() >= 30, "{}", leaving.len());
    assert!(median(leaving.clone()) <= 0.60, "{}", median(leaving));
    for back in [0, 60, 120, 300] {
        let day = shift(options().last_day, -back);
        let staying = median(stayers(day).filter_map(|account| account.trend(day)).collect());
        assert!((0.90..=1.12).contains(&staying), "{day}: {staying}");
    }
}

#[test]
fn the_fall_begins_six_to_ten_weeks_before_the_end() {
    let against = |weeks_before: i64| {
        let level = |(account, end): (&Account, Day)| {
            let usual = account.uses_per_day(shift(end, -84), 84);
            let week = account.uses_per_day(shift(end, -7 * weeks_before), 7);
            (usual > 0.0).then(|| week / usual)
        };
        median(ends().into_iter().filter_map(level).collect())
    };
    assert!(against(11) > 0.85, "{}", against(11));
    assert!((0.5..0.9).contains(&against(5)), "{}", against(5));
    assert!(against(1) < 0.45, "{}", against(1));
}

#[test]
fn some_leave_out_of_the_blue() {
    let trends = ends().into_iter().filter_map(|(account, end)| account.trend(end));
    let sudden = trends.filter(|trend| *trend > 0.85).count();
    assert!((2..=ends().len() / 4).contains(&sudden), "{sudden} of {}", ends().len());
}

#[test]
fn some_declines_recover() {
    let recovered = DEMO.accounts.iter().filter(|account| {
        (12..36).any(|month| {
            let day = shift(options().last_day, -30 * month);
            let before = account.uses_per_day(shift(day, -28), 91);
            let low = account.uses_per_day(day, 28) < 0.7 * before;
            let back = account.uses_per_day(shift(day, 150), 56) > 0.9 * before;
            before > 10.0 && low && back && account.ends().is_empty()
        })
    });
    let recovered = recovered.count();
    assert!(recovered >= 10, "{recovered}");
}

#[test]
fn seats_fill_up_before_more_are_bought() {
    let mut used = Vec::new();
    for account in &DEMO.accounts {
        for steps in account.subscriptions.iter().flat_map(|steps| steps.windows(2)) {
            let [Some(before), Some(after)] = [&steps[0].terms, &steps[1].terms] else { continue };
            let recorded = steps[1].from > shift(options().first_day(), 40);
            if recorded && !before.trial && after.quantity > before.quantity {
                used.push(f64::from(account.people(steps[1].from)) / f64::from(before.quantity));
            }
        }
    }
    used.sort_by(f64::total_cmp);
    assert!(used.len() > 100, "{}", used.len());
    assert!(used[used.len() / 10] > 0.85, "a tenth buys with {} in use", used[used.len() / 10]);
    assert!(median(used) > 0.90);
}

#[test]
fn usage_falls_after_a_champion_has_left() {
    let departures =
        DEMO.accounts.iter().flat_map(|account| account.departures.iter().map(move |day| (account, *day)));
    let stayed = departures.filter(|(account, day)| account.ends().iter().all(|end| *end > shift(*day, 130)));
    let change = stayed.filter_map(|(account, day)| {
        let before = account.uses_per_day(day, 56);
        (before > 0.0 && shift(day, 80) < options().last_day)
            .then(|| account.uses_per_day(shift(day, 80), 35) / before)
    });
    let change: Vec<f64> = change.collect();
    assert!(change.len() >= 20, "{}", change.len());
    assert!(median(change.clone()) < 0.92, "{}", median(change));
}

/// Tickets that come independently of each other have as much variance as
/// mean over equal periods (the middle of so many accounts would lie within
/// 0.1 of 1); tickets of one cause come together.
#[test]
fn tickets_come_in_bursts() {
    let (first, last) = (options().first_day(), options().last_day);
    let mut dispersions = Vec::new();
    let old = stayers(last).filter(|account| account.pays(first) && account.tickets.len() >= 12);
    for account in old {
        let in_month = |month: i64| {
            let (from, until) = (shift(first, 28 * month), shift(first, 28 * (month + 1)));
            account.tickets.iter().filter(|(day, _)| from <= *day && *day < until).count() as f64
        };
        let counts: Vec<f64> = (0..39).map(in_month).collect();
        let mean = counts.iter().sum::<f64>() / 39.0;
        let variance = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / 38.0;
        dispersions.push(variance / mean);
    }
    assert!(dispersions.len() > 40, "{}", dispersions.len());
    assert!(median(dispersions.clone()) > 1.25, "{}", median(dispersions));
}

/// In two years something goes wrong at about half of the customers.
#[test]
fn tickets_pile_up_when_something_does_not_work() {
    let last = options().last_day;
    let (mut usual, mut worst) = (Vec::new(), Vec::new());
    let old = stayers(last).filter(|account| account.tier == "B" && account.pays(shift(last, -730)));
    for account in old {
        let open_on = |day: Day| {
            let open = |(opened, solved): &&(Day, Option<Day>)| {
                *opened <= day && solved.is_none_or(|solved| solved > day)
            };
            account.tickets.iter().filter(open).count() as f64
        };
        let weeks: Vec<f64> = (0..156).map(|week| open_on(shift(last, -7 * week))).collect();
        worst.push(weeks.iter().copied().fold(0.0, f64::max));
        usual.push(median(weeks));
    }
    assert!(median(usual.clone()) <= 1.0, "{}", median(usual));
    let piled_up = worst.iter().filter(|open| **open >= 4.0).count() as f64 / worst.len() as f64;
    assert!((0.35..0.75).contains(&piled_up), "{piled_up}");
}

#[test]
fn all_kinds_of_reasons_are_given() {
    let mut reasons: Vec<&str> =
        DEMO.accounts.iter().flat_map(|account| &account.reasons).map(String::as_str).collect();
    reasons.sort_unstable();
    reasons.dedup();
    assert_eq!(
        reasons,
        [
            "acquired",
            "champion_left",
            "competitor",
            "low_adoption",
            "out_of_business",
            "price",
            "product_quality"
        ]
    );
}
