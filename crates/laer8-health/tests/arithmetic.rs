//! The arithmetic of scores, on worked examples and on random scorecards.

use laer8_health::{
    explain::explain,
    measures::Measure,
    score::{Band, Circumstances, NEUTRAL, score_values},
    scorecard::{Scorecard, document::ScorecardDocument},
    values::Values,
};
use proptest::prelude::*;

/// Two groups of weights 3 and 1. Points are the values themselves.
fn example(silence_rule: &str, caps: &str) -> Scorecard {
    let text = format!(
        r#"
        schema = 1
        key = "example"
        name = {{ en = "Example", es = "Ejemplo" }}
        priority = 1
        default = true
        [[groups]]
        key = "usage"
        name = {{ en = "Usage", es = "Uso" }}
        weight = 3
        items = [
          {{ measure = "active_days", weight = 2, curve = [[0, 0], [100, 100]] }},
          {{ measure = "silence", weight = 1, curve = [[0, 0], [100, 100]], missing = "{silence_rule}" }},
        ]
        [[groups]]
        key = "voice"
        name = {{ en = "Voice", es = "Voz" }}
        weight = 1
        items = [{{ measure = "nps", weight = 5, curve = [[0, 0], [100, 100]] }}]
        {caps}
        "#
    );
    Scorecard::from_toml(&text).expect("a scorecard")
}

const ESCALATED: &str = r#"
    [[caps]]
    label = { en = "Escalated", es = "Escalado" }
    at_most = 60
    measure = "escalations"
    at_least = 1
    [[caps]]
    label = { en = "Overdue", es = "Atrasado" }
    at_most = 30
    condition = { facet = "payment_overdue", is = true }
"#;

fn values(known: &[(Measure, f64)]) -> Values {
    known.iter().map(|(measure, value)| (*measure, Some(*value))).collect()
}

fn score(card: &Scorecard, known: &[(Measure, f64)]) -> (Option<f64>, f64) {
    let outcome = score_values(card, &values(known), Circumstances::NONE);
    (outcome.score, outcome.coverage)
}

fn assert_near(found: (Option<f64>, f64), score: f64, coverage: f64) {
    let near = found.0.is_some_and(|found| (found - score).abs() < 1e-9);
    assert!(near && (found.1 - coverage).abs() < 1e-9, "{found:?}, not {score} at {coverage}");
}

#[test]
fn groups_are_weighed_after_their_measures() {
    // Usage (2·90 + 1·60) ÷ 3 = 80; overall (3·80 + 1·40) ÷ 4 = 70.
    let card = example("skip", "");
    let all = [(Measure::ActiveDays, 90.0), (Measure::Silence, 60.0), (Measure::Nps, 40.0)];
    assert_near(score(&card, &all), 70.0, 1.0);
}

#[test]
fn a_skipped_measure_leaves_its_weight_to_its_group() {
    // Usage 90; overall (3·90 + 1·40) ÷ 4 = 77.5. Known are 3/4·2/3 + 1/4.
    let known = [(Measure::ActiveDays, 90.0), (Measure::Nps, 40.0)];
    assert_near(score(&example("skip", ""), &known), 77.5, 0.75);
}

#[test]
fn a_group_without_values_leaves_its_weight_to_the_others() {
    let known = [(Measure::ActiveDays, 90.0), (Measure::Silence, 60.0)];
    assert_near(score(&example("skip", ""), &known), 80.0, 0.75);
}

#[test]
fn points_by_rule_count_for_the_score_and_not_for_coverage() {
    let known = [(Measure::ActiveDays, 90.0), (Measure::Nps, 40.0)];
    // Usage (2·90 + 1·50) ÷ 3, then with 0 instead of 50.
    assert_near(score(&example("neutral", ""), &known), (3.0 * 230.0 / 3.0 + 40.0) / 4.0, 0.75);
    assert_near(score(&example("worst", ""), &known), (3.0 * 60.0 + 40.0) / 4.0, 0.75);
}

#[test]
fn below_the_least_coverage_there_is_no_score_rather_than_a_guess() {
    // NPS alone is a quarter of the scorecard; 40 % are needed.
    let card = example("worst", "");
    let outcome = score_values(&card, &values(&[(Measure::Nps, 100.0)]), Circumstances::NONE);
    assert_eq!((outcome.score, outcome.band), (None, Band::NotEnoughData));
    let explanation = explain(&card, &values(&[(Measure::Nps, 100.0)]), Circumstances::NONE);
    assert!(explanation.outcome.coverage < explanation.min_coverage);
}

#[test]
fn coverage_of_exactly_the_least_is_enough() {
    let mut document = ScorecardDocument::from(&example("skip", ""));
    document.min_coverage = 0.75;
    let card = Scorecard::from_document(&document).expect("a scorecard");
    let known = [(Measure::ActiveDays, 90.0), (Measure::Nps, 40.0)];
    assert_near(score(&card, &known), 77.5, 0.75);
}

#[test]
fn the_lowest_cap_in_force_limits_the_score() {
    let card = example("skip", ESCALATED);
    let good = [(Measure::ActiveDays, 90.0), (Measure::Silence, 90.0), (Measure::Nps, 90.0)];
    assert_near(score(&card, &good), 90.0, 1.0);
    let escalated = values(&[good[0], good[1], good[2], (Measure::Escalations, 1.0)]);
    let capped = explain(&card, &escalated, Circumstances::NONE);
    assert_near((capped.outcome.score, capped.outcome.coverage), 60.0, 1.0);
    assert!((capped.taken_by_caps - 30.0).abs() < 1e-9);
    let both = explain(&card, &escalated, Circumstances::NONE.with(1));
    assert_near((both.outcome.score, both.outcome.coverage), 30.0, 1.0);
    assert_eq!(both.caps.len(), 2);
}

