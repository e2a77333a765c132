//! Scores one account on a day: chooses the scorecard, measures, scores.

use crate::{
    explain::{Contribution, Detail, Explanation, explain},
    measured::Measured,
    score::{Circumstances, Outcome, caps_in_force, score_values},
    scorecard::{Cap, Scorecard},
    select::{Choice, Scorecards},
    subject::Subject,
    tracked::TrackedSince,
    values::Values,
};
use laer8_domain::{
    catalog::Catalog,
    conditions::AccountFacets,
    days::{Day, days_between, shift},
    exchange::Rates,
    history::Seen,
};

/// What scoring needs beside the account.
#[derive(Debug, Clone, Copy)]
pub struct Scoring<'a> {
    /// The scorecards in force.
    pub cards: &'a Scorecards,
    /// What is sold.
    pub catalog: &'a Catalog,
    /// For conditions on revenue.
    pub rates: &'a Rates,
    /// Since when the workspace has which facts.
    pub tracked: TrackedSince,
}

/// Where an account stands on a day; decides its scorecard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place<'p> {
    /// Its stage: `land`, `adopt`, `expand` or `renew`; none for one that pays
    /// nothing.
    pub stage: Option<&'p str>,
    /// The key of its segment.
    pub segment: Option<&'p str>,
}

/// A score and the scorecard that it is by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored<'a> {
    /// The scorecard.
    pub card: &'a Scorecard,
    /// The result.
    pub outcome: Outcome,
}

/// A score, why it is by this scorecard, and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained<'a> {
    /// The scorecard and why.
    pub choice: Choice<'a>,
    /// The score and how; every contribution has its detail.
    pub explanation: Explanation<'a>,
}

impl<'a> Scoring<'a> {
    /// Scores an account on the day of `seen`.
    #[must_use]
    pub fn score(&self, seen: Seen<'_>, place: Place<'_>) -> Scored<'a> {
        let card = self.cards.select(&self.facets(seen, place));
        Scored { card, outcome: self.score_by(card, seen, place) }
    }

    /// Scores an account by a scorecard that was chosen already.
    #[must_use]
    pub fn score_by(&self, card: &Scorecard, seen: Seen<'_>, place: Place<'_>) -> Outcome {
        let (values, circumstances) = self.measure(card, &self.subject(seen), place);
        score_values(card, &values, circumstances)
    }

    /// What any scorecard may ask of an account.
    #[must_use]
    pub fn measured(&self, seen: Seen<'_>) -> Measured {
        Measured::of(&self.subject(seen))
    }

    /// Scores an account on the day of `seen` by what was measured of it
    /// before; of its history, fields and contracts are enough.
    #[must_use]
    pub fn score_measured(&self, seen: Seen<'_>, place: Place<'_>, measured: &Measured) -> Scored<'a> {
        let facets = self.facets(seen, place);
        let card = self.cards.select(&facets);
        let circumstances = Circumstances::of_measured(card, seen, &facets, measured);
        Scored { card, outcome: score_values(card, &measured.values, circumstances) }
    }

    /// The caps of `card` that limit an account, by what was measured of it.
    #[must_use]
    pub fn caps_in_force<'c>(
        &self,
        card: &'c Scorecard,
        seen: Seen<'_>,
        place: Place<'_>,
        measured: &Measured,
    ) -> Vec<&'c Cap> {
        let circumstances = Circumstances::of_measured(card, seen, &self.facets(seen, place), measured);
        caps_in_force(card, &measured.values, circumstances).collect()
    }

    /// Scores an account and says how the score came about.
    #[must_use]
    pub fn explain(&self, seen: Seen<'_>, place: Place<'_>) -> Explained<'a> {
        let choice = self.cards.choose(&self.facets(seen, place));
        let subject = self.subject(seen);
        let (values, circumstances) = self.measure(choice.card, &subject, place);
        let mut explanation = explain(choice.card, &values, circumstances);
        let ago = |days: i64| self.subject(seen.on(shift(seen.day(), -days)));
        let (month_ago, quarter_ago) = (ago(30), ago(90));
        for contribution in &mut explanation.contributions {
            contribution.detail = Some(detail(contribution, &subject, &month_ago, &quarter_ago));
        }
        Explained { choice, explanation }
    }

    /// The account on its day, ready to be measured.
    #[must_use]
    pub fn subject<'s>(&self, seen: Seen<'s>) -> Subject<'s>
    where
        'a: 's,
    {
        Subject::new(seen, self.catalog, self.tracked.on(seen.day()))
    }

    pub(crate) fn facets<'s>(&self, seen: Seen<'s>, place: Place<'s>) -> AccountFacets<'s>
    where
        'a: 's,
    {
        let (stage, segment) = (place.stage, place.segment);
        AccountFacets { seen, catalog: self.catalog, rates: self.rates, stage, segment }
    }

    fn measure(&self, card: &Scorecard, subject: &Subject<'_>, place: Place<'_>) -> (Values, Circumstances) {
        let seen = subject.seen();
        let circumstances = Circumstances::of(card, seen, &self.facets(seen, place));
        (subject.values(card.measures()), circumstances)
    }
}

fn detail(
    contribution: &Contribution<'_>,
    subject: &Subject<'_>,
    month_ago: &Subject<'_>,
    quarter_ago: &Subject<'_>,
) -> Detail {
    let measure = contribution.measure;
    let (value, evidence) = subject.evidence(measure);
    let age = |observed_on: Day| days_between(observed_on, subject.seen().day());
    Detail {
        missing: value.err(),
        age_days: evidence.observed_on.map(age),
        evidence,
        value_30_days_ago: month_ago.value(measure).ok(),
        value_90_days_ago: quarter_ago.value(measure).ok(),
    }
}
