//! What can be typed: the global flags and the commands.

use crate::commands::{
    accounts::AccountsArgs, config::ConfigArgs, demo::DemoArgs, export::ExportArgs, import::ImportArgs,
    ingest::IngestArgs, journey::JourneyArgs, revenue::RevenueArgs, score::ScoreArgs, serve::ServeArgs,
    source::SourceArgs, today::TodayArgs, user::UserArgs,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use laer8_app::AsOf;
use laer8_domain::days::Day;
use laer8_words::Language;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Try it:
  laer8 demo                                  a company to look around in
  laer8 serve                                 the same as pages, in a browser
  laer8 today                                 what to look at first
  laer8 score \"Helvetia Freight\"              why an account has its score

Your own data:
  laer8 import --suggest DIR --output m.toml  a first mapping, with its doubts
  laer8 import --mapping m.toml DIR           bring the files in
  TAP | laer8 ingest singer --mapping m.toml  bring in what a Singer tap writes

Settings, from the weakest to the strongest:
  defaults, laer8.toml in the current folder (or --config FILE), the
  environment, flags. `laer8 config show` prints what is in force.

  laer8.toml      environment           flag
  data_dir        LAER8_DATA_DIR        --data-dir       ./laer8-data
  database_url    LAER8_DATABASE_URL    --database-url   laer8.db in data_dir
  lang            LAER8_LANG            --lang           from LANG, else en
  color           LAER8_COLOR           --color          auto

  LAER8_LOG=debug writes a log to the standard error.

Exit codes:
  0  done
  1  an error; the message says what to do
  2  not understood: see --help
  3  imported, but some rows were refused and are in quarantine";

/// Point it at what you know about your customers. For every account it says
/// where it stands, how healthy it is and why, what is at risk or could grow,
/// and what to do today.
#[derive(Debug, Parser)]
#[command(name = "laer8", version)]
#[command(after_help = AFTER_HELP, subcommand_required = true, arg_required_else_help = true)]
#[command(disable_help_subcommand = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags that every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Global {
    /// The day to look at, with what was known then: 2024-12-31, or today.
    /// Unless given: today, or the day of the newest fact where that is old
    #[arg(long, global = true, value_name = "DAY", value_parser = as_of)]
    pub(crate) as_of: Option<AsOf>,
    /// text for people, or json for programs
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    pub(crate) format: Format,
    /// Language of the answers: en or es
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = language)]
    pub(crate) lang: Option<Language>,
    /// When to use colour: auto, always or never
    #[arg(long, global = true, value_enum, value_name = "WHEN", hide_possible_values = true)]
    pub(crate) color: Option<Color>,
    /// Folder of the embedded database
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Another database: sqlite://FILE or postgres://USER@HOST/NAME
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database_url: Option<String>,
    /// Settings file to use instead of laer8.toml in the current folder
    #[arg(long, global = true, value_name = "FILE", env = "LAER8_CONFIG", hide_env = true)]
    pub(crate) config: Option<PathBuf>,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Color {
    /// Where a person looks.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Fill an empty workspace with an invented company, and show it
    Demo(DemoArgs),
    /// Serve the pages to browsers
    Serve(ServeArgs),
    /// Bring files in, by a mapping
    Import(ImportArgs),
    /// Take in what flows from other systems: the taps of Singer
    Ingest(IngestArgs),
    /// Write everything that is known as files
    Export(ExportArgs),
    /// What to look at first, and why
    Today(TodayArgs),
    /// The accounts of the book
    Accounts(AccountsArgs),
    /// Why an account has its score; what a scorecard would do
    Score(ScoreArgs),
    /// The loop: who is where, what moved, what is overdue
    Journey(JourneyArgs),
    /// Growth, movements, retention, cohorts, and the ledger behind them
    Revenue(RevenueArgs),
    /// Settings, scorecards, segments and signals
    Config(ConfigArgs),
    /// Which products send events as they happen
    Source(SourceArgs),
    /// Who may use this workspace
    User(UserArgs),
}

/// A day as people type it.
pub(crate) fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not a day; write it like 2024-12-31"))
}

fn as_of(text: &str) -> Result<AsOf, String> {
    match text {
        "today" => Ok(AsOf::Today),
        "newest" => Ok(AsOf::Newest),
        other => match day(other) {
            Ok(day) => Ok(AsOf::Day(day)),
            Err(error) => Err(format!("{error}, or today")),
        },
    }
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_key(text).ok_or_else(|| "write en or es".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_examples() {
        fn check(command: &clap::Command) {
            for command in command.get_subcommands() {
                let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                assert!(help.contains("laer8 "), "{} has no example", command.get_name());
                check(command);
            }
        }
        check(&Cli::command());
    }

    #[test]
    fn a_day_is_a_date_or_a_word() {
        assert_eq!(as_of("today"), Ok(AsOf::Today));
        assert!(matches!(as_of("2024-12-31"), Ok(AsOf::Day(_))));
        assert!(as_of("31.12.2024").is_err_and(|error| error.contains("like 2024-12-31, or today")));
    }
}
