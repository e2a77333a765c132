//! The book in the loop: what stands where, and what moved in a period.

use crate::{
    accounts::{AccountJourney, Standing},
    stages::Stage,
};
use laer8_domain::{ids::AccountId, money::Amount};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Where an account stands on a day, and what it pays a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Which account.
    pub account: AccountId,
    /// Where it stands.
    pub standing: Standing,
    /// Its MRR in the reporting currency.
    pub mrr: Amount,
    /// Whether its stage has lasted longer than it should.
    pub overdue: bool,
}

impl From<&AccountJourney> for Position {
    fn from(journey: &AccountJourney) -> Self {
        let AccountJourney { account, standing, mrr, .. } = *journey;
        Self { account, standing, mrr, overdue: journey.is_overdue() }
    }
}

/// The accounts in one stage (or standing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct StageTotals {
    /// Which.
    pub standing: Standing,
    /// How many accounts.
    pub accounts: u32,
    /// Their ARR.
    pub arr: Amount,
    /// How many of them are overdue.
    pub overdue_accounts: u32,
    /// The ARR of those.
    pub overdue_arr: Amount,
}

/// The loop on a day: the four stages in their order, empty ones too, and then
/// the standings of those that pay nothing, where there are any.
#[must_use]
pub fn stage_totals(positions: &[Position]) -> Vec<StageTotals> {
    let empty = |standing| StageTotals {
        standing,
        accounts: 0,
        arr: Amount::ZERO,
        overdue_accounts: 0,
        overdue_arr: Amount::ZERO,
    };
    let mut totals: Vec<StageTotals> =
        Stage::ALL.into_iter().map(|stage| empty(Standing::Customer(stage))).collect();
    totals.extend([Standing::Prospect, Standing::Trial, Standing::Former].map(empty));
    for position in positions {
        let Some(total) = totals.iter_mut().find(|total| total.standing == position.standing) else {
            continue;
        };
        let arr = position.mrr.scaled(12, 1).unwrap_or_default();
        total.accounts += 1;
        total.arr += arr;
        if position.overdue {
            total.overdue_accounts += 1;
            total.overdue_arr += arr;
        }
    }
    totals.retain(|total| total.standing.stage().is_some() || total.accounts > 0);
    totals
}

/// What kind of movement a flow is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    /// Pays now, and did not at the start.
    Entered,
    /// Paid at the start and pays now.
    Moved,
    /// Paid at the start, and does not now.
    Left,
}

impl FlowKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Entered, Self::Moved, Self::Left];

    /// The name in addresses and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Moved => "moved",
            Self::Left => "left",
        }
    }
}

/// The accounts that went from one place to another in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Flow {
    /// What kind of movement it is.
    pub kind: FlowKind,
    /// Where they stood at the start.
    pub from: Standing,
    /// Where they stand at the end; may be the same stage.
    pub to: Standing,
    /// How many accounts.
    pub accounts: u32,
    /// Their MRR at the start.
    pub mrr_before: Amount,
    /// Their MRR at the end.
    pub mrr_after: Amount,
}

/// An account of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Which.
    pub account: AccountId,
    /// What kind of movement it is.
    pub kind: FlowKind,
    /// Where it stood at the start.
    pub from: Standing,
    /// Where it stands at the end; may be the same stage.
    pub to: Standing,
    /// Its MRR at the start.
    pub mrr_before: Amount,
    /// Its MRR at the end.
    pub mrr_after: Amount,
}

/// What became of each account between two days, those who stayed in their
/// stage included, in order of ids. Accounts that pay on neither day do not
/// move. An account that is missing at one end counts as a prospect there at the
/// start and as former at the end.
#[must_use]
pub fn moves(start: &[Position], end: &[Position]) -> Vec<Move> {
    let [start, end] = [start, end].map(|positions| {
        let mut sorted = positions.to_vec();
        sorted.sort_by_key(|position| position.account); // they mostly are
        sorted
    });
    let (mut start, mut end) = (start.into_iter().peekable(), end.into_iter().peekable());
    let mut moves = Vec::new();
    loop {
        let account = match (start.peek(), end.peek()) {
            (None, None) => return moves,
            (Some(before), None) => before.account,
            (None, Some(after)) => after.account,
            (Some(before), Some(after)) => before.account.min(after.account),
        };
        let before = start.next_if(|position| position.account == account);
        let after = end.next_if(|position| position.account == account);
        moves.extend(moved(account, before, after));
    }
}