#[test]
fn a_cap_never_raises_a_score() {
    let card = example("skip", ESCALATED);
    let poor = [(Measure::ActiveDays, 10.0), (Measure::Silence, 10.0), (Measure::Nps, 10.0)];
    let outcome = score_values(&card, &values(&poor), Circumstances::NONE.with(1));
    assert_near((outcome.score, outcome.coverage), 10.0, 1.0);
}

#[test]
fn bands_begin_where_they_say() {
    let card = example("skip", "");
    let band =
        |points| score_values(&card, &values(&[(Measure::ActiveDays, points)]), Circumstances::NONE).band;
    assert_eq!([75.0, 74.9, 50.0, 49.9].map(band), [Band::Healthy, Band::Watch, Band::Watch, Band::AtRisk]);
}

fn any_card() -> impl Strategy<Value = Scorecard> {
    let rule = prop_oneof![Just("skip"), Just("neutral"), Just("worst")];
    let item = (0.01..100.0f64, rule, prop::collection::vec((0.01..50.0f64, 0.0..=100.0f64), 1..5));
    let items = prop::collection::vec(item, Measure::ALL.len());
    let groups = prop::collection::vec(0.01..100.0f64, 1..5);
    let caps = prop::collection::vec((0.0..=100.0f64, -50.0..150.0f64), 0..4);
    (items, groups, caps, 0.0..=1.0f64).prop_map(|(items, groups, caps, min_coverage)| {
        let mut text = format!(
            "schema = 1\nkey = 'random'\nname = {{ en = 'R', es = 'R' }}\npriority = 1\ndefault = true\nmin_coverage = {min_coverage}\n"
        );
        for (index, weight) in groups.iter().enumerate() {
            text += &format!(
                "[[groups]]\nkey = 'g{index}'\nname = {{ en = 'G', es = 'G' }}\nweight = {weight}\n"
            );
            for (measure, (weight, rule, curve)) in
                Measure::ALL.iter().zip(&items).skip(index).step_by(groups.len())
            {
                let mut value = -20.0;
                let pairs: Vec<String> = curve
                    .iter()
                    .map(|(step, points)| {
                        value += step;
                        format!("[{value:?}, {points:?}]")
                    })
                    .collect();
                text += &format!(
                    "[[groups.items]]\nmeasure = '{}'\nweight = {weight:?}\nmissing = '{rule}'\ncurve = [{}]\n",
                    measure.key(),
                    pairs.join(", ")
                );
            }
        }
        for (number, (at_most, limit)) in caps.iter().enumerate() {
            let trigger = match number {
                0 => "condition = { facet = 'payment_overdue', is = true }".to_owned(),
                1 => "event = 'sponsor_left'".to_owned(),
                _ => format!("measure = 'silence'\nat_least = {limit:?}"),
            };
            text += &format!("[[caps]]\nlabel = {{ en = 'C', es = 'C' }}\nat_most = {at_most:?}\n{trigger}\n");
        }
        Scorecard::from_toml(&text).expect("a scorecard")
    })
}

fn any_values() -> impl Strategy<Value = Values> {
    prop::collection::vec(prop::option::of(-100.0..200.0f64), Measure::ALL.len())
        .prop_map(|values| Measure::ALL.into_iter().zip(values).collect())
}

fn any_circumstances() -> impl Strategy<Value = Circumstances> {
    prop::collection::vec(0usize..2, 0..3)
        .prop_map(|caps| caps.into_iter().fold(Circumstances::NONE, Circumstances::with))
}

proptest! {
    #[test]
    fn contributions_and_fifty_less_the_caps_are_the_score(
        card in any_card(), values in any_values(), circumstances in any_circumstances(),
    ) {
        let explanation = explain(&card, &values, circumstances);
        let sum: f64 = explanation.contributions.iter().map(|it| it.contribution).sum();
        if let Some(score) = explanation.outcome.score {
            prop_assert!((NEUTRAL + sum - explanation.taken_by_caps - score).abs() < 1e-9);
            prop_assert!((-1e-9..=100.0 + 1e-9).contains(&score));
            let effective: f64 = explanation.contributions.iter().map(|it| it.effective_weight).sum();
            prop_assert!((effective - 1.0).abs() < 1e-9);
        }
        prop_assert!(explanation.taken_by_caps >= 0.0);
    }

    /// The bulk path and the sums that the explanation shows are two ways to
    /// the same figures.
    #[test]
    fn bulk_and_explanation_agree(
        card in any_card(), values in any_values(), circumstances in any_circumstances(),
    ) {
        let bulk = score_values(&card, &values, circumstances);
        let explanation = explain(&card, &values, circumstances);
        prop_assert_eq!(bulk.score.is_none(), bulk.band == Band::NotEnoughData);
        let known = explanation.contributions.iter().filter(|it| it.value.is_some());
        prop_assert!((known.map(|it| it.weight).sum::<f64>() - bulk.coverage).abs() < 1e-9);
        let by_group: f64 = explanation.groups.iter().filter_map(|it| Some(it.score? * it.effective_weight)).sum();
        if let (Some(uncapped), Some(score)) = (explanation.uncapped, bulk.score) {
            prop_assert!((by_group - uncapped).abs() < 1e-9);
            let lowest = explanation.caps.iter().map(|cap| cap.at_most).fold(uncapped, f64::min);
            prop_assert!((lowest - score).abs() < 1e-9);
        }
    }

    #[test]
    fn a_scorecard_is_read_back_as_it_is_written(card in any_card()) {
        let text = ScorecardDocument::from(&card).to_toml().expect("TOML");
        prop_assert_eq!(Scorecard::from_toml(&text).expect("a scorecard"), card);
    }
}
