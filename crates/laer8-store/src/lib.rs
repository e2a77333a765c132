//! Keeps facts and records, on SQLite and PostgreSQL; the only crate that knows SQL.
