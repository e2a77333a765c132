//! A mapping that was checked.

use super::{names::fits, targets::TargetKind};
use crate::{csv::Encoding, formats::Formats};
use chrono_tz::Tz;
use laer8_domain::{days::Day, money::Currency};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a row is, of a file or of what a program sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Something sold.
    Product,
    /// Something it can do.
    Feature,
    /// A way in which it is sold.
    Plan,
    /// An exchange rate.
    ExchangeRate,
    /// Fields of an account.
    Account,
    /// Fields of a person.
    Person,
    /// A subscription, or a change to one.
    Subscription,
    /// Usage of a day.
    Usage,
    /// A ticket, or what happened to it since.
    Ticket,
    /// An answer to a survey.
    Survey,
    /// Somebody is leaving.
    ChurnEvent,
    /// A timeline entry.
    Note,
}

impl RecordKind {
    /// All kinds, those that others refer to first: the order in which rows
    /// are best read.
    pub const ALL: [Self; 12] = [
        Self::Product,
        Self::Feature,
        Self::Plan,
        Self::ExchangeRate,
        Self::Account,
        Self::Person,
        Self::Subscription,
        Self::Usage,
        Self::Ticket,
        Self::Survey,
        Self::ChurnEvent,
        Self::Note,
    ];

    /// The name in mappings, exports and the API, the same as [`laer8_domain::records::Record::kind`].
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Person => "person",
            Self::Product => "product",
            Self::Plan => "plan",
            Self::Feature => "feature",
            Self::Subscription => "subscription",
            Self::Usage => "usage",
            Self::Ticket => "ticket",
            Self::Survey => "survey",
            Self::ChurnEvent => "churn_event",
            Self::Note => "note",
            Self::ExchangeRate => "exchange_rate",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A value that the mapping itself gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Whole(i64),
    Number(f64),
    Bool(bool),
    Day(Day),
}

/// Where the value of a field comes from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ValueFrom {
    Column(String),
    /// The columns that have a value, joined.
    Columns(Vec<String>, String),
    Constant(Literal),
    ImportDay,
}

/// What a number counts, where it is a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Seconds,
    Minutes,
    Hours,
    Days,
}

impl Unit {
    pub(crate) const ALL: [(&'static str, Self); 4] = [
        ("seconds", Self::Seconds),
        ("minutes", Self::Minutes),
        ("hours", Self::Hours),
        ("days", Self::Days),
    ];

    pub(crate) fn seconds(self) -> f64 {
        match self {
            Self::Seconds => 1.0,
            Self::Minutes => 60.0,
            Self::Hours => 3_600.0,
            Self::Days => 86_400.0,
        }
    }
}

/// Since when a record counts as known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Known {
    Happened,
    Imported,
    Column(Box<FieldMapping>),
}

/// How one target field is filled.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldMapping {
    pub(crate) target: String,
    pub(crate) kind: TargetKind,
    pub(crate) from: ValueFrom,
    pub(crate) translate: Vec<(String, Literal)>,
    pub(crate) otherwise: Option<Literal>,
    pub(crate) default: Option<Literal>,
    pub(crate) formats: Formats,
    pub(crate) zone: Tz,
    pub(crate) unit: Option<Unit>,
    /// An end date that is the last day inside rather than the first after.
    pub(crate) inclusive: bool,
    /// An empty cell takes the field's value away.
    pub(crate) clears: bool,
    /// An amount in the smallest unit of its currency, such as cents.
    pub(crate) minor_units: bool,
    pub(crate) since: Option<Box<FieldMapping>>,
    pub(crate) known: Option<Known>,
}

impl FieldMapping {
    /// The field of the record that it fills.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The columns that it reads, in order; none for a constant.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        match &self.from {
            ValueFrom::Column(column) => vec![column],
            ValueFrom::Columns(columns, _) => columns.iter().map(String::as_str).collect(),
            ValueFrom::Constant(_) | ValueFrom::ImportDay => Vec::new(),
        }
    }

    /// Those, and the columns that date it.
    fn all_columns(&self) -> Vec<&str> {
        let mut columns = self.columns();
        columns.extend(self.since.iter().flat_map(|since| since.all_columns()));
        if let Some(Known::Column(known)) = &self.known {
            columns.extend(known.all_columns());
        }
        columns
    }
}

/// Which rows count; the others are left out on purpose.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Only {
    pub(crate) column: String,
    /// One of these; empty for "any value at all".
    pub(crate) is: Vec<String>,
    pub(crate) not: Vec<String>,
}

impl Only {
    /// Whether a row with this cell counts.
    pub(crate) fn takes(&self, cell: &str, formats: &Formats) -> bool {
        let cell = cell.trim();
        let is_in = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(cell));
        if self.is.is_empty() && self.not.is_empty() {
            return !formats.is_empty(cell);
        }
        (self.is.is_empty() || is_in(&self.is)) && !is_in(&self.not)
    }
}

/// One `[[file]]` or `[[stream]]` of the mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct FileMapping {
    pub(crate) section: String,
    pub(crate) pattern: String,
    /// Of a workbook, the sheet that is read.
    pub(crate) sheet: Option<String>,
    pub(crate) record: RecordKind,
    pub(crate) encoding: Encoding,
    pub(crate) delimiter: Option<u8>,
    pub(crate) formats: Formats,
    pub(crate) zone: Tz,
    pub(crate) currency: Option<Currency>,
    pub(crate) known: Known,
    pub(crate) only: Option<Only>,
    pub(crate) fields: Vec<FieldMapping>,
    pub(crate) traits: Vec<FieldMapping>,
}

impl FileMapping {
    /// Its name in messages, such as `file 2 (usage.csv)`.
    #[must_use]
    pub fn section(&self) -> &str {
        &self.section
    }

    /// The file name, or a pattern with `*` and `?`.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Which sheet of a workbook it reads; the first with anything in it where
    /// none is named.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// Whether it reads the file of this name (without its folder).
    #[must_use]
    pub fn reads(&self, name: &str) -> bool {
        fits(&self.pattern, name)
    }

    /// What its rows are.
    #[must_use]
    pub fn record(&self) -> RecordKind {
        self.record
    }

    /// How the built-in fields are filled.
    #[must_use]
    pub fn fields(&self) -> &[FieldMapping] {
        &self.fields
    }

    /// How the custom traits are filled.
    #[must_use]
    pub fn traits(&self) -> &[FieldMapping] {
        &self.traits
    }

    /// Every column that is read anywhere, once.
    #[must_use]
    pub fn all_columns(&self) -> Vec<String> {
        let mut columns: Vec<&str> = self.only.iter().map(|only| &*only.column).collect();
        columns.extend(self.fields.iter().chain(&self.traits).flat_map(FieldMapping::all_columns));
        if let Known::Column(known) = &self.known {
            columns.extend(known.all_columns());
        }
        columns.sort_unstable();
        columns.dedup();
        columns.into_iter().map(str::to_owned).collect()
    }

    pub(crate) fn field(&self, target: &str) -> Option<&FieldMapping> {
        self.fields.iter().find(|field| field.target == target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_one_name_in_mappings_and_in_json() {
        for kind in RecordKind::ALL {
            assert_eq!(RecordKind::from_key(kind.key()), Some(kind));
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.key().into()));
        }
    }
}
