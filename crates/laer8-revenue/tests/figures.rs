//! Movements, retention, cohorts and breakdowns, by example.

mod support;

use laer8_domain::{
    days::Granularity, exchange::Rates, ids::AccountId, money::Currency, subscriptions::SubscriptionHistory,
};
use laer8_revenue::{
    breakdown::{accounts_by_plan, breakdown, breakdown_by_plan},
    cohorts::cohorts,
    customers::account_ends,
    ledger::Movement,
    movements::{exchange_effects, movements, movements_in},
    retention::{RetentionOptions, retained_accounts, retention},
};
use support::{GOLD, SILVER, amount, book, day, in_dollars, monthly, subscription, window};

fn euros() -> Rates {
    Rates::new(Currency::EUR)
}

/// 100 at the start; then 10 of contraction, 10 of churn, 10 of expansion.
fn worked_example() -> Vec<Vec<SubscriptionHistory>> {
    let start = "2026-01-01";
    vec![
        vec![subscription(
            1,
            [(start, Some(monthly(GOLD, 1, "50"))), ("2026-02-10", Some(monthly(GOLD, 1, "40")))],
        )],
        vec![subscription(2, [(start, Some(monthly(GOLD, 1, "10"))), ("2026-02-11", None)])],
        vec![subscription(
            3,
            [(start, Some(monthly(GOLD, 1, "40"))), ("2026-02-12", Some(monthly(GOLD, 1, "50")))],
        )],
    ]
}

#[test]
fn the_worked_example_of_retention() {
    let (accounts, rates) = (worked_example(), euros());
    let book = book(&accounts, "2026-12-31", &rates);
    let february = window("2026-02-01", "2026-03-01");
    let retention = retention(&book.all(), february, RetentionOptions::default());
    assert_eq!((retention.grr, retention.nrr), (Some(0.8), Some(0.9)));
    assert_eq!(retention.logo_churn, Some(1.0 / 3.0));
    assert_eq!((retention.quick_ratio, retention.net_growth), (Some(0.5), Some(-0.1)));
    insta::assert_json_snapshot!(retention);
}

#[test]
fn a_month_adds_up_from_opening_to_closing() {
    let (accounts, rates) = (worked_example(), euros());
    let book = book(&accounts, "2026-12-31", &rates);
    let months = movements(&book.all(), window("2026-01-01", "2026-03-01"), Granularity::Month);
    assert_eq!((months[0].opening, months[0].new.amount), (amount("0"), amount("100")));
    assert_eq!(months[0].net_growth, None, "growth from nothing is undefined");
    assert_eq!(months[0].quick_ratio, None, "so is a ratio over no losses");
    insta::assert_json_snapshot!(months[1]);
}

#[test]
fn a_customer_that_starts_on_the_first_day_is_new_and_not_in_the_opening() {
    let (accounts, rates) = (worked_example(), euros());
    let book = book(&accounts, "2026-12-31", &rates);
    let january = window("2026-01-01", "2026-02-01");
    let retention = retention(&book.all(), january, RetentionOptions::default());
    assert_eq!((retention.opening_accounts, retention.nrr, retention.grr), (0, None, None));
    assert_eq!(retention.closing, amount("100"));
}

#[test]
fn an_account_that_expands_twice_is_two_entries_and_one_account() {
    let accounts = [vec![subscription(
        1,
        [
            ("2026-01-01", Some(monthly(GOLD, 1, "10"))),
            ("2026-02-05", Some(monthly(GOLD, 2, "10"))),
            ("2026-02-25", Some(monthly(GOLD, 4, "10"))),
        ],
    )]];
    let rates = euros();
    let book = book(&accounts, "2026-12-31", &rates);
    let february = movements_in(&book.all(), window("2026-02-01", "2026-03-01"));
    let expansion = february.line(Movement::Expansion);
    assert_eq!((expansion.amount, expansion.entries, expansion.accounts), (amount("30"), 2, 1));
}

