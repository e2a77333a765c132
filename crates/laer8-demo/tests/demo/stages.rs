//! Where in the loop accounts stand on the last day, by plain criteria: landed
//! when a fifth of the seats and three features are in use, adopted when three
//! fifths of the seats and half the features are, in Renew 90 days (or the
//! last third of a short term) before the end.

use crate::{DEMO, book::Account, options};
use laer8_domain::{
    days::{Day, days_between, shift, shift_months},
    records::TermsRecord,
};

fn seats_used(account: &Account, end: Day) -> f64 {
    f64::from(account.people(end)) / f64::from(account.seats(shift(end, -1)).max(1))
}

fn features_used(account: &Account, end: Day) -> f64 {
    let recent = |days: &&Vec<Day>| days.iter().any(|day| shift(end, -28) <= *day && *day < end);
    account.features.values().filter(recent).count() as f64
}

fn entitled(terms: &TermsRecord) -> f64 {
    match terms.plan.as_str() {
        "team" => 7.0,
        "business" => 11.0,
        _ => 12.0,
    }
}

/// The start and end of the term on `day`.
fn term(terms: &TermsRecord, day: Day) -> (Day, Day) {
    let (start, months) = (terms.term_start.unwrap_or(day), i32::from(terms.term_months.unwrap_or(1)));
    let number = (0..).take_while(|number| shift_months(start, months * number) <= day).last().unwrap_or(0);
    (shift_months(start, months * number), shift_months(start, months * (number + 1)))
}

fn stage(account: &Account, day: Day) -> &'static str {
    let Some(terms) = account.terms_on(day).find(|terms| terms.plan != "insight") else { return "none" };
    let (start, end) = term(terms, day);
    let window = match terms.term_months {
        Some(1) => 10,
        Some(_) => 90,
        None => i64::MAX,
    };
    let weeks = || (0..157).map(|week| shift(day, 1 - 7 * week));
    let landed = weeks().any(|end| seats_used(account, end) >= 0.2 && features_used(account, end) >= 3.0);
    let adopted = weeks()
        .take_while(|end| *end > start)
        .any(|end| seats_used(account, end) >= 0.6 && features_used(account, end) >= 0.5 * entitled(terms));
    match (landed, adopted) {
        _ if days_between(day, end) <= window => "renew",
        (false, _) => "land",
        (true, false) => "adopt",
        (true, true) => "expand",
    }
}

#[test]
fn every_stage_has_its_share() {
    let last = options().last_day;
    let customers: Vec<&str> = DEMO
        .accounts
        .iter()
        .filter(|account| account.pays(last))
        .map(|account| stage(account, last))
        .collect();
    let share =
        |stage| customers.iter().filter(|other| **other == stage).count() as f64 / customers.len() as f64;
    let [land, adopt, expand, renew] = ["land", "adopt", "expand", "renew"].map(share);
    assert!((0.05..=0.15).contains(&land), "land {land}");
    assert!((0.20..=0.35).contains(&adopt), "adopt {adopt}");
    assert!((0.30..=0.50).contains(&expand), "expand {expand}");
    assert!((0.15..=0.30).contains(&renew), "renew {renew}");
}
