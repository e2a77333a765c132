//! Health scores: measures, curves, scorecards, explanations.
//!
//! From facts to a score, one module for each step:
//!
//! 1. [`subject::Subject`] is an account on a day; [`measures`] turns it into
//!    [`values::Values`]: a number, or the reason why there is none.
//! 2. A [`scorecard::Scorecard`] gives each value points by a
//!    [`curve::Curve`], weighs them, and sets caps. [`select`] chooses the
//!    scorecard of an account by its segment and stage; [`segments`] assigns
//!    the segment.
//! 3. [`score`] computes the score in bulk; [`explain`] shows how it came
//!    about. A property test holds the two to the same result.
//! 4. [`scoring::Scoring`] joins these for one account and a day, [`replay`]
//!    for every day of a window, [`whatif`] for a changed set of scorecards.
//!    [`measured`] keeps what any scorecard may ask of an account, so that many
//!    can be tried without its history.
//!
//! Scorecards and segments are TOML documents, see `packs/`. This crate reads
//! them from text; where the text comes from is the caller's business.

pub mod curve;
pub mod departures;
pub mod explain;
pub mod measured;
pub mod measures;
pub mod names;
pub mod replay;
pub mod score;
pub mod scorecard;
pub mod scoring;
pub mod segments;
pub mod select;
pub mod subject;
pub mod tracked;
pub mod values;
pub mod whatif;
pub mod when;

#[cfg(test)]
mod examples;
