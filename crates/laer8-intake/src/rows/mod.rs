//! Turns a row of text into a record: one reader for each kind of record, with
//! its columns found once.

mod account;
mod catalog;
mod cell;
mod other;
mod refs;
mod subscription;
mod ticket;
mod usage;
mod values;

pub(crate) use cell::{Binder, CellError, Row};
pub(crate) use values::check_literal;

use crate::{
    error::IntakeError,
    mapping::{FileMapping, Known, RecordKind},
    refusal::RefusalReason,
    remark::Remark,
};
use cell::Cell;
use laer8_domain::records::{KnownWhen, Record};

/// What a row says.
type Read = (KnownWhen, Record, Vec<Remark>);

/// Reads the rows of one section.
pub(crate) struct RowReader {
    known: KnownCell,
    kind: Kind,
}

#[expect(clippy::large_enum_variant, reason = "there is one for a whole file")]
enum Kind {
    Account(account::Accounts),
    Person(account::Persons),
    Product(catalog::Products),
    Plan(catalog::Plans),
    Feature(catalog::Features),
    Subscription(subscription::Subscriptions),
    Usage(usage::Usage),
    Ticket(ticket::Tickets),
    Survey(other::Surveys),
    ChurnEvent(other::ChurnEvents),
    Note(other::Notes),
    ExchangeRate(catalog::ExchangeRates),
}

impl RowReader {
    pub(crate) fn bind(mapping: &FileMapping, binder: &Binder<'_>) -> Result<Self, IntakeError> {
        let kind = match mapping.record {
            RecordKind::Account => Kind::Account(account::Accounts::bind(mapping, binder)?),
            RecordKind::Person => Kind::Person(account::Persons::bind(mapping, binder)?),
            RecordKind::Product => Kind::Product(catalog::Products::bind(binder)?),
            RecordKind::Plan => Kind::Plan(catalog::Plans::bind(binder)?),
            RecordKind::Feature => Kind::Feature(catalog::Features::bind(binder)?),
            RecordKind::Subscription => {
                Kind::Subscription(subscription::Subscriptions::bind(mapping, binder)?)
            }
            RecordKind::Usage => Kind::Usage(usage::Usage::bind(binder)?),
            RecordKind::Ticket => Kind::Ticket(ticket::Tickets::bind(binder)?),
            RecordKind::Survey => Kind::Survey(other::Surveys::bind(binder)?),
            RecordKind::ChurnEvent => Kind::ChurnEvent(other::ChurnEvents::bind(mapping, binder)?),
            RecordKind::Note => Kind::Note(other::Notes::bind(binder)?),
            RecordKind::ExchangeRate => Kind::ExchangeRate(catalog::ExchangeRates::bind(mapping, binder)?),
        };
        Ok(Self { known: KnownCell::bind(&mapping.known, binder)?, kind })
    }

    pub(crate) fn read(&self, row: &Row<'_>) -> Result<Read, CellError> {
        let mut remarks = Vec::new();
        let record = match &self.kind {
            Kind::Account(rows) => Record::Account(rows.read(row)?),
            Kind::Person(rows) => Record::Person(rows.read(row)?),
            Kind::Product(rows) => Record::Product(rows.read(row)?),
            Kind::Plan(rows) => Record::Plan(rows.read(row)?),
            Kind::Feature(rows) => Record::Feature(rows.read(row)?),
            Kind::Subscription(rows) => Record::Subscription(rows.read(row, &mut remarks)?),
            Kind::Usage(rows) => Record::Usage(rows.read(row, &mut remarks)?),
            Kind::Ticket(rows) => Record::Ticket(rows.read(row, &mut remarks)?),
            Kind::Survey(rows) => Record::Survey(rows.read(row, &mut remarks)?),
            Kind::ChurnEvent(rows) => Record::ChurnEvent(rows.read(row, &mut remarks)?),
            Kind::Note(rows) => Record::Note(rows.read(row, &mut remarks)?),
            Kind::ExchangeRate(rows) => Record::ExchangeRate(rows.read(row)?),
        };
        Ok((self.known.read(row)?, record, remarks))
    }
}

/// Since when the record is known.
enum KnownCell {
    Happened,
    Imported,
    Column(Box<Cell>),
}

impl KnownCell {
    fn bind(known: &Known, binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(match known {
            Known::Happened => Self::Happened,
            Known::Imported => Self::Imported,
            Known::Column(field) => Self::Column(Box::new(binder.cell(field)?)),
        })
    }

    fn read(&self, row: &Row<'_>) -> Result<KnownWhen, CellError> {
        match self {
            Self::Happened => Ok(KnownWhen::Happened),
            Self::Imported => Ok(KnownWhen::Imported),
            Self::Column(cell) => match cell.day(row)? {
                Some(day) => Ok(KnownWhen::On(day)),
                None => Err(cell.fault(RefusalReason::Missing { field: "known" })),
            },
        }
    }
}
