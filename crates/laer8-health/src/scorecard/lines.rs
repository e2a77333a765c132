//! On which line of its text something is wrong.

use super::faults::{Fault, FaultKind, ScorecardError, Spot};
use std::ops::Range;
use toml_edit::{Document, Item, Table, Value};

/// A fault and the line, from 1, that it is on; none where nothing in the text
/// stands for it, as when something is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The line.
    pub line: Option<usize>,
    /// What is wrong.
    pub fault: Trouble,
}

/// What is wrong with a text that shall be a scorecard.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// It can't be read; what the reader says.
    Unreadable(String),
    /// It does not say its version.
    NoSchema,
    /// It is written for another version.
    Schema(i64),
    /// It was read, but can't be used.
    Fault(Fault),
}

/// Everything that is wrong, with its lines, by line.
#[must_use]
pub fn placed(text: &str, error: &ScorecardError) -> Vec<Placed> {
    match error {
        ScorecardError::Syntax(error) => {
            let line = error.span().map(|span| line_at(text, span.start));
            vec![Placed { line, fault: Trouble::Unreadable(error.message().to_owned()) }]
        }
        ScorecardError::NoSchema => vec![Placed { line: Some(1), fault: Trouble::NoSchema }],
        ScorecardError::Schema { found } => {
            let document = Document::parse(text).ok();
            let span = document.and_then(|document| document.get("schema")?.span());
            let line = span.map(|span| line_at(text, span.start));
            vec![Placed { line, fault: Trouble::Schema(*found) }]
        }
        ScorecardError::Faults(faults) => {
            let document = Document::parse(text).ok();
            let place = |fault: &Fault| {
                let span = document.as_ref().and_then(|document| span_of(document.as_table(), fault));
                let line = span.map(|span| line_at(text, span.start));
                Placed { line, fault: Trouble::Fault(fault.clone()) }
            };
            let mut all: Vec<Placed> = faults.iter().map(place).collect();
            all.sort_by_key(|placed| placed.line);
            all
        }
    }
}

/// The line, from 1, on which a byte of a text stands.
#[must_use]
pub fn line_at(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|byte| **byte == b'\n').count() + 1
}

/// Where a fault stands. Two groups may have the same key; then the second is
/// the one at fault.
fn span_of(root: &Table, fault: &Fault) -> Option<Range<usize>> {
    match &fault.spot {
        Spot::Card => key_of(&fault.kind).and_then(|key| root.get(key)?.span()),
        Spot::Group { group } => {
            let is_repeated = matches!(fault.kind, FaultKind::RepeatedGroup);
            let table = group_named(root, group, is_repeated)?;
            within(table, &fault.kind).or_else(|| table.span())
        }
        Spot::Item { group, number, measure } => {
            let item = item_of(root, group, number.checked_sub(1)?, measure)?;
            let table = item.as_inline_table()?;
            let key = key_of(&fault.kind);
            key.and_then(|key| table.get(key)?.span()).or_else(|| item.span())
        }
        Spot::Cap { number, .. } => {
            let caps = root.get("caps").and_then(Item::as_array_of_tables)?;
            let table = caps.get(number.checked_sub(1)?)?;
            within(table, &fault.kind).or_else(|| table.span())
        }
    }
}

fn within(table: &Table, kind: &FaultKind) -> Option<Range<usize>> {
    key_of(kind).and_then(|key| table.get(key)?.span())
}

fn groups(root: &Table) -> impl DoubleEndedIterator<Item = &Table> {
    let tables = root.get("groups").and_then(Item::as_array_of_tables);
    tables.into_iter().flat_map(|tables| tables.iter().collect::<Vec<_>>())
}

fn group_named<'t>(root: &'t Table, key: &str, last: bool) -> Option<&'t Table> {
    let mut named = groups(root).filter(|table| table.get("key").and_then(Item::as_str) == Some(key));
    if last { named.next_back() } else { named.next() }
}

fn item_of<'t>(root: &'t Table, group: &str, index: usize, measure: &str) -> Option<&'t Value> {
    let named = groups(root).filter(|table| table.get("key").and_then(Item::as_str) == Some(group));
    let mut items = named.filter_map(|table| table.get("items")?.as_array()?.get(index));
    items.find(|item| {
        let named = item.as_inline_table().and_then(|table| table.get("measure")?.as_str());
        named == Some(measure)
    })
}

/// The key that a fault is about.
fn key_of(kind: &FaultKind) -> Option<&'static str> {
    Some(match kind {
        FaultKind::Schema(_) => "schema",
        FaultKind::Key(_) | FaultKind::RepeatedGroup => "key",
        FaultKind::Condition(_) => "when",
        FaultKind::MinCoverage(_) => "min_coverage",
        FaultKind::Bands { .. } => "bands",
        FaultKind::Weight(_) => "weight",
        FaultKind::UnknownMeasure(_) | FaultKind::RepeatedMeasure => "measure",
        FaultKind::Curve(_) => "curve",
        FaultKind::Missing(_) => "missing",
        FaultKind::AtMost(_) => "at_most",
        FaultKind::UnknownEvent { .. } => "event",
        FaultKind::WithinDays => "within_days",
        FaultKind::Name
        | FaultKind::NeverApplies
        | FaultKind::NoGroups
        | FaultKind::NoItems
        | FaultKind::TooManyCaps(_)
        | FaultKind::Triggers(_)
        | FaultKind::Limits => return None,
    })
}
