//! Stores a portion of what a tap wrote, in one transaction.

use super::{
    lines::Portion,
    marks::Marks,
    reader_of,
    streams::{StreamKey, Streams},
    waiting::{Again, Changes, MESSAGE_COLUMN, PAGE, Parked, REASONS, Waiting, waits},
};
use crate::{
    AppError, Verdict,
    absorb::Absorber,
    import::{Findings, digest_of},
};
use chrono_tz::Tz;
use laer8_domain::{
    days::Day,
    ids::{ImportId, ImportRunId, SourceId},
};
use laer8_intake::{
    mapping::{Mapping, RecordKind},
    singer::{Reader, Refusal, Step, Taken, record_of},
};
use laer8_store::{Quarantined, Tx};
use std::collections::{BTreeMap, HashMap};

/// What does not change during a run.
pub(super) struct Storing<'m> {
    pub(super) mapping: &'m Mapping,
    /// Knows the columns.
    pub(super) reader: Reader,
    pub(super) source: SourceId,
    pub(super) run: Option<ImportRunId>,
    pub(super) marks: Marks,
    pub(super) zone: Tz,
}

/// What came of a transaction, to be believed once it is committed.
pub(super) struct Outcome {
    pub(super) streams: Streams,
    pub(super) waiting: Changes,
    pub(super) findings: Findings,
    /// Whether there is something that other records may have waited for.
    pub(super) has_names: bool,
    /// Rows that left the quarantine.
    pub(super) released: u64,
}

/// The records of a portion by their streams, and what could not be read.
type Sorted<'p> = (BTreeMap<StreamKey, Vec<&'p Taken>>, Vec<(StreamKey, &'p Refusal)>);

/// What was refused on its way to the quarantine.
struct Refused<'r> {
    key: &'r StreamKey,
    import: ImportId,
    line: u32,
    reason: &'static str,
    message: String,
    cells: Vec<String>,
    raw: String,
}

