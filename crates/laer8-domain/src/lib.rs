//! The nouns of customer success: ids, money, days, accounts, people,
//! subscriptions, usage, tickets, surveys, and *what was known when*.
//!
//! This crate has no I/O, no clock and no globals. "Today" is always an
//! argument. The two ideas to know before anything else:
//!
//! - A **fact** has two dates: when it happened and when it became known. See
//!   [`provenance`].
//! - [`history::AccountHistory`] holds every fact of one account;
//!   [`history::Seen`] is that history through the eyes of one day. All that
//!   Laer8 works out is a function of a `Seen`, which is why nothing can look
//!   ahead.

pub mod accounts;
pub mod catalog;
pub mod churn_events;
pub mod conditions;
pub mod days;
pub mod exchange;
pub mod feeds;
pub mod history;
pub mod identity;
pub mod ids;
pub mod money;
pub mod notes;
pub mod people;
pub mod provenance;
pub mod records;
pub mod subscriptions;
pub mod surveys;
pub mod tickets;
pub mod usage;
pub mod users;
pub mod values;
