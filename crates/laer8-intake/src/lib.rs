//! Reads files into records: CSV in all its forms, by a mapping.
