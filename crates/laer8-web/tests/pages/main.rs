//! The pages as a browser gets them, on a small demo company.
#![allow(missing_docs, reason = "tests are named as sentences")]

mod account_numbers;
mod audit;
mod doors;
mod edits;
mod figures;
mod glance_numbers;
mod identity;
mod live;
mod numbers;
mod reading;
mod roles;
mod safety;
mod setup;
mod site;
mod sources;
mod states;
mod table;
mod wizard;
