//! One file for each command: read what was asked, call one use case, show the
//! answer.

pub(crate) mod accounts;
pub(crate) mod config;
pub(crate) mod demo;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod ingest;
pub(crate) mod journey;
pub(crate) mod quarantine;
pub(crate) mod revenue;
pub(crate) mod score;
pub(crate) mod serve;
pub(crate) mod source;
pub(crate) mod suggest;
pub(crate) mod today;
pub(crate) mod user;

use crate::{Done, cli::Command, context::Context, failure::Failure};

/// Does what was asked.
pub(crate) async fn run(context: &Context, command: Command) -> Result<Done, Failure> {
    match command {
        Command::Demo(args) => demo::run(context, &args).await,
        Command::Serve(args) => serve::run(context, &args).await,
        Command::Import(args) => import::run(context, args).await,
        Command::Ingest(args) => ingest::run(context, &args).await,
        Command::Export(args) => export::run(context, &args).await,
        Command::Today(args) => today::run(context, &args).await,
        Command::Accounts(args) => accounts::run(context, &args).await,
        Command::Score(args) => score::run(context, &args).await,
        Command::Journey(args) => journey::run(context, &args).await,
        Command::Revenue(args) => revenue::run(context, &args).await,
        Command::Config(args) => config::run(context, args).await,
        Command::Source(args) => source::run(context, args).await,
        Command::User(args) => user::run(context, args).await,
    }
}

/// How many lines of a list are shown.
pub(crate) fn limit_of(limit: usize, all: bool) -> usize {
    if all { usize::MAX } else { limit }
}
