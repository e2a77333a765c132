//! The use cases on real databases.
#![allow(missing_docs, reason = "tests are named as sentences")]

mod accounts;
mod bulk;
mod company;
mod demo;
mod document_versions;
mod documents;
mod drops;
mod export;
mod fills;
mod health_days;
mod import;
mod joins;
mod kept;
mod live;
mod names;
mod notes;
mod quarantine;
mod ravenstack;
mod saved_views;
mod sign_in;
mod singer;
mod singer_refusals;
mod support;
mod tap;
mod uploads;
