//! `laer8 score`.

use crate::{Done, context::Context, failure::Failure, terminal};
use clap::Args;
use laer8_app::ScoreQuery;
use std::path::PathBuf;

/// Of the accounts that change band, those listed.
const CHANGING: usize = 15;

const EXAMPLES: &str = "\
Examples:
  laer8 score \"Helvetia Freight\"
  laer8 score helvetia --rows 10
  laer8 score \"#12\" --as-of 2024-06-30 --format json
  laer8 score --what-if my-renewal.toml

An account is found by its id in a source, by #ID, by its name, or by a part of
the name that no other has. A scorecard to try is one from `laer8 config get
scorecard renewal`, changed; nothing is saved by --what-if.";

/// Why an account has its score: what each measure adds to a neutral 50, what
/// is missing, and the source rows behind it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ScoreArgs {
    /// The account
    #[arg(required_unless_present = "what_if")]
    account: Option<String>,
    /// How many source rows to show for each measure
    #[arg(long, value_name = "N", default_value_t = 2)]
    rows: u64,
    /// For how many days back to show the score; 0 for none
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    history: u32,
    /// Instead of an account: what these scorecards would do to the book
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["account", "rows", "history"])]
    what_if: Vec<PathBuf>,
}

pub(crate) async fn run(context: &Context, args: &ScoreArgs) -> Result<Done, Failure> {
    let Some(account) = &args.account else {
        return what_if(context, &args.what_if).await;
    };
    let app = context.app_with_facts().await?;
    let query = ScoreQuery { account: account.clone(), rows: args.rows, history_days: args.history };
    let view = app.score(&context.actor, context.as_of, &query).await?;
    context.show(&view, |page, view| terminal::score::draw(page, context.words, view))
}

async fn what_if(context: &Context, files: &[PathBuf]) -> Result<Done, Failure> {
    let read = |file: &PathBuf| std::fs::read_to_string(file).map_err(Failure::read(file));
    let bodies: Vec<String> = files.iter().map(read).collect::<Result<_, _>>()?;
    let app = context.app_with_facts().await?;
    let view = app.what_if(&context.actor, context.as_of, &bodies).await?;
    let words = context.words;
    context.show(&view, |page, view| {
        terminal::what_if::draw(page, words, view, CHANGING);
        page.blank();
        page.remark(&words.say("what-if-nothing-saved"), terminal::tone::Tone::Quiet);
    })
}
