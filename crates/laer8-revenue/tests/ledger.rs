//! What the ledger says, by example.

mod support;

use laer8_domain::{
    exchange::Rates,
    ids::{AccountId, SubscriptionId},
    money::Currency,
    subscriptions::{BillingPeriod, Price, PriceBasis, SubscriptionHistory, Terms},
};
use laer8_revenue::ledger::{LedgerOptions, Movement, account_ledger};
use support::{GOLD, SILVER, amount, day, in_dollars, ledger, lines, monthly, subscription, version};

/// Four Gold seats billed 2,000.00 a year for all of them.
fn gold() -> Terms {
    let mut terms = monthly(GOLD, 4, "0");
    terms.price = Price {
        amount: amount("2000"),
        currency: Currency::EUR,
        per: BillingPeriod::Year,
        basis: PriceBasis::Total,
    };
    terms
}

/// The worked example of the formulas.
fn gold_and_silver() -> Vec<SubscriptionHistory> {
    vec![
        subscription(1, [("2026-01-01", Some(gold())), ("2026-06-01", None), ("2026-09-01", Some(gold()))]),
        subscription(2, [("2026-02-10", Some(monthly(SILVER, 2, "30"))), ("2026-04-20", None)]),
    ]
}

#[test]
fn the_worked_example_of_one_account() {
    let subscriptions = gold_and_silver();
    assert_eq!(
        lines(&ledger(&subscriptions, "2026-12-31", 0)),
        [
            "2026-01-01 new 166.6667",
            "2026-02-10 expansion 60.00",
            "2026-04-20 contraction 60.00",
            "2026-06-01 churn 166.6667",
            "2026-09-01 reactivation 166.6667",
        ]
    );
}

#[test]
fn an_entry_opens_to_the_versions_before_and_after() {
    let subscriptions = [subscription(
        1,
        [("2026-01-01", Some(monthly(SILVER, 2, "30"))), ("2026-03-01", Some(monthly(GOLD, 2, "50")))],
    )];
    let ledger = ledger(&subscriptions, "2026-12-31", 0);
    let entry = &ledger.entries()[1];
    let versions = subscriptions[0].versions();
    assert_eq!((entry.parts[0].before, entry.parts[0].after), (Some(&versions[0]), &versions[1]));
    insta::assert_json_snapshot!(entry);
}

#[test]
fn all_changes_of_a_day_are_one_entry_with_its_parts() {
    let subscriptions = [
        subscription(1, [("2026-01-01", Some(monthly(SILVER, 1, "100"))), ("2026-03-01", None)]),
        subscription(2, [("2026-03-01", Some(monthly(GOLD, 1, "130")))]),
    ];
    let ledger = ledger(&subscriptions, "2026-12-31", 0);
    assert_eq!(lines(&ledger), ["2026-01-01 new 100.00", "2026-03-01 expansion 30.00"]);
    let changes: Vec<_> =
        ledger.entries()[1].parts.iter().map(|part| (part.subscription.0, part.change.to_string())).collect();
    assert_eq!(changes, [(1, "-100.00".to_owned()), (2, "130.00".to_owned())]);
}

#[test]
fn one_that_ends_on_the_day_another_starts_at_the_same_price_is_no_entry() {
    let subscriptions = [
        subscription(1, [("2026-01-01", Some(monthly(SILVER, 1, "100"))), ("2026-03-01", None)]),
        subscription(2, [("2026-03-01", Some(monthly(GOLD, 2, "50")))]),
    ];
    assert_eq!(lines(&ledger(&subscriptions, "2026-12-31", 0)), ["2026-01-01 new 100.00"]);
}

#[test]
fn trials_and_free_subscriptions_are_no_customers() {
    let trial = Terms { trial: true, ..monthly(GOLD, 3, "100") };
    let subscriptions = [
        subscription(1, [("2026-01-01", Some(trial)), ("2026-02-01", Some(monthly(GOLD, 3, "100")))]),
        subscription(2, [("2026-01-05", Some(monthly(SILVER, 1, "0"))), ("2026-03-05", None)]),
    ];
    assert_eq!(lines(&ledger(&subscriptions, "2026-12-31", 0)), ["2026-02-01 new 300.00"]);
}

#[test]
fn a_renewal_on_the_same_terms_is_no_part() {
    let renewed = Terms { term_start: day("2026-07-01"), ..monthly(GOLD, 1, "100") };
    let subscriptions = [
        subscription(1, [("2026-01-01", Some(monthly(GOLD, 1, "100"))), ("2026-07-01", Some(renewed))]),
        subscription(2, [("2026-07-01", Some(monthly(SILVER, 1, "5")))]),
    ];
    let ledger = ledger(&subscriptions, "2026-12-31", 0);
    let parts: Vec<_> = ledger.entries()[1].parts.iter().map(|part| part.subscription).collect();
    assert_eq!(parts, [SubscriptionId(2)]);
}

#[test]
fn what_lies_in_the_future_is_not_entered() {
    let subscriptions = [SubscriptionHistory::new(
        SubscriptionId(1),
        vec![
            version(day("2026-01-01"), day("2026-01-01"), Some(monthly(GOLD, 1, "100"))),
            version(day("2026-06-01"), day("2026-04-01"), None),
        ],
    )];
    assert_eq!(lines(&ledger(&subscriptions, "2026-05-31", 0)).len(), 1);
    assert_eq!(lines(&ledger(&subscriptions, "2026-06-01", 0)).len(), 2);
}

