//! Reads the lines of a tap on a thread of its own, so that reading and storing
//! overlap.
//!
//! What the tap has written by now is handed over as soon as the tap makes a
//! pause, so that a slow tap has its records stored at once; of a quick one,
//! many are stored together.

use crate::AppError;
use laer8_intake::singer::{Counts, MOST_BATCH_RECORDS, MOST_LINE_BYTES, Reader, Step};
use std::{
    collections::{BTreeSet, HashMap},
    io::{BufRead, BufReader, Read},
};
use tokio::sync::mpsc;

/// Bytes read from the tap at once.
const BUFFER: usize = 1 << 18;

/// Portions that may wait. With [`MOST_BYTES`] it bounds the memory.
const WAITING: usize = 64;

/// Bytes of lines after which a portion ends.
const MOST_BYTES: usize = 1 << 20;

/// Of a line that is too long, the bytes that are kept.
const BEGINNING: usize = 4_096;

/// Some of what a tap wrote.
#[derive(Debug, Default)]
pub(super) struct Portion {
    pub(super) steps: Vec<Step>,
    /// The lines of its records, for those that can't be taken.
    pub(super) lines: HashMap<u32, Box<[u8]>>,
    /// Bytes read by its end.
    pub(super) bytes: u64,
}

/// How the input ended.
#[derive(Debug)]
pub(super) struct End {
    pub(super) counts: Counts,
    /// The streams that told their schema, with the sections that read them.
    pub(super) streams: BTreeSet<(String, usize)>,
    /// Whether it ended in the middle of a line.
    pub(super) cut_short: bool,
    /// The streams of which nobody can say whether the tap had come to their
    /// end: their records came after the last state, and the tap did not go on
    /// to another stream.
    pub(super) open: BTreeSet<String>,
}

/// Lines that are being read.
pub(super) struct Lines {
    portions: mpsc::Receiver<Heard>,
    end: Option<Result<End, AppError>>,
}

enum Heard {
    Portion(Portion),
    End(Result<End, AppError>),
}

impl Lines {
    /// Begins to read.
    pub(super) fn start(reader: Reader, input: Box<dyn Read + Send>) -> Self {
        let (sender, portions) = mpsc::channel(WAITING);
        tokio::task::spawn_blocking(move || {
            let mut thread = Thread::new(reader, sender);
            let end = thread.read(BufReader::with_capacity(BUFFER, input));
            thread.hand_over();
            // Nobody listens any more when this fails.
            let _ = thread.sender.blocking_send(Heard::End(end));
        });
        Self { portions, end: None }
    }

    /// What came since, some thousand records at most; none at the end.
    pub(super) async fn next(&mut self) -> Option<Portion> {
        if self.end.is_some() {
            return None;
        }
        let mut all: Option<Portion> = None;
        loop {
            let heard = match &all {
                None => self.portions.recv().await,
                Some(portion) if portion.records() >= MOST_BATCH_RECORDS => return all,
                Some(_) => self.portions.try_recv().ok(),
            };
            match heard {
                Some(Heard::Portion(portion)) => match &mut all {
                    None => all = Some(portion),
                    Some(all) => all.add(portion),
                },
                Some(Heard::End(end)) => {
                    self.end = Some(end);
                    return all;
                }
                None if all.is_some() => return all,
                None => {
                    let reason = "the thread that reads it ended".to_owned();
                    self.end = Some(Err(AppError::File { path: STDIN.to_owned(), reason }));
                    return None;
                }
            }
        }
    }

    /// How it ended; to be asked after the last portion.
    pub(super) fn end(self) -> Result<End, AppError> {
        let never = || AppError::Invalid("the input was not read to its end".to_owned());
        self.end.unwrap_or_else(|| Err(never()))
    }
}

impl Portion {
    fn records(&self) -> usize {
        let records = |step: &Step| match step {
            Step::Batch(batch) => batch.taken.len() + batch.refused.len(),
            Step::State(_) => 0,
        };
        self.steps.iter().map(records).sum()
    }

    /// The states in it.
    pub(super) fn states(&self) -> Vec<String> {
        let state = |step: &Step| match step {
            Step::State(state) => Some(state.clone()),
            Step::Batch(_) => None,
        };
        self.steps.iter().filter_map(state).collect()
    }

    fn add(&mut self, other: Self) {
        self.steps.extend(other.steps);
        self.lines.extend(other.lines);
        self.bytes = other.bytes;
    }
}

/// What the tap's output is called in messages.
const STDIN: &str = "the tap's output";

struct Thread {
    reader: Reader,
    sender: mpsc::Sender<Heard>,
    portion: Portion,
    /// Bytes of the lines in it.
    size: usize,
    bytes: u64,
    /// Whether there was a state.
    has_state: bool,
    /// The streams of which records came since the last state.
    since_state: BTreeSet<String>,
    /// The streams of which records came, and those among them that came again
    /// after another.
    met: BTreeSet<String>,
    mixed: BTreeSet<String>,
    last_met: String,
}

