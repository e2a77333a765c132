//! The whole book on a day: every account, worked out.

use crate::{
    App, AppError, AsOf, Moment, as_of,
    configuration::{self, Configuration},
    evaluation::Evaluation,
    workspace,
};
use laer8_domain::{
    catalog::Catalog,
    days::{Day, shift, shift_months},
    exchange::Rates,
    history::{AccountHistory, Seen},
    ids::AccountId,
    money::Currency,
};
use laer8_health::{
    score::{Band, Outcome},
    scoring::{Place, Scored, Scoring},
    tracked::TrackedSince,
};
use laer8_journey::{
    Rules, Tracking, account_journey,
    accounts::AccountJourney,
    matrix::quadrant,
    potential::{Peers, UsageProfile, potential, usage_profile},
    signals::{ScoreTrend, Situation, signals},
    works::works_as_promised,
};
use laer8_store::{IdRange, Scope, Tx};
use rayon::prelude::*;

/// Everything that views of a day are worked out from.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    pub(crate) moment: Moment,
    pub(crate) currency: Currency,
    pub(crate) histories: Vec<AccountHistory>,
    pub(crate) catalog: Catalog,
    pub(crate) rates: Rates,
    pub(crate) configuration: Configuration,
    tracked: TrackedSince,
    tracking: Tracking,
}

impl App {
    /// Puts together the book as of a day.
    pub(crate) async fn book(&self, tx: &Tx, as_of: AsOf, scope: Scope) -> Result<Book, AppError> {
        let workspace = workspace::load(tx).await?;
        let moment = as_of::moment(tx, self.today(&workspace), as_of).await?;
        let currency = workspace.reporting();
        let histories = tx.histories(IdRange::all(), scope).await?;
        let tracked = TrackedSince::of(&histories);
        let tracking = Tracking::new(&histories);
        Ok(Book {
            moment,
            currency,
            catalog: tx.catalog().await?,
            rates: tx.rates(currency, moment.day).await?,
            configuration: configuration::load(tx).await?,
            histories,
            tracked,
            tracking,
        })
    }
}

/// What the first pass finds out of an account; the second needs that of all.
struct Position {
    journey: AccountJourney,
    profile: Option<UsageProfile>,
}

/// What was worked out for a book.
#[derive(Debug, Clone)]
pub(crate) struct Evaluated {
    /// For each account of which anything is known, by id.
    pub(crate) evaluations: Vec<Evaluation>,
    /// What each of them uses of what it pays for, in the same order.
    pub(crate) profiles: Vec<Option<UsageProfile>>,
    /// With what each is compared.
    pub(crate) peers: Peers,
}

impl Book {
    /// The day.
    pub(crate) fn day(&self) -> Day {
        self.moment.day
    }

    /// The day before the last so many months, the day shown included, began.
    pub(crate) fn months_before(&self, months: u32) -> Day {
        let end = shift(self.day(), 1);
        shift(shift_months(end, -i32::try_from(months).unwrap_or(i32::MAX)), -1)
    }

