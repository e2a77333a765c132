//! The API, asked without a network: every answer is what its own description
//! says, and what the use case says.

mod administration;
mod answers;
mod bulk;
mod callers;
mod changes;
mod description;
mod joins;
mod lists;
mod notes;
mod pages;
mod problems;
mod roles;
mod scene;
mod site;
mod uploads;