fn moved(account: AccountId, before: Option<Position>, after: Option<Position>) -> Option<Move> {
    let from = before.map_or(Standing::Prospect, |position| position.standing);
    let to = after.map_or(Standing::Former, |position| position.standing);
    let kind = match (from.stage(), to.stage()) {
        (None, None) => return None,
        (None, Some(_)) => FlowKind::Entered,
        (Some(_), Some(_)) => FlowKind::Moved,
        (Some(_), None) => FlowKind::Left,
    };
    let mrr = |position: Option<Position>| position.map(|position| position.mrr).unwrap_or_default();
    Some(Move { account, kind, from, to, mrr_before: mrr(before), mrr_after: mrr(after) })
}

/// What moved between two days: the [`moves`] counted, so that the `mrr_before`
/// of all flows is the MRR of the start and the `mrr_after` that of the end.
#[must_use]
pub fn flows(start: &[Position], end: &[Position]) -> Vec<Flow> {
    let mut flows: BTreeMap<(Standing, Standing), Flow> = BTreeMap::new();
    for Move { kind, from, to, mrr_before, mrr_after, .. } in moves(start, end) {
        let empty = Flow { kind, from, to, accounts: 0, mrr_before: Amount::ZERO, mrr_after: Amount::ZERO };
        let flow = flows.entry((from, to)).or_insert(empty);
        flow.accounts += 1;
        flow.mrr_before += mrr_before;
        flow.mrr_after += mrr_after;
    }
    flows.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(account: i64, standing: Standing, mrr: i64, overdue: bool) -> Position {
        Position { account: AccountId(account), standing, mrr: Amount::from_major(mrr), overdue }
    }

    const LAND: Standing = Standing::Customer(Stage::Land);
    const ADOPT: Standing = Standing::Customer(Stage::Adopt);

    #[test]
    fn the_loop_counts_accounts_and_arr_by_stage() {
        let book = [at(1, LAND, 10, true), at(2, LAND, 5, false), at(3, Standing::Former, 0, false)];
        let totals = stage_totals(&book);
        assert_eq!(totals.len(), 5, "four stages and the former");
        let land = totals[0];
        assert_eq!((land.accounts, land.arr), (2, Amount::from_major(180)));
        assert_eq!((land.overdue_accounts, land.overdue_arr), (1, Amount::from_major(120)));
        assert_eq!(totals[4].standing, Standing::Former);
    }

    #[test]
    fn flows_tell_who_entered_moved_and_left() {
        let start = [at(1, LAND, 10, false), at(2, ADOPT, 20, false), at(3, Standing::Trial, 0, false)];
        let end = [at(1, ADOPT, 12, false), at(2, Standing::Former, 0, false), at(3, LAND, 7, false)];
        let told: Vec<(FlowKind, &str, &str, u32)> = flows(&start, &end)
            .iter()
            .map(|flow| (flow.kind, flow.from.key(), flow.to.key(), flow.accounts))
            .collect();
        assert_eq!(
            told,
            [
                (FlowKind::Entered, "trial", "land", 1),
                (FlowKind::Moved, "land", "adopt", 1),
                (FlowKind::Left, "adopt", "former", 1),
            ]
        );
    }

    #[test]
    fn the_flows_add_up_to_both_ends() {
        let start = [at(1, LAND, 10, false), at(2, ADOPT, 20, false), at(9, Standing::Prospect, 0, false)];
        let end = [at(1, LAND, 11, false), at(4, LAND, 3, false), at(9, Standing::Prospect, 0, false)];
        let flows = flows(&start, &end);
        assert_eq!(flows.iter().map(|flow| flow.mrr_before).sum::<Amount>(), Amount::from_major(30));
        assert_eq!(flows.iter().map(|flow| flow.mrr_after).sum::<Amount>(), Amount::from_major(14));
    }

    #[test]
    fn each_flow_is_made_of_the_moves_of_its_accounts() {
        let start = [at(3, ADOPT, 20, false), at(1, LAND, 10, false), at(7, Standing::Prospect, 0, false)];
        let end = [at(1, ADOPT, 11, false), at(4, LAND, 3, false), at(7, Standing::Prospect, 0, false)];
        let told: Vec<(i64, FlowKind, &str, &str)> = moves(&start, &end)
            .iter()
            .map(|it| (it.account.0, it.kind, it.from.key(), it.to.key()))
            .collect();
        assert_eq!(
            told,
            [
                (1, FlowKind::Moved, "land", "adopt"),
                (3, FlowKind::Left, "adopt", "former"),
                (4, FlowKind::Entered, "prospect", "land"),
            ]
        );
    }
}