impl Thread {
    fn new(reader: Reader, sender: mpsc::Sender<Heard>) -> Self {
        Self {
            reader,
            sender,
            portion: Portion::default(),
            size: 0,
            bytes: 0,
            has_state: false,
            since_state: BTreeSet::new(),
            met: BTreeSet::new(),
            mixed: BTreeSet::new(),
            last_met: String::new(),
        }
    }

    fn read(&mut self, mut input: BufReader<Box<dyn Read + Send>>) -> Result<End, AppError> {
        let failed =
            |error: std::io::Error| AppError::File { path: STDIN.to_owned(), reason: error.to_string() };
        let mut line = Vec::new();
        let mut cut_short = false;
        loop {
            line.clear();
            // One byte more than may be, to see that it is too long.
            let most = MOST_LINE_BYTES as u64 + 2;
            let read = input.by_ref().take(most).read_until(b'\n', &mut line).map_err(failed)?;
            if read == 0 {
                break;
            }
            self.bytes += read as u64;
            let is_whole = line.ends_with(b"\n");
            if !is_whole && read as u64 == most {
                let rest = skip_line(&mut input).map_err(failed)?;
                self.bytes += rest;
                let bytes = read.saturating_add(usize::try_from(rest).unwrap_or(usize::MAX));
                let steps = self.reader.too_long(&line[..BEGINNING], bytes);
                self.take(steps, None);
            } else if !is_whole && !is_json(&line) && !line.trim_ascii().is_empty() {
                cut_short = true;
                break;
            } else {
                self.line(&line)?;
            }
            let is_pause = input.buffer().is_empty();
            if (is_pause || self.size >= MOST_BYTES) && !self.hand_over() {
                break;
            }
        }
        let streams = self.reader.streams().map(|(stream, section)| (stream.to_owned(), section)).collect();
        Ok(End { counts: self.reader.counts().clone(), streams, cut_short, open: self.open() })
    }

    fn line(&mut self, line: &[u8]) -> Result<(), AppError> {
        let (records, taken) = (self.reader.counts().records, self.reader.counts().taken);
        let steps = self.reader.line(line);
        let counts = self.reader.counts();
        if counts.batch_files > 0 {
            return Err(AppError::Invalid(format!(
                "line {}: the tap writes records into files of their own (a BATCH message), which are not read; take `batch_config` out of the tap's settings. What came before is stored",
                counts.lines
            )));
        }
        let is_taken = counts.taken > taken;
        let number = u32::try_from(counts.lines).unwrap_or(u32::MAX);
        if counts.records > records {
            self.met();
        }
        self.take(steps, is_taken.then_some((number, line)));
        Ok(())
    }

    /// A record came of the stream that the tap is at.
    fn met(&mut self) {
        let stream = self.reader.current_stream();
        if self.last_met == stream && self.since_state.contains(stream) {
            return;
        }
        if self.last_met != stream && !self.met.insert(stream.to_owned()) {
            self.mixed.insert(stream.to_owned());
        }
        self.since_state.insert(stream.to_owned());
        stream.clone_into(&mut self.last_met);
    }

    /// A tap that writes no state can only be believed.
    fn open(&self) -> BTreeSet<String> {
        let current = self.reader.current_stream();
        let is_open = |stream: &&String| *stream == current || self.mixed.contains(*stream);
        let since_state = self.since_state.iter().filter(|_| self.has_state);
        since_state.filter(is_open).cloned().collect()
    }

    /// Adds steps to the portion. A line whose record closes a batch belongs to
    /// it.
    fn take(&mut self, steps: Vec<Step>, line: Option<(u32, &[u8])>) {
        if let Some((number, line)) = line {
            self.size += line.len();
            self.portion.lines.insert(number, line.into());
        }
        if steps.iter().any(|step| matches!(step, Step::State(_))) {
            self.has_state = true;
            self.since_state.clear();
        }
        self.portion.steps.extend(steps);
    }

    /// Hands over what there is; false when nobody wants it any more.
    fn hand_over(&mut self) -> bool {
        self.portion.steps.extend(self.reader.finish());
        self.size = 0;
        if self.portion.steps.is_empty() {
            self.portion.lines.clear();
            return true;
        }
        let mut portion = std::mem::take(&mut self.portion);
        portion.bytes = self.bytes;
        self.sender.blocking_send(Heard::Portion(portion)).is_ok()
    }
}

/// Passes over the rest of a line; returns how many bytes that were.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(skipped);
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        input.consume(used);
        skipped += used as u64;
        if end.is_some() {
            return Ok(skipped);
        }
    }
}

fn is_json(line: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}