#[test]
fn a_figure_opens_to_its_entries() {
    let (accounts, rates) = (worked_example(), euros());
    let book = book(&accounts, "2026-12-31", &rates);
    let february = window("2026-02-01", "2026-03-01");
    let churned = book.all().entries(february, Some(Movement::Churn));
    assert_eq!(churned.iter().map(|entry| entry.account.0).collect::<Vec<_>>(), [2]);
    let of_the_third = book.one(AccountId(3)).entries(february, None);
    assert_eq!(of_the_third.iter().map(|entry| entry.movement).collect::<Vec<_>>(), [Movement::Expansion]);
    assert_eq!(book.all().entries(february, None).len(), 3);
}

#[test]
fn a_set_of_accounts_has_its_own_figures() {
    let (accounts, rates) = (worked_example(), euros());
    let book = book(&accounts, "2026-12-31", &rates);
    let others = book.select(|account| account != AccountId(2));
    let retention = retention(&others, window("2026-02-01", "2026-03-01"), RetentionOptions::default());
    assert_eq!((retention.opening, retention.nrr), (amount("90"), Some(1.0)));
}

#[test]
fn who_left_and_came_back_counts_in_nrr_unless_switched_off() {
    let accounts = [
        vec![subscription(
            1,
            [
                ("2026-01-01", Some(monthly(GOLD, 1, "60"))),
                ("2026-02-10", None),
                ("2026-02-20", Some(monthly(GOLD, 1, "80"))),
            ],
        )],
        vec![subscription(2, [("2026-01-01", Some(monthly(GOLD, 1, "40")))])],
    ];
    let rates = euros();
    let book = book(&accounts, "2026-12-31", &rates);
    let february = window("2026-02-01", "2026-03-01");
    let with = |nrr_include_reactivation| {
        retention(&book.all(), february, RetentionOptions { nrr_include_reactivation }).nrr
    };
    assert_eq!((with(true), with(false)), (Some(1.2), Some(0.4)));
    let rows = retained_accounts(&book.all(), february, RetentionOptions::default());
    assert_eq!(rows.iter().map(|row| row.left).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn what_rates_do_is_a_line_of_its_own() {
    let accounts = [vec![subscription(1, [("2026-01-10", Some(in_dollars(monthly(GOLD, 1, "100"))))])]];
    let mut rates = euros();
    rates.set(Currency::USD, day("2026-01-01"), 900_000_000);
    rates.set(Currency::USD, day("2026-02-01"), 850_000_000);
    let book = book(&accounts, "2026-12-31", &rates);
    let february = window("2026-02-01", "2026-03-01");
    let movements = movements_in(&book.all(), february);
    assert_eq!((movements.opening, movements.closing), (amount("90"), amount("85")));
    assert_eq!((movements.exchange, movements.attrition), (amount("-5"), amount("0")));
    let effects = exchange_effects(&book.all(), february);
    assert_eq!((effects.len(), effects[0].account, effects[0].amount), (1, AccountId(1), amount("-5")));
}

#[test]
fn an_empty_window_opens_and_closes_on_the_same_amount() {
    let (accounts, rates) = (worked_example(), euros());
    let book = book(&accounts, "2026-12-31", &rates);
    for end in ["2026-02-11", "2026-01-15"] {
        let movements = movements_in(&book.all(), window("2026-02-11", end));
        assert_eq!((movements.opening, movements.closing), (amount("90"), amount("90")));
    }
}

#[test]
fn a_cohort_is_followed_through_complete_months() {
    let accounts = [
        vec![subscription(
            1,
            [("2026-01-05", Some(monthly(GOLD, 1, "60"))), ("2026-02-10", Some(monthly(GOLD, 2, "60")))],
        )],
        vec![subscription(2, [("2026-01-20", Some(monthly(GOLD, 1, "40"))), ("2026-03-10", None)])],
        vec![subscription(3, [("2026-03-20", Some(monthly(SILVER, 1, "10")))])],
    ];
    let rates = euros();
    let book = book(&accounts, "2026-12-31", &rates);
    // April is not complete on the 29th.
    let cohorts = cohorts(&book.all(), day("2026-04-29"));
    let retained: Vec<_> = cohorts[0]
        .points
        .iter()
        .map(|point| (point.net_retained, point.gross_retained, point.logos_retained))
        .collect();
    assert_eq!(
        retained,
        [
            (Some(1.0), Some(1.0), Some(1.0)),
            (Some(1.6), Some(1.0), Some(1.0)),
            (Some(1.2), Some(0.6), Some(0.5)),
        ]
    );
    assert_eq!((cohorts.len(), cohorts[1].month, cohorts[1].points.len()), (2, day("2026-03-01"), 1));
}

#[test]
fn a_breakdown_adds_up_to_the_whole_and_shows_what_has_no_key() {
    let (accounts, rates) = (worked_example(), euros());
    let book = book(&accounts, "2026-12-31", &rates);
    let keys = [(AccountId(1), "Bakery".to_owned()), (AccountId(2), "Smithy".to_owned())];
    let january = breakdown(&book.all(), day("2026-01-31"), keys.clone());
    insta::assert_json_snapshot!(january);
    let march = breakdown(&book.all(), day("2026-03-31"), keys);
    let keys: Vec<_> = march.rows.iter().map(|row| row.key.as_deref()).collect();
    assert_eq!(keys, [None, Some("Bakery")], "who does not pay is in no row");
}

#[test]
fn an_account_with_two_plans_counts_in_both_rows() {
    let accounts = [vec![
        subscription(1, [("2026-01-05", Some(monthly(GOLD, 1, "60")))]),
        subscription(2, [("2026-01-05", Some(monthly(SILVER, 4, "10")))]),
    ]];
    let rates = euros();
    let book = book(&accounts, "2026-12-31", &rates);
    let by_plan = breakdown_by_plan(&book.all(), day("2026-01-31"), |plan| {
        Some(if plan == GOLD { "Gold".to_owned() } else { "Silver".to_owned() })
    });
    let rows: Vec<_> = by_plan.rows.iter().map(|row| (row.key.as_deref(), row.arr, row.accounts)).collect();
    assert_eq!(rows, [(Some("Gold"), amount("720"), 1), (Some("Silver"), amount("480"), 1)]);
    assert_eq!((by_plan.arr, by_plan.accounts), (amount("1200"), 1));
}

#[test]
fn the_accounts_at_the_ends_of_a_window_add_up_to_its_ends() {
    let (accounts, rates) = (worked_example(), euros());
    let book = book(&accounts, "2026-12-31", &rates);
    let february = window("2026-02-01", "2026-03-01");
    let ends = account_ends(&book.all(), february);
    let each: Vec<_> = ends.iter().map(|it| (it.account.0, it.opening, it.kept, it.closing)).collect();
    assert_eq!(
        each,
        [
            (1, amount("50"), amount("40"), amount("40")),
            (2, amount("10"), amount("0"), amount("0")),
            (3, amount("40"), amount("40"), amount("50")),
        ]
    );
    let before = account_ends(&book.all(), window("2025-01-01", "2025-02-01"));
    assert!(before.is_empty(), "nobody paid anything yet");
}

#[test]
fn a_row_of_a_plan_opens_to_the_part_of_each_account() {
    let start = "2026-01-01";
    let accounts = vec![
        vec![
            subscription(1, [(start, Some(monthly(GOLD, 1, "50")))]),
            subscription(2, [(start, Some(monthly(SILVER, 2, "10")))]),
        ],
        vec![subscription(3, [(start, Some(monthly(GOLD, 3, "50")))])],
    ];
    let rates = euros();
    let book = book(&accounts, "2026-12-31", &rates);
    let name = |plan| Some(if plan == GOLD { "Gold" } else { "Silver" }.to_owned());
    let gold = accounts_by_plan(&book.all(), day(start), Some("Gold"), name);
    assert_eq!(
        gold.into_iter().collect::<Vec<_>>(),
        [(AccountId(1), amount("50")), (AccountId(2), amount("150"))]
    );
    assert!(accounts_by_plan(&book.all(), day(start), None, name).is_empty(), "all plans have names");
}
