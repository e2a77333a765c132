//! The cell that feeds a field: which column, and how its text is read.

use super::values;
use crate::{
    error::IntakeError,
    mapping::{FieldMapping, FileMapping, Literal, ValueFrom, targets::WordKind},
    reader::find_column,
    refusal::RefusalReason,
};
use ::csv::StringRecord;
use laer8_domain::{
    days::Day,
    money::{Amount, Currency},
};
use std::borrow::Cow;

/// A row and the day of the import.
pub(crate) struct Row<'a> {
    pub(crate) fields: &'a StringRecord,
    pub(crate) imported_on: Day,
}

/// What is wrong with a row, and in which column.
#[derive(Debug)]
pub(crate) struct CellError {
    pub(crate) column: Option<String>,
    pub(crate) reason: RefusalReason,
}

impl From<RefusalReason> for CellError {
    fn from(reason: RefusalReason) -> Self {
        Self { column: None, reason }
    }
}

/// What a cell holds before it is read as something.
pub(super) enum Found<'a> {
    Text(Cow<'a, str>),
    Literal(&'a Literal),
    Day(Day),
}

/// Finds the columns of a section in a header.
pub(crate) struct Binder<'a> {
    mapping: &'a FileMapping,
    header: &'a [String],
}

impl<'a> Binder<'a> {
    pub(crate) fn new(mapping: &'a FileMapping, header: &'a [String]) -> Self {
        Self { mapping, header }
    }

    pub(crate) fn column(&self, name: &str) -> Result<usize, IntakeError> {
        find_column(&self.mapping.section, name, self.header)
    }

    pub(super) fn cell(&self, field: &FieldMapping) -> Result<Cell, IntakeError> {
        let columns = field.columns().into_iter().map(|name| self.column(name)).collect::<Result<_, _>>()?;
        Ok(Cell { columns, field: field.clone() })
    }

    pub(super) fn slot(&self, target: &'static str) -> Result<Slot, IntakeError> {
        let cell = self.mapping.field(target).map(|field| self.cell(field)).transpose()?;
        Ok(Slot { target, cell })
    }
}

/// A field of the mapping with its columns found.
pub(crate) struct Cell {
    columns: Vec<usize>,
    pub(super) field: FieldMapping,
}

impl Cell {
    pub(super) fn fault(&self, reason: RefusalReason) -> CellError {
        CellError { column: self.field.columns().first().map(|name| (*name).to_owned()), reason }
    }

    /// What the cell holds; none when it is empty and has no default.
    fn find<'a>(&'a self, row: &Row<'a>) -> Option<Found<'a>> {
        let text = match &self.field.from {
            ValueFrom::Constant(literal) => return Some(Found::Literal(literal)),
            ValueFrom::ImportDay => return Some(Found::Day(row.imported_on)),
            ValueFrom::Column(_) => Cow::Borrowed(self.text_at(row, *self.columns.first()?)),
            ValueFrom::Columns(_, join) => Cow::Owned(self.joined(row, join)),
        };
        let translated = self.translated(&text);
        let is_nothing = match translated {
            Some(Literal::Text(word)) => word.is_empty(),
            Some(_) => false,
            None => self.field.formats.is_empty(&text),
        };
        if is_nothing {
            return self.field.default.as_ref().map(Found::Literal);
        }
        Some(translated.map_or(Found::Text(text), Found::Literal))
    }

    fn text_at<'a>(&self, row: &Row<'a>, column: usize) -> &'a str {
        row.fields.get(column).unwrap_or_default().trim()
    }

    fn joined(&self, row: &Row<'_>, join: &str) -> String {
        let parts = self.columns.iter().map(|column| self.text_at(row, *column));
        let parts: Vec<&str> = parts.filter(|part| !self.field.formats.is_empty(part)).collect();
        parts.join(join)
    }

    fn translated(&self, text: &str) -> Option<&Literal> {
        let table = &self.field.translate;
        let exact = table.iter().find(|(from, _)| from == text);
        let found = exact.or_else(|| table.iter().find(|(from, _)| from.eq_ignore_ascii_case(text)));
        let otherwise = || self.field.otherwise.as_ref().filter(|_| !self.field.formats.is_empty(text));
        found.map(|(_, to)| to).or_else(otherwise)
    }

    fn read<T>(
        &self,
        row: &Row<'_>,
        read: impl FnOnce(&FieldMapping, &Found<'_>) -> Result<T, RefusalReason>,
    ) -> Result<Option<T>, CellError> {
        let Some(found) = self.find(row) else { return Ok(None) };
        read(&self.field, &found).map(Some).map_err(|reason| self.fault(reason))
    }

    pub(super) fn day(&self, row: &Row<'_>) -> Result<Option<Day>, CellError> {
        self.read(row, values::day)
    }

    pub(super) fn value(&self, row: &Row<'_>) -> Result<Option<laer8_domain::values::Value>, CellError> {
        self.read(row, values::value)
    }
}

/// A target field, filled or not.
pub(super) struct Slot {
    target: &'static str,
    pub(super) cell: Option<Cell>,
}

impl Slot {
    pub(super) fn read<T>(
        &self,
        row: &Row<'_>,
        read: impl FnOnce(&FieldMapping, &Found<'_>) -> Result<T, RefusalReason>,
    ) -> Result<Option<T>, CellError> {
        self.cell.as_ref().map_or(Ok(None), |cell| cell.read(row, read))
    }

    /// The value, or the refusal that says that there must be one.
    pub(super) fn required<T>(&self, value: Option<T>) -> Result<T, CellError> {
        value.ok_or_else(|| self.fault(RefusalReason::Missing { field: self.target }))
    }

    pub(super) fn fault(&self, reason: RefusalReason) -> CellError {
        match &self.cell {
            Some(cell) => cell.fault(reason),
            None => reason.into(),
        }
    }

    pub(super) fn text(&self, row: &Row<'_>) -> Result<Option<String>, CellError> {
        self.read(row, |_, found| Ok(values::text(found)))
    }

    pub(super) fn required_text(&self, row: &Row<'_>) -> Result<String, CellError> {
        self.required(self.text(row)?)
    }

    pub(super) fn day(&self, row: &Row<'_>) -> Result<Option<Day>, CellError> {
        self.read(row, values::day)
    }

    pub(super) fn required_day(&self, row: &Row<'_>) -> Result<Day, CellError> {
        self.required(self.day(row)?)
    }

    pub(super) fn whole(&self, row: &Row<'_>) -> Result<Option<i64>, CellError> {
        self.read(row, values::whole)
    }

    pub(super) fn number(&self, row: &Row<'_>) -> Result<Option<f64>, CellError> {
        self.read(row, values::number)
    }

    pub(super) fn flag(&self, row: &Row<'_>) -> Result<Option<bool>, CellError> {
        self.read(row, values::flag)
    }

    pub(super) fn amount(
        &self,
        row: &Row<'_>,
        currency: Option<Currency>,
    ) -> Result<Option<Amount>, CellError> {
        self.read(row, |field, found| values::amount(field, found, currency))
    }

    pub(super) fn currency(&self, row: &Row<'_>) -> Result<Option<Currency>, CellError> {
        self.read(row, values::currency)
    }

    /// One of a closed set of words.
    pub(super) fn word<T>(
        &self,
        row: &Row<'_>,
        kind: WordKind,
        from_key: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, CellError> {
        self.read(row, |_, found| values::word(kind, found, from_key))
    }
}
