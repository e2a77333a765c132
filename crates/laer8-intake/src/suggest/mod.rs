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

pub(crate) use names::simple;

use crate::mapping::{Mapping, MappingError, RecordKind};
use profile::Profile;
use serde::{Deserialize, Serialize};
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

/// A table that was looked at: a file, or a sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableLook {
    /// The name of the file.
    pub file: String,
    /// The sheet, where the workbook has several.
    pub sheet: Option<String>,
    /// How many rows it has below its header.
    pub rows: u64,
    /// Its columns.
    pub columns: Vec<ColumnLook>,
}

/// A column that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnLook {
    /// Its name.
    pub name: String,
    /// Its first different values.
    pub samples: Vec<String>,
    /// What all of its values can be read as.
    pub holds: Holds,
}

/// What all values of a column can be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Nothing at all.
    Nothing,
    /// Words for true and false.
    Flags,
    /// Dates.
    Days,
    /// Numbers.
    Numbers,
    /// Texts.
    Texts,
}

/// What was seen in some files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// A first mapping.
    pub suggestion: Suggestion,
    /// The tables, by file.
    pub tables: Vec<TableLook>,
    /// Files and sheets that are no tables, with the reason.
    pub unreadable: Vec<(String, String)>,
}

/// What somebody says the rows of a table are: the file, its sheet, the kind.
pub type Said = (String, Option<String>, RecordKind);

/// A mapping for `files`, all of the source `source`. A file that can't be
/// read as a table is named in a comment with the reason.
#[must_use]
pub fn suggest<R: Read>(source: &str, files: Vec<Sample<R>>) -> Suggestion {
    look(source, files, &[]).suggestion
}

/// The same, with what was seen. Of the tables in `said`, the kind is not
/// guessed.
#[must_use]
pub fn look<R: Read>(source: &str, files: Vec<Sample<R>>, said: &[Said]) -> Look {
    let mut profiles = Vec::new();
    let mut unreadable = Vec::new();
    for file in files {
        match Profile::read(&file.name, file.bytes) {
            Ok(tables) => {
                for table in tables {
                    match table {
                        Ok(profile) => profiles.push(profile),
                        Err(reason) => unreadable.push((file.name.clone(), reason)),
                    }
                }
            }
            Err(error) => unreadable.push((file.name, error.to_string())),
        }
    }
    profiles.sort_by(|a, b| a.name.cmp(&b.name)); // sheets stay in their order
    let tables = profiles.iter().map(Profile::look).collect();
    let mut files = guess::kinds(&profiles, said);
    links::find(&mut files);
    let formats = settle::settle(&files);
    let text = text::write(source, &files, &formats, &unreadable);
    let questions = open_questions(&text);
    let doubts = text.matches("In doubt").count();
    Look { suggestion: Suggestion { text, questions, doubts }, tables, unreadable }
}

fn open_questions(text: &str) -> usize {
    let Err(errors) = Mapping::parse(text) else { return 0 };
    errors.0.iter().filter(|error| matches!(error, MappingError::Undecided { .. })).count()
}
