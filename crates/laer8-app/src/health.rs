//! The score of an account: how it came about, down to the rows it came from,
//! and how it went day by day.

use crate::{
    AccountRow, Actor, App, AppError, AsOf, Moment, accounts,
    book::Book,
    reckoned::Reckoned,
    sources::{RowBudget, SourceRow, Sources},
};
use laer8_domain::{
    days::{Day, Window, shift},
    history::AccountHistory,
    money::Currency,
    users::Role,
};
use laer8_health::{
    explain::{CapInForce, Contribution, GroupScore},
    measures::Measure,
    names::Name,
    score::{Band, Outcome},
    scoring::Place,
    select::Reason,
};
use laer8_journey::{accounts::AccountJourney, potential::Potential, signals::Signal, works::Works};
use laer8_store::{IdRange, Scope, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// What is asked of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreQuery {
    /// The account, by what people call it.
    pub account: String,
    /// How many source rows to list for each measure, at most.
    pub rows: u64,
    /// For how many days back to give the score day by day; 0 for none.
    pub history_days: u32,
}

/// The score of an account, explained.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScoreView {
    /// The day.
    pub as_of: Moment,
    /// What amounts are in.
    pub currency: Currency,
    /// The account.
    pub account: AccountRow,
    /// Where each of its subscriptions stands, and what is still missing.
    pub journey: AccountJourney,
    /// Potential realised, part by part, where it can be told.
    pub potential: Option<Potential>,
    /// Works as promised, part by part, where it can be told.
    pub works: Option<Works>,
    /// The signals it gives.
    pub signals: Vec<Signal>,
    /// 0 to 100; none where there is not enough data.
    pub score: Option<f64>,
    /// How it is read.
    pub band: Band,
    /// The share of the scorecard's weight that has a value, 0 to 1.
    pub coverage: f64,
    /// The coverage below which there is no score.
    pub min_coverage: f64,
    /// The scorecard, and why this one.
    pub scorecard: ScorecardChoice,
    /// The score before caps; 50 and all contributions.
    pub uncapped: Option<f64>,
    /// What caps took, in points.
    pub taken_by_caps: f64,
    /// The caps in force.
    pub caps: Vec<CapView>,
    /// The groups of the scorecard.
    pub groups: Vec<GroupView>,
    /// The measures: 50 and their contributions, less what caps took, are the
    /// score.
    pub contributions: Vec<ContributionView>,
    /// The score day by day, where asked for.
    pub history: Vec<DayOfScore>,
}

/// Why an account has its scorecard.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScorecardChoice {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Name,
    /// Whether no other's conditions hold.
    pub is_default: bool,
    /// The conditions that hold, as they are written.
    #[schema(value_type = Vec<laer8_domain::conditions::Condition>)]
    pub conditions: Vec<serde_json::Value>,
}

/// A cap in force.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CapView {
    /// Why.
    pub label: Name,
    /// No score above this.
    pub at_most: f64,
}

/// A group of the scorecard.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GroupView {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Name,
    /// 0 to 100; none where nothing in it has a value.
    pub score: Option<f64>,
    /// As the scorecard has it.
    pub weight: f64,
    /// The share of its weight that has a value.
    pub coverage: f64,
}

/// What a measure does to the score.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ContributionView {
    /// The measure.
    #[schema(value_type = Measure)]
    pub measure: &'static str,
    /// The group it is in.
    pub group: String,
    /// Its value, in the unit of the measure.
    pub value: Option<f64>,
    /// The unit.
    pub unit: laer8_health::measures::Unit,
    /// Why there is no value.
    pub missing: Option<laer8_health::measures::Missing>,
    /// What the curve makes of the value, 0 to 100.
    pub points: Option<f64>,
    /// Its weight in the scorecard.
    pub weight: f64,
    /// Its share of the score.
    pub effective_weight: f64,
    /// Points above or below a neutral 50.
    pub contribution: f64,
    /// How old the newest fact behind it is, in days.
    pub age_days: Option<i64>,
    /// Its value 30 days before, as known then.
    pub value_30_days_ago: Option<f64>,
    /// Its value 90 days before, as known then.
    pub value_90_days_ago: Option<f64>,
    /// The figures on the way to the value.
    pub figures: Vec<laer8_health::measures::evidence::Figure>,
    /// How many source rows there are.
    pub row_count: u64,
    /// Some of the source rows, the newest first.
    pub rows: Vec<SourceRow>,
}

/// The score of a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct DayOfScore {
    /// The day.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// By what was known then; none where there was not enough data.
    pub score: Option<f64>,
    /// How it was read.
    pub band: Band,
    /// The share of the scorecard's weight that had a value.
    pub coverage: f64,
}

impl App {
    /// The score of an account, explained. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::NotFound`], [`AppError::Ambiguous`], [`AppError::Store`].
    pub async fn score(&self, actor: &Actor, as_of: AsOf, query: &ScoreQuery) -> Result<ScoreView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let history = known_history(&tx, &reckoned, &query.account).await?;
        explained(&tx, &reckoned, &history, query).await
    }
}

