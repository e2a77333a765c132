//! The program `laer8`: command line, settings, wiring.
//!
//! `commands` has one file for each command: it reads what was asked, calls
//! one use case and hands the answer to `terminal`, which turns it into text
//! and knows nothing else. Nothing here holds a rule about customers.

mod cli;
mod commands;
mod conditions;
mod context;
mod failure;
mod output;
mod progress;
mod settings;
mod terminal;

use clap::Parser as _;
use cli::Cli;
use context::Context;
use failure::Failure;
use laer8_words::{Language, Words};
use std::process::ExitCode;

/// Reading and storing hand many small values from one thread to another,
/// where the system's allocator spends a quarter of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The command was done, with something left over: rows went to quarantine.
const LEFT_OVER: u8 = 3;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    /// Wholly.
    Wholly,
    /// Some rows were refused.
    WithRefusals,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    log_to_stderr();
    let global = cli.global;
    let locale = Words::new(settings::locale_language());
    let context = match Context::new(&global) {
        Ok(context) => context,
        Err(failure) => return report(&failure, locale, &global),
    };
    let words = context.words;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(&context, cli.command)),
        Err(error) => Err(Failure::Output(error)),
    };
    match done {
        Ok(Done::Wholly) => ExitCode::SUCCESS,
        Ok(Done::WithRefusals) => ExitCode::from(LEFT_OVER),
        Err(failure) => report(&failure, words, &global),
    }
}

/// Says what went wrong, once, and turns it into an exit code. Whoever closed
/// the pipe has seen enough: that is no error.
fn report(failure: &Failure, words: Words, global: &cli::Global) -> ExitCode {
    if failure.is_broken_pipe() {
        return ExitCode::SUCCESS;
    }
    output::error(failure.code(), &failure.said(words), global.format, global.color);
    ExitCode::from(failure.exit_code())
}

/// Logs for whoever looks for a fault: `LAER8_LOG=debug`.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_default_directive(tracing_subscriber::filter::LevelFilter::ERROR.into())
        .with_env_var("LAER8_LOG")
        .from_env_lossy();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// The language of the program where nobody asked for another.
pub(crate) const DEFAULT_LANGUAGE: Language = Language::En;
