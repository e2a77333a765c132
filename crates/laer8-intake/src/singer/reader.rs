//! Reads the lines of a tap by a mapping.

use super::{
    MOST_BATCH_RECORDS, Refusal, RefusalReason, RefusedCells,
    columns::Entries,
    message::{Fault, Message},
    schema::Schema,
};
use crate::{
    error::IntakeError,
    mapping::{FileMapping, Mapping, Only},
    remark::Remark,
    rows::{Binder, Row, RowReader},
};
use laer8_domain::{days::Day, records::Incoming};
use serde_json::value::RawValue;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// What is to be done next, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Store these.
    Batch(Batch),
    /// Keep this state, as the tap wrote it, once everything before it is
    /// stored: from here the tap goes on when it runs again.
    State(String),
}

/// Records and refused lines that belong together in one transaction: when the
/// next state is kept, neither may be lost.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Batch {
    /// What was understood, in the order of the lines.
    pub taken: Vec<Taken>,
    /// What was not.
    pub refused: Vec<Refusal>,
}

/// A record that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The section of the mapping that read it, from 0.
    pub section: usize,
    /// The stream that it came in.
    pub stream: Arc<str>,
    /// What it says; its row is the line.
    pub incoming: Incoming,
    /// What looks wrong in it all the same.
    pub remarks: Vec<Remark>,
}

/// How many lines were what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Lines, blank ones too.
    pub lines: u64,
    /// RECORD messages.
    pub records: u64,
    /// Records that came of them; one message may become several.
    pub taken: u64,
    /// Times that a section left a record out by its `only`.
    pub left_out: u64,
    /// Lines that were refused, or refused by a section.
    pub refused: u64,
    /// STATE messages.
    pub states: u64,
    /// SCHEMA messages.
    pub schemas: u64,
    /// ACTIVATE_VERSION messages. What a full table no longer has is not taken
    /// away: facts stay facts.
    pub activated: u64,
    /// BATCH messages of streams that the mapping reads. The files that they
    /// name are not read: where there is one, records are missing, no later
    /// state may be kept, and the tap must be told not to write them.
    pub batch_files: u64,
    /// Messages of other kinds.
    pub others: u64,
    /// RECORD messages by streams that the mapping does not read.
    pub unmapped: BTreeMap<String, u64>,
    /// Columns that the mapping reads and the schema of the stream does not
    /// have, as (stream, column): misspelt, or not selected in the tap.
    pub missing: BTreeSet<(String, String)>,
}

/// More streams than this are counted together, under an empty name.
const MOST_UNMAPPED: usize = 1_000;

/// A section of the mapping with its columns.
struct Section {
    pattern: FileMapping,
    columns: Vec<String>,
    only: Option<(usize, Only)>,
    rows: RowReader,
}

/// Reads the lines of one run of a tap.
pub struct Reader {
    sections: Vec<Section>,
    imported_on: Day,
    needs_schemas: bool,
    schemas: HashMap<String, Schema>,
    /// The stream that the tap is at.
    current: String,
    batch: Batch,
    counts: Counts,
}

impl Reader {
    /// For the streams of `mapping`; `imported_on` is the day of the import.
    ///
    /// # Errors
    /// [`IntakeError`] when a section can't be read at all.
    pub fn new(mapping: &Mapping, imported_on: Day) -> Result<Self, IntakeError> {
        let sections = mapping.streams().iter().map(Section::new).collect::<Result<_, _>>()?;
        let (batch, counts) = (Batch::default(), Counts::default());
        let (schemas, current) = (HashMap::new(), String::new());
        Ok(Self { sections, imported_on, needs_schemas: true, schemas, current, batch, counts })
    }

    /// The same for single lines, such as refused ones that were mended: a
    /// record is taken without the SCHEMA of its stream.
    #[must_use]
    pub fn without_schemas(self) -> Self {
        Self { needs_schemas: false, ..self }
    }

