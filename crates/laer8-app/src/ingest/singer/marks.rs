//! Since when the history that a tap brings is known.
//!
//! Every stream has its own first time: one that is selected in the tap later
//! brings its history then, though others have brought records of that kind
//! before. What counts is the last run in which the tap came to the end of the
//! stream; until there is one, every run goes on bringing its history.

use crate::{AppError, absorb::Watermarks};
use chrono_tz::Tz;
use laer8_domain::{
    days::{Day, day_of},
    ids::{ImportRunId, SourceId},
};
use laer8_intake::mapping::RecordKind;
use laer8_store::Tx;
use std::collections::HashMap;

/// By which the runs of a tap are told from imports of files.
pub(crate) const FINGERPRINT: &str = "singer";

/// The digest of a stream to whose end the tap came. Until then it has none.
pub(super) const WHOLE: &str = "whole";

/// When a source brought what before a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    /// In files, by kind of record.
    files: Vec<(String, Day)>,
    /// In streams, by name and kind of record.
    streams: HashMap<(String, String), Day>,
}

impl Marks {
    /// Those before a run; all without one.
    pub(crate) async fn before(
        tx: &Tx,
        source: SourceId,
        run: Option<ImportRunId>,
        zone: Tz,
    ) -> Result<Self, AppError> {
        let files = tx.last_imports_without(source, FINGERPRINT, run).await?;
        let streams = tx.last_imports_by_name(source, FINGERPRINT, WHOLE, run).await?;
        Ok(Self {
            files: files.into_iter().map(|(kind, at)| (kind, day_of(at, zone))).collect(),
            streams: streams
                .into_iter()
                .map(|(stream, kind, at)| ((stream, kind), day_of(at, zone)))
                .collect(),
        })
    }

    /// Whether the tap came to the end of this stream before.
    pub(super) fn knows(&self, stream: &str) -> bool {
        self.streams.keys().any(|(known, _)| known == stream)
    }

    /// Those for records of a kind that come in a stream.
    pub(crate) fn of(&self, stream: &str, kind: RecordKind) -> Watermarks {
        let mut marks: rustc_hash::FxHashMap<String, Day> = self.files.iter().cloned().collect();
        if let Some(day) = self.streams.get(&(stream.to_owned(), kind.key().to_owned())) {
            let mark = marks.entry(kind.key().to_owned()).or_insert(*day);
            *mark = (*mark).max(*day);
        }
        Watermarks(marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn a_stream_that_is_new_has_no_mark_though_its_kind_came_before() {
        let key = |stream: &str| (stream.to_owned(), "account".to_owned());
        let marks = Marks {
            files: vec![("usage".to_owned(), day("2026-01-01"))],
            streams: HashMap::from([(key("customers"), day("2026-05-01"))]),
        };
        let of = |stream: &str, kind: RecordKind| marks.of(stream, kind).0.get(kind.key()).copied();
        assert_eq!(of("customers", RecordKind::Account), Some(day("2026-05-01")));
        assert_eq!(of("invoices", RecordKind::Account), None);
        assert_eq!(of("events", RecordKind::Usage), Some(day("2026-01-01")), "files brought usage");
    }
}
