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
    feeds::Feeds,
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
    signals::{ScoreTrend, SignalKind, Situation, add_signal_of_potential, signals},
    works::works_as_promised,
};
use laer8_store::{IdRange, Scope, Tx};
use std::sync::Arc;

/// Everything that views of a day are worked out from.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    pub(crate) moment: Moment,
    pub(crate) currency: Currency,
    pub(crate) histories: Vec<Arc<AccountHistory>>,
    pub(crate) catalog: Catalog,
    pub(crate) rates: Rates,
    pub(crate) configuration: Configuration,
    tracked: TrackedSince,
    tracking: Tracking,
}

impl App {
    /// Puts together the book as of a day.
    pub(crate) async fn book(&self, tx: &Tx, as_of: AsOf, scope: Scope) -> Result<Book, AppError> {
        let histories = tx.histories(IdRange::all(), scope).await?;
        let histories = histories.into_iter().map(Arc::new).collect();
        Ok(Book { histories, ..self.empty_book(tx, as_of).await? })
    }

    /// Everything of the book as of a day but its accounts.
    pub(crate) async fn empty_book(&self, tx: &Tx, as_of: AsOf) -> Result<Book, AppError> {
        let workspace = workspace::load(tx).await?;
        let moment = as_of::moment(tx, self.today(&workspace), as_of).await?;
        let currency = workspace.reporting();
        let feeds = tx.feeds().await?;
        Ok(Book {
            moment,
            currency,
            catalog: tx.catalog().await?,
            rates: tx.rates(currency, moment.day).await?,
            configuration: configuration::load(tx).await?,
            histories: Vec::new(),
            tracked: TrackedSince::new(&feeds),
            tracking: Tracking::new(feeds),
        })
    }
}

/// What is found out of one account by itself.
pub(crate) struct Standalone {
    /// All but what it takes the other accounts to know: how much of its
    /// potential it realises, and what follows from that.
    pub(crate) evaluation: Evaluation,
    /// By what it is compared with others.
    pub(crate) profile: Option<UsageProfile>,
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

    /// Which kinds of facts the workspace keeps.
    pub(crate) fn feeds(&self) -> &Feeds {
        self.tracking.feeds()
    }

    /// The history of an account.
    pub(crate) fn history(&self, account: AccountId) -> Option<&AccountHistory> {
        let position = self.histories.binary_search_by_key(&account, |history| history.id).ok()?;
        Some(&self.histories[position])
    }

    /// Where an account stands, as far as it alone tells; none of one of which
    /// nothing is known yet.
    pub(crate) fn draft(&self, history: &AccountHistory) -> Option<Standalone> {
        let day = self.day();
        if !is_known(history, day) {
            return None;
        }
        let rules = self.rules();
        let seen = history.seen(day);
        let tracked = self.tracking.on(day);
        let journey = account_journey(&rules, seen, tracked, &self.rates);
        let works = works_as_promised(&self.configuration.journey.works, seen, tracked);
        let segment = self.segment(seen, Some(journey.standing.key()));
        let scored = self.scored(seen, &journey, segment);
        let outcome = Self::outcome(&journey, &scored);
        let score_ago = |days: i64| self.score_then(&rules, seen.on(shift(day, -days)));
        let mut evaluation = Evaluation {
            account: history.id,
            name: seen.name().to_owned(),
            owner: seen.text(laer8_domain::accounts::fields::OWNER).unwrap_or_default().to_owned(),
            segment: segment.to_owned(),
            scorecard: scored.card.key().to_owned(),
            outcome,
            trend: ScoreTrend { now: outcome.score, days_30_ago: score_ago(30), days_90_ago: score_ago(90) },
            arr: journey.arr(),
            seats: seen.seats(),
            potential: None,
            works,
            quadrant: None,
            signals: Vec::new(),
            journey,
        };
        evaluation.signals = signals(&self.configuration.signals, &self.situation(seen, &evaluation));
        Some(Standalone { evaluation, profile: usage_profile(&rules, seen, tracked) })
    }

    /// Whether what it takes the others to know is as it was worked out before.
    pub(crate) fn compares_as_before(
        &self,
        evaluation: &Evaluation,
        profile: Option<&UsageProfile>,
        peers: &Peers,
    ) -> bool {
        let potential = profile.and_then(|it| potential(&self.configuration.journey.potential, it, peers));
        evaluation.potential == potential
    }

    /// What it takes the other accounts to know: how the account compares with
    /// them. What was worked out of that before is replaced.
    pub(crate) fn complete(
        &self,
        evaluation: &mut Evaluation,
        profile: Option<&UsageProfile>,
        peers: &Peers,
        history: &AccountHistory,
    ) {
        let config = &self.configuration.journey;
        evaluation.potential = profile.and_then(|profile| potential(&config.potential, profile, peers));
        evaluation.quadrant = quadrant(
            &config.matrix,
            evaluation.works.as_ref().map(|works| works.percent),
            evaluation.potential.as_ref().map(|potential| potential.percent),
        );
        let mut signals = std::mem::take(&mut evaluation.signals);
        signals.retain(|signal| signal.kind != SignalKind::WorksUnused);
        let situation = self.situation(history.seen(self.day()), evaluation);
        add_signal_of_potential(&self.configuration.signals, &situation, &mut signals);
        evaluation.signals = signals;
    }

    fn situation<'s>(&'s self, seen: Seen<'s>, evaluation: &'s Evaluation) -> Situation<'s> {
        Situation {
            seen,
            catalog: &self.catalog,
            journey: &evaluation.journey,
            potential: evaluation.potential.as_ref(),
            works: evaluation.works.as_ref(),
            matrix: &self.configuration.journey.matrix,
            score: evaluation.trend,
            arr: evaluation.arr,
            tracked: self.tracking.on(self.day()),
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