/// That the account came later than the day of a book.
fn not_yet(book: &Book) -> AppError {
    AppError::Invalid(format!("nothing was known of this account on {}", book.day()))
}

/// Everything known of the account that somebody means.
pub(crate) async fn known_history(
    tx: &Tx,
    reckoned: &Reckoned,
    query: &str,
) -> Result<AccountHistory, AppError> {
    let account = accounts::find(tx, &reckoned.book, query).await?;
    let histories = tx.histories(IdRange::one(account), Scope::All).await?;
    histories.into_iter().next().ok_or_else(|| not_yet(&reckoned.book))
}

/// The score of an account, explained.
pub(crate) async fn explained(
    tx: &Tx,
    reckoned: &Reckoned,
    history: &AccountHistory,
    query: &ScoreQuery,
) -> Result<ScoreView, AppError> {
    let book = &reckoned.book;
    let evaluation = reckoned.evaluation(history.id).ok_or_else(|| not_yet(book))?;
    let place = Place {
        stage: evaluation.journey.standing.stage().map(|stage| stage.key()),
        segment: Some(&evaluation.segment),
    };
    let explained = book.scoring().explain(history.seen(book.day()), place);
    let sources = Sources::load(tx, book).await?;
    let budget = RowBudget { rows: query.rows, known: book.day() };
    let explanation = explained.explanation;
    let mut contributions = Vec::with_capacity(explanation.contributions.len());
    for contribution in &explanation.contributions {
        contributions.push(contribution_view(tx, &sources, history, contribution, budget).await?);
    }
    let Outcome { score, band, coverage } = evaluation.outcome;
    let reason = &explained.choice.reason;
    Ok(ScoreView {
        as_of: book.moment,
        currency: book.currency,
        account: AccountRow::of(evaluation),
        journey: evaluation.journey.clone(),
        potential: evaluation.potential.clone(),
        works: evaluation.works.clone(),
        signals: evaluation.signals.clone(),
        score,
        band,
        coverage,
        min_coverage: explanation.min_coverage,
        scorecard: ScorecardChoice {
            key: explained.choice.card.key().to_owned(),
            name: explained.choice.card.name().clone(),
            is_default: matches!(reason, Reason::Default),
            conditions: conditions(reason),
        },
        uncapped: explanation.uncapped,
        taken_by_caps: explanation.taken_by_caps,
        caps: explanation.caps.iter().map(cap_view).collect(),
        groups: explanation.groups.iter().map(group_view).collect(),
        contributions,
        history: book.score_history(history, query.history_days),
    })
}

impl Book {
    /// The score of an account on each of the last `days` days on which it was
    /// a customer, by what was known on each.
    fn score_history(&self, history: &AccountHistory, days: u32) -> Vec<DayOfScore> {
        let end = shift(self.day(), 1);
        let window = Window::new(shift(end, -i64::from(days)), end);
        let scores = self.replay(&self.rules(), history, window);
        let day_of = |score: laer8_health::replay::DayScore<'_>| DayOfScore {
            day: score.day,
            score: score.outcome.score,
            band: score.outcome.band,
            coverage: score.outcome.coverage,
        };
        scores.into_iter().map(day_of).collect()
    }
}

async fn contribution_view(
    tx: &Tx,
    sources: &Sources,
    history: &AccountHistory,
    contribution: &Contribution<'_>,
    budget: RowBudget,
) -> Result<ContributionView, AppError> {
    let measure: Measure = contribution.measure;
    let detail = contribution.detail.as_ref();
    let (row_count, rows) = match detail {
        Some(detail) => sources.behind(tx, history, &detail.evidence.rows, budget).await?,
        None => (0, Vec::new()),
    };
    Ok(ContributionView {
        measure: measure.key(),
        group: contribution.group.to_owned(),
        value: contribution.value,
        unit: measure.unit(),
        missing: detail.and_then(|detail| detail.missing),
        points: contribution.points,
        weight: contribution.weight,
        effective_weight: contribution.effective_weight,
        contribution: contribution.contribution,
        age_days: detail.and_then(|detail| detail.age_days),
        value_30_days_ago: detail.and_then(|detail| detail.value_30_days_ago),
        value_90_days_ago: detail.and_then(|detail| detail.value_90_days_ago),
        figures: detail.map(|detail| detail.evidence.figures.clone()).unwrap_or_default(),
        row_count,
        rows,
    })
}

fn conditions(reason: &Reason<'_>) -> Vec<serde_json::Value> {
    match reason {
        Reason::Default => Vec::new(),
        Reason::Conditions(conditions) => {
            conditions.iter().filter_map(|condition| serde_json::to_value(condition).ok()).collect()
        }
    }
}

fn cap_view(cap: &CapInForce<'_>) -> CapView {
    CapView { label: cap.label.clone(), at_most: cap.at_most }
}

fn group_view(group: &GroupScore<'_>) -> GroupView {
    GroupView {
        key: group.key.to_owned(),
        name: group.name.clone(),
        score: group.score,
        weight: group.weight,
        coverage: group.coverage,
    }
}
