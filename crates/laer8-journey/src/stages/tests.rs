use super::*;
use crate::examples::{Example, day, everything_tracked, terms};
use laer8_domain::subscriptions::{PriceBasis, Terms};

fn only(example: &Example, on: &str) -> SubscriptionStage {
    only_with(example, on, everything_tracked())
}

fn only_with(example: &Example, on: &str, tracked: Tracked) -> SubscriptionStage {
    let mut stages = example.journey_with(on, tracked).subscriptions;
    assert_eq!(stages.len(), 1, "one subscription");
    stages.remove(0)
}

fn stage(example: &Example, on: &str) -> Stage {
    only(example, on).current.stage
}

/// Uses all four features with nine of ten people, every day of the range.
fn fully_used(example: &mut Example, start: &str, days: i64) {
    for offset in 0..days {
        example.busy_after(start, offset, &[1, 2, 3, 4], 9);
    }
}

#[test]
fn an_annual_subscription_goes_round_the_loop() {
    let mut example = Example::customer(); // since 1 January 2026, annual
    fully_used(&mut example, "2026-02-01", 300);
    assert_eq!(stage(&example, "2026-01-31"), Stage::Land);
    // Four active days in 14, three features, a fifth of the seats.
    assert_eq!(stage(&example, "2026-02-03"), Stage::Land);
    assert_eq!(stage(&example, "2026-02-04"), Stage::Adopt);
    // Twelve active days in 28, half the features, 60 % of the seats.
    assert_eq!(stage(&example, "2026-02-11"), Stage::Adopt);
    let expanding = only(&example, "2026-02-20");
    assert_eq!(expanding.activated_on, Some(day("2026-02-04")));
    assert_eq!((expanding.current.stage, expanding.current.since), (Stage::Expand, day("2026-02-12")));
    assert_eq!(expanding.current.days, 8);
    let renewing = only(&example, "2026-10-03");
    assert_eq!((renewing.current.stage, renewing.current.since), (Stage::Renew, day("2026-10-03")));
    assert_eq!((renewing.progress.stage, renewing.renewal_on), (Stage::Expand, Some(day("2027-01-01"))));
    assert_eq!(renewing.adoption_debt, []);
}

#[test]
fn a_stage_that_lasts_longer_than_its_target_is_overdue() {
    let example = Example::customer();
    assert_eq!(only(&example, "2026-03-02").current.overdue_days, None, "60 days are the target");
    let late = only(&example, "2026-03-12").current;
    assert_eq!((late.days, late.target_days, late.overdue_days), (70, Some(60), Some(10)));
}

#[test]
fn what_is_missing_is_said_with_its_numbers() {
    let mut example = Example::customer();
    for offset in 0..3 {
        example.busy_after("2026-01-10", offset, &[1, 5], 9);
    }
    // Feature 5 is not in the plan.
    let missing: Vec<(CriterionKind, f64, f64)> = only(&example, "2026-01-12")
        .outstanding
        .iter()
        .map(|unmet| (unmet.criterion, unmet.value, unmet.target))
        .collect();
    assert_eq!(missing, [(CriterionKind::ActiveDays, 3.0, 4.0), (CriterionKind::FeaturesUsed, 1.0, 3.0)]);
}

#[test]
fn activation_happens_once_and_a_quiet_customer_does_not_land_again() {
    let mut example = Example::customer();
    fully_used(&mut example, "2026-01-02", 4);
    let later = only(&example, "2026-06-01");
    assert_eq!((later.current.stage, later.activated_on), (Stage::Adopt, Some(day("2026-01-05"))));
    assert_eq!(later.current.since, day("2026-01-05"));
    let after_renewal = only(&example, "2027-02-01");
    assert_eq!(after_renewal.activated_on, Some(day("2026-01-05")));
    assert_eq!(after_renewal.current.stage, Stage::Adopt);
    assert_eq!(after_renewal.current.since, day("2026-01-05"), "it never got any further");
}

#[test]
fn a_new_term_starts_in_adopt_or_expand_as_the_criteria_say() {
    let mut kept_up = Example::customer();
    fully_used(&mut kept_up, "2026-01-02", 400);
    let second_term = only(&kept_up, "2027-01-01");
    assert_eq!(second_term.current.stage, Stage::Expand);
    assert_eq!(second_term.current.since, day("2026-01-13"), "without a break");
    assert_eq!(second_term.term.map(|term| term.number), Some(1));

    let mut lapsed = Example::customer();
    fully_used(&mut lapsed, "2026-01-02", 60);
    assert_eq!(stage(&lapsed, "2026-09-01"), Stage::Expand, "adopted in this term");
    let second_term = only(&lapsed, "2027-01-01");
    assert_eq!((second_term.current.stage, second_term.current.since), (Stage::Adopt, day("2027-01-01")));
}

#[test]
fn unmet_criteria_stay_visible_as_adoption_debt() {
    let mut example = Example::customer();
    for offset in 0..364 {
        example.busy_after("2026-01-01", offset, &[1, 2, 3], 4);
    }
    assert_eq!(only(&example, "2026-10-02").adoption_debt, [], "before the window opens");
    let debt = only(&example, "2026-11-01").adoption_debt;
    let seats = UnmetCriterion {
        stage: Stage::Adopt,
        criterion: CriterionKind::SeatsUsed,
        days: 28,
        value: 0.4,
        target: 0.6,
    };
    assert_eq!(debt, [seats]);
    example.busy_after("2026-11-02", 0, &[1], 6);
    assert_eq!(only(&example, "2026-11-02").adoption_debt, [], "paid");
}

