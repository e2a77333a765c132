//! The LAER loop: stages, potential, the layer-8 matrix, signals.
//!
//! Everything here is a pure function of [`laer8_domain::history::Seen`], an
//! account as it looked on a day, so nothing can look ahead. What only the
//! whole workspace can tell is passed in: what is [tracked](tracking) at all,
//! and the [profiles](potential) of the other accounts.
//!
//! The way through: [`config`] and the catalogue become [`rules::Rules`];
//! [`accounts::account_journey`] (or, day after day, [`replay::Replay`]) says
//! where an account stands; [`potential`] and [`works`] cross in the
//! [`matrix`]; [`mod@signals`] say what needs somebody; [`ranking`] puts them in
//! order for Today; [`flows`] sum up the book.

pub mod accounts;
mod activity;
pub mod config;
pub mod document;
#[cfg(test)]
mod examples;
pub mod flows;
pub mod matrix;
pub mod potential;
mod progress;
pub mod ranking;
pub mod renewal;
pub mod replay;
pub mod rules;
pub mod signals;
pub mod stages;
pub mod tracking;
pub mod works;

pub use accounts::{AccountJourney, Standing, account_journey};
pub use config::JourneyConfig;
pub use document::DocumentError;
pub use replay::Replay;
pub use rules::Rules;
pub use signals::{Signal, SignalKind, SignalsConfig, Situation, signals};
pub use stages::Stage;
pub use tracking::{Tracked, Tracking};
