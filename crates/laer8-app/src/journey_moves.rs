//! The accounts behind what moved around the loop.

use crate::{Actor, App, AppError, AsOf, Filter, Moment, Start, accounts::chosen, reckoned::Reckoned};
use laer8_domain::{
    days::{Day, shift},
    ids::AccountId,
    money::{Amount, Currency},
    users::Role,
};
use laer8_journey::{
    Standing,
    flows::{FlowKind, Move, Position, moves},
};
use laer8_store::Tx;
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::{cmp::Reverse, sync::Arc};
use utoipa::ToSchema;

/// Which of the accounts that moved are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct JourneyMovesQuery {
    /// Over how many months, as for [`App::journey`].
    pub months: u32,
    /// Which accounts, by how they are now.
    pub filter: Filter,
    /// Only those that entered, moved or left.
    pub kind: Option<FlowKind>,
    /// Only those that stood here at the start.
    pub from: Option<Standing>,
    /// Only those that stand here at the end.
    pub to: Option<Standing>,
    /// Where the accounts of a page begin.
    pub start: Start,
    /// How many; without it all.
    pub limit: Option<usize>,
}

/// The accounts behind what moved. Amounts are in the reporting currency.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct JourneyMovesView {
    /// The day.
    pub as_of: Moment,
    /// What amounts are in.
    pub currency: Currency,
    /// The day from which moves are counted.
    #[schema(value_type = NaiveDate)]
    pub since: Day,
    /// How many accounts there are, on whichever page.
    pub found: usize,
    /// What all of them paid a month at the start.
    pub mrr_before: Amount,
    /// What all of them pay a month at the end.
    pub mrr_after: Amount,
    /// How many stand before the first that is shown.
    pub offset: usize,
    /// The accounts, those with most revenue at either end first.
    pub accounts: Vec<MovedAccount>,
    /// After which account the next page begins; none on the last.
    #[serde(skip)]
    pub next: Option<AccountId>,
}

/// An account that moved.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MovedAccount {
    /// The account.
    pub account: AccountId,
    /// What it is called.
    pub name: String,
    /// What kind of movement it is.
    pub kind: FlowKind,
    /// Where it stood at the start.
    pub from: Standing,
    /// Where it stands at the end.
    pub to: Standing,
    /// Its MRR at the start.
    pub mrr_before: Amount,
    /// Its MRR at the end.
    pub mrr_after: Amount,
}

impl JourneyMovesQuery {
    /// The question, whichever page of its answer is asked for.
    fn whole(&self) -> Self {
        Self { start: Start::default(), limit: None, ..self.clone() }
    }

    fn holds(&self, it: &Move) -> bool {
        self.kind.is_none_or(|kind| kind == it.kind)
            && self.from.is_none_or(|from| from == it.from)
            && self.to.is_none_or(|to| to == it.to)
    }
}

impl App {
    /// The accounts behind what moved around the loop. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// As [`App::journey`]; [`AppError::NotFound`] for an account to begin
    /// after that is not among them.
    pub async fn journey_moves(
        &self,
        actor: &Actor,
        as_of: AsOf,
        query: &JourneyMovesQuery,
    ) -> Result<JourneyMovesView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let whole = query.whole();
        let moved = match reckoned.answers.moves(&whole) {
            Some(kept) => kept,
            None => {
                let moved = Arc::new(self.moved(&tx, &reckoned, &whole).await?);
                reckoned.answers.keep_moves(&whole, &moved);
                moved
            }
        };
        let found = moved.len();
        let limit = query.limit.unwrap_or(usize::MAX).max(1);
        let start = match query.start {
            Start::Offset(offset) => offset.min(found.saturating_sub(1) / limit * limit),
            Start::After(account) => place(&moved, account)? + 1,
        };
        let end = start.saturating_add(limit).min(found);
        let shown = &moved[start..end];
        Ok(JourneyMovesView {
            as_of: reckoned.book.moment,
            currency: reckoned.book.currency,
            since: shift(reckoned.book.months_before(query.months), 1),
            found,
            mrr_before: moved.iter().map(|it| it.mrr_before).sum(),
            mrr_after: moved.iter().map(|it| it.mrr_after).sum(),
            offset: start,
            accounts: shown.iter().map(|it| account(&reckoned, it)).collect(),
            next: shown.last().filter(|_| end < found).map(|last| last.account),
        })
    }

    async fn moved(
        &self,
        tx: &Tx,
        reckoned: &Reckoned,
        query: &JourneyMovesQuery,
    ) -> Result<Vec<Move>, AppError> {
        let evaluations = chosen(reckoned, &query.filter)?;
        let now: Vec<Position> = evaluations.iter().map(|it| Position::from(&it.journey)).collect();
        let mut then = self.positions_before(tx, reckoned, query.months).await?;
        if !query.filter.conditions.is_empty() {
            let accounts: FxHashSet<AccountId> = now.iter().map(|position| position.account).collect();
            then.retain(|position| accounts.contains(&position.account));
        }
        let mut moved = moves(&then, &now);
        moved.retain(|it| query.holds(it));
        moved.sort_by_key(|it| (Reverse(it.mrr_before.max(it.mrr_after)), it.account));
        Ok(moved)
    }
}

fn account(reckoned: &Reckoned, it: &Move) -> MovedAccount {
    let Move { account, kind, from, to, mrr_before, mrr_after } = *it;
    let book = &reckoned.book;
    let name = book.history(account).map(|history| history.seen(book.day()).name().to_owned());
    MovedAccount { account, name: name.unwrap_or_default(), kind, from, to, mrr_before, mrr_after }
}

fn place(moved: &[Move], account: AccountId) -> Result<usize, AppError> {
    moved.iter().position(|it| it.account == account).ok_or_else(|| AppError::NotFound {
        kind: "account",
        name: format!("#{account}"),
        hint: "; begin again with the first page".to_owned(),
    })
}
