//! The score of an account on every day of a window, each as of that day.

use crate::{
    score::Outcome,
    scorecard::Scorecard,
    scoring::{Place, Scored, Scoring},
};
use laer8_domain::{
    days::{Day, Window, shift},
    history::{AccountHistory, Seen},
};

/// The score of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayScore<'a> {
    /// The day.
    pub day: Day,
    /// The scorecard of that day.
    pub card: &'a Scorecard,
    /// The result, by what was known on that day.
    pub outcome: Outcome,
}

impl<'a> Scoring<'a> {
    /// Scores an account on every day of `window`. Nothing looks ahead: each
    /// day sees what was known on it.
    ///
    /// `place` says where the account stood on a day; none leaves the day out,
    /// as for a day on which it was no customer.
    pub fn replay<'h, 'p>(
        &self,
        history: &'h AccountHistory,
        window: Window,
        mut place: impl FnMut(Seen<'h>) -> Option<Place<'p>>,
    ) -> Vec<DayScore<'a>> {
        let keeps = self.cards.depends_on_place_only();
        let mut chosen: Option<(Place<'p>, &'a Scorecard)> = None;
        let mut scores = Vec::with_capacity(usize::try_from(window.len()).unwrap_or(0));
        let mut day = window.start;
        while window.contains(day) {
            let seen = history.seen(day);
            if let Some(place) = place(seen) {
                let again = chosen.filter(|(other, _)| keeps && *other == place);
                let card =
                    again.map_or_else(|| self.cards.select(&self.facets(seen, place)), |(_, card)| card);
                chosen = Some((place, card));
                scores.push(DayScore { day, card, outcome: self.score_by(card, seen, place) });
            }
            let next = shift(day, 1);
            if next == day {
                break; // the end of the calendar
            }
            day = next;
        }
        scores
    }
}

impl<'a> From<DayScore<'a>> for Scored<'a> {
    fn from(score: DayScore<'a>) -> Self {
        Self { card: score.card, outcome: score.outcome }
    }
}

