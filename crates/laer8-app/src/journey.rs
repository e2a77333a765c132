//! The loop: who is where, what moved, what is overdue; and the layer-8
//! matrix.

use crate::{
    AccountRow, Actor, App, AppError, AsOf, Filter, Moment, accounts::chosen, book::Book,
    evaluation::Evaluation, reckoned::Reckoned, revenue::Figures,
};
use laer8_domain::{
    days::{Day, Window, shift},
    history::AccountHistory,
    ids::AccountId,
    money::{Amount, Currency},
    users::Role,
};
use laer8_journey::{
    Stage, account_journey,
    flows::{Flow, Position, StageTotals, flows, stage_totals},
    matrix::Quadrant,
    signals::SignalKind,
};
use laer8_store::Tx;
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The loop on a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JourneyView {
    /// The day.
    pub as_of: Moment,
    /// What amounts are in.
    pub currency: Currency,
    /// Where the accounts are.
    pub stages: Vec<StageTotals>,
    /// Customers in their renewal window whose adoption goals are unmet.
    pub adoption_debt: Debt,
    /// What moved since `flows_since`.
    pub flows: Vec<Flow>,
    /// The day from which flows are counted.
    #[schema(value_type = NaiveDate)]
    pub flows_since: Day,
    /// Growth and retention since then.
    pub figures: Figures,
    /// The layer-8 matrix.
    pub matrix: Vec<QuadrantTotal>,
    /// From which value on each side of the matrix is good, 0 to 100.
    pub crossing: f64,
    /// Customers of which too little is known for the matrix.
    pub outside_matrix: usize,
    /// How many accounts are overdue.
    pub overdue_found: usize,
    /// The accounts that are overdue, those longest over their target first; as
    /// many as were asked for.
    pub overdue: Vec<AccountRow>,
}

/// What is asked of the loop.
#[derive(Debug, Clone, PartialEq)]
pub struct JourneyQuery {
    /// Over how many months to count what moved.
    pub months: u32,
    /// Which accounts.
    pub filter: Filter,
    /// How many of the overdue accounts to list; without it all.
    pub overdue: Option<usize>,
}

/// Customers in their renewal window whose adoption goals are unmet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Debt {
    /// How many.
    pub accounts: usize,
    /// Their annual recurring revenue.
    pub arr: Amount,
}

/// What is in a quadrant of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuadrantTotal {
    /// Which.
    pub quadrant: Quadrant,
    /// How many customers.
    pub accounts: usize,
    /// Their annual recurring revenue.
    pub arr: Amount,
}

impl JourneyQuery {
    /// All of it, over so many months.
    #[must_use]
    pub fn over(months: u32, filter: Filter) -> Self {
        Self { months, filter, overdue: None }
    }
}

impl App {
    /// The loop on a day, with what moved before. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::NoRate`], [`AppError::Store`].
    pub async fn journey(
        &self,
        actor: &Actor,
        as_of: AsOf,
        query: &JourneyQuery,
    ) -> Result<JourneyView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        if let Some(kept) = reckoned.answers.journey(query) {
            return Ok(JourneyView::clone(&kept));
        }
        let view = Arc::new(self.look_at_loop(&tx, &reckoned, query).await?);
        reckoned.answers.keep_journey(query, &view);
        Ok(Arc::unwrap_or_clone(view))
    }

    async fn look_at_loop(
        &self,
        tx: &Tx,
        reckoned: &Reckoned,
        query: &JourneyQuery,
    ) -> Result<JourneyView, AppError> {
        let book = &reckoned.book;
        let months = query.months;
        let is_whole = query.filter.conditions.is_empty();
        let evaluations = chosen(reckoned, &query.filter)?;
        let accounts: FxHashSet<AccountId> =
            evaluations.iter().map(|evaluation| evaluation.account).collect();
        let end = shift(book.day(), 1);
        let start = shift(book.months_before(months), 1);
        let now: Vec<Position> =
            evaluations.iter().map(|evaluation| Position::from(&evaluation.journey)).collect();
        let mut then = self.positions_before(tx, reckoned, months).await?;
        if !is_whole {
            then.retain(|position| accounts.contains(&position.account));
        }
        let window = Window::new(start, end);
        let figures = if is_whole {
            reckoned.figures(window)?
        } else {
            Figures::of(book, window, |account| accounts.contains(&account))?
        };
        let (overdue_found, overdue) = longest_overdue(&evaluations, query.overdue);
        Ok(JourneyView {
            as_of: book.moment,
            currency: book.currency,
            stages: stage_totals(&now),
            adoption_debt: debt(&evaluations),
            flows: flows(&then, &now),
            flows_since: start,
            figures,
            matrix: matrix(&evaluations),
            crossing: book.configuration.journey.matrix.crossing,
            outside_matrix: paying(&evaluations).filter(|evaluation| evaluation.quadrant.is_none()).count(),
            overdue_found,
            overdue,
        })
    }
}

