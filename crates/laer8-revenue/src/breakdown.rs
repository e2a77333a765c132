//! ARR by anything: industry, country, owner, plan, a trait.

use crate::{arr, book::Selection};
use laer8_domain::{
    days::Day,
    ids::{AccountId, PlanId},
    money::Amount,
};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// ARR on a day, cut by a key. Amounts are in the reporting currency.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Breakdown {
    /// The day, at its end.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// ARR of all; the rows add up to it.
    pub arr: Amount,
    /// How many accounts pay.
    pub accounts: usize,
    /// The largest first; equal ones by key.
    pub rows: Vec<Row>,
}

/// The ARR behind one key.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = BreakdownRow)]
pub struct Row {
    /// The key; none for what has none.
    pub key: Option<String>,
    /// Annual recurring revenue.
    pub arr: Amount,
    /// How many accounts pay for it.
    pub accounts: usize,
    /// Of the whole ARR, as a fraction; none of nothing.
    pub share: Option<f64>,
}

/// ARR at the end of `day` by a key of the account. An account without a key
/// goes to the row without one; of two keys for an account the first counts.
/// Accounts that do not pay are in no row.
#[must_use]
pub fn breakdown(
    selection: &Selection<'_>,
    day: Day,
    keys: impl IntoIterator<Item = (AccountId, String)>,
) -> Breakdown {
    let mut key_of: FxHashMap<AccountId, String> = FxHashMap::default();
    for (account, key) in keys {
        key_of.entry(account).or_insert(key);
    }
    let mut rows = Rows::default();
    for ledger in selection.ledgers() {
        let mrr = ledger.mrr_on(day, selection.rates());
        if mrr.is_positive() {
            rows.add(key_of.get(&ledger.account()).map(String::as_str), mrr);
        }
    }
    let accounts = rows.0.values().map(|(_, accounts)| accounts).sum();
    rows.finish(day, accounts)
}

/// ARR at the end of `day` by plan. An account with several plans counts in the
/// row of each, so the rows' accounts may be more than the whole; their ARR adds
/// up exactly. `name` gives a plan its key; plans without one share a row.
#[must_use]
pub fn breakdown_by_plan(
    selection: &Selection<'_>,
    day: Day,
    name: impl Fn(PlanId) -> Option<String>,
) -> Breakdown {
    let plans_of: Vec<BTreeMap<Option<PlanId>, Amount>> =
        selection.ledgers().par_iter().map(|ledger| plans(selection, ledger, day)).collect();
    let mut rows = Rows::default();
    let mut names: FxHashMap<Option<PlanId>, Option<String>> = FxHashMap::default();
    for plans in &plans_of {
        let mut named: BTreeMap<Option<&str>, Amount> = BTreeMap::new();
        for plan in plans.keys() {
            names.entry(*plan).or_insert_with(|| plan.and_then(&name));
        }
        for (plan, mrr) in plans {
            *named.entry(names[plan].as_deref()).or_default() += *mrr;
        }
        named.into_iter().for_each(|(key, mrr)| rows.add(key, mrr));
    }
    let accounts = plans_of.iter().filter(|plans| !plans.is_empty()).count();
    rows.finish(day, accounts)
}

/// The accounts in one row of [`breakdown_by_plan`], with the MRR of the plans
/// of that key alone; the row's ARR is twelve times their sum.
#[must_use]
pub fn accounts_by_plan(
    selection: &Selection<'_>,
    day: Day,
    key: Option<&str>,
    name: impl Fn(PlanId) -> Option<String>,
) -> BTreeMap<AccountId, Amount> {
    let mut accounts = BTreeMap::new();
    for ledger in selection.ledgers() {
        for (plan, mrr) in plans(selection, ledger, day) {
            if plan.and_then(&name).as_deref() == key {
                *accounts.entry(ledger.account()).or_insert(Amount::ZERO) += mrr;
            }
        }
    }
    accounts
}

/// The MRR of each plan of one account; empty when it does not pay.
fn plans(
    selection: &Selection<'_>,
    ledger: &crate::ledger::AccountLedger<'_>,
    day: Day,
) -> BTreeMap<Option<PlanId>, Amount> {
    let mut plans = BTreeMap::new();
    if !ledger.mrr_on(day, selection.rates()).is_positive() {
        return plans;
    }
    let holdings = ledger.holdings(day, selection.rates());
    for holding in holdings.expect("the ledger was written with a rate on an earlier day") {
        let plan = holding.version.state.terms().map(|terms| terms.plan);
        *plans.entry(plan).or_insert(Amount::ZERO) += holding.amount;
    }
    plans
}

/// MRR and number of accounts by key.
#[derive(Default)]
struct Rows(BTreeMap<Option<String>, (Amount, usize)>);

impl Rows {
    fn add(&mut self, key: Option<&str>, mrr: Amount) {
        let (sum, accounts) = self.0.entry(key.map(str::to_owned)).or_default();
        *sum += mrr;
        *accounts += 1;
    }

    fn finish(self, day: Day, accounts: usize) -> Breakdown {
        let whole = arr(self.0.values().map(|(mrr, _)| *mrr).sum());
        let row = |(key, (mrr, accounts)): (Option<String>, (Amount, usize))| {
            let arr = arr(mrr);
            Row { key, arr, accounts, share: arr.ratio_to(whole) }
        };
        let mut rows: Vec<Row> = self.0.into_iter().map(row).collect();
        rows.sort_by(|a, b| b.arr.cmp(&a.arr).then_with(|| a.key.cmp(&b.key)));
        Breakdown { day, arr: whole, accounts, rows }
    }
}