/// How many points the score rose or fell from `days` before the last day of
/// `scores` to that day. None when either has no score.
#[must_use]
pub fn trend(scores: &[DayScore<'_>], days: u32) -> Option<f64> {
    let last = scores.last()?;
    let before = shift(last.day, -i64::from(days));
    let position = scores.binary_search_by_key(&before, |score| score.day).ok()?;
    Some(last.outcome.score? - scores[position].outcome.score?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        examples::{self, daily, day},
        select::Scorecards,
        tracked::TrackedSince,
    };
    use laer8_domain::{
        exchange::Rates,
        ids::{FeatureId, SubscriptionId, TicketId},
        money::Currency,
        notes::Note,
        subscriptions::{SubscriptionHistory, SubscriptionVersion},
        surveys::{SurveyKind, SurveyResponse},
        tickets::{TicketEvent, TicketEventKind, TicketHistory},
        usage::{UsageHistory, UsageRow},
    };
    use proptest::prelude::*;

    const ADOPTION: &str = include_str!("../../../packs/b2b-saas/scorecards/adoption.toml");

    fn adoption() -> Scorecards {
        let card = Scorecard::from_toml(ADOPTION).expect("a scorecard");
        Scorecards::new(vec![card]).expect("one default")
    }

    #[test]
    fn the_score_falls_as_silence_grows_and_the_scorecard_follows_the_stage() {
        let cards = Scorecards::new(vec![
            examples::card("key = 'calm'\npriority = 9\ndefault = true", "[[0, 100], [10, 0]]"),
            examples::card(
                "key = 'renewal'\npriority = 1\nwhen = { all = [{ facet = 'stage', is = 'renew' }] }",
                "[[0, 100], [20, 0]]",
            ),
        ])
        .expect("one default");
        let mut account = examples::account();
        account.usage = UsageHistory::new(daily("2026-03-01", 3, 1).collect());
        let (catalog, rates) = (examples::catalog(), Rates::new(Currency::EUR));
        let tracked = TrackedSince::of([&account]);
        let scoring = Scoring { cards: &cards, catalog: &catalog, rates: &rates, tracked };

        let window = Window::new(day("2026-03-01"), day("2026-03-06"));
        let scores = scoring.replay(&account, window, |seen| match seen.day() {
            holiday if holiday == day("2026-03-03") => None,
            late if late >= day("2026-03-05") => Some(Place { stage: Some("renew"), segment: None }),
            _ => Some(Place::default()),
        });

        let shown: Vec<(String, &str, Option<f64>)> =
            scores.iter().map(|it| (it.day.to_string(), it.card.key(), it.outcome.score)).collect();
        let expected = [
            ("2026-03-01", "calm", 100.0),
            ("2026-03-02", "calm", 90.0),
            ("2026-03-04", "calm", 70.0),
            ("2026-03-05", "renewal", 80.0),
        ];
        assert_eq!(shown, expected.map(|(day, card, score)| (day.to_owned(), card, Some(score))));
        assert_eq!(trend(&scores, 3), Some(-10.0));
        assert_eq!(trend(&scores, 2), None, "that day was left out");
    }

    /// Usage, tickets, and everything else, as (day, days until known, uses or
    /// what happened).
    type Facts = (Vec<(i64, i64, i64)>, Vec<(i64, i64, u8)>, Vec<(i64, i64, u8)>);

    fn any_facts() -> impl Strategy<Value = Facts> {
        let lag = || prop_oneof![3 => Just(0i64), 1 => 0i64..4, 1 => 0i64..60];
        let usage = prop::collection::vec((0i64..200, lag(), 0i64..30), 0..150);
        let events = prop::collection::vec((0i64..200, lag(), 0u8..4), 0..20);
        let others = prop::collection::vec((0i64..200, lag(), 0u8..60), 0..20);
        (usage, events, others)
    }

    fn account(facts: &Facts, known_until: Day) -> AccountHistory {
        let on = |days| shift(day("2026-01-01"), days);
        let mut account = examples::account();
        account.subscriptions = vec![examples::subscription(1, 1, 5, "2026-01-01", None)];
        let usage = facts.0.iter().map(|(at, lag, uses)| UsageRow {
            feature: FeatureId(1 + uses % 4),
            known_on: on(at + lag),
            people: Some(u32::try_from(uses % 7).expect("small")),
            ..examples::usage(1, on(*at), *uses)
        });
        account.usage = UsageHistory::new(usage.filter(|row| row.known_on <= known_until).collect());
        let events = facts.1.iter().enumerate().map(|(number, (at, lag, kind))| {
            let kind = match kind {
                0 => TicketEventKind::Opened(String::new()),
                1 => TicketEventKind::Solved,
                2 => TicketEventKind::Escalated,
                _ => TicketEventKind::Rated(3),
            };
            let occurred_at = on(*at).and_hms_opt(9, 0, 0).expect("nine").and_utc();
            let event = TicketEvent {
                kind,
                occurred_at,
                occurred_on: on(*at),
                known_on: on(at + lag),
                revision: 0,
                origin: examples::ORIGIN,
            };
            (TicketId(i64::try_from(number % 5).expect("small")), event)
        });
        let known: Vec<(TicketId, TicketEvent)> =
            events.filter(|(_, event)| event.known_on <= known_until).collect();
        account.tickets = (0..5)
            .map(TicketId)
            .map(|id| {
                let own = known.iter().filter(|(ticket, _)| *ticket == id).map(|(_, event)| event.clone());
                TicketHistory::new(id, own.collect())
            })
            .collect();
        for (number, (at, lag, what)) in (0..).zip(&facts.2) {
            if on(at + lag) <= known_until {
                happen(&mut account, number, on(*at), on(at + lag), *what);
            }
        }
        account
    }

    /// An answer, a call, a pulse, somebody who leaves, other seats.
    fn happen(account: &mut AccountHistory, number: i64, on: Day, known_on: Day, what: u8) {
        let day = on.to_string();
        let tenth = what / 6;
        match what % 6 {
            0 => account
                .surveys
                .push(SurveyResponse { known_on, ..examples::survey(number, SurveyKind::Nps, &day, tenth) }),
            1 => account.surveys.push(SurveyResponse {
                known_on,
                ..examples::survey(number, SurveyKind::Csat, &day, 1 + tenth % 5)
            }),
            2 => {
                account
                    .notes
                    .push(Note { known_on, ..examples::note(number, &day, tenth.is_multiple_of(2)) });
            }
            3 => account.notes.push(Note { known_on, ..examples::pulse(number, &day, tenth * 10) }),
            4 => {
                let mut person = examples::person(
                    number,
                    &[(&day, "role", "champion".into()), (&day, "left", true.into())],
                );
                person.fields.iter_mut().for_each(|fact| fact.known_on = known_on);
                account.people.push(person);
            }
            _ => {
                let other = examples::subscription(1, 1, 1 + u32::from(tenth), &day, Some(12));
                let known = SubscriptionVersion {
                    known_on,
                    revision: 1 + u32::try_from(number).expect("few"),
                    ..other.versions()[0].clone()
                };
                let mut versions = account.subscriptions[0].versions().to_vec();
                versions.push(known);
                account.subscriptions[0] = SubscriptionHistory::new(SubscriptionId(1), versions);
            }
        }
    }

    proptest! {
        /// What became known after a day does not change the score of that day
        /// nor how it is explained.
        #[test]
        fn a_past_score_does_not_change_when_later_facts_arrive(facts in any_facts(), days in 0i64..220) {
            let today = shift(day("2026-01-01"), days);
            let then = account(&facts, today);
            let now = account(&facts, Day::MAX);
            let (cards, catalog, rates) = (adoption(), examples::catalog(), Rates::new(Currency::EUR));
            let explained = |account: &AccountHistory| {
                let tracked = TrackedSince::of([account]);
                let scoring = Scoring { cards: &cards, catalog: &catalog, rates: &rates, tracked };
                let explained = scoring.explain(account.seen(today), Place::default()).explanation;
                serde_json::to_string(&explained).expect("JSON")
            };
            prop_assert_eq!(explained(&then), explained(&now));
        }

        /// Replaying a window gives each day what scoring that day gives.
        #[test]
        fn a_replay_is_every_day_by_itself(facts in any_facts()) {
            let account = account(&facts, Day::MAX);
            let (cards, catalog, rates) = (adoption(), examples::catalog(), Rates::new(Currency::EUR));
            let tracked = TrackedSince::of([&account]);
            let scoring = Scoring { cards: &cards, catalog: &catalog, rates: &rates, tracked };
            let window = Window::new(day("2026-04-01"), day("2026-05-01"));
            for score in scoring.replay(&account, window, |_| Some(Place::default())) {
                let alone = scoring.explain(account.seen(score.day), Place::default()).explanation.outcome;
                prop_assert_eq!(score.outcome, alone);
            }
        }
    }
}
