//! `laer8 today`.

use super::limit_of;
use crate::{
    Done,
    cli::Format,
    conditions::{filter, parse, with_conditions},
    context::Context,
    failure::Failure,
    terminal,
};
use clap::Args;
use laer8_app::TodayQuery;
use laer8_domain::conditions::Condition;

const EXAMPLES: &str = "\
Examples:
  laer8 today
  laer8 today --owner \"Ana Silva\" --all
  laer8 today --where segment=enterprise --where \"arr>=50000\"
  laer8 today --as-of 2024-12-31 --format json | jq '.items[0]'

Each account has its most valuable signal: ! where it can't wait, the reason,
and → the next step. Amounts are annual recurring revenue; with a plus they
can be won, without they are at risk.

{CONDITIONS}";

/// What needs somebody today, ranked by money at stake, urgency and how near
/// the renewal is: why, and what to do about it.
#[derive(Debug, Args)]
#[command(after_help = with_conditions(EXAMPLES))]
pub(crate) struct TodayArgs {
    /// Only accounts of this owner
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only accounts for which this holds; may be given several times
    #[arg(long = "where", value_name = "CONDITION", value_parser = parse)]
    conditions: Vec<Condition>,
    /// How many accounts to list
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// List all of them
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

pub(crate) async fn run(context: &Context, args: &TodayArgs) -> Result<Done, Failure> {
    let app = context.app_with_facts().await?;
    let filter = filter(&args.conditions, args.owner.as_deref());
    // A program that reads JSON gets all, as it has no scrollback to fear for.
    let is_read = context.format == Format::Json;
    let limit = (!is_read).then(|| limit_of(args.limit, args.all));
    let query = TodayQuery::first(limit, filter);
    let view = app.today_list(&context.actor, context.as_of, &query).await?;
    context.show(&view, |page, view| terminal::today::draw(page, context.words, view))
}
