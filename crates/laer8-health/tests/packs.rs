//! The scorecards and segments that the product ships.

use laer8_health::{
    measures::Measure,
    score::{Band, Circumstances, score_values},
    scorecard::{Scorecard, document::ScorecardDocument},
    segments::Segments,
    select::Scorecards,
    values::Values,
};

const ONBOARDING: &str = include_str!("../../../packs/b2b-saas/scorecards/onboarding.toml");
const ADOPTION: &str = include_str!("../../../packs/b2b-saas/scorecards/adoption.toml");
const GROWTH: &str = include_str!("../../../packs/b2b-saas/scorecards/growth.toml");
const RENEWAL: &str = include_str!("../../../packs/b2b-saas/scorecards/renewal.toml");
const ENTERPRISE: &str = include_str!("../../../packs/b2b-saas/scorecards/enterprise_renewal.toml");
const SEGMENTS: &str = include_str!("../../../packs/b2b-saas/segments.toml");

fn cards() -> Vec<Scorecard> {
    let texts = [ONBOARDING, ADOPTION, GROWTH, RENEWAL, ENTERPRISE];
    texts.iter().map(|text| Scorecard::from_toml(text).unwrap_or_else(|error| panic!("{error}"))).collect()
}

#[test]
fn every_shipped_scorecard_is_tried_in_its_order() {
    let cards = Scorecards::new(cards()).expect("one default");
    let keys: Vec<&str> = cards.cards().iter().map(Scorecard::key).collect();
    assert_eq!(keys, ["enterprise_renewal", "onboarding", "adoption", "growth", "renewal"]);
}

#[test]
fn the_shipped_segments_end_with_everyone_else() {
    let segments = Segments::from_toml(SEGMENTS).expect("segments");
    let keys: Vec<&str> = segments.segments().iter().map(|segment| segment.key.as_str()).collect();
    assert_eq!(keys, ["enterprise", "mid_market", "small"]);
}

/// An account of which nobody could complain.
fn fine() -> Values {
    let values = [
        (Measure::UsageTrend, 0.1),
        (Measure::ActiveDays, 20.0),
        (Measure::PeopleActive, 9.0),
        (Measure::SeatsUsed, 0.85),
        (Measure::Breadth, 0.8),
        (Measure::Depth, 1.0),
        (Measure::Silence, 0.0),
        (Measure::ErrorRate, 0.005),
        (Measure::OpenTickets, 2.0),
        (Measure::ResolutionTime, 10.0),
        (Measure::Escalations, 0.0),
        (Measure::SupportLoad, 1.0),
        (Measure::Csat, 4.5),
        (Measure::Nps, 50.0),
        (Measure::Pulse, 80.0),
        (Measure::LastContact, 7.0),
        (Measure::Tenure, 800.0),
        (Measure::DaysToRenewal, 100.0),
    ];
    values.into_iter().map(|(measure, value)| (measure, Some(value))).collect()
}

#[test]
fn by_every_scorecard_a_fine_account_is_healthy_and_a_dying_one_at_risk() {
    let mut dying = fine();
    for (measure, value) in [
        (Measure::UsageTrend, -0.7),
        (Measure::ActiveDays, 1.0),
        (Measure::SeatsUsed, 0.1),
        (Measure::Breadth, 0.1),
        (Measure::Depth, 0.0),
        (Measure::Silence, 20.0),
        (Measure::LastContact, 80.0),
        (Measure::Escalations, 2.0),
    ] {
        dying.set(measure, Some(value));
    }
    for card in cards() {
        let band = |values| score_values(&card, values, Circumstances::NONE).band;
        assert_eq!((band(&fine()), band(&dying)), (Band::Healthy, Band::AtRisk), "{}", card.key());
    }
}

#[test]
fn usage_and_tickets_alone_are_enough_for_a_score_of_every_stage() {
    // What a company has that sends neither surveys nor notes, counts no
    // people and did not say what its plans entitle to.
    let mut values = fine();
    for measure in [
        Measure::SeatsUsed,
        Measure::PeopleActive,
        Measure::Breadth,
        Measure::Depth,
        Measure::Nps,
        Measure::Pulse,
        Measure::LastContact,
        Measure::DaysToRenewal,
    ] {
        values.set(measure, None);
    }
    let coverage = |card: &Scorecard| score_values(card, &values, Circumstances::NONE).coverage;
    let enough: Vec<(String, bool)> =
        cards().iter().map(|card| (card.key().to_owned(), coverage(card) >= card.min_coverage())).collect();
    let expected = [
        ("onboarding", true),
        ("adoption", true),
        ("growth", true),
        ("renewal", true),
        ("enterprise_renewal", true),
    ];
    assert_eq!(enough, expected.map(|(key, enough)| (key.to_owned(), enough)));
}

#[test]
fn every_shipped_scorecard_is_read_back_as_it_is_written() {
    for card in cards() {
        let text = ScorecardDocument::from(&card).to_toml().expect("TOML");
        assert_eq!(Scorecard::from_toml(&text).expect("a scorecard"), card);
    }
}

#[test]
fn an_exported_scorecard_can_be_edited_by_hand() {
    let card = Scorecard::from_toml(ENTERPRISE).expect("a scorecard");
    insta::assert_snapshot!(ScorecardDocument::from(&card).to_toml().expect("TOML"));
}
