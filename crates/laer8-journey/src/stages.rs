//! The LAER stage of each subscription on a day.
//!
//! Two things are told apart. *Progress* is how far the customer has come with
//! the product: Land until activated, Adopt until adopted, then Expand. The
//! *stage* is that, too, until the renewal window opens, from when on it is
//! Renew; the progress stays visible beside it, and what it still lacks is
//! adoption debt.
//!
//! Conventions, where FORMULAS leave a choice:
//! - Usage is known per account, not per subscription. Criteria look at the
//!   account's use of the features that the subscription's plan entitles to
//!   (of all features where nobody said), since the subscription's start.
//! - Once activated, a subscription stays so. Adoption counts for the term in
//!   which it was reached; a new term asks again on its first day.
//! - A subscription that can be cancelled at any moment is always in its
//!   window. Were its stage Renew for ever, nobody would see whether a monthly
//!   customer has landed, so its stage is its progress, with `continuous` set.
//!   Adoption is asked afresh every month from its start.
//! - A criterion that can't be known is left out. Where none of the activation
//!   criteria can be known, the subscription counts as activated; where none of
//!   the adoption criteria can, it is in Adopt, `measured` is false, and it is
//!   never overdue.

use crate::{
    activity::{Look, Verdict},
    config::{Criterion, CriterionKind},
    progress::{Progress, Track},
    renewal::{Commitment, commitment},
    rules::{Available, Rules},
    tracking::Tracked,
};
use laer8_domain::{
    days::{Day, days_between, shift},
    exchange::Rates,
    history::{ActiveSubscription, Seen},
    ids::{PlanId, SubscriptionId},
    money::{Amount, Money},
    subscriptions::{SubscriptionState, Term},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A stage of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// From the first day until it is really used.
    Land,
    /// Until it is used as it should be.
    Adopt,
    /// Used as it should be: more can be had.
    Expand,
    /// The time to stay or to leave.
    Renew,
}

impl Stage {
    /// All stages, in the order of the loop.
    pub const ALL: [Self; 4] = [Self::Land, Self::Adopt, Self::Expand, Self::Renew];

    /// The name in documents and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Land => "land",
            Self::Adopt => "adopt",
            Self::Expand => "expand",
            Self::Renew => "renew",
        }
    }
}

/// A stage and how long it has lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct StageSpan {
    /// Which stage.
    pub stage: Stage,
    /// Its first day.
    #[schema(value_type = NaiveDate)]
    pub since: Day,
    /// Days since then; 0 on the first day.
    pub days: i64,
    /// How many days it should last, where there is a target.
    pub target_days: Option<u32>,
    /// By how many days it has lasted longer; none while it has not.
    pub overdue_days: Option<i64>,
}

/// A criterion that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct UnmetCriterion {
    /// The stage that it would end: land for an activation criterion, adopt for
    /// an adoption criterion.
    pub stage: Stage,
    /// What is counted.
    pub criterion: CriterionKind,
    /// Over how many days.
    pub days: u32,
    /// What it counts to on the day.
    pub value: f64,
    /// What would be enough.
    pub target: f64,
}

/// Where a paid subscription stands.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SubscriptionStage {
    /// Which subscription.
    pub subscription: SubscriptionId,
    /// Its plan.
    pub plan: PlanId,
    /// What it is worth a month, in its own currency.
    pub mrr: Money,
    /// The same in the reporting currency; none without a rate.
    pub mrr_reported: Option<Amount>,
    /// The first day on which it ever ran.
    #[schema(value_type = NaiveDate)]
    pub started_on: Day,
    /// The first day on which the activation criteria held.
    #[schema(value_type = Option<NaiveDate>)]
    pub activated_on: Option<Day>,
    /// Its stage.
    pub current: StageSpan,
    /// Its stage apart from renewal: land, adopt or expand.
    pub progress: StageSpan,
    /// Whether anything was there to decide the progress on.
    pub measured: bool,
    /// The contract's term in which the day lies; none where there are none.
    pub term: Option<Term>,
    /// The first day on which it could end; none when that is any day.
    #[schema(value_type = Option<NaiveDate>)]
    pub renewal_on: Option<Day>,
    /// The last day on which notice can be given for that.
    #[schema(value_type = Option<NaiveDate>)]
    pub notice_by: Option<Day>,
    /// The first day of the renewal window; none when it is always open.
    #[schema(value_type = Option<NaiveDate>)]
    pub window_start: Option<Day>,
    /// Whether the window is open.
    pub in_renewal_window: bool,
    /// Whether it can be cancelled at any moment.
    pub continuous: bool,
    /// The day on which it ends, when that is known already.
    #[schema(value_type = Option<NaiveDate>)]
    pub ends_on: Option<Day>,
    /// What is still missing for the progress to go on.
    pub outstanding: Vec<UnmetCriterion>,
    /// Criteria that did not hold when the renewal window opened, and still do
    /// not. Empty outside the window, and for continuous renewal.
    pub adoption_debt: Vec<UnmetCriterion>,
}

