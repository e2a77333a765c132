//! `laer8 journey`.

use crate::{
    Done,
    conditions::{filter, parse, with_conditions},
    context::Context,
    failure::Failure,
    terminal,
};
use clap::Args;
use laer8_app::JourneyQuery;
use laer8_domain::conditions::Condition;

const EXAMPLES: &str = "\
Examples:
  laer8 journey
  laer8 journey --months 3
  laer8 journey --where segment=enterprise --as-of 2024-06-30

▒ is what lasts longer than it should: the target of each stage is in
`laer8 config get journey`.

{CONDITIONS}";

/// The loop of Land, Adopt, Expand and Renew: who is where, what moved, what is
/// overdue; and the layer-8 matrix, which crosses "works as promised" with "is
/// used to its potential".
#[derive(Debug, Args)]
#[command(after_help = with_conditions(EXAMPLES))]
pub(crate) struct JourneyArgs {
    /// For how many months back to count what moved
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=1200))]
    months: u32,
    /// Only accounts for which this holds; may be given several times
    #[arg(long = "where", value_name = "CONDITION", value_parser = parse)]
    conditions: Vec<Condition>,
}

pub(crate) async fn run(context: &Context, args: &JourneyArgs) -> Result<Done, Failure> {
    let app = context.app_with_facts().await?;
    let filter = filter(&args.conditions, None);
    let query = JourneyQuery::over(args.months, filter);
    let view = app.journey(&context.actor, context.as_of, &query).await?;
    context.show(&view, |page, view| terminal::journey::draw(page, context.words, view))
}