    /// Reads the next line, with or without its end.
    pub fn line(&mut self, line: &[u8]) -> Vec<Step> {
        self.counts.lines += 1;
        let mut steps = Vec::new();
        match Message::read(line) {
            Ok(None) => {}
            Ok(Some(Message::State(value))) => {
                self.counts.states += 1;
                steps.extend(self.finish());
                steps.push(Step::State(value.get().to_owned()));
            }
            Ok(Some(message)) => self.message(message, line),
            Err(fault) => self.refuse(fault, None, None, line),
        }
        if self.batch.taken.len() + self.batch.refused.len() >= MOST_BATCH_RECORDS {
            steps.extend(self.finish());
        }
        steps
    }

    /// Counts a line that is longer than [`super::MOST_LINE_BYTES`] and was not
    /// kept: `beginning` is what is known of its `bytes`.
    pub fn too_long(&mut self, beginning: &[u8], bytes: usize) -> Vec<Step> {
        self.counts.lines += 1;
        self.refuse((None, RefusalReason::TooLong(bytes)), None, None, beginning);
        let is_full = self.batch.taken.len() + self.batch.refused.len() >= MOST_BATCH_RECORDS;
        if is_full { self.finish().into_iter().collect() } else { Vec::new() }
    }

    /// The columns that a section of the mapping reads, in the order of
    /// [`RefusedCells::cells`].
    #[must_use]
    pub fn columns(&self, section: usize) -> &[String] {
        self.sections.get(section).map_or(&[], |section| &section.columns)
    }

    /// What a section reads of the record on this line: for records that were
    /// understood here and refused later. Empty where it is no record.
    #[must_use]
    pub fn cells(&self, section: usize, line: &[u8]) -> Vec<String> {
        match Message::read(line) {
            Ok(Some(Message::Record { record, .. })) => {
                texts(&Entries::of(record).row(self.columns(section)))
            }
            _ => Vec::new(),
        }
    }

    /// The streams whose schemas came and that the mapping reads, with the
    /// sections that do.
    pub fn streams(&self) -> impl Iterator<Item = (&str, usize)> {
        self.schemas.keys().flat_map(|stream| {
            let reads = |at: &usize| self.sections[*at].pattern.reads(stream);
            (0..self.sections.len()).filter(reads).map(|at| (stream.as_str(), at))
        })
    }

    /// The stream of which the last schema or record was; empty before any.
    #[must_use]
    pub fn current_stream(&self) -> &str {
        &self.current
    }

    /// What is left when there are no more lines, and after it nothing.
    pub fn finish(&mut self) -> Option<Step> {
        let batch = std::mem::take(&mut self.batch);
        (!batch.taken.is_empty() || !batch.refused.is_empty()).then_some(Step::Batch(batch))
    }