/// Where each paid subscription stands on the day of `seen`. Trials and what
/// costs nothing have no stage.
#[must_use]
pub fn subscription_stages(
    rules: &Rules<'_>,
    seen: Seen<'_>,
    tracked: Tracked,
    rates: &Rates,
) -> Vec<SubscriptionStage> {
    let available = Available::new(tracked, seen);
    seen.paid()
        .filter_map(|active| {
            let track = Track::new(rules, seen, active.history, available)?;
            let mut progress = Progress::start(track.started);
            progress.advance(&track, track.started, seen.day());
            Some(subscription_stage(&track, &active, &progress, rates, Detail::Full))
        })
        .collect()
}

/// How much is asked of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Everything.
    Full,
    /// Only which stage: nothing about criteria, and so nothing about delays.
    StageOnly,
}

/// The stage that follows from a subscription's progress.
pub(crate) fn subscription_stage(
    track: &Track<'_>,
    active: &ActiveSubscription<'_>,
    progress: &Progress,
    rates: &Rates,
    detail: Detail,
) -> SubscriptionStage {
    let (day, terms, config) = (track.seen.day(), active.terms, track.rules.config());
    let commitment = commitment(terms, &config.renewal, day);
    let ((outstanding, measured), adoption_debt) = match detail {
        Detail::Full => {
            (outstanding(track, active, progress), adoption_debt(track, active, progress, &commitment))
        }
        Detail::StageOnly => ((Vec::new(), false), Vec::new()),
    };
    let span = |stage, since| {
        let days = days_between(since, day);
        let target_days = config.targets.of(stage).filter(|_| measured);
        let overdue_days = target_days.map(|target| days - i64::from(target)).filter(|over| *over > 0);
        StageSpan { stage, since, days, target_days, overdue_days }
    };
    let reached = span(progress.stage, progress.since);
    let renew = commitment.window_start.filter(|start| *start <= day);
    SubscriptionStage {
        subscription: active.history.id,
        plan: terms.plan,
        mrr: terms.mrr(),
        mrr_reported: rates.convert(terms.mrr(), day).ok(),
        started_on: track.started,
        activated_on: progress.activated_on,
        current: renew.map_or(reached, |start| span(Stage::Renew, start.max(track.started))),
        progress: reached,
        measured,
        term: commitment.term,
        renewal_on: commitment.renewal_on,
        notice_by: commitment.notice_by,
        window_start: commitment.window_start,
        in_renewal_window: commitment.in_window(day),
        continuous: commitment.is_continuous(),
        ends_on: ends_on(active, day),
        outstanding,
        adoption_debt,
    }
}

fn ends_on(active: &ActiveSubscription<'_>, day: Day) -> Option<Day> {
    let mut later = active.history.steps(day).filter(|step| step.effective_from > day);
    later.find(|step| step.state == SubscriptionState::Ended).map(|step| step.effective_from)
}

/// What is missing for the progress to go on, and whether that can be known.
fn outstanding(
    track: &Track<'_>,
    active: &ActiveSubscription<'_>,
    progress: &Progress,
) -> (Vec<UnmetCriterion>, bool) {
    let config = track.rules.config();
    let criteria = match progress.stage {
        Stage::Land => &config.activation,
        Stage::Adopt => &config.adoption,
        Stage::Expand | Stage::Renew => return (Vec::new(), true),
    };
    let day = track.seen.day();
    let activity = track.activity(day, shift(day, 1));
    let look = track.look(&activity, active.terms, day);
    let measured = look.verdict(criteria) != Verdict::Undecided;
    (unmet(&look, progress.stage, criteria).collect(), measured)
}

fn unmet<'l>(
    look: &'l Look<'_>,
    stage: Stage,
    criteria: &'l [Criterion],
) -> impl Iterator<Item = UnmetCriterion> + use<'l> {
    criteria.iter().filter(|criterion| look.holds(criterion) == Some(false)).filter_map(move |criterion| {
        let (kind, days) = (criterion.criterion, criterion.days);
        let (value, target) = (look.value(criterion)?, look.target(criterion));
        Some(UnmetCriterion { stage, criterion: kind, days, value, target })
    })
}

/// "Criteria unmet when Renew begins stay visible": those that did not hold on
/// the window's first day and do not hold today.
fn adoption_debt(
    track: &Track<'_>,
    active: &ActiveSubscription<'_>,
    progress: &Progress,
    commitment: &Commitment,
) -> Vec<UnmetCriterion> {
    let (config, day) = (track.rules.config(), track.seen.day());
    let Some(opened) = commitment.window_start.filter(|start| *start <= day) else { return Vec::new() };
    let opened = opened.max(track.started);
    let open_criteria = |on: Day| -> Vec<UnmetCriterion> {
        let activity = track.activity(on, shift(on, 1));
        let terms = track.history.terms_on(on, day).unwrap_or(active.terms);
        let look = track.look(&activity, terms, on);
        let activation = if progress.activated_on.is_none() { config.activation.as_slice() } else { &[] };
        let activation = unmet(&look, Stage::Land, activation);
        activation.chain(unmet(&look, Stage::Adopt, &config.adoption)).collect()
    };
    let mut debt = open_criteria(day);
    if debt.is_empty() {
        return debt;
    }
    let then = open_criteria(opened);
    let same = |a: &UnmetCriterion, b: &UnmetCriterion| {
        (a.stage, a.criterion, a.days) == (b.stage, b.criterion, b.days)
    };
    debt.retain(|today| then.iter().any(|earlier| same(today, earlier)));
    debt
}

#[cfg(test)]
mod tests;