/// How many accounts are overdue, and those that are it longest.
fn longest_overdue(evaluations: &[&Evaluation], limit: Option<usize>) -> (usize, Vec<AccountRow>) {
    let mut overdue: Vec<&Evaluation> =
        evaluations.iter().copied().filter(|evaluation| evaluation.journey.is_overdue()).collect();
    overdue.sort_by_key(|evaluation| {
        let days = evaluation.journey.current.and_then(|span| span.overdue_days);
        (std::cmp::Reverse(days), std::cmp::Reverse(evaluation.arr), evaluation.account)
    });
    let found = overdue.len();
    (found, overdue.into_iter().take(limit.unwrap_or(found)).map(AccountRow::of).collect())
}

fn paying<'e>(evaluations: &[&'e Evaluation]) -> impl Iterator<Item = &'e Evaluation> {
    evaluations.iter().copied().filter(|evaluation| evaluation.journey.mrr.is_positive())
}

/// Those whom the signal names: terms too short for it to be news are none here
/// either.
fn debt(evaluations: &[&Evaluation]) -> Debt {
    let in_debt = || {
        paying(evaluations).filter(|evaluation| {
            let is_told = evaluation.signals.iter().any(|signal| signal.kind == SignalKind::RenewalDebt);
            evaluation.journey.standing.stage() == Some(Stage::Renew) && is_told
        })
    };
    Debt { accounts: in_debt().count(), arr: in_debt().map(|evaluation| evaluation.arr).sum() }
}

fn matrix(evaluations: &[&Evaluation]) -> Vec<QuadrantTotal> {
    let total = |quadrant: Quadrant| {
        let inside = || paying(evaluations).filter(|evaluation| evaluation.quadrant == Some(quadrant));
        QuadrantTotal {
            quadrant,
            accounts: inside().count(),
            arr: inside().map(|evaluation| evaluation.arr).sum(),
        }
    };
    Quadrant::ALL.into_iter().map(total).collect()
}

impl App {
    /// Where the accounts of a book were so many months before.
    pub(crate) async fn positions_before(
        &self,
        tx: &Tx,
        reckoned: &Reckoned,
        months: u32,
    ) -> Result<Vec<Position>, AppError> {
        match reckoned.before.get(&months) {
            Some(positions) => Ok(positions.clone()),
            None => self.positions_on(tx, reckoned.book.months_before(months)).await,
        }
    }

    /// Where the accounts were on an earlier day, by what was known then;
    /// nowhere before anything was known.
    async fn positions_on(&self, tx: &Tx, day: Day) -> Result<Vec<Position>, AppError> {
        match self.reckoned(tx, AsOf::Day(day)).await {
            Ok(then) => Ok(then.evaluations.iter().map(|it| Position::from(&it.journey)).collect()),
            Err(AppError::TooEarly { .. }) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}

/// Where an account was on an earlier day, by what was known then.
pub(crate) fn position(book: &Book, history: &AccountHistory, day: Day) -> Position {
    let tracked = book.tracking().on(day);
    Position::from(&account_journey(&book.rules(), history.seen(day), tracked, &book.rates))
}