    /// How many lines were what by now.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    fn message(&mut self, message: Message<'_>, line: &[u8]) {
        match message {
            Message::Schema { stream, schema, keys } => {
                self.counts.schemas += 1;
                self.at(&stream);
                let schema = Schema::read(schema, keys);
                for section in self.sections.iter().filter(|section| section.pattern.reads(&stream)) {
                    let missing = section.columns.iter().filter(|column| !schema.has(column));
                    let missing = missing.map(|column| (stream.clone().into_owned(), column.clone()));
                    self.counts.missing.extend(missing);
                }
                self.schemas.insert(stream.into_owned(), schema);
            }
            Message::Record { stream, record } => {
                self.counts.records += 1;
                self.at(&stream);
                self.record(&stream, record, line);
            }
            Message::ActivateVersion => self.counts.activated += 1,
            Message::BatchFiles { stream } if self.maps(&stream) => self.counts.batch_files += 1,
            Message::BatchFiles { .. } => self.counts.others += 1,
            Message::State(_) | Message::Other => self.counts.others += 1,
        }
    }

    fn at(&mut self, stream: &str) {
        if self.current != stream {
            stream.clone_into(&mut self.current);
        }
    }

    fn maps(&self, stream: &str) -> bool {
        self.sections.iter().any(|section| section.pattern.reads(stream))
    }

    fn record(&mut self, stream: &str, record: &RawValue, line: &[u8]) {
        let sections: Vec<usize> =
            (0..self.sections.len()).filter(|at| self.sections[*at].pattern.reads(stream)).collect();
        if sections.is_empty() {
            return self.count_unmapped(stream);
        }
        let none = Schema::default();
        let Some(schema) = self.schemas.get(stream).or((!self.needs_schemas).then_some(&none)) else {
            return self.refuse((Some(stream.to_owned()), RefusalReason::NoSchema), None, None, line);
        };
        let entries = Entries::of(record);
        let is_read = |name: &str| sections.iter().any(|at| self.sections[*at].reads(name));
        if let Err((column, reason)) = schema.check(&entries, is_read) {
            return self.refuse((Some(stream.to_owned()), reason), Some(column), None, line);
        }
        let stream: Arc<str> = stream.into();
        for at in sections {
            self.read_by(at, &stream, &entries, line);
        }
    }

    fn read_by(&mut self, at: usize, stream: &Arc<str>, entries: &Entries<'_>, line: &[u8]) {
        let section = &self.sections[at];
        let fields = entries.row(&section.columns);
        let cell = |column: usize| fields.get(column).unwrap_or_default();
        if section
            .only
            .as_ref()
            .is_some_and(|(column, only)| !only.takes(cell(*column), &section.pattern.formats))
        {
            self.counts.left_out += 1;
            return;
        }
        match section.rows.read(&Row { fields: &fields, imported_on: self.imported_on }) {
            Ok((known, record, remarks)) => {
                self.counts.taken += 1;
                let incoming = Incoming { row: self.line_number(), known, record };
                let stream = Arc::clone(stream);
                self.batch.taken.push(Taken { section: at, stream, incoming, remarks });
            }
            Err(error) => {
                let cells = Some(RefusedCells { section: at, cells: texts(&fields) });
                self.refuse((Some(stream.to_string()), error.reason.into()), error.column, cells, line);
            }
        }
    }

    fn count_unmapped(&mut self, stream: &str) {
        let unmapped = &mut self.counts.unmapped;
        let is_new = unmapped.len() >= MOST_UNMAPPED && !unmapped.contains_key(stream);
        let name = if is_new { "" } else { stream };
        *unmapped.entry(name.to_owned()).or_default() += 1;
    }

    fn refuse(
        &mut self,
        (stream, reason): Fault,
        column: Option<String>,
        cells: Option<RefusedCells>,
        line: &[u8],
    ) {
        self.counts.refused += 1;
        let raw = String::from_utf8_lossy(line).trim_end().to_owned();
        self.batch.refused.push(Refusal { line: self.line_number(), stream, column, reason, cells, raw });
    }

    fn line_number(&self) -> u32 {
        u32::try_from(self.counts.lines).unwrap_or(u32::MAX)
    }
}

fn texts(fields: &::csv::StringRecord) -> Vec<String> {
    fields.iter().map(str::to_owned).collect()
}

impl Section {
    fn new(mapping: &FileMapping) -> Result<Self, IntakeError> {
        let columns = mapping.all_columns();
        let binder = Binder::new(mapping, &columns);
        let rows = RowReader::bind(mapping, &binder)?;
        let only = mapping
            .only
            .as_ref()
            .map(|only| Ok::<_, IntakeError>((binder.column(&only.column)?, only.clone())));
        let only = only.transpose()?;
        Ok(Self { pattern: mapping.clone(), columns, only, rows })
    }

    /// Whether a column begins at this property.
    fn reads(&self, property: &str) -> bool {
        let begins = |column: &String| {
            column == property || column.strip_prefix(property).is_some_and(|rest| rest.starts_with('.'))
        };
        self.columns.iter().any(begins)
    }
}
