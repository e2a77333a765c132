//! `laer8 demo`.

use super::serve;
use crate::{
    Done,
    cli::{Format, day},
    context::Context,
    failure::Failure,
    output,
    progress::DemoProgress,
    terminal::{self, page::Page, tone::Tone},
};
use clap::Args;
use laer8_app::{App, AppError, DemoReport, DemoRequest, Filter, TodayQuery};
use laer8_domain::days::Day;
use laer8_words::Arg;
use std::net::SocketAddr;

/// Of today's list, the accounts shown.
const SHOWN: usize = 5;

const EXAMPLES: &str = "\
Examples:
  laer8 demo
  laer8 demo --listen 127.0.0.1:8008
  laer8 demo --data-dir /tmp/demo --lang es
  laer8 demo --accounts 1000 --seed 7 --last-day 2025-06-30

The same seed, number and last day make the same company. It needs a workspace
of its own; where the demo company is there already, it is only shown.";

/// Fills an empty workspace with an invented company: about 300 customers over
/// three years, with their usage, tickets, surveys and contacts. Then shows it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DemoArgs {
    /// How many accounts
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    accounts: Option<u32>,
    /// Another seed is another company
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The last day on which anything happens; today unless given
    #[arg(long, value_name = "DAY", value_parser = day)]
    last_day: Option<Day>,
    /// Then serve the pages at this address of this machine
    #[arg(long, value_name = "ADDR", value_parser = serve::loopback)]
    listen: Option<SocketAddr>,
}

pub(crate) async fn run(context: &Context, args: &DemoArgs) -> Result<Done, Failure> {
    let app = context.app().await?;
    let defaults = DemoRequest::default();
    let request = DemoRequest {
        seed: args.seed.unwrap_or(defaults.seed),
        accounts: args.accounts.unwrap_or(defaults.accounts),
        last_day: args.last_day,
    };
    let made = if is_filled(context, &app).await? { None } else { Some(fill(context, &app, request).await?) };
    if made.is_some() {
        context.keep_results(&app).await?;
    }
    if context.format == Format::Json {
        return json(context, &app, made).await;
    }
    let mut page = context.page();
    introduce(&mut page, context, request, made);
    let view = app.today_list(&context.actor, context.as_of, &few()).await?;
    page.blank();
    terminal::today::draw(&mut page, context.words, &view);
    page.blank();
    if args.listen.is_none() {
        page.remark(&context.words.say("demo-next"), Tone::Plain);
    }
    let done = context.print(&page)?;
    match args.listen {
        Some(address) => serve::open(context, app.clone(), address).await,
        None => Ok(done),
    }
}

/// Whether the demo company is there. The audit log remembers who filled it.
async fn is_filled(context: &Context, app: &App) -> Result<bool, AppError> {
    let log = app.audit_log(&context.actor, u64::from(u32::MAX)).await?;
    Ok(log.iter().any(|entry| entry.action == "demo.fill"))
}

async fn fill(context: &Context, app: &App, request: DemoRequest) -> Result<DemoReport, AppError> {
    let progress = DemoProgress::new(context.words);
    let made = app.demo(&context.actor, request, &|report| progress.report(&report)).await;
    progress.finish();
    made
}

fn introduce(page: &mut Page, context: &Context, request: DemoRequest, made: Option<DemoReport>) {
    let words = context.words;
    page.title(&words.say("demo-title"), "");
    match made {
        None => page.remark(&words.say("demo-exists"), Tone::Plain),
        Some(made) => {
            let line = words.say_with(
                "demo-made",
                &[
                    ("accounts", Arg::from(made.accounts)),
                    ("records", Arg::from(made.records)),
                    ("day", Arg::Text(&words.day(made.last_day))),
                    ("seed", Arg::Text(&request.seed.to_string())),
                ],
            );
            page.remark(&line, Tone::Plain);
        }
    }
    page.remark(&words.say("demo-invented"), Tone::Quiet);
}

/// The most urgent of all.
fn few() -> TodayQuery {
    TodayQuery::first(Some(SHOWN), Filter::default())
}

async fn json(context: &Context, app: &App, made: Option<DemoReport>) -> Result<Done, Failure> {
    let today = app.today_list(&context.actor, context.as_of, &TodayQuery::default()).await?;
    output::json(&serde_json::json!({ "made": made, "today": today }))?;
    Ok(Done::Wholly)
}
