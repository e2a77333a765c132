//! Rows in quarantine that wait for what they name.
//!
//! A tap writes its streams in an order of its own: contacts may come before
//! the companies that they belong to. They wait in quarantine, and are taken in
//! at the end of the run that brings what they name. One that its source wrote
//! again meanwhile must not be: it would bring back what is out of date.

use crate::{AppError, Refused};
use laer8_domain::{ids::SourceId, records::Record};
use laer8_intake::{
    mapping::Mapping,
    singer::{Reader, Step, Taken},
};
use laer8_store::{Quarantined, Tx};
use rustc_hash::FxHashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The column in which the line of the tap is kept.
pub(crate) const MESSAGE_COLUMN: &str = "singer_message";

/// For these reasons a row may be taken in once more is known.
pub(super) const REASONS: [&str; 6] = [
    "unknown_account",
    "unknown_subscription",
    "unknown_person",
    "unknown_product",
    "unknown_feature",
    "unknown_plan",
];

/// Rows looked at in one transaction.
pub(super) const PAGE: u64 = 500;

/// Where a row lies in the quarantine of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parked {
    pub(super) file: String,
    pub(super) digest: String,
}

/// The rows that wait, by what they are about.
#[derive(Debug, Default)]
pub(super) struct Waiting(FxHashMap<u64, Parked>);

/// What changes of them in a transaction, until it is committed.
#[derive(Debug, Default)]
pub(super) struct Changes {
    now: FxHashMap<u64, Option<Parked>>,
    /// Rows that their source has written again.
    pub(super) superseded: Vec<Parked>,
}

impl Waiting {
    /// Those of a source, the newest of each thing.
    pub(super) async fn load(tx: &Tx, source: SourceId, again: &mut Again) -> Result<Self, AppError> {
        let mut waiting = FxHashMap::default();
        let mut after = 0;
        loop {
            let rows = tx.quarantined_for(source, &REASONS, after, PAGE).await?;
            let Some(last) = rows.last() else { return Ok(Self(waiting)) };
            after = last.id;
            for row in rows {
                let Some(key) = again.read(&row).and_then(|taken| about(&taken)) else { continue };
                waiting.insert(key, Parked { file: row.file, digest: row.digest });
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Makes the changes of a transaction that was committed.
    pub(super) fn apply(&mut self, changes: Changes) {
        for (key, now) in changes.now {
            match now {
                Some(parked) => self.0.insert(key, parked),
                None => self.0.remove(&key),
            };
        }
    }
}

impl Changes {
    /// What a record is about is now told by this row, or by none that waits.
    pub(super) fn put(&mut self, waiting: &Waiting, taken: &Taken, now: Option<Parked>) {
        let Some(key) = about(taken) else { return };
        let before = match self.now.get(&key) {
            Some(before) => before.clone(),
            None => waiting.0.get(&key).cloned(),
        };
        if before == now {
            return;
        }
        self.superseded.extend(before);
        self.now.insert(key, now);
    }

    /// A row does not wait any more.
    pub(super) fn forget(&mut self, taken: &Taken) {
        self.now.extend(about(taken).map(|key| (key, None)));
    }
}

/// Whether a row that was refused for this waits for something.
pub(super) fn waits(why: &Refused) -> bool {
    REASONS.contains(&why.key())
}

/// Tells what a record is about: the same thing of the same stream. Only a hash
/// is kept, as of ids in files.
fn about(taken: &Taken) -> Option<u64> {
    let id = match &taken.incoming.record {
        Record::Account(record) => Some(&record.id),
        Record::Person(record) => Some(&record.id),
        Record::Product(record) => Some(&record.id),
        Record::Plan(record) => Some(&record.id),
        Record::Feature(record) => Some(&record.id),
        Record::Subscription(record) => Some(&record.id),
        Record::Usage(record) => record.id.as_ref(),
        Record::Ticket(record) => Some(&record.id),
        Record::Survey(record) => Some(&record.id),
        Record::ChurnEvent(record) => Some(&record.id),
        Record::Note(record) => Some(&record.id),
        Record::ExchangeRate(_) => None,
    }?;
    let mut hasher = DefaultHasher::new();
    (taken.section, &*taken.stream, id).hash(&mut hasher);
    Some(hasher.finish())
}

/// Reads rows of the quarantine again, as the tap wrote them.
pub(super) struct Again {
    reader: Reader,
    /// The kind of record of each section.
    kinds: Vec<&'static str>,
}

impl Again {
    pub(super) fn new(mapping: &Mapping, reader: Reader) -> Self {
        let kinds = mapping.streams().iter().map(|section| section.record().key()).collect();
        Self { reader: reader.without_schemas(), kinds }
    }

    /// The record of a row, on its line; none where the mapping reads it
    /// otherwise by now.
    pub(super) fn read(&mut self, row: &Quarantined) -> Option<Taken> {
        let message = message(row)?;
        let mut steps = self.reader.line(message.as_bytes());
        steps.extend(self.reader.finish());
        let mut taken = steps.into_iter().flat_map(|step| match step {
            Step::Batch(batch) => batch.taken,
            Step::State(_) => Vec::new(),
        });
        let mut taken = taken.find(|taken| {
            *taken.stream == *row.file
                && self.kinds.get(taken.section).is_some_and(|kind| *kind == row.record)
        })?;
        taken.incoming.row = row.row;
        Some(taken)
    }
}

/// The line of the tap that a row was.
fn message(row: &Quarantined) -> Option<&str> {
    let place = row.header.iter().position(|column| column == MESSAGE_COLUMN)?;
    row.cells.get(place).map(String::as_str)
}
