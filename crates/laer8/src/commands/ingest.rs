//! `laer8 ingest`.

use crate::{
    Done,
    cli::Format,
    context::Context,
    failure::Failure,
    output,
    progress::TapProgress,
    terminal::{ingest, tone::Tone},
};
use clap::{Args, Subcommand};
use laer8_app::{SINGER_PACKS, SingerReport, SingerRequest, singer_pack};
use std::{
    io::{Read, Write as _},
    path::Path,
    time::Instant,
};

/// What stands before the name of a mapping that ships with Laer8.
const PACK: &str = "pack:";

const EXAMPLES: &str = "\
Examples:
  tap-hubspot --config c.json | laer8 ingest singer --mapping pack:hubspot";

const SINGER_EXAMPLES: &str = "\
Examples:
  tap-hubspot -c c.json --catalog k.json | laer8 ingest singer --mapping pack:hubspot
  laer8 ingest singer --mapping pack:hubspot --print-state > state.json
  tap-hubspot -c c.json --catalog k.json -s state.json |
    laer8 ingest singer --mapping pack:hubspot >> states.jsonl
  laer8 ingest singer --mapping pack:stripe --print-mapping > stripe.toml
  tap-postgres --config c.json | laer8 ingest singer --mapping shop.toml --dry-run

Mappings that are shipped: pack:hubspot, pack:salesforce, pack:stripe,
pack:zendesk. Of your own, a [[stream]] section says what a record of a stream
is and which of its fields feeds which, as [[file]] does for files.

A state leaves on the standard output once all records before it are stored; the
last is kept in the workspace too, and --print-state prints it ({} before the
first). What else there is to say goes to the standard error. Killed at any
moment, the tap goes on from the last state: nothing is lost, nothing doubled.

Records that can't be taken are in quarantine: laer8 import quarantine. Those
that name what comes later in the tap's order are taken in at the end.

Exit codes: 0 done; 1 an error, or the tap ended in the middle of a line; 3
done, but records were refused.";

/// Takes in what flows from other systems.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct IngestArgs {
    #[command(subcommand)]
    from: From,
}

/// Where it flows from.
#[derive(Debug, Subcommand)]
enum From {
    /// What a Singer tap writes, from the standard input
    Singer(SingerArgs),
}

/// Reads what a Singer tap writes from the standard input, stores its records,
/// and writes out how far the tap is.
#[derive(Debug, Args)]
#[command(after_help = SINGER_EXAMPLES)]
pub(crate) struct SingerArgs {
    /// The mapping: a file, or pack:NAME for one that is shipped
    #[arg(long, value_name = "FILE")]
    mapping: String,
    /// Report what would happen, change nothing, and write no state
    #[arg(long)]
    dry_run: bool,
    /// Print the last state whose records are stored, for the tap's --state
    #[arg(long, conflicts_with = "dry_run")]
    print_state: bool,
    /// Print the mapping, to begin your own with
    #[arg(long, conflicts_with_all = ["dry_run", "print_state"])]
    print_mapping: bool,
}

pub(crate) async fn run(context: &Context, args: &IngestArgs) -> Result<Done, Failure> {
    match &args.from {
        From::Singer(args) => singer(context, args).await,
    }
}

/// The text of a mapping: of a file, or of one that is shipped.
pub(crate) fn mapping_text(name: &str) -> Result<String, Failure> {
    match name.strip_prefix(PACK) {
        Some(pack) => Ok(singer_pack(pack)?.to_owned()),
        None => {
            let path = Path::new(name);
            std::fs::read_to_string(path).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound if SINGER_PACKS.iter().any(|(pack, _)| *pack == name) => {
                    Failure::Usage(format!(
                        "there is no file {name}; the mapping that is shipped is {PACK}{name}"
                    ))
                }
                _ => Failure::read(path)(error),
            })
        }
    }
}

async fn singer(context: &Context, args: &SingerArgs) -> Result<Done, Failure> {
    let text = mapping_text(&args.mapping)?;
    if args.print_mapping {
        output::text(&text, crate::cli::Color::Never)?;
        return Ok(Done::Wholly);
    }
    let request = SingerRequest { mapping: &text, mapping_name: &args.mapping, dry_run: args.dry_run };
    if args.print_state {
        let app = context.app_on_trial().await?;
        let state = app.singer_state(&context.actor, &request).await?;
        output::text(&format!("{}\n", state.as_deref().unwrap_or("{}")), crate::cli::Color::Never)?;
        return Ok(Done::Wholly);
    }
    let app = if args.dry_run { context.app_on_trial().await? } else { context.app().await? };
    let started = Instant::now();
    let progress = TapProgress::new(context.words);
    let mut states = States { context, is_open: true };
    let report = app
        .ingest_singer(&context.actor, &request, stdin(), &mut |state| states.write(state), &|report| {
            progress.report(&report);
        })
        .await;
    progress.finish();
    let report = report?;
    if report.changed_anything() && !report.dry_run {
        context.keep_results(&app).await?;
    }
    show(context, &report, started)?;
    if report.cut_short {
        return Err(Failure::CutShort { line: report.lines + 1 });
    }
    Ok(if report.refused() > 0 { Done::WithRefusals } else { Done::Wholly })
}

/// The standard input, to be read on another thread.
fn stdin() -> Box<dyn Read + Send> {
    Box::new(std::io::stdin())
}

/// Where states go.
struct States<'a> {
    context: &'a Context,
    is_open: bool,
}

impl States<'_> {
    /// Writes a state on a line of its own. When nobody reads states any more,
    /// the records are stored all the same: the last state is in the workspace.
    fn write(&mut self, state: &str) {
        if !self.is_open {
            return;
        }
        let mut out = std::io::stdout().lock();
        if writeln!(out, "{state}").and_then(|()| out.flush()).is_err() {
            self.is_open = false;
            let said = self.context.words.say("ingest-states-unread");
            output::note(&said, self.context.settings.color);
        }
    }
}

/// Shows what came on the standard error: the other output is the states'.
fn show(context: &Context, report: &SingerReport, started: Instant) -> Result<(), Failure> {
    if context.format == Format::Json {
        output::note(&serde_json::to_string(report)?, crate::cli::Color::Never);
        return Ok(());
    }
    let mut page = context.page();
    ingest::draw(&mut page, context.words, report, started.elapsed());
    if !report.whole && !report.dry_run {
        page.remark(&context.words.say("ingest-not-whole"), Tone::Warning);
    }
    output::note(page.text().trim_end_matches('\n'), context.settings.color);
    Ok(())
}
