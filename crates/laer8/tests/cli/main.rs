//! The program as a person or a script sees it: text in both languages at 80
//! columns, JSON, exit codes, settings.

mod answers;
mod import;
mod ingest;
mod pages;
mod settings;
mod support;
