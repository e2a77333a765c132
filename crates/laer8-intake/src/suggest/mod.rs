//! Writes a first mapping by looking at files: their headers, and every value
//! of every column.
//!
//! What the files do not settle is written as a comment that begins with
//! `In doubt`. Where a wrong guess would do harm (a date that can be read in
//! two ways, a price without its period) the line below says `choose …`, and
//! the import refuses the mapping until somebody has.

mod evidence;
mod guess;
mod links;
mod names;
mod profile;
mod settle;
mod text;
mod words;

use crate::mapping::{Mapping, MappingError};
use profile::Profile;
use std::io::Read;

/// A mapping as a first guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The TOML document.
    pub text: String,
    /// Lines that the import refuses until one of the values offered is
    /// chosen; the document is a valid mapping when there are none, and a file
    /// could be read.
    pub questions: usize,
    /// Comments that begin with `In doubt`.
    pub doubts: usize,
}

/// A file to look at: its name without its folder, and its bytes. The whole
/// file is read, a row at a time.
#[derive(Debug)]
pub struct Sample<R> {
    /// The name.
    pub name: String,
    /// The bytes.
    pub bytes: R,
}

/// A mapping for `files`, all of the source `source`. A file that can't be
/// read as a table is named in a comment with the reason.
#[must_use]
pub fn suggest<R: Read>(source: &str, files: Vec<Sample<R>>) -> Suggestion {
    let mut profiles = Vec::new();
    let mut unreadable = Vec::new();
    for file in files {
        match Profile::read(&file.name, file.bytes) {
            Ok(profile) => profiles.push(profile),
            Err(error) => unreadable.push((file.name, error.to_string())),
        }
    }
    profiles.sort_by(|a, b| a.name.cmp(&b.name));
    let mut files = guess::kinds(&profiles);
    links::find(&mut files);
    let formats = settle::settle(&files);
    let text = text::write(source, &files, &formats, &unreadable);
    let questions = open_questions(&text);
    let doubts = text.matches("In doubt").count();
    Suggestion { text, questions, doubts }
}

fn open_questions(text: &str) -> usize {
    let Err(errors) = Mapping::parse(text) else { return 0 };
    errors.0.iter().filter(|error| matches!(error, MappingError::Undecided { .. })).count()
}