#[test]
fn what_lapses_inside_the_window_is_no_debt() {
    let mut example = Example::customer();
    fully_used(&mut example, "2026-01-01", 280); // until 7 October; the window opens on the 3rd
    let later = only(&example, "2026-12-20");
    assert_eq!((later.current.stage, later.adoption_debt.len()), (Stage::Renew, 0));
}

#[test]
fn a_monthly_term_renews_in_its_last_third_and_keeps_its_progress() {
    let mut example = Example::new();
    example.subscribe(1, "2026-04-01", Some(1), 10, "10");
    assert_eq!(stage(&example, "2026-04-20"), Stage::Land);
    let renewing = only(&example, "2026-04-21");
    assert_eq!((renewing.current.stage, renewing.progress.stage), (Stage::Renew, Stage::Land));
    let next_month = only(&example, "2026-06-10");
    assert_eq!((next_month.current.stage, next_month.current.since), (Stage::Land, day("2026-04-01")));
    assert_eq!(next_month.current.overdue_days, Some(10), "a new term does not start the clock again");
}

#[test]
fn a_six_month_term_renews_in_its_last_third() {
    let mut example = Example::new();
    example.subscribe(1, "2026-01-01", Some(6), 10, "10");
    assert_eq!(stage(&example, "2026-04-30"), Stage::Land);
    assert_eq!(stage(&example, "2026-05-01"), Stage::Renew);
}

#[test]
fn continuous_renewal_shows_the_progress() {
    let mut example = Example::new();
    example.subscribe(1, "2026-01-01", None, 10, "10");
    fully_used(&mut example, "2026-01-02", 50); // until 20 February
    let one = only(&example, "2026-01-03");
    assert!(one.continuous && one.in_renewal_window);
    assert_eq!((one.current.stage, one.renewal_on, one.window_start), (Stage::Land, None, None));
    assert_eq!(stage(&example, "2026-01-20"), Stage::Expand);
    assert_eq!(stage(&example, "2026-03-15"), Stage::Expand, "on 1 March it was still adopted");
    let lapsed = only(&example, "2026-04-15");
    assert_eq!((lapsed.current.stage, lapsed.current.since), (Stage::Adopt, day("2026-04-01")));
    assert_eq!(lapsed.adoption_debt, []);
}

#[test]
fn criteria_that_cannot_be_known_are_left_out() {
    let mut example = Example::customer();
    for offset in 0..12 {
        example.use_after("2026-01-10", offset, &[1, 2, 3, 4]); // nobody counts people
    }
    assert_eq!(stage(&example, "2026-01-21"), Stage::Expand);

    let mut nobody_said = Example::new();
    nobody_said.terms_from(
        1,
        "2026-01-01",
        "2026-01-01",
        Terms { plan: PlanId(3), ..terms("2026-01-01", Some(12)) },
    );
    for offset in 0..12 {
        nobody_said.use_after("2026-01-10", offset, &[1, 2, 5]);
    }
    assert_eq!(stage(&nobody_said, "2026-01-21"), Stage::Expand, "breadth is unknown");
}

#[test]
fn where_usage_is_not_tracked_nothing_is_held_against_the_customer() {
    let unmeasured = only_with(&Example::customer(), "2026-08-01", Tracked::default());
    assert_eq!((unmeasured.current.stage, unmeasured.measured), (Stage::Adopt, false));
    assert_eq!((unmeasured.current.target_days, unmeasured.current.overdue_days), (None, None));
    let renewing = only_with(&Example::customer(), "2026-11-01", Tracked::default());
    assert_eq!((renewing.current.stage, renewing.adoption_debt.len()), (Stage::Renew, 0));
}

#[test]
fn an_add_on_is_activated_by_the_use_of_its_own_features() {
    let mut example = Example::customer();
    example.terms_from(
        2,
        "2026-01-01",
        "2026-01-01",
        Terms { plan: PlanId(4), ..terms("2026-01-01", Some(12)) },
    );
    fully_used(&mut example, "2026-01-02", 10);
    let stages = example.journey("2026-01-10").subscriptions;
    let told: Vec<Stage> = stages.iter().map(|one| one.current.stage).collect();
    assert_eq!(told, [Stage::Adopt, Stage::Land]);
    for offset in 0..4 {
        example.busy_after("2026-01-11", offset, &[5], 9);
    }
    // It has one feature, so three can't be asked of it.
    let stages = example.journey("2026-01-14").subscriptions;
    assert_eq!(stages[1].current.stage, Stage::Adopt);
}

#[test]
fn an_end_that_is_known_already_is_said() {
    let mut example = Example::customer();
    example.ends(1, "2027-01-01", "2026-11-15");
    assert_eq!(only(&example, "2026-11-14").ends_on, None);
    assert_eq!(only(&example, "2026-11-15").ends_on, Some(day("2027-01-01")));
}

#[test]
fn usage_that_is_known_late_counts_from_then_on_for_its_own_days() {
    let mut example = Example::customer();
    for on in ["2026-01-10", "2026-01-11", "2026-01-12"] {
        example.use_on(on, &[1, 2, 3], None);
    }
    example.late_use("2026-01-13", "2026-03-01", 4);
    assert_eq!(stage(&example, "2026-02-28"), Stage::Land);
    assert_eq!(only(&example, "2026-03-01").activated_on, Some(day("2026-01-13")));
}

#[test]
fn a_licence_for_everybody_has_no_seats_to_fill() {
    let mut example = Example::new();
    let mut licence = terms("2026-01-01", Some(12));
    (licence.quantity, licence.price.basis) = (1, PriceBasis::Total);
    example.terms_from(1, "2026-01-01", "2026-01-01", licence);
    let missing = only(&example, "2026-01-10").outstanding;
    assert!(missing.iter().all(|unmet| unmet.criterion != CriterionKind::SeatsUsed));
}
