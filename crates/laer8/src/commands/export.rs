//! `laer8 export`.

use crate::{
    Done,
    context::Context,
    failure::Failure,
    progress::ImportProgress,
    terminal::{table::Cell, table::Column, table::Table, tone::Tone},
};
use clap::Args;
use laer8_words::{Arg, Words};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  laer8 export backup-2025-06-30/
  laer8 import restore backup-2025-06-30/ --data-dir /tmp/copy

One folder for each source, one file for each kind of record, one JSON object a
line: SOURCE/KIND.ndjson. Corrections and their dates are included. The folder
must be new or empty.";

const RESTORE_EXAMPLES: &str = "\
Examples:
  laer8 import restore backup-2025-06-30/
  laer8 import restore backup-2025-06-30/ --database-url postgres://ana@db/laer8

Each file is one transaction: killed, it can be run again, and what is known
already is not taken twice.";

/// Writes everything that is known as files, so that nothing is locked in.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExportArgs {
    /// Folder to write into
    dir: PathBuf,
}

/// Reads an export back.
#[derive(Debug, Args)]
#[command(after_help = RESTORE_EXAMPLES)]
pub(crate) struct RestoreArgs {
    /// Folder that was exported
    dir: PathBuf,
}

pub(crate) async fn run(context: &Context, args: &ExportArgs) -> Result<Done, Failure> {
    let app = context.app_with_facts().await?;
    let progress = ImportProgress::new(context.words);
    let report = app.export(&context.actor, &args.dir, &|report| progress.report(&report)).await;
    progress.finish();
    let words = context.words;
    context.show(&report?, |page, report| {
        page.title(&words.say("export-title"), "");
        page.blank();
        page.table(&files(words, &report.files));
        page.blank();
        let rows: u64 = report.files.iter().map(|(_, records)| records).sum();
        let folder = args.dir.display().to_string();
        let args = [("rows", Arg::from(rows)), ("file", Arg::Text(folder.as_str()))];
        page.paragraph(&words.say_with("exported", &args), Tone::Strong);
        page.paragraph(&words.say_with("export-hint", &[("folder", Arg::Text(&folder))]), Tone::Quiet);
    })
}

fn files(words: Words, files: &[(String, u64)]) -> Table {
    let mut table = Table::new(vec![
        Column::flexible(words.say("import-column-file"), 20),
        Column::right(words.say("import-column-rows")),
    ]);
    for (file, records) in files {
        let records = i64::try_from(*records).unwrap_or(i64::MAX);
        table.row(vec![Cell::plain(file.clone()), Cell::plain(words.count(records))]);
    }
    table
}

pub(crate) async fn restore(context: &Context, args: &RestoreArgs) -> Result<Done, Failure> {
    let app = context.app().await?;
    let progress = ImportProgress::new(context.words);
    let report = app.restore(&context.actor, &args.dir, &|report| progress.report(&report)).await;
    progress.finish();
    let report = report?;
    context.keep_results(&app).await?;
    let words = context.words;
    context.show(&report, |page, report| {
        let count = |count: u64| words.count(i64::try_from(count).unwrap_or(i64::MAX));
        let line = words.say_with(
            "restored",
            &[
                ("records", Arg::from(report.records)),
                ("taken", Arg::Text(&count(report.taken))),
                ("unchanged", Arg::Text(&count(report.unchanged))),
            ],
        );
        page.remark(&line, Tone::Plain);
        page.remark(&words.say("import-next"), Tone::Plain);
    })
}
