use super::*;
use crate::examples::{Example, day, everything_tracked, terms};
use laer8_domain::{ids::PlanId, money::Currency, subscriptions::Terms};

fn standing(example: &Example, on: &str) -> &'static str {
    example.journey(on).standing.key()
}

#[test]
fn who_pays_nothing_has_a_standing() {
    let mut example = Example::new();
    example.terms_from(1, "2026-02-01", "2026-02-01", Terms { trial: true, ..terms("2026-02-01", None) });
    example.resubscribe(1, "2026-03-01", "2026-03-01", Some(12), 10, "10");
    example.ends(1, "2026-06-01", "2026-06-01");
    assert_eq!(standing(&example, "2026-01-31"), "prospect");
    assert_eq!(standing(&example, "2026-02-01"), "trial");
    assert_eq!(standing(&example, "2026-03-01"), "land");
    assert_eq!(standing(&example, "2026-06-01"), "former");
    assert_eq!(example.journey("2026-06-01").current, None);
}

#[test]
fn use_in_the_trial_counts_for_activation() {
    let mut example = Example::new();
    example.terms_from(1, "2026-02-01", "2026-02-01", Terms { trial: true, ..terms("2026-02-01", None) });
    example.resubscribe(1, "2026-03-01", "2026-03-01", Some(12), 10, "10");
    for offset in 0..4 {
        example.use_after("2026-02-10", offset, &[1, 2, 3]);
    }
    assert_eq!(standing(&example, "2026-03-01"), "adopt");
}

/// A large annual subscription since 2025, in Renew from October 2026, and one
/// of another size since September.
fn two(seats: u32) -> Example {
    let mut example = Example::new();
    example.subscribe(1, "2025-01-01", Some(12), 10, "10");
    example.subscribe(2, "2026-09-01", Some(12), seats, "10");
    example
}

#[test]
fn a_quarter_of_the_revenue_in_renewal_makes_the_account_renew() {
    assert_eq!(standing(&two(30), "2026-11-01"), "renew", "100 of 400");
    assert_eq!(standing(&two(31), "2026-11-01"), "land", "100 of 410");
}

#[test]
fn otherwise_most_of_the_revenue_decides() {
    let mut example = Example::new();
    example.terms_from(
        1,
        "2026-01-01",
        "2026-01-01",
        Terms { plan: PlanId(4), ..terms("2026-01-01", Some(12)) },
    );
    example.subscribe(2, "2026-01-01", Some(12), 11, "10");
    for offset in 0..4 {
        example.use_after("2026-01-10", offset, &[1, 2, 3]);
    }
    let journey = example.journey("2026-02-15");
    assert_eq!(journey.standing, Standing::Customer(Stage::Adopt), "110 against 100");
    assert_eq!(journey.current.map(|span| span.since), Some(day("2026-01-13")));
}

#[test]
fn of_two_equal_stages_the_earlier_counts() {
    let mut example = Example::new();
    example.terms_from(
        1,
        "2026-01-01",
        "2026-01-01",
        Terms { plan: PlanId(4), ..terms("2026-01-01", Some(12)) },
    );
    example.subscribe(2, "2026-01-01", Some(12), 10, "10");
    for offset in 0..4 {
        example.use_after("2026-01-10", offset, &[1, 2, 3]);
    }
    assert_eq!(standing(&example, "2026-02-15"), "land");
}

#[test]
fn an_amount_without_a_rate_is_named_and_not_guessed() {
    let mut example = Example::customer();
    let mut dollars = terms("2026-01-01", Some(12));
    dollars.price.currency = Currency::USD;
    example.terms_from(2, "2026-01-01", "2026-01-01", dollars);
    let journey = example.journey("2026-02-01");
    assert!(journey.mrr_incomplete);
    assert_eq!((journey.mrr, journey.arr()), (Amount::from_major(100), Amount::from_major(1_200)));
}

#[test]
fn the_next_renewal_is_the_earliest() {
    let journey = two(10).journey("2026-05-01");
    assert_eq!(journey.next_renewal, Some(day("2027-01-01")));
}

#[test]
fn an_account_is_written_with_its_keys() {
    let mut example = Example::customer();
    for offset in 0..4 {
        example.use_after("2026-01-10", offset, &[1, 2, 3]);
    }
    let journey = example.journey_with("2026-10-10", everything_tracked());
    insta::assert_json_snapshot!(journey);
}
