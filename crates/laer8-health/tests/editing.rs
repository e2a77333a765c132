//! A scorecard that is changed by a form keeps its text, and says what changed.

use laer8_health::{
    measures::Measure,
    scorecard::{
        Bands, Scorecard,
        differences::{Difference, Shift, differences},
        document::ScorecardDocument,
        lines::{Trouble, placed},
        rewrite::rewrite,
    },
};
use proptest::prelude::*;

const ADOPTION: &str = include_str!("../../../packs/b2b-saas/scorecards/adoption.toml");

fn document() -> ScorecardDocument {
    ScorecardDocument::from_toml(ADOPTION).expect("the pack is right")
}

#[test]
fn only_what_changed_is_written_and_every_comment_stays() {
    let mut wanted = document();
    wanted.groups[0].items[0].weight = 30.0;
    wanted.groups[0].items[5].curve = vec![[3.5, 100.0], [14.0, 0.0]];
    wanted.caps[2].at_most = 42.0;
    wanted.caps[0].within_days = Some(90);
    wanted.bands = Bands { healthy: 80.0, watch: 55.5 };
    let text = rewrite(ADOPTION, &wanted).expect("a scorecard");
    let changed: Vec<&str> = text.lines().filter(|line| !ADOPTION.contains(line)).collect();
    assert_eq!(
        changed,
        [
            "bands = { healthy = 80, watch = 55.5 }",
            "  { measure = \"usage_trend\", weight = 30, curve = [[-0.5, 0], [-0.2, 40], [0, 75], [0.2, 100]] },",
            "  { measure = \"silence\", weight = 10, curve = [[3.5, 100], [14, 0]] },",
            "within_days = 90",
            "at_most = 42",
        ]
    );
    for comment in ADOPTION.lines().filter(|line| line.trim_start().starts_with('#')) {
        assert!(text.contains(comment), "{comment} is gone");
    }
    assert_eq!(ScorecardDocument::from_toml(&text), Ok(wanted));
}

#[test]
fn a_measure_that_goes_takes_its_comment_with_it_and_one_that_comes_is_added() {
    let mut wanted = document();
    let silence = wanted.groups[0].items.pop().expect("silence");
    let mut tenure = silence;
    (tenure.measure, tenure.missing) = ("tenure".to_owned(), "neutral".to_owned());
    wanted.groups[3].items.push(tenure);
    wanted.caps.remove(1);
    let text = rewrite(ADOPTION, &wanted).expect("a scorecard");
    assert!(!text.contains("Weekends and holidays are not silence"), "{text}");
    assert!(text.contains("# A month of silence is leaving"), "the comment of another cap: {text}");
    assert!(text.contains("  { measure = \"tenure\", weight = 10, curve = [[4, 100], [10, 60], [21, 0]], missing = \"neutral\" },\n]"), "{text}");
    assert_eq!(ScorecardDocument::from_toml(&text), Ok(wanted));
}

#[test]
fn what_does_not_fit_into_the_text_is_written_anew() {
    let mut wanted = document();
    wanted.groups.swap(0, 1);
    wanted.name.en = "Use".to_owned();
    let text = rewrite(ADOPTION, &wanted).expect("a scorecard");
    assert_eq!(ScorecardDocument::from_toml(&text), Ok(wanted));
    assert_eq!(rewrite(ADOPTION, &document()).as_deref(), Ok(ADOPTION));
}

proptest! {
    /// Whatever a form can make of a scorecard reads back as it was made.
    #[test]
    fn what_is_written_reads_as_it_was_meant(
        weights in prop::collection::vec(1e-3..1e6f64, 15),
        steps in prop::collection::vec((1e-3..1e3f64, 0.0..=100.0f64), 1..7),
        curved in 0..6_usize,
        gone in prop::option::of(0..6_usize),
        cap in prop::option::of(0..4_usize),
        most in 0.0..=100.0f64,
        coverage in 0.0..=1.0f64,
        rule in prop::sample::select(vec!["skip", "neutral", "worst"]),
    ) {
        let mut wanted = document();
        let items = wanted.groups.iter_mut().flat_map(|group| &mut group.items);
        items.zip(&weights).for_each(|(item, weight)| item.weight = *weight);
        let mut value = -10.0;
        wanted.groups[0].items[curved].curve = steps.into_iter().map(|(step, points)| {
            value += step;
            [value, points]
        }).collect();
        wanted.groups[0].items[curved].missing = rule.to_owned();
        wanted.min_coverage = coverage;
        wanted.caps[3].at_most = most;
        if let Some(gone) = gone {
            wanted.groups[0].items.remove(gone);
        }
        if let Some(cap) = cap {
            wanted.caps.remove(cap);
        }
        let text = rewrite(ADOPTION, &wanted).expect("a scorecard");
        prop_assert_eq!(ScorecardDocument::from_toml(&text), Ok(wanted));
        prop_assert!(text.starts_with("# Adoption: activated"), "written into the text: {}", text);
    }
}

#[test]
fn every_mistake_has_its_line() {
    let text = ADOPTION
        .replace("measure = \"breadth\"", "measure = \"width\"")
        .replace("weight = 60, curve = [[2, 0]", "weight = 0, curve = [[2, 0]")
        .replace("at_most = 45", "at_most = 450")
        .replace("default = true", "default = true\nmin_coverage = 40");
    let lines = |text: &str| -> Vec<(Option<usize>, String)> {
        let error = Scorecard::from_toml(text).expect_err("mistakes");
        let line_of = |line: usize| text.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
        placed(text, &error).iter().map(|it| (it.line, it.line.map(line_of).unwrap_or_default())).collect()
    };
    let found = lines(&text);
    let starts =
        ["min_coverage = 40", "{ measure = \"width\"", "{ measure = \"csat\", weight = 0", "at_most = 450"];
    assert_eq!(found.len(), starts.len(), "{found:?}");
    for ((_, line), start) in found.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
    let broken = ADOPTION.replace("priority = 30", "priority = thirty");
    let error = Scorecard::from_toml(&broken).expect_err("no TOML");
    let placed = placed(&broken, &error);
    assert_eq!(placed[0].line, Some(6));
    assert!(matches!(placed[0].fault, Trouble::Unreadable(_)));
}

#[test]
fn what_changed_is_named() {
    let mut wanted = document();
    wanted.groups[0].items[0].weight = 30.0;
    wanted.groups[2].weight = 20.0;
    wanted.caps[2].at_most = 42.0;
    let gone = wanted.groups[3].items.remove(0);
    assert_eq!(gone.measure, "last_contact");
    let (before, after) = (document(), wanted);
    let card = |document| Scorecard::from_document(document).expect("a scorecard");
    let cap = before.caps[2].label.clone();
    let voice = before.groups[2].name.clone();
    assert_eq!(
        differences(&card(&before), &card(&after)),
        [
            Difference::Weight(Measure::UsageTrend, Shift { before: 25.0, after: 30.0 }),
            Difference::GroupWeight(voice, Shift { before: 10.0, after: 20.0 }),
            Difference::MeasureGone(Measure::LastContact),
            Difference::CapAtMost(cap, Shift { before: 45.0, after: 42.0 }),
        ]
    );
    assert_eq!(differences(&card(&before), &card(&before)), []);
}
