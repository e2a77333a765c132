//! A program that is killed loses nothing that it said it had done, and leaves
//! nothing half done.
#![allow(missing_docs, reason = "tests are named as sentences")]

mod clients;
mod edits;
mod events;
mod imports;
mod program;