    /// How accounts are scored.
    pub(crate) fn scoring(&self) -> Scoring<'_> {
        Scoring {
            cards: &self.configuration.scorecards,
            catalog: &self.catalog,
            rates: &self.rates,
            tracked: self.tracked,
        }
    }

    /// How stages are told.
    pub(crate) fn rules(&self) -> Rules<'_> {
        Rules::new(&self.configuration.journey, &self.catalog)
    }

    /// Since when what is tracked.
    pub(crate) fn tracking(&self) -> &Tracking {
        &self.tracking
    }

    /// The history of an account.
    pub(crate) fn history(&self, account: AccountId) -> Option<&AccountHistory> {
        let position = self.histories.binary_search_by_key(&account, |history| history.id).ok()?;
        Some(&self.histories[position])
    }

    /// Where every account of which anything is known stands.
    pub(crate) fn evaluate(&self) -> Evaluated {
        let rules = self.rules();
        let day = self.day();
        let known: Vec<&AccountHistory> =
            self.histories.par_iter().filter(|history| is_known(history, day)).collect();
        let positions: Vec<Position> =
            known.par_iter().map(|history| self.position(&rules, history)).collect();
        let profiles: Vec<Option<UsageProfile>> = positions.iter().map(|position| position.profile).collect();
        let peers = Peers::new(profiles.iter().flatten());
        let evaluations = known
            .par_iter()
            .zip(positions)
            .map(|(history, position)| self.evaluate_one(&rules, &peers, history, position))
            .collect();
        Evaluated { evaluations, profiles, peers }
    }

    /// Where one account stands now, compared with the others as they were:
    /// none where that is not enough, because what it is compared by, or what
    /// the workspace tracks at all, has changed with it.
    pub(crate) fn evaluate_again(
        &self,
        history: &AccountHistory,
        before: Option<&UsageProfile>,
        peers: &Peers,
    ) -> Option<Evaluation> {
        if self.tracked.including(history) != self.tracked || !is_known(history, self.day()) {
            return None;
        }
        let rules = self.rules();
        let position = self.position(&rules, history);
        if position.profile.as_ref() != before {
            return None;
        }
        Some(self.evaluate_one(&rules, peers, history, position))
    }

    fn position(&self, rules: &Rules<'_>, history: &AccountHistory) -> Position {
        let seen = history.seen(self.day());
        let tracked = self.tracking.on(self.day());
        Position {
            journey: account_journey(rules, seen, tracked, &self.rates),
            profile: usage_profile(rules, seen, tracked),
        }
    }

    fn evaluate_one(
        &self,
        rules: &Rules<'_>,
        peers: &Peers,
        history: &AccountHistory,
        position: Position,
    ) -> Evaluation {
        let day = self.day();
        let seen = history.seen(day);
        let Position { journey, profile } = position;
        let tracked = self.tracking.on(day);
        let config = &self.configuration.journey;
        let potential = profile.and_then(|profile| potential(&config.potential, &profile, peers));
        let works = works_as_promised(&config.works, seen, tracked);
        let segment = self.segment(seen, Some(journey.standing.key()));
        let scored = self.scored(seen, &journey, segment);
        let outcome = Self::outcome(&journey, &scored);
        let score_ago = |days: i64| {
            let then = seen.on(shift(day, -days));
            self.score_then(rules, then)
        };
        let trend = ScoreTrend { now: outcome.score, days_30_ago: score_ago(30), days_90_ago: score_ago(90) };
        let arr = journey.arr();
        let situation = Situation {
            seen,
            catalog: &self.catalog,
            journey: &journey,
            potential: potential.as_ref(),
            works: works.as_ref(),
            matrix: &config.matrix,
            score: trend,
            arr,
            tracked,
        };
        let signals = signals(&self.configuration.signals, &situation);
        let crossing = quadrant(
            &config.matrix,
            works.as_ref().map(|works| works.percent),
            potential.as_ref().map(|p| p.percent),
        );
        Evaluation {
            account: history.id,
            name: seen.name().to_owned(),
            owner: seen.text(laer8_domain::accounts::fields::OWNER).unwrap_or_default().to_owned(),
            segment: segment.to_owned(),
            scorecard: scored.card.key().to_owned(),
            outcome,
            trend,
            arr,
            seats: seen.seats(),
            potential,
            works,
            quadrant: crossing,
            signals,
            journey,
        }
    }

    /// The segment of an account.
    pub(crate) fn segment<'b>(&'b self, seen: Seen<'_>, stage: Option<&str>) -> &'b str {
        let facets = laer8_domain::conditions::AccountFacets {
            seen,
            catalog: &self.catalog,
            rates: &self.rates,
            stage,
            segment: None,
        };
        &self.configuration.segments.assign(&facets).key
    }

    /// The result of an account: none for what is no customer, which has
    /// nothing to be healthy with.
    fn outcome(journey: &AccountJourney, scored: &Scored<'_>) -> Outcome {
        if journey.standing.stage().is_some() {
            return scored.outcome;
        }
        Outcome { score: None, band: Band::NotEnoughData, ..scored.outcome }
    }

    /// The score of an account that stands where `journey` says.
    fn scored(&self, seen: Seen<'_>, journey: &AccountJourney, segment: &str) -> Scored<'_> {
        let place =
            Place { stage: journey.standing.stage().map(|stage| stage.key()), segment: Some(segment) };
        self.scoring().score(seen, place)
    }

    /// The score on an earlier day, where the account was a customer then.
    fn score_then(&self, rules: &Rules<'_>, seen: Seen<'_>) -> Option<f64> {
        if !seen.is_customer() {
            return None;
        }
        let journey = account_journey(rules, seen, self.tracking.on(seen.day()), &self.rates);
        let segment = self.segment(seen, Some(journey.standing.key()));
        self.scored(seen, &journey, segment).outcome.score
    }
}

/// Whether anything was known of the account by `day`.
fn is_known(history: &AccountHistory, day: Day) -> bool {
    let field = history.fields.iter().any(|fact| fact.known_on <= day && fact.occurred_on <= day);
    field || history.subscriptions.iter().any(|subscription| subscription.version_on(day, day).is_some())
}
