//! `laer8 import`.

use super::{export, quarantine, suggest};
use crate::{Done, context::Context, failure::Failure, progress::ImportProgress, terminal};
use clap::{Args, Subcommand};
use laer8_app::{FileReport, Folder, ImportRequest};
use std::{
    path::{Path, PathBuf},
    time::Instant,
};

const EXAMPLES: &str = "\
Examples:
  laer8 import --suggest data/ --output data.toml   a first mapping
  laer8 import --mapping data.toml data/ --dry-run  what would happen
  laer8 import --mapping data.toml data/
  laer8 import quarantine --export to-mend/         rows that were refused
  laer8 import mend --mapping data.toml to-mend/    once they are mended

Importing the same files again changes nothing. Killed at any moment, the same
command goes on where it stopped. Exit code 3: done, but rows were refused.";

/// Brings files in by a mapping: a TOML document that says, for each file, what
/// a row is and which column feeds which field.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct ImportArgs {
    /// Folder with the files
    #[arg(required = true)]
    dir: Option<PathBuf>,
    /// The mapping
    #[arg(long, value_name = "FILE", required_unless_present = "suggest")]
    mapping: Option<PathBuf>,
    /// Report what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Write a first mapping for the files instead, with its doubts as comments
    #[arg(long, conflicts_with_all = ["mapping", "dry_run"])]
    suggest: bool,
    /// Where to write the suggested mapping; to the screen unless given
    #[arg(long, value_name = "FILE", requires = "suggest")]
    output: Option<PathBuf>,
    /// What to call the source in the suggested mapping; the folder's name
    /// unless given
    #[arg(long, value_name = "NAME", requires = "suggest")]
    source: Option<String>,
    #[command(subcommand)]
    after: Option<After>,
}

/// What comes after an import.
#[derive(Debug, Subcommand)]
enum After {
    /// List the rows that were refused, or write them out to be mended
    Quarantine(quarantine::QuarantineArgs),
    /// Read mended rows again
    Mend(quarantine::MendArgs),
    /// Read back what `laer8 export` wrote
    Restore(export::RestoreArgs),
}

pub(crate) async fn run(context: &Context, args: ImportArgs) -> Result<Done, Failure> {
    match args.after {
        Some(After::Quarantine(args)) => return quarantine::list(context, &args).await,
        Some(After::Mend(args)) => return quarantine::mend(context, &args).await,
        Some(After::Restore(args)) => return export::restore(context, &args).await,
        None => {}
    }
    // Both are demanded by the command line.
    let dir = args.dir.unwrap_or_default();
    if args.suggest {
        return suggest::run(context, &dir, args.output.as_deref(), args.source.as_deref());
    }
    import(context, &dir, &args.mapping.unwrap_or_default(), args.dry_run).await
}

async fn import(context: &Context, dir: &Path, mapping: &Path, dry_run: bool) -> Result<Done, Failure> {
    let text = std::fs::read_to_string(mapping).map_err(Failure::read(mapping))?;
    let app = if dry_run { context.app_on_trial().await? } else { context.app().await? };
    let name = mapping.display().to_string();
    let files = Folder(dir.to_owned());
    let request = ImportRequest { mapping: &text, mapping_name: &name, files: &files, dry_run };
    let started = Instant::now();
    let progress = ImportProgress::new(context.words);
    let report = app.import(&context.actor, &request, &|report| progress.report(&report)).await;
    progress.finish();
    let (report, took) = (report?, started.elapsed());
    if !dry_run {
        context.keep_results(&app).await?;
    }
    context.show(&report, |page, report| {
        terminal::imports::draw(page, context.words, report, took);
    })?;
    Ok(done_with(&report.files))
}

/// How a command ended that read these files.
pub(crate) fn done_with(files: &[FileReport]) -> Done {
    if files.iter().any(|file| file.refused > 0) { Done::WithRefusals } else { Done::Wholly }
}
