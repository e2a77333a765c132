//! Reads a file on a thread of its own, so that reading and storing overlap.

use crate::AppError;
use laer8_domain::{days::Day, records::Incoming};
use laer8_intake::{
    mapping::FileMapping,
    reader::{FileReader, Outcome},
    refusal::Refusal,
    remark::Remark,
};
use std::io::Read;
use tokio::sync::mpsc;

/// Rows handed over at once.
const BATCH: usize = 32_768;

/// Batches that may wait: bounds the memory, whatever the size of the file.
const WAITING: usize = 2;

/// Rows of a file.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Records, each with its row as it stood in the file only where the app
    /// may have to quarantine it.
    pub(super) records: Vec<Incoming>,
    pub(super) remarks: Vec<(u32, Remark)>,
    pub(super) refusals: Vec<Refusal>,
    pub(super) left_out: u64,
    /// Bytes of the file read by the end of the batch.
    pub(super) bytes: u64,
}

impl Batch {
    fn rows(&self) -> usize {
        self.records.len() + self.refusals.len()
    }
}

/// A file that is being read.
pub(super) struct Reading {
    /// Its columns.
    pub(super) header: Vec<String>,
    /// What stands between its fields.
    pub(super) delimiter: char,
    batches: mpsc::Receiver<Result<Batch, AppError>>,
}

impl Reading {
    /// Reads the header, then goes on reading in the background. A workbook is
    /// opened as a whole, which takes a while: that too is done elsewhere.
    pub(super) async fn start(
        mapping: &FileMapping,
        name: &str,
        today: Day,
        input: Box<dyn Read + Send>,
    ) -> Result<Self, AppError> {
        let path = name.to_owned();
        let failed = move |reason: String| AppError::File { path: path.clone(), reason };
        let mapping = mapping.clone();
        let opened = tokio::task::spawn_blocking(move || FileReader::new(&mapping, today, input));
        let opened = opened.await.map_err(|error| failed(error.to_string()))?;
        let reader = opened.map_err(|error| failed(error.to_string()))?;
        let header = reader.header().to_vec();
        let delimiter = char::from(reader.delimiter());
        let (sender, batches) = mpsc::channel(WAITING);
        tokio::task::spawn_blocking(move || read_on(reader, &sender, failed));
        Ok(Self { header, delimiter, batches })
    }

    /// The next rows; none at the end of the file.
    pub(super) async fn next(&mut self) -> Result<Option<Batch>, AppError> {
        self.batches.recv().await.transpose()
    }
}

/// Reads until the end, or until nobody listens any more.
fn read_on(
    mut reader: FileReader<Box<dyn Read + Send>>,
    sender: &mpsc::Sender<Result<Batch, AppError>>,
    failed: impl Fn(String) -> AppError,
) {
    let mut batch = Batch::default();
    while let Some(row) = reader.next() {
        match row {
            Ok(Outcome::Record(incoming, remarks)) => {
                batch.remarks.extend(remarks.into_iter().map(|remark| (incoming.row, remark)));
                batch.records.push(incoming);
            }
            Ok(Outcome::LeftOut { .. }) => batch.left_out += 1,
            Ok(Outcome::Refused(refusal)) => batch.refusals.push(refusal),
            Err(error) => {
                // Nobody listens any more when this fails.
                let _ = sender.blocking_send(Err(failed(error.to_string())));
                return;
            }
        }
        if batch.rows() >= BATCH {
            batch.bytes = reader.bytes_read();
            if sender.blocking_send(Ok(std::mem::take(&mut batch))).is_err() {
                return;
            }
        }
    }
    batch.bytes = reader.bytes_read();
    let _ = sender.blocking_send(Ok(batch));
}
