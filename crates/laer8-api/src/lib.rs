//! The REST API under `/api/v1`, and the OpenAPI document that describes it.
//!
//! A handler checks the form of what is asked, calls one use case of
//! `laer8-app` and shows its answer: the API knows what the pages and the
//! command line know, by the same names. The document at `/api/openapi.json`
//! is put together from the handlers and the types that they answer with, so
//! it can't say anything else; `/api/docs` shows it to people.
//!
//! Every operation but those two asks who calls, see [`Api`].

#![expect(unused_qualifications, reason = "the macros that describe operations write `super::` before types")]

mod accounts;
mod asked;
mod audit;
mod body;
mod bulk;
mod caller;
mod catalog;
mod config;
mod document;
mod health;
mod imports;
mod joins;
mod journey;
mod keys;
mod notes;
mod page;
mod params;
mod place;
mod problem;
mod revenue;
mod routes;
mod rows_body;
mod scorecards;
mod sources;
mod today;
mod tracking;
mod upload;
mod users;
mod version;
mod viewer;
mod views;
mod what_if;
mod workspace;

pub use document::document;
pub use routes::routes;
pub use tracking::{TRACKING, tracking_routes};

use laer8_app::{Actor, App};

/// What the API is of.
#[derive(Debug, Clone)]
pub struct Api {
    /// What it can do.
    pub app: App,
    /// Who acts when nobody says who they are: the operator, where the API is
    /// served to one machine only. None refuses such requests with 401.
    pub unsigned: Option<Actor>,
}