impl Storing<'_> {
    fn kind(&self, key: &StreamKey) -> Option<RecordKind> {
        Some(self.mapping.streams().get(key.section?)?.record())
    }

    /// Absorbs the records of a portion; what is refused goes to quarantine.
    pub(super) async fn portion(
        &self,
        tx: &Tx,
        absorber: &mut Absorber<'_>,
        streams: &Streams,
        waiting: &Waiting,
        portion: &Portion,
    ) -> Result<Outcome, AppError> {
        let mut outcome = Outcome::of(streams.clone());
        let mut rows = Vec::new();
        let (groups, refusals) = self.sorted(portion);
        for (key, taken) in &groups {
            self.stream(tx, absorber, waiting, &mut outcome, &mut rows, portion, key, taken).await?;
        }
        for (key, refusal) in &refusals {
            let stream = outcome.streams.meet(tx, key).await?;
            // In a column of its own the stream need not be said.
            let message = match (&refusal.cells, &refusal.column) {
                (Some(_), Some(column)) => format!("{column}: {}", refusal.reason),
                (Some(_), None) => refusal.reason.to_string(),
                (None, _) => refusal.message(),
            };
            let reason = refusal.reason.key();
            stream.tally.rows += 1;
            stream.tally.refuse(reason, refusal.line, &message);
            let cells = refusal.cells.as_ref().map(|refused| refused.cells.clone()).unwrap_or_default();
            let (import, line, raw) = (stream.import, refusal.line, refusal.raw.clone());
            rows.push(self.row(Refused { key, import, line, reason, message, cells, raw }));
        }
        outcome.findings.extend(absorber.take_findings());
        let by = rows.first().map(|row| row.import);
        tx.quarantine(rows).await?;
        for parked in std::mem::take(&mut outcome.waiting.superseded) {
            let by = by.or_else(|| outcome.streams.any_import()).unwrap_or(ImportId(0));
            tx.release_row(self.source, &parked.file, &parked.digest, by).await?;
        }
        Ok(outcome)
    }

    /// The records of a portion by their streams, and what could not be read.
    fn sorted<'p>(&self, portion: &'p Portion) -> Sorted<'p> {
        let mut groups: BTreeMap<StreamKey, Vec<&Taken>> = BTreeMap::new();
        let mut refusals = Vec::new();
        for step in &portion.steps {
            let Step::Batch(batch) = step else { continue };
            for taken in &batch.taken {
                let key = StreamKey::of(self.mapping, Some(taken.section), &taken.stream);
                groups.entry(key).or_default().push(taken);
            }
            for refusal in &batch.refused {
                let section = refusal.cells.as_ref().map(|cells| cells.section);
                let stream = refusal.stream.as_deref().unwrap_or_else(|| self.mapping.source());
                refusals.push((StreamKey::of(self.mapping, section, stream), refusal));
            }
        }
        (groups, refusals)
    }

    #[expect(clippy::too_many_arguments, reason = "what one stream of a portion needs")]
    async fn stream(
        &self,
        tx: &Tx,
        absorber: &mut Absorber<'_>,
        waiting: &Waiting,
        outcome: &mut Outcome,
        rows: &mut Vec<Quarantined>,
        portion: &Portion,
        key: &StreamKey,
        all: &[&Taken],
    ) -> Result<(), AppError> {
        let Some(kind) = self.kind(key) else { return Ok(()) };
        let stream = outcome.streams.meet(tx, key).await?;
        stream.tally.rows += all.len() as u64;
        let import = stream.import;
        absorber.next_stream(import, self.marks.of(&key.stream, kind));
        let records = all.iter().map(|taken| taken.incoming.clone()).collect();
        for (taken, verdict) in all.iter().zip(absorber.absorb(records).await?) {
            let line = taken.incoming.row;
            for remark in &taken.remarks {
                let example = || format!("{}, line {line}: {remark}", key.stream);
                outcome.findings.add(remark.key(), example);
            }
            let why = match verdict {
                Verdict::Refused(why) => why,
                verdict => {
                    outcome.has_names |= verdict == Verdict::New;
                    stream.tally.count(&verdict);
                    outcome.waiting.put(waiting, taken, None);
                    continue;
                }
            };
            let (reason, message) = (why.key(), why.to_string());
            stream.tally.refuse(reason, line, &message);
            let text = portion.lines.get(&line).map(|line| String::from_utf8_lossy(line)).unwrap_or_default();
            let cells = self.reader.cells(taken.section, text.as_bytes());
            let raw = text.trim_end().to_owned();
            let row = self.row(Refused { key, import, line, reason, message, cells, raw });
            let parked = Parked { file: row.file.clone(), digest: row.digest.clone() };
            outcome.waiting.put(waiting, taken, waits(&why).then_some(parked));
            rows.push(row);
        }
        Ok(())
    }

    /// A row for the quarantine: what the section reads, and the whole line.
    fn row(&self, refused: Refused<'_>) -> Quarantined {
        let Refused { key, import, line, reason, message, mut cells, raw } = refused;
        let record = key.record(self.mapping).to_owned();
        let mut header = Vec::new();
        // A record is the same record though the tap says another time of reading it.
        let digest = match key.section {
            Some(section) => {
                header.extend_from_slice(self.reader.columns(section));
                digest_of([record.as_str()].into_iter().chain(cells.iter().map(String::as_str)))
            }
            None => digest_of([record.as_str(), record_of(&raw)]),
        };
        header.push(MESSAGE_COLUMN.to_owned());
        cells.resize(header.len() - 1, String::new());
        cells.push(raw);
        Quarantined {
            id: 0,
            source: self.source,
            import,
            file: key.stream.clone(),
            record,
            row: line,
            digest,
            reason: reason.to_owned(),
            message,
            delimiter: ',',
            header,
            cells,
        }
    }

    /// Tries a page of rows that wait again; none when there are no more.
    pub(super) async fn again(
        &self,
        tx: &Tx,
        absorber: &mut Absorber<'_>,
        streams: &Streams,
        after: i64,
        today: Day,
    ) -> Result<Option<(Outcome, i64)>, AppError> {
        let rows = tx.quarantined_for(self.source, &REASONS, after, PAGE).await?;
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(None) };
        let mut outcome = Outcome::of(streams.clone());
        let marks = self.marks_of(tx, &rows).await?;
        let mut again = Again::new(self.mapping, reader_of(self.mapping, today)?);
        let mut groups: BTreeMap<(StreamKey, ImportId), Vec<(Quarantined, Taken)>> = BTreeMap::new();
        for row in rows {
            let Some(taken) = again.read(&row) else { continue };
            let key = StreamKey::of(self.mapping, Some(taken.section), &taken.stream);
            groups.entry((key, row.import)).or_default().push((row, taken));
        }
        let mut released = Vec::new();
        for ((key, import), rows) in groups {
            let Some(kind) = self.kind(&key) else { continue };
            let marks = marks.get(&import).unwrap_or(&self.marks);
            absorber.next_stream(import, marks.of(&key.stream, kind));
            let records = rows.iter().map(|(_, taken)| taken.incoming.clone()).collect();
            for ((row, taken), verdict) in rows.iter().zip(absorber.absorb(records).await?) {
                if matches!(verdict, Verdict::Refused(_)) {
                    continue;
                }
                released.push((row.id, import));
                outcome.has_names |= verdict == Verdict::New;
                outcome.waiting.forget(taken);
                if let Some(stream) = outcome.streams.of_import(import) {
                    stream.tally.release(&row.reason, &verdict);
                }
            }
        }
        outcome.findings.extend(absorber.take_findings());
        outcome.released = released.len() as u64;
        released.sort_unstable_by_key(|(_, import)| *import);
        for chunk in released.chunk_by(|a, b| a.1 == b.1) {
            let ids: Vec<i64> = chunk.iter().map(|(id, _)| *id).collect();
            tx.release(&ids, chunk[0].1).await?;
        }
        Ok(Some((outcome, last)))
    }

    /// What had come before the runs that brought these rows: a row that waited
    /// counts as if it had been taken in then.
    async fn marks_of(&self, tx: &Tx, rows: &[Quarantined]) -> Result<HashMap<ImportId, Marks>, AppError> {
        let mut imports: Vec<ImportId> = rows.iter().map(|row| row.import).collect();
        imports.sort_unstable();
        imports.dedup();
        let mut by_run: HashMap<ImportRunId, Marks> = HashMap::new();
        let mut marks = HashMap::new();
        for file in tx.imports_by_id(&imports).await? {
            if Some(file.run) == self.run {
                continue;
            }
            let of_run = match by_run.get(&file.run) {
                Some(marks) => marks.clone(),
                None => Marks::before(tx, self.source, Some(file.run), self.zone).await?,
            };
            by_run.insert(file.run, of_run.clone());
            marks.insert(file.id, of_run);
        }
        Ok(marks)
    }
}

impl Outcome {
    fn of(streams: Streams) -> Self {
        Self {
            streams,
            waiting: Changes::default(),
            findings: Findings::default(),
            has_names: false,
            released: 0,
        }
    }
}
