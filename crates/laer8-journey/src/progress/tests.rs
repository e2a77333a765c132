//! Skipping days comes to the same as asking every day.

use super::*;
use crate::examples::{
    catalog, day, everything_tracked,
    random::{FIRST, easy_config, example, happens},
};
use proptest::prelude::*;

/// The definition, without any cleverness: every criterion on every day.
fn day_by_day(track: &Track<'_>, until: Day) -> Progress {
    let config = track.rules.config();
    let mut progress = Progress::start(track.started);
    for day in track.started.iter_days().take_while(|day| *day <= until) {
        let Some(terms) = track.terms(day) else { continue };
        let term_start = Some(track.rules.review_term(terms, day).start);
        if progress.term_start != term_start {
            (progress.term_start, progress.adopted) = (term_start, false);
        }
        let activity = track.activity(day, shift(day, 1));
        let look = track.look(&activity, terms, day);
        if progress.activated_on.is_none() && look.verdict(&config.activation) != Verdict::Unmet {
            progress.activated_on = Some(day);
        }
        if progress.activated_on.is_some() && !progress.adopted {
            progress.adopted = look.verdict(&config.adoption) == Verdict::Met;
            progress.enter(if progress.adopted { Stage::Expand } else { Stage::Adopt }, day);
        }
    }
    progress
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn skipping_days_comes_to_the_same_as_asking_every_day(
        events in prop::collection::vec((0i64..240, happens()), 0..200),
        on in 0i64..400,
    ) {
        let (config, catalog) = (easy_config(), catalog());
        let rules = Rules::new(&config, &catalog);
        let history = example(&events, |_, _| true).history();
        let seen = history.seen(shift(day(FIRST), on));
        let available = Available::new(everything_tracked(), seen);
        for subscription in &history.subscriptions {
            let Some(track) = Track::new(&rules, seen, subscription, available) else { continue };
            let mut progress = Progress::start(track.started);
            progress.advance(&track, track.started, seen.day());
            prop_assert_eq!(progress, day_by_day(&track, seen.day()));
        }
    }
}
