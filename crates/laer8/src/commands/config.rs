//! `laer8 config`.

use crate::{
    Done,
    cli::{Color, Format},
    context::Context,
    failure::Failure,
    output,
    settings::{KEYS, without_password},
    terminal::{self, config::Setting, tone::Tone},
};
use clap::{Args, Subcommand};
use laer8_app::{AppError, ConfigDocument, KINDS, WhatIfView};
use laer8_words::Arg;
use std::path::PathBuf;

/// Of the accounts that change band, those listed.
const CHANGING: usize = 10;

const EXAMPLES: &str = "\
Examples:
  laer8 config show
  laer8 config documents
  laer8 config get scorecard renewal > renewal.toml
  laer8 config put scorecard renewal.toml --dry-run
  laer8 config put scorecard renewal.toml
  laer8 config rollback scorecard renewal 0   (0 is the shipped version)";

/// Settings in force, and the documents that say how customers are scored,
/// segmented and watched.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Each setting in force, and where it comes from
    #[command(after_help = EXAMPLES)]
    Show,
    /// The documents in force, with their versions
    #[command(after_help = EXAMPLES)]
    Documents,
    /// Print a document
    #[command(after_help = EXAMPLES)]
    Get {
        /// identity, journey, scorecard, segments or signals
        #[arg(value_parser = KINDS)]
        kind: String,
        /// Which scorecard
        key: Option<String>,
    },
    /// Put a document in force; of a scorecard, what it would do is shown first
    #[command(after_help = EXAMPLES)]
    Put {
        /// identity, journey, scorecard, segments or signals
        #[arg(value_parser = KINDS)]
        kind: String,
        /// The document, as TOML
        file: PathBuf,
        /// Check it, show what it would do, and save nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Put an earlier version of a document in force again
    #[command(after_help = EXAMPLES)]
    Rollback {
        /// identity, journey, scorecard, segments or signals
        #[arg(value_parser = KINDS)]
        kind: String,
        /// Which of its kind
        key: String,
        /// The version; 0 is the shipped one
        version: u32,
    },
}

pub(crate) async fn run(context: &Context, args: ConfigArgs) -> Result<Done, Failure> {
    match args.command {
        ConfigCommand::Show => show(context),
        ConfigCommand::Documents => documents(context).await,
        ConfigCommand::Get { kind, key } => get(context, &kind, key.as_deref()).await,
        ConfigCommand::Put { kind, file, dry_run } => put(context, &kind, &file, dry_run).await,
        ConfigCommand::Rollback { kind, key, version } => {
            let app = context.app().await?;
            let document = app.roll_back(&context.actor, &kind, &key, version).await?;
            context.keep_results(&app).await?;
            saved(context, &document, None)
        }
    }
}

fn show(context: &Context) -> Result<Done, Failure> {
    let settings = &context.settings;
    let color = match settings.color {
        Color::Auto => "auto",
        Color::Always => "always",
        Color::Never => "never",
    };
    let values = [
        settings.data_dir.display().to_string(),
        without_password(&settings.url()),
        settings.language.key().to_owned(),
        color.to_owned(),
    ];
    let settings: Vec<Setting> = KEYS
        .into_iter()
        .zip(values)
        .zip(settings.origins.clone())
        .map(|((key, value), origin)| (key, value, origin))
        .collect();
    if context.format == Format::Json {
        let object: serde_json::Map<String, serde_json::Value> = settings
            .iter()
            .map(|(key, value, origin)| {
                ((*key).to_owned(), serde_json::json!({ "value": value, "origin": origin }))
            })
            .collect();
        output::json(&object)?;
        return Ok(Done::Wholly);
    }
    let mut page = context.page();
    terminal::config::draw_settings(&mut page, context.words, &settings);
    context.print(&page)
}

async fn documents(context: &Context) -> Result<Done, Failure> {
    let app = context.app_on_trial().await?;
    let documents = app.documents(&context.actor).await?;
    context.show(&documents, |page, documents| {
        terminal::config::draw_documents(page, context.words, documents);
    })
}

async fn get(context: &Context, kind: &str, key: Option<&str>) -> Result<Done, Failure> {
    let app = context.app_on_trial().await?;
    let mut documents = app.documents(&context.actor).await?;
    documents.retain(|document| document.kind == kind);
    let keys = documents.iter().map(|document| document.key.as_str()).collect::<Vec<_>>().join(", ");
    let found = match key {
        Some(key) => documents.iter().find(|document| document.key == key),
        None if documents.len() == 1 => documents.first(),
        None => return Err(Failure::Usage(format!("say which {kind}: {keys}"))),
    };
    let not_found = || AppError::NotFound {
        kind: "document",
        name: format!("{kind} {}", key.unwrap_or_default()),
        hint: format!("; there is {keys}"),
    };
    let document = found.ok_or_else(not_found)?;
    if context.format == Format::Json {
        output::json(document)?;
        return Ok(Done::Wholly);
    }
    output::text(&document.body, context.settings.color)?;
    Ok(Done::Wholly)
}

async fn put(context: &Context, kind: &str, file: &std::path::Path, dry_run: bool) -> Result<Done, Failure> {
    let body = std::fs::read_to_string(file).map_err(Failure::read(file))?;
    let app = if dry_run { context.app_on_trial().await? } else { context.app().await? };
    let effect = if kind == "scorecard" {
        match app.what_if(&context.actor, context.as_of, std::slice::from_ref(&body)).await {
            Ok(view) => Some(view),
            // Without customers there is nobody whose score could change.
            Err(AppError::Empty) => None,
            Err(error) => return Err(error.into()),
        }
    } else {
        None
    };
    if dry_run {
        return tried(context, kind, effect.as_ref());
    }
    let document = app.put_document(&context.actor, kind, &body).await?;
    context.keep_results(&app).await?;
    saved(context, &document, effect.as_ref())
}

/// What a document would do, where that can be told before it is saved.
fn tried(context: &Context, kind: &str, effect: Option<&WhatIfView>) -> Result<Done, Failure> {
    if kind != "scorecard" {
        let why =
            "only a scorecard can be tried before it is saved; a version that was put can be rolled back";
        return Err(Failure::Usage(why.to_owned()));
    }
    if context.format == Format::Json {
        output::json(&effect)?;
        return Ok(Done::Wholly);
    }
    let mut page = context.page();
    if let Some(effect) = effect {
        terminal::what_if::draw(&mut page, context.words, effect, CHANGING);
        page.blank();
    }
    page.remark(&context.words.say("what-if-nothing-saved"), Tone::Quiet);
    context.print(&page)
}

fn saved(context: &Context, document: &ConfigDocument, effect: Option<&WhatIfView>) -> Result<Done, Failure> {
    if context.format == Format::Json {
        output::json(&serde_json::json!({ "document": document, "what_if": effect }))?;
        return Ok(Done::Wholly);
    }
    let mut page = context.page();
    if let Some(effect) = effect {
        terminal::what_if::draw(&mut page, context.words, effect, CHANGING);
        page.blank();
    }
    let line = context.words.say_with(
        "document-saved",
        &[
            ("kind", Arg::Text(&document.kind)),
            ("key", Arg::Text(&document.key)),
            ("version", Arg::Text(&document.version.to_string())),
        ],
    );
    page.remark(&line, Tone::Strong);
    context.print(&page)
}
