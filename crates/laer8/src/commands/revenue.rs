//! `laer8 revenue`.

use super::limit_of;
use crate::{
    Done,
    cli::day,
    conditions::{filter, parse, with_conditions},
    context::Context,
    failure::Failure,
    terminal,
};
use clap::{Args, ValueEnum};
use laer8_app::RevenueQuery;
use laer8_domain::{
    conditions::Condition,
    days::{Day, Granularity},
};
use laer8_revenue::ledger::Movement;

const EXAMPLES: &str = "\
Examples:
  laer8 revenue
  laer8 revenue --from 2024-01-01 --to 2025-01-01 --period quarter
  laer8 revenue --by industry
  laer8 revenue --cohorts
  laer8 revenue --entries churn --from 2024-01-01 --to 2024-04-01
  laer8 revenue --from 2024-01-01 --to 2025-01-01 --format json | jq .nrr

Amounts are monthly recurring revenue. In JSON they are decimal strings, and
ratios are fractions, null over nothing. --to is the first day after the
window.

{CONDITIONS}";

/// Net growth first, then how it came about: movements, retention, and the
/// ledger entries behind every figure.
#[derive(Debug, Args)]
#[command(after_help = with_conditions(EXAMPLES))]
pub(crate) struct RevenueArgs {
    /// First day; a year before the end unless given
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// First day after; unless given, the window ends with the day looked at
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// How long the periods of the table are
    #[arg(long, value_enum, default_value_t = Period::Month)]
    period: Period,
    /// Break down the revenue at the end: plan, segment, industry, country,
    /// owner, or any trait
    #[arg(long, value_name = "FACET")]
    by: Option<String>,
    /// Follow the customers that started in each month
    #[arg(long)]
    cohorts: bool,
    /// List the ledger entries, all or of one movement
    #[arg(long, value_name = "MOVEMENT", num_args = 0..=1, default_missing_value = "all", value_parser = entries)]
    entries: Option<Entries>,
    /// How many ledger entries to list
    #[arg(long, value_name = "N", default_value_t = 40)]
    limit: usize,
    /// List all of them
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// Only accounts for which this holds; may be given several times
    #[arg(long = "where", value_name = "CONDITION", value_parser = parse)]
    conditions: Vec<Condition>,
}

/// How long the periods of the table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Period {
    Day,
    Month,
    Quarter,
    Year,
}

impl From<Period> for Granularity {
    fn from(period: Period) -> Self {
        match period {
            Period::Day => Self::Day,
            Period::Month => Self::Month,
            Period::Quarter => Self::Quarter,
            Period::Year => Self::Year,
        }
    }
}

/// Which ledger entries to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entries {
    All,
    Of(Movement),
}

fn entries(text: &str) -> Result<Entries, String> {
    if text == "all" {
        return Ok(Entries::All);
    }
    let movement = Movement::ALL.into_iter().find(|movement| movement.key() == text);
    let known = Movement::ALL.map(Movement::key).join(", ");
    movement.map(Entries::Of).ok_or_else(|| format!("the movements are {known}, or all"))
}

pub(crate) async fn run(context: &Context, args: &RevenueArgs) -> Result<Done, Failure> {
    let app = context.app_with_facts().await?;
    let granularity = Granularity::from(args.period);
    let query = RevenueQuery {
        from: args.from,
        months: None,
        to: args.to,
        granularity: Some(granularity),
        by: args.by.clone(),
        cohorts: args.cohorts,
        entries: args.entries.map(|entries| match entries {
            Entries::All => None,
            Entries::Of(movement) => Some(movement),
        }),
        filter: filter(&args.conditions, None),
    };
    let view = app.revenue(&context.actor, context.as_of, &query).await?;
    let (words, limit) = (context.words, limit_of(args.limit, args.all));
    context.show(&view, |page, view| {
        terminal::revenue::draw(page, words, view, granularity, args.by.as_deref(), limit);
    })
}
