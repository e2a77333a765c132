//! The API, asked without a network: every answer is what its own description
//! says, and what the use case says.

mod answers;
mod changes;
mod description;
mod pages;
mod problems;
mod site;