#[test]
fn a_correction_rewrites_the_ledger_only_from_the_day_it_is_known() {
    let subscriptions = [SubscriptionHistory::new(
        SubscriptionId(1),
        vec![
            version(day("2026-01-01"), day("2026-01-01"), Some(monthly(GOLD, 1, "100"))),
            version(day("2026-01-01"), day("2026-02-10"), Some(monthly(GOLD, 5, "100"))),
        ],
    )];
    assert_eq!(lines(&ledger(&subscriptions, "2026-02-09", 0)), ["2026-01-01 new 100.00"]);
    assert_eq!(lines(&ledger(&subscriptions, "2026-02-10", 0)), ["2026-01-01 new 500.00"]);
}

/// Ends on 1 March and returns on 4 March: a gap of three days.
fn three_days_away(price: &str) -> Vec<SubscriptionHistory> {
    vec![
        subscription(1, [("2026-01-01", Some(monthly(GOLD, 1, "100"))), ("2026-03-01", None)]),
        subscription(2, [("2026-03-04", Some(monthly(GOLD, 1, price)))]),
    ]
}

#[test]
fn a_gap_within_the_grace_is_neither_churn_nor_reactivation() {
    let same = three_days_away("100");
    assert_eq!(lines(&ledger(&same, "2026-12-31", 3)), ["2026-01-01 new 100.00"]);
    let less = three_days_away("80");
    assert_eq!(
        lines(&ledger(&less, "2026-12-31", 3)),
        ["2026-01-01 new 100.00", "2026-03-04 contraction 20.00"]
    );
}

#[test]
fn a_gap_longer_than_the_grace_is_churn_on_its_first_day() {
    let subscriptions = three_days_away("80");
    assert_eq!(
        lines(&ledger(&subscriptions, "2026-12-31", 2)),
        ["2026-01-01 new 100.00", "2026-03-01 churn 100.00", "2026-03-04 reactivation 80.00"]
    );
}

#[test]
fn an_open_gap_is_churn_once_the_grace_has_passed() {
    let subscriptions =
        [subscription(1, [("2026-01-01", Some(monthly(GOLD, 1, "100"))), ("2026-03-01", None)])];
    // 1, 2 and 3 March are days without revenue; 4 March is the fourth.
    assert_eq!(lines(&ledger(&subscriptions, "2026-03-03", 3)), ["2026-01-01 new 100.00"]);
    assert_eq!(
        lines(&ledger(&subscriptions, "2026-03-04", 3)),
        ["2026-01-01 new 100.00", "2026-03-01 churn 100.00"]
    );
}

#[test]
fn a_rate_alone_makes_no_entry_and_both_sides_have_the_rate_of_the_day() {
    let mut rates = Rates::new(Currency::EUR);
    rates.set(Currency::USD, day("2026-01-01"), 900_000_000);
    rates.set(Currency::USD, day("2026-02-01"), 800_000_000);
    let subscriptions = [subscription(
        1,
        [
            ("2026-01-10", Some(in_dollars(monthly(GOLD, 1, "100")))),
            ("2026-03-01", Some(in_dollars(monthly(GOLD, 2, "100")))),
        ],
    )];
    let ledger =
        account_ledger(AccountId(7), &subscriptions, day("2026-12-31"), &rates, LedgerOptions::default())
            .expect("rates");
    let sides: Vec<_> = ledger
        .entries()
        .iter()
        .map(|entry| (entry.movement, entry.before.to_string(), entry.after.to_string()))
        .collect();
    assert_eq!(
        sides,
        [
            (Movement::New, "0.00".to_owned(), "90.00".to_owned()),
            (Movement::Expansion, "80.00".to_owned(), "160.00".to_owned()),
        ]
    );
}

#[test]
fn an_amount_without_a_rate_is_refused_with_what_to_do() {
    let subscriptions = [subscription(1, [("2026-01-10", Some(in_dollars(monthly(GOLD, 1, "100"))))])];
    let rates = Rates::new(Currency::EUR);
    let error =
        account_ledger(AccountId(7), &subscriptions, day("2026-12-31"), &rates, LedgerOptions::default())
            .expect_err("no rate");
    assert_eq!(
        error.to_string(),
        "no exchange rate from USD to EUR on or before 2026-01-10; import one, or report in USD"
    );
}

#[test]
fn the_mrr_of_a_day_opens_to_the_subscriptions_held() {
    let subscriptions = gold_and_silver();
    let ledger = ledger(&subscriptions, "2026-12-31", 0);
    let rates = Rates::new(Currency::EUR);
    let held = |text: &str| -> Vec<_> {
        let holdings = ledger.holdings(day(text), &rates).expect("one currency");
        holdings.iter().map(|holding| (holding.subscription.0, holding.amount.to_string())).collect()
    };
    assert_eq!(held("2026-04-19"), [(1, "166.6667".to_owned()), (2, "60.00".to_owned())]);
    assert_eq!(held("2026-04-20"), [(1, "166.6667".to_owned())]);
    assert_eq!(held("2026-06-01"), []);
}

#[test]
fn a_movement_is_written_by_its_key() {
    for movement in Movement::ALL {
        assert_eq!(serde_json::to_value(movement).expect("a movement"), movement.key());
    }
}
