//! Rows of accounts and of people: dated fields.

use super::{
    KnownCell,
    cell::{Binder, Cell, CellError, Row, Slot},
    refs::AccountCells,
};
use crate::{
    error::IntakeError,
    mapping::{FieldMapping, FileMapping},
};
use laer8_domain::{
    days::Day,
    records::{AccountRecord, AccountRef, FieldRecord, PersonRecord},
};

/// Target fields that are not fields of the account or person itself.
const STRUCTURE: [&str; 4] = ["id", "account", "subscription", "since"];

/// One dated field.
struct Dated {
    cell: Cell,
    since: Option<Cell>,
    known: Option<KnownCell>,
}

impl Dated {
    fn bind(field: &FieldMapping, binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            cell: binder.cell(field)?,
            since: field.since.as_ref().map(|since| binder.cell(since)).transpose()?,
            known: field.known.as_ref().map(|known| KnownCell::bind(known, binder)).transpose()?,
        })
    }

    /// The field with its value; none when the cell is empty and that says
    /// nothing.
    fn read(&self, row: &Row<'_>, record_since: &Slot) -> Result<Option<FieldRecord>, CellError> {
        let value = self.cell.value(row)?;
        if value.is_none() && !self.cell.field.clears {
            return Ok(None);
        }
        Ok(Some(FieldRecord {
            field: self.cell.field.target.clone(),
            value,
            since: self.since(row, record_since)?,
            known: self.known.as_ref().map(|known| known.read(row)).transpose()?,
        }))
    }

    fn since(&self, row: &Row<'_>, record_since: &Slot) -> Result<Day, CellError> {
        let own = self.since.as_ref().map(|since| since.day(row)).transpose()?.flatten();
        own.map_or_else(|| record_since.required_day(row), Ok)
    }
}

/// The dated fields of a section, and since when they hold.
struct Fields {
    since: Slot,
    fields: Vec<Dated>,
}

impl Fields {
    fn bind(mapping: &FileMapping, binder: &Binder<'_>) -> Result<Self, IntakeError> {
        let own = mapping.fields.iter().filter(|field| !STRUCTURE.contains(&field.target()));
        let fields =
            own.chain(&mapping.traits).map(|field| Dated::bind(field, binder)).collect::<Result<_, _>>()?;
        Ok(Self { since: binder.slot("since")?, fields })
    }

    fn read(&self, row: &Row<'_>) -> Result<Vec<FieldRecord>, CellError> {
        let mut fields = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            fields.extend(field.read(row, &self.since)?);
        }
        Ok(fields)
    }
}

pub(super) struct Accounts {
    id: Slot,
    fields: Fields,
}

impl Accounts {
    pub(super) fn bind(mapping: &FileMapping, binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self { id: binder.slot("id")?, fields: Fields::bind(mapping, binder)? })
    }

    pub(super) fn read(&self, row: &Row<'_>) -> Result<AccountRecord, CellError> {
        Ok(AccountRecord { id: self.id.required_text(row)?, fields: self.fields.read(row)? })
    }
}

pub(super) struct Persons {
    id: Slot,
    account: AccountCells,
    fields: Fields,
}

impl Persons {
    pub(super) fn bind(mapping: &FileMapping, binder: &Binder<'_>) -> Result<Self, IntakeError> {
        let account = AccountCells::bind(binder)?;
        Ok(Self { id: binder.slot("id")?, account, fields: Fields::bind(mapping, binder)? })
    }

    pub(super) fn read(&self, row: &Row<'_>) -> Result<PersonRecord, CellError> {
        let id = self.id.required_text(row)?;
        let account: AccountRef = self.account.read(row)?;
        Ok(PersonRecord { id, account, fields: self.fields.read(row)? })
    }
}
