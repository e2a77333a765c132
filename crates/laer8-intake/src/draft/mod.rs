//! A mapping while people choose, column by column, what becomes of it.
//!
//! The document stays the truth: it is read into what a form shows, and what a
//! form sends changes only the keys that somebody chose otherwise. Whatever a
//! form has no place for (translations, conditions, comments) stays as it is.

mod change;
mod questions;
mod read;

use crate::{
    mapping::{MappingErrors, RecordKind, fits},
    suggest::TableLook,
};
pub use questions::{Choice, Question};
use toml_edit::{DocumentMut, Item, Table};

/// A mapping that is being drafted.
#[derive(Debug, Clone)]
pub struct Draft(DocumentMut);

/// What becomes of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Use {
    /// It fills this field.
    Field(String),
    /// It becomes a trait.
    Trait,
}

/// A field that the mapping itself fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The field.
    pub field: &'static str,
    /// What it is given; none for the day of the import.
    pub value: Option<String>,
    /// What can be chosen, where it is one of a closed set.
    pub words: Vec<String>,
}

/// One `[[file]]` of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSection {
    /// Its place among them, from 0.
    pub position: usize,
    /// The file that it reads, or a pattern.
    pub name: String,
    /// The sheet that it reads.
    pub sheet: Option<String>,
    /// What its rows are.
    pub record: RecordKind,
    /// What becomes of which column, for those that are read.
    pub uses: Vec<(String, Use)>,
    /// The fields that no column fills.
    pub fixed: Vec<Fixed>,
    /// Fields that a column must be chosen for.
    pub wanted: Vec<&'static str>,
}

impl DraftSection {
    /// Whether it reads this table.
    #[must_use]
    pub fn reads(&self, table: &TableLook) -> bool {
        let is_same = |one: &str, other: &str| one.trim().eq_ignore_ascii_case(other.trim());
        let reads_sheet = match (&self.sheet, &table.sheet) {
            (Some(own), Some(sheet)) => is_same(own, sheet),
            (None, Some(_)) => false,
            (_, None) => true,
        };
        reads_sheet && fits(&self.name, &table.file)
    }
}

/// What somebody chose for a section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionChoice {
    /// The file that it reads, or a pattern; as it is where empty.
    pub name: String,
    /// For each column what becomes of it.
    pub uses: Vec<(String, Option<Use>)>,
    /// Fields and what they are given.
    pub fixed: Vec<(String, String)>,
}

impl Draft {
    /// Reads a document. It need not be a mapping yet.
    ///
    /// # Errors
    /// When it is no TOML.
    pub fn read(text: &str) -> Result<Self, MappingErrors> {
        let wrong = |error: toml_edit::TomlError| {
            MappingErrors(vec![crate::mapping::MappingError::Syntax(error.to_string())])
        };
        text.parse().map(Self).map_err(wrong)
    }

    /// The document as TOML.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// A text at the top of the document, such as `source`; none where there is
    /// none, or a question.
    #[must_use]
    pub fn top(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.as_str().filter(|text| !questions::is_question(text))
    }

    /// The formats of dates at the top of the document.
    #[must_use]
    pub fn dates(&self) -> Vec<String> {
        let texts = |item: &Item| match item.as_array() {
            Some(array) => array.iter().filter_map(|date| date.as_str().map(str::to_owned)).collect(),
            None => Vec::new(),
        };
        self.0.get("dates").map(texts).unwrap_or_default()
    }

    fn files(&self) -> impl Iterator<Item = &Table> {
        self.0.get("file").and_then(Item::as_array_of_tables).into_iter().flat_map(|files| files.iter())
    }

    fn file_mut(&mut self, position: usize) -> Option<&mut Table> {
        self.0.get_mut("file")?.as_array_of_tables_mut()?.get_mut(position)
    }
}

/// What a table of the document says of a section's name and sheet.
fn text_of(table: &Table, key: &str) -> Option<String> {
    table.get(key).and_then(Item::as_str).map(str::to_owned)
}
