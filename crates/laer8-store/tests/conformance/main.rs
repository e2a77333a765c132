//! What every database must do, run on SQLite and on PostgreSQL.
#![allow(missing_docs, reason = "tests are named as sentences")]

mod examples;
mod facts;
mod idempotency;
mod ids;
mod intake;
mod joins;
mod records;
mod saved_views;
mod secrets;
mod taps;
