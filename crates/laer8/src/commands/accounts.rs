//! `laer8 accounts`.

use super::limit_of;
use crate::{
    Done,
    conditions::{filter, parse, with_conditions},
    context::Context,
    failure::Failure,
    terminal,
};
use clap::{Args, ValueEnum};
use laer8_app::{AccountsQuery, Column, Sort as Order};
use laer8_domain::conditions::Condition;

const EXAMPLES: &str = "\
Examples:
  laer8 accounts
  laer8 accounts --sort score --where stage=renew
  laer8 accounts --where \"score<50\" --where plan=Pro,Enterprise --all
  laer8 accounts --format json | jq -r '.accounts[].name'

A stage with ! lasts longer than it should.

{CONDITIONS}";

/// The accounts of the book: stage, health and its change, revenue, renewal.
#[derive(Debug, Args)]
#[command(after_help = with_conditions(EXAMPLES))]
pub(crate) struct AccountsArgs {
    /// Only accounts for which this holds; may be given several times
    #[arg(long = "where", value_name = "CONDITION", value_parser = parse)]
    conditions: Vec<Condition>,
    /// What comes first: most revenue, lowest score, deepest fall in 30 days,
    /// nearest renewal, or the name
    #[arg(long, value_enum, default_value_t = Sort::Arr)]
    sort: Sort,
    /// How many accounts to list
    #[arg(long, value_name = "N", default_value_t = 25)]
    limit: usize,
    /// List all of them
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    Arr,
    Score,
    Change,
    Renewal,
    Name,
}

pub(crate) async fn run(context: &Context, args: &AccountsArgs) -> Result<Done, Failure> {
    let app = context.app_with_facts().await?;
    let sort = match args.sort {
        Sort::Arr => Order::down(Column::Arr),
        Sort::Score => Order::up(Column::Score),
        Sort::Change => Order::up(Column::Change30),
        Sort::Renewal => Order::up(Column::RenewalOn),
        Sort::Name => Order::up(Column::Name),
    };
    let query = AccountsQuery { sort, ..AccountsQuery::of(&filter(&args.conditions, None)) };
    let view = app.accounts(&context.actor, context.as_of, &query).await?;
    let limit = limit_of(args.limit, args.all);
    context.show(&view, |page, view| terminal::accounts::draw(page, context.words, view, limit))
}
