//! What became of the records of each stream, while a run goes on.

use super::marks::WHOLE;
use crate::{AppError, FileReport, import::Tally};
use chrono::{DateTime, Utc};
use laer8_domain::ids::{ImportId, ImportRunId};
use laer8_intake::mapping::{FileMapping, Mapping, RecordKind};
use laer8_store::{ImportFile, Tx};
use std::collections::{BTreeMap, btree_map::Entry};

/// The kind of record under which lines are kept that are no records.
pub(crate) const MESSAGE: &str = "message";

/// A stream as one section of the mapping reads it; without a section, its
/// lines that could not be read. In the order in which kinds of records depend
/// on each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StreamKey {
    rank: usize,
    pub(super) section: Option<usize>,
    pub(super) stream: String,
}

/// The streams of a run.
#[derive(Debug, Clone, Default)]
pub(super) struct Streams {
    all: BTreeMap<StreamKey, Stream>,
}

/// A stream of a run.
#[derive(Debug, Clone)]
pub(super) struct Stream {
    pub(super) import: ImportId,
    pub(super) tally: Tally,
    position: u32,
    /// Whether what is written down of it is out of date.
    changed: bool,
    /// Whether the tap came to its end.
    whole: bool,
}

impl StreamKey {
    pub(super) fn of(mapping: &Mapping, section: Option<usize>, stream: &str) -> Self {
        let kind = section.and_then(|section| mapping.streams().get(section)).map(FileMapping::record);
        let rank = kind.and_then(|kind| RecordKind::ALL.iter().position(|other| *other == kind));
        let rank = rank.unwrap_or(RecordKind::ALL.len());
        Self { rank, section, stream: stream.to_owned() }
    }

    /// The kind of its records.
    pub(super) fn record(&self, mapping: &Mapping) -> &'static str {
        let section = self.section.and_then(|section| mapping.streams().get(section));
        section.map_or(MESSAGE, |section| section.record().key())
    }
}

impl Streams {
    /// The stream, with an import of its own when it is met for the first time.
    pub(super) async fn meet(&mut self, tx: &Tx, key: &StreamKey) -> Result<&mut Stream, AppError> {
        let position = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let stream = match self.all.entry(key.clone()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let import = tx.next_import().await?;
                entry.insert(Stream {
                    import,
                    tally: Tally::default(),
                    position,
                    changed: true,
                    whole: false,
                })
            }
        };
        stream.changed = true;
        Ok(stream)
    }

    /// The stream whose import this is.
    pub(super) fn of_import(&mut self, import: ImportId) -> Option<&mut Stream> {
        let stream = self.all.values_mut().find(|stream| stream.import == import)?;
        stream.changed = true;
        Some(stream)
    }

    /// The import of one that was met.
    pub(super) fn any_import(&self) -> Option<ImportId> {
        self.all.values().map(|stream| stream.import).next()
    }

    /// Notes that the tap came to the end of a stream, also when it brought
    /// nothing: it has told all that there was until now.
    pub(super) async fn end(&mut self, tx: &Tx, key: &StreamKey) -> Result<(), AppError> {
        self.meet(tx, key).await?.whole = true;
        Ok(())
    }

    /// Writes down what has become of those that changed since.
    pub(super) async fn write_down(
        &mut self,
        tx: &Tx,
        run: ImportRunId,
        mapping: &Mapping,
        now: DateTime<Utc>,
    ) -> Result<(), AppError> {
        for (key, stream) in &mut self.all {
            if !stream.changed {
                continue;
            }
            stream.changed = false;
            let tally = &stream.tally;
            tx.put_import(&ImportFile {
                id: stream.import,
                run,
                position: stream.position,
                name: key.stream.clone(),
                record: key.record(mapping).to_owned(),
                digest: if stream.whole { WHOLE.to_owned() } else { String::new() },
                rows: tally.rows,
                new: tally.new,
                changed: tally.changed,
                unchanged: tally.unchanged,
                refused: tally.refused,
                finished_at: now,
            })
            .await?;
        }
        Ok(())
    }

    /// Rows read by now.
    pub(super) fn rows(&self) -> u64 {
        self.all.values().map(|stream| stream.tally.rows).sum()
    }

    /// Whether any of them told of something that was not known.
    pub(super) fn changed_anything(&self) -> bool {
        self.all.values().any(|stream| stream.tally.new + stream.tally.changed > 0)
    }

    /// What became of each, in the order in which they came.
    pub(super) fn reports(&self, mapping: &Mapping) -> Vec<FileReport> {
        let mut all: Vec<_> = self.all.iter().collect();
        all.sort_by_key(|(_, stream)| stream.position);
        let report = |(key, stream): (&StreamKey, &Stream)| {
            stream.tally.clone().report(&key.stream, key.record(mapping))
        };
        all.into_iter().map(report).collect()
    }
}
