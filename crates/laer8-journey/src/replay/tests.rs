//! A replay says what looking at each day alone says, and neither looks ahead.

use super::*;
use crate::{
    accounts::account_journey,
    examples::{
        Example, catalog, day, euros, everything_tracked,
        random::{FIRST, easy_config, example, happens},
        shipped_config,
    },
    signals::ScoreTrend,
};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_replay_says_what_each_day_alone_says(
        events in prop::collection::vec((0i64..240, happens()), 0..160),
        step in 1i64..4,
    ) {
        let (config, catalog) = (easy_config(), catalog());
        let rules = Rules::new(&config, &catalog);
        let history = example(&events, |_, _| true).history();
        let mut replay = Replay::new(&rules, &history);
        let mut standings = Replay::new(&rules, &history);
        let mut offset = -2;
        while offset < 300 {
            let on = shift(day(FIRST), offset);
            let tracked = Tracked { people: offset > 40, ..everything_tracked() };
            let alone = account_journey(&rules, history.seen(on), tracked, &euros());
            prop_assert_eq!(standings.standing_on(on, tracked, &euros()), alone.standing);
            prop_assert_eq!(replay.on(on, tracked, &euros()), alone);
            offset += step;
        }
    }

    #[test]
    fn what_becomes_known_later_changes_nothing_of_a_past_day(
        events in prop::collection::vec((0i64..240, happens()), 0..120),
        on in 0i64..240,
    ) {
        let text = shift(day(FIRST), on).to_string();
        let with_hindsight = example(&events, |_, _| true);
        let at_the_time = example(&events, |occurred, known| occurred <= on && known <= on);
        prop_assert_eq!(with_hindsight.journey(&text), at_the_time.journey(&text));
        let tracked = Tracked { last_usage_day: Some(day(&text)), ..everything_tracked() };
        let score = ScoreTrend { now: Some(40.0), days_30_ago: Some(60.0), days_90_ago: None };
        prop_assert_eq!(
            with_hindsight.signals(&text, tracked, score),
            at_the_time.signals(&text, tracked, score)
        );
    }
}

#[test]
fn going_back_is_allowed() {
    let (config, catalog) = (shipped_config(), catalog());
    let rules = Rules::new(&config, &catalog);
    let mut example = Example::customer();
    for offset in 0..100 {
        example.busy_after("2026-02-01", offset, &[1, 2, 3, 4], 9);
    }
    let history = example.history();
    let mut replay = Replay::new(&rules, &history);
    let tracked = everything_tracked();
    let later = replay.on(day("2026-05-01"), tracked, &euros());
    let earlier = replay.on(day("2026-01-15"), tracked, &euros());
    assert_eq!((later.standing.key(), earlier.standing.key()), ("expand", "land"));
}
