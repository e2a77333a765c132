//! A file as a whole: what each column holds.

use super::{
    ColumnLook, Holds, TableLook,
    evidence::{DateEvidence, DateReaders, FlagEvidence, NumberEvidence},
};
use crate::{
    csv::{Encoding, RawRow, Table},
    error::IntakeError,
    formats::FlagWords,
    workbook::{self, Workbook},
};
use std::{
    collections::{BTreeMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    io::{self, Cursor, Read},
    sync::Arc,
};

/// Above this many different values a column is not a list of words.
const MOST_WORDS: usize = 24;

/// Above this many different values no more are remembered: enough to tell
/// whether one column holds the ids of another.
const MOST_VALUES: usize = 200_000;

/// How many values of a column are shown.
const SAMPLES: usize = 3;

/// What a column holds.
#[derive(Debug, Default)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) filled: u64,
    pub(super) empty: u64,
    /// Hashes of the different values.
    pub(super) values: HashSet<u64>,
    /// The different values with their counts, while they are few.
    words: BTreeMap<String, u64>,
    many_words: bool,
    pub(super) dates: DateEvidence,
    pub(super) numbers: NumberEvidence,
    pub(super) flags: FlagEvidence,
    /// The first different values, to be shown.
    pub(super) samples: Vec<String>,
}

/// A file and its columns.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) name: String,
    /// Of a workbook with several sheets, which.
    pub(super) sheet: Option<String>,
    pub(super) rows: u64,
    /// Rows that can't be cut into the columns.
    pub(super) broken: u64,
    pub(super) delimiter: u8,
    pub(super) encoding: Encoding,
    pub(super) columns: Vec<Column>,
}

impl Column {
    fn see(&mut self, text: &str, dates: &DateReaders, flags: &FlagWords) {
        if text.is_empty() {
            self.empty += 1;
            return;
        }
        self.filled += 1;
        if self.samples.len() < SAMPLES && !self.samples.iter().any(|sample| sample == text) {
            self.samples.push(text.to_owned());
        }
        self.dates.see(text, dates);
        self.numbers.see(text);
        self.flags.see(text, flags);
        if self.values.len() < MOST_VALUES {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            self.values.insert(hasher.finish());
        }
        if self.many_words {
            return;
        }
        match self.words.get_mut(text) {
            Some(count) => *count += 1,
            None => {
                self.words.insert(text.to_owned(), 1);
            }
        }
        if self.words.len() > MOST_WORDS {
            self.many_words = true;
            self.words.clear();
        }
    }

    /// The different values, when they are few.
    pub(super) fn words(&self) -> Option<Vec<&str>> {
        (!self.many_words).then(|| self.words.keys().map(String::as_str).collect())
    }

    /// How many filled cells repeat a value; none when there were too many
    /// values to tell.
    pub(super) fn repeats(&self) -> Option<u64> {
        (self.values.len() < MOST_VALUES).then(|| self.filled.saturating_sub(self.values.len() as u64))
    }

    fn holds(&self) -> Holds {
        if self.filled == 0 {
            Holds::Nothing
        } else if self.flags.is_flag() {
            Holds::Flags
        } else if self.is_date() {
            Holds::Days
        } else if self.numbers.is_number() {
            Holds::Numbers
        } else {
            Holds::Texts
        }
    }

    pub(super) fn is_date(&self) -> bool {
        !self.dates.left().is_empty()
    }
}

impl Profile {
    /// Reads the whole file: one table, or of a workbook each sheet that has
    /// anything in it. A sheet that is no table is told apart.
    pub(super) fn read(name: &str, mut bytes: impl Read) -> Result<Vec<Result<Self, String>>, IntakeError> {
        let mut head = Vec::new();
        bytes.by_ref().take(workbook::HEAD).read_to_end(&mut head)?;
        if !workbook::is_workbook(&head) {
            let table = Table::open(Cursor::new(head).chain(bytes), Encoding::Auto, None, None)?;
            return Ok(vec![Ok(Self::of(name, None, table)?)]);
        }
        let mut book = Workbook::open(head, bytes)?;
        let mut found = Vec::new();
        for sheet in book.sheets() {
            let table = match book.rows(Some(&sheet)) {
                Ok(rows) if rows.is_empty() => continue,
                Ok(rows) => Table::<io::Empty>::of_sheet(rows, Arc::default()),
                Err(fault) => Err(fault.into()),
            };
            let profile = table.and_then(|table| Self::of(name, Some(sheet.clone()), table));
            found.push(profile.map_err(|error| format!("sheet {sheet}: {error}")));
        }
        if found.is_empty() {
            return Err(IntakeError::Empty);
        }
        if let [Ok(only)] = &mut *found {
            only.sheet = None;
        }
        Ok(found)
    }

    /// What was seen, for people.
    pub(super) fn look(&self) -> TableLook {
        let column = |column: &Column| ColumnLook {
            name: column.name.clone(),
            samples: column.samples.clone(),
            holds: column.holds(),
        };
        TableLook {
            file: self.name.clone(),
            sheet: self.sheet.clone(),
            rows: self.rows,
            columns: self.columns.iter().map(column).collect(),
        }
    }

    /// The file, and its sheet where it has several.
    pub(super) fn title(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{} ({sheet})", self.name),
            None => self.name.clone(),
        }
    }

    fn of<R: Read>(name: &str, sheet: Option<String>, mut table: Table<R>) -> Result<Self, IntakeError> {
        let (dates, flags) = (DateReaders::new(), FlagWords::default());
        let named = |name: &String| Column { name: name.clone(), ..Column::default() };
        let mut columns: Vec<Column> = table.header().iter().map(named).collect();
        let (mut rows, mut broken) = (0, 0);
        while let Some((_, row)) = table.next_row()? {
            rows += 1;
            let RawRow::Fields(fields) = row else {
                broken += 1;
                continue;
            };
            for (column, text) in columns.iter_mut().zip(&fields) {
                column.see(text.trim(), &dates, &flags);
            }
            table.give_back(fields);
        }
        let (delimiter, encoding) = (table.delimiter(), table.encoding());
        Ok(Self { name: name.to_owned(), sheet, rows, broken, delimiter, encoding, columns })
    }
}
