//! Reads the whole document.

use super::{
    constants, files, formats,
    model::FileMapping,
    problems::{MappingError, MappingErrors},
    section::Section,
};
use crate::formats::Formats;
use chrono_tz::Tz;
use laer8_domain::{money::Currency, records::Incoming};
use toml::Table;

/// The version of the document that this program reads.
const SCHEMA: i64 = 1;

/// A mapping that was checked as a whole: what it names exists, and its
/// formats and words are understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    source: String,
    currency: Option<Currency>,
    time_zone: Tz,
    constants: Vec<Incoming>,
    files: Vec<FileMapping>,
    streams: Vec<FileMapping>,
}

/// What a file takes over from the top of the document.
#[derive(Debug, Clone)]
pub(super) struct Inherited {
    pub(super) formats: Formats,
    pub(super) zone: Tz,
    pub(super) currency: Option<Currency>,
    /// Whether a currency is named, if only at fault or as a question.
    pub(super) names_currency: bool,
}

impl Mapping {
    /// Reads and checks a mapping.
    ///
    /// # Errors
    /// [`MappingErrors`]: every fault that was found, not just the first.
    pub fn parse(text: &str) -> Result<Self, MappingErrors> {
        let table: Table = toml::from_str(text)
            .map_err(|error| MappingErrors(vec![MappingError::Syntax(error.to_string())]))?;
        let mut problems = Vec::new();
        let mapping = read(&table, &mut problems);
        match mapping {
            Some(mapping) if problems.is_empty() => Ok(mapping),
            _ => Err(MappingErrors(problems)),
        }
    }

    /// The name of the source, under which external ids are kept.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The currency of amounts that name none.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// The zone of times that name none.
    #[must_use]
    pub fn time_zone(&self) -> Tz {
        self.time_zone
    }

    /// The records that the mapping itself declares: products, features, plans
    /// and exchange rates, in this order. To be read before any file.
    #[must_use]
    pub fn constants(&self) -> &[Incoming] {
        &self.constants
    }

    /// All `[[file]]` sections, in the order of the document.
    #[must_use]
    pub fn files(&self) -> &[FileMapping] {
        &self.files
    }

    /// The sections that read the file of this name (without its folder).
    pub fn files_for(&self, name: &str) -> impl Iterator<Item = &FileMapping> {
        self.files.iter().filter(move |file| file.reads(name))
    }

    /// All `[[stream]]` sections, in the order of the document: how the records
    /// of a Singer tap are read.
    #[must_use]
    pub fn streams(&self) -> &[FileMapping] {
        &self.streams
    }
}

fn read(table: &Table, problems: &mut Vec<MappingError>) -> Option<Mapping> {
    let mut top = Section::new("the mapping".to_owned(), table, problems);
    match top.whole("schema") {
        Some(SCHEMA) => {}
        Some(other) => top.bad_value("schema", &other.to_string(), "`schema = 1`"),
        None if top.has("schema") => {}
        None => top.missing("schema", "`schema = 1`"),
    }
    let source = top.required("source", "`source = \"…\"`, a name for where the files come from");
    let currency = read_currency(&mut top);
    let time_zone = read_zone(&mut top).unwrap_or(Tz::UTC);
    let formats = formats::read(&mut top, &Formats::default());
    let names_currency = top.has("currency");
    let inherited = Inherited { formats, zone: time_zone, currency, names_currency };
    let constants = constants::read(&mut top, &inherited);
    let files = files::read(&mut top, &inherited);
    let streams = files::read_streams(&mut top, &inherited);
    top.finish();
    Some(Mapping { source: source?.to_owned(), currency, time_zone, constants, files, streams })
}

pub(super) fn read_currency(section: &mut Section<'_>) -> Option<Currency> {
    let text = section.text("currency")?;
    let currency = text.parse().ok();
    if currency.is_none() {
        section.bad_value("currency", text, "three letters such as \"EUR\"");
    }
    currency
}

pub(super) fn read_zone(section: &mut Section<'_>) -> Option<Tz> {
    let text = section.text("time_zone")?;
    let zone = text.parse().ok();
    if zone.is_none() {
        section.bad_value("time_zone", text, "a name such as \"Europe/Madrid\" or \"UTC\"");
    }
    zone
}
