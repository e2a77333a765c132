//! Reads one file by one section of a mapping.

use crate::{
    csv::{Encoding, RawRow, Table},
    error::IntakeError,
    formats::Formats,
    mapping::{FileMapping, Only, nearest},
    refusal::{Refusal, RefusalReason},
    remark::Remark,
    rows::{Binder, CellError, Row, RowReader},
};
use ::csv::StringRecord;
use laer8_domain::{days::Day, records::Incoming};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
};

/// The column in which a quarantine file keeps the line of the original.
pub(crate) const LINE_COLUMN: &str = "laer8_line";

/// What came of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A record, with what looks wrong in it all the same.
    Record(Incoming, Vec<Remark>),
    /// Not a row that this section reads, by its `only`.
    LeftOut {
        /// Its line.
        row: u32,
    },
    /// It could not be understood.
    Refused(Refusal),
}

/// A file being read by a mapping: an iterator over what came of its rows.
///
/// Blank rows are passed over; every other gives exactly one [`Outcome`]. An
/// error means that the bytes stopped coming; nothing follows it.
pub struct FileReader<R: Read> {
    table: Table<R>,
    rows: RowReader,
    only: Option<(usize, Only)>,
    /// Where the line of the original stands, in a quarantine file.
    line_column: Option<usize>,
    formats: Formats,
    imported_on: Day,
    failed: bool,
}

impl<R: Read> FileReader<R> {
    /// Reads the header of `input` and finds the columns that `mapping` names.
    /// `imported_on` is the day of the import.
    ///
    /// `input` need not be buffered.
    ///
    /// # Errors
    /// [`IntakeError`] when the header can't be read or lacks a column.
    pub fn new(mapping: &FileMapping, imported_on: Day, input: R) -> Result<Self, IntakeError> {
        let table = Table::open(input, mapping.encoding, mapping.delimiter, mapping.sheet())?;
        let header = table.header();
        let binder = Binder::new(mapping, header);
        let rows = RowReader::bind(mapping, &binder)?;
        let only = mapping
            .only
            .as_ref()
            .map(|only| Ok::<_, IntakeError>((binder.column(&only.column)?, only.clone())));
        let only = only.transpose()?;
        let line_column = header.iter().position(|name| name == LINE_COLUMN);
        let formats = mapping.formats.clone();
        Ok(Self { table, rows, only, line_column, formats, imported_on, failed: false })
    }

    /// The names of the file's columns, for the quarantine.
    #[must_use]
    pub fn header(&self) -> &[String] {
        self.table.header()
    }

    /// What stands between the fields of the file.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.table.delimiter()
    }

    /// The encoding of the file, as far as the rows by now show it.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.table.encoding()
    }

    /// How many bytes of the input were read, for a progress bar. Reading is
    /// ahead of the rows by up to half a megabyte.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.table.bytes_read()
    }

    fn outcome(&mut self, line: u32, row: RawRow) -> Outcome {
        let fields = match row {
            RawRow::Fields(fields) => fields,
            RawRow::Ragged(fields) => {
                let reason = RefusalReason::WrongFieldCount {
                    expected: self.table.header().len(),
                    found: fields.len(),
                };
                return refused(line, reason.into(), &fields);
            }
            RawRow::Unclosed(fields) => return refused(line, RefusalReason::UnclosedQuote.into(), &fields),
            RawRow::Undecodable(fields) => return refused(line, RefusalReason::BadEncoding.into(), &fields),
        };
        let line = self.original_line(&fields).unwrap_or(line);
        let outcome = self.read(line, &fields);
        self.table.give_back(fields);
        outcome
    }

    fn read(&self, line: u32, fields: &StringRecord) -> Outcome {
        let cell = |column: usize| fields.get(column).unwrap_or_default();
        if self.only.as_ref().is_some_and(|(column, only)| !only.takes(cell(*column), &self.formats)) {
            return Outcome::LeftOut { row: line };
        }
        let row = Row { fields, imported_on: self.imported_on };
        match self.rows.read(&row) {
            Ok((known, record, remarks)) => Outcome::Record(Incoming { row: line, known, record }, remarks),
            Err(error) => refused(line, error, fields),
        }
    }

    fn original_line(&self, fields: &StringRecord) -> Option<u32> {
        fields.get(self.line_column?)?.trim().parse().ok()
    }
}

fn refused(row: u32, error: CellError, fields: &StringRecord) -> Outcome {
    let raw = fields.iter().map(str::to_owned).collect();
    Outcome::Refused(Refusal { row, column: error.column, reason: error.reason, raw })
}

impl<R: Read> Iterator for FileReader<R> {
    type Item = Result<Outcome, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        match self.table.next_row() {
            Ok(None) => None,
            Ok(Some((line, row))) => Some(Ok(self.outcome(line, row))),
            Err(error) => {
                self.failed = true;
                Some(Err(error))
            }
        }
    }
}

/// The column that a section names, or the error that says so.
pub(crate) fn find_column(section: &str, column: &str, header: &[String]) -> Result<usize, IntakeError> {
    header.iter().position(|name| name == column).ok_or_else(|| IntakeError::MissingColumn {
        section: section.to_owned(),
        column: column.to_owned(),
        nearest: nearest(column, header.iter().map(String::as_str)),
        columns: header.to_vec(),
    })
}
/// The fields of the rows on these lines, as they stand in the file: for rows
/// that were understood here and refused later.
///
/// # Errors
/// As [`FileReader::new`], and when the bytes stop coming.
pub fn rows_at<R: Read>(
    mapping: &FileMapping,
    imported_on: Day,
    input: R,
    lines: &BTreeSet<u32>,
) -> Result<BTreeMap<u32, Vec<String>>, IntakeError> {
    let mut reader = FileReader::new(mapping, imported_on, input)?;
    let mut rows = BTreeMap::new();
    while let Some((line, row)) = reader.table.next_row()? {
        let (RawRow::Fields(fields)
        | RawRow::Ragged(fields)
        | RawRow::Unclosed(fields)
        | RawRow::Undecodable(fields)) = row;
        let line = reader.original_line(&fields).unwrap_or(line);
        if lines.contains(&line) {
            rows.insert(line, fields.iter().map(str::to_owned).collect());
        }
        reader.table.give_back(fields);
        if rows.len() == lines.len() {
            break;
        }
    }
    Ok(rows)
}
