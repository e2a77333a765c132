//! `laer8 import quarantine` and `laer8 import mend`.

use super::{import::done_with, ingest::mapping_text, limit_of};
use crate::{
    Done, cli::Format, context::Context, failure::Failure, output, progress::ImportProgress, terminal,
    terminal::tone::Tone,
};
use clap::Args;
use laer8_app::{Folder, QuarantineFile};
use laer8_words::Arg;
use std::path::{Path, PathBuf};

const LIST_EXAMPLES: &str = "\
Examples:
  laer8 import quarantine
  laer8 import quarantine --export to-mend/
  laer8 import quarantine --format json | jq 'group_by(.reason)'

--export writes a *.quarantine.csv for each file that rows were refused from,
with the reason beside each row. Mend the cells and hand the folder to
`laer8 import mend`.";

const MEND_EXAMPLES: &str = "\
Examples:
  laer8 import mend --mapping data.toml to-mend/

A mended row counts as if it had been right when its file was first imported.
Exit code 3: some rows are still refused.";

/// Rows that were refused, and why.
#[derive(Debug, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub(crate) struct QuarantineArgs {
    /// Write them to files in this folder, to be mended
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
    /// How many rows to list
    #[arg(long, value_name = "N", default_value_t = 25)]
    limit: usize,
    /// List all of them
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

/// Reads mended rows again.
#[derive(Debug, Args)]
#[command(after_help = MEND_EXAMPLES)]
pub(crate) struct MendArgs {
    /// Folder with the mended *.quarantine.csv files
    dir: PathBuf,
    /// The mapping that their originals were read by; pack:NAME for a shipped one
    #[arg(long, value_name = "FILE")]
    mapping: String,
}

pub(crate) async fn list(context: &Context, args: &QuarantineArgs) -> Result<Done, Failure> {
    let app = context.app_on_trial().await?;
    let Some(folder) = &args.export else {
        let rows = app.quarantine(&context.actor).await?;
        let limit = limit_of(args.limit, args.all);
        return context.show(&rows, |page, rows| {
            terminal::quarantine::draw(page, context.words, rows, limit);
        });
    };
    let files = app.export_quarantine(&context.actor).await?;
    write(folder, &files)?;
    written(context, folder, &files)
}

fn write(folder: &Path, files: &[QuarantineFile]) -> Result<(), Failure> {
    if files.is_empty() {
        return Ok(());
    }
    std::fs::create_dir_all(folder).map_err(Failure::write(folder))?;
    for file in files {
        // Mending takes time: what was mended already must not be written over.
        let path = folder.join(&file.name);
        let mut new = std::fs::File::create_new(&path).map_err(Failure::write(&path))?;
        std::io::Write::write_all(&mut new, &file.contents).map_err(Failure::write(&path))?;
    }
    Ok(())
}

fn written(context: &Context, folder: &Path, files: &[QuarantineFile]) -> Result<Done, Failure> {
    if context.format == Format::Json {
        let named = |file: &QuarantineFile| serde_json::json!({ "name": file.name, "rows": file.rows });
        output::json(&files.iter().map(named).collect::<Vec<_>>())?;
        return Ok(Done::Wholly);
    }
    let words = context.words;
    let mut page = context.page();
    if files.is_empty() {
        page.remark(&words.say("quarantine-empty"), Tone::Plain);
    }
    for file in files {
        let path = folder.join(&file.name).display().to_string();
        let args = [("rows", Arg::from(file.rows)), ("file", Arg::Text(path.as_str()))];
        page.remark(&words.say_with("exported", &args), Tone::Plain);
    }
    if !files.is_empty() {
        let folder = folder.display().to_string();
        page.remark(&words.say_with("mend-hint", &[("folder", Arg::Text(&folder))]), Tone::Quiet);
    }
    context.print(&page)
}

pub(crate) async fn mend(context: &Context, args: &MendArgs) -> Result<Done, Failure> {
    let mapping = mapping_text(&args.mapping)?;
    let app = context.app_with_facts().await?;
    let progress = ImportProgress::new(context.words);
    let files = Folder(args.dir.clone());
    let report = app.mend(&context.actor, &mapping, &files, &|report| progress.report(&report)).await;
    progress.finish();
    let report = report?;
    context.keep_results(&app).await?;
    context.show(&report, |page, report| terminal::imports::draw_mended(page, context.words, report))?;
    Ok(done_with(&report.files))
}
