//! What makes it impossible to ship a message that is missing, half
//! translated, or called by a wrong name.

mod callers;
mod catalogue;
mod languages;
mod sentences;
mod typography;
mod vocabulary;
