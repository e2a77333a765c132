//! `laer8 source`.

use crate::{Done, context::Context, failure::Failure, terminal};
use clap::{Args, Subcommand};
use laer8_app::{AppError, LiveSourceDraft, LiveSourceView};
use std::slice;

const EXAMPLES: &str = "\
Examples:
  laer8 source list
  laer8 source add product
  laer8 source add product --fresh-within 15
  laer8 source change product --off
  laer8 source renew-key product

A source sends events as they happen, by Segment's SDKs or HTTP API: give them
the address of `laer8 serve` as their host, and the write key of the source.
  curl -u WRITE_KEY: http://127.0.0.1:8008/v1/track \\
    -H 'Content-Type: application/json' \\
    -d '{\"userId\": \"ana\", \"event\": \"Report Exported\"}'

Events of a user count for the account that a group call named:
    -d '{\"userId\": \"ana\", \"groupId\": \"nordkap\", \"traits\": {\"name\": \"Nordkap\"}}'";

/// Which products send events, and how that goes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct SourceArgs {
    #[command(subcommand)]
    command: SourceCommand,
}

#[derive(Debug, Subcommand)]
enum SourceCommand {
    /// The sources, their keys, and what came
    #[command(after_help = EXAMPLES)]
    List,
    /// Let a source send events
    #[command(after_help = EXAMPLES)]
    Add {
        /// What it is called; that of an import sends events under the same ids
        name: String,
        /// Within how many minutes something should be heard of it
        #[arg(long, value_name = "MINUTES", default_value_t = 60)]
        fresh_within: u32,
    },
    /// Change a source
    #[command(after_help = EXAMPLES)]
    Change {
        /// What it is called
        name: String,
        /// Another name
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        /// Within how many minutes something should be heard of it
        #[arg(long, value_name = "MINUTES")]
        fresh_within: Option<u32>,
        /// Take no events of it
        #[arg(long, conflicts_with = "on")]
        off: bool,
        /// Take its events again
        #[arg(long)]
        on: bool,
    },
    /// Give a source another write key; the old one works no more
    #[command(after_help = EXAMPLES)]
    RenewKey {
        /// What it is called
        name: String,
    },
}

pub(crate) async fn run(context: &Context, args: SourceArgs) -> Result<Done, Failure> {
    let changed = match args.command {
        SourceCommand::List => {
            let app = context.app_on_trial().await?;
            let view = app.live_sources(&context.actor).await?;
            return context.show(&view, |page, view| {
                terminal::sources::draw(page, context.words, &view.sources, view.now);
            });
        }
        SourceCommand::Add { name, fresh_within } => {
            let draft = LiveSourceDraft { name: Some(name), fresh_minutes: Some(fresh_within), active: None };
            context.app().await?.add_live_source(&context.actor, &draft).await?
        }
        SourceCommand::Change { name, rename, fresh_within, off, on } => {
            let source = named(context, &name).await?;
            let active = if off { Some(false) } else { on.then_some(true) };
            let draft = LiveSourceDraft { name: rename, fresh_minutes: fresh_within, active };
            context.app().await?.change_live_source(&context.actor, source.id, &draft).await?
        }
        SourceCommand::RenewKey { name } => {
            let source = named(context, &name).await?;
            context.app().await?.renew_write_key(&context.actor, source.id).await?
        }
    };
    let now = changed.last_received_at.unwrap_or(changed.created_at);
    context.show(&changed, |page, source| {
        terminal::sources::draw(page, context.words, slice::from_ref(source), now);
    })
}

async fn named(context: &Context, name: &str) -> Result<LiveSourceView, Failure> {
    let not_found = || AppError::NotFound { kind: "source", name: name.to_owned(), hint: String::new() };
    if !context.has_database() {
        return Err(not_found().into());
    }
    let sources = context.app().await?.live_sources(&context.actor).await?.sources;
    Ok(sources.into_iter().find(|source| source.name == name).ok_or_else(not_found)?)
}
