//! One file: one transaction.

use super::{
    files::Files,
    reading::{Batch, Reading},
    report::{FileReport, Progress},
    tally::{Findings, Tally},
};
use crate::{AppError, Refused, Verdict, absorb::Absorber};
use laer8_domain::{
    days::Day,
    ids::{ImportId, SourceId},
};
use laer8_intake::{mapping::FileMapping, refusal::Refusal};
use laer8_store::{Quarantined, Tx};
use std::collections::{BTreeMap, BTreeSet};

/// A file that is being imported.
pub(super) struct FileImport<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) name: &'a str,
    pub(super) section: &'a FileMapping,
    pub(super) source: SourceId,
    pub(super) import: ImportId,
    pub(super) today: Day,
}

/// What came of a file.
pub(super) struct FileOutcome {
    pub(super) report: FileReport,
    pub(super) findings: Findings,
    /// The lines that were taken in.
    pub(super) taken: BTreeSet<u32>,
}

impl FileImport<'_> {
    /// Absorbs the file; what is refused goes to quarantine. Of mended rows,
    /// what is refused lies there already, as it stood in the original.
    pub(super) async fn run(
        &self,
        tx: &Tx,
        absorber: &mut Absorber<'_>,
        mended: bool,
        progress: &(dyn Fn(u64, u64, u64, u64) + Sync),
    ) -> Result<FileOutcome, AppError> {
        let (input, size) = self.files.open(self.name)?;
        let mut reading = Reading::start(self.section, self.name, self.today, input).await?;
        let mut tally = Tally::default();
        let mut findings = Findings::default();
        let mut unread: Vec<Refusal> = Vec::new();
        let mut refused: BTreeMap<u32, Refused> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        while let Some(batch) = reading.next().await? {
            let Batch { records, remarks, refusals, left_out, bytes } = batch;
            tally.rows += (records.len() + refusals.len()) as u64;
            tally.left_out += left_out;
            for (line, remark) in remarks {
                findings.add(remark.key(), || format!("{}, line {line}: {remark}", self.name));
            }
            for refusal in refusals {
                tally.refuse(refusal.reason.key(), refusal.row, &refusal.message());
                unread.push(refusal);
            }
            let lines: Vec<u32> = records.iter().map(|incoming| incoming.row).collect();
            let verdicts = absorber.absorb(records).await?;
            for (line, verdict) in lines.into_iter().zip(verdicts) {
                tally.count(&verdict);
                if let Verdict::Refused(why) = verdict {
                    tally.refuse(why.key(), line, &why.to_string());
                    if matches!(why, Refused::DuplicateId { .. }) {
                        findings.add(why.key(), || format!("{}, line {line}: {why}", self.name));
                    }
                    refused.insert(line, why);
                    continue;
                }
                if mended {
                    taken.insert(line);
                }
            }
            progress(tally.rows, tally.refused, bytes, size);
        }
        findings.extend(absorber.take_findings());
        if !mended {
            self.quarantine(tx, &reading, unread, refused).await?;
        }
        Ok(FileOutcome { report: tally.report(self.name, self.section.record().key()), findings, taken })
    }

    /// Keeps the rows that were refused, as they stand in the file. Those that
    /// were understood but could not be taken are read once more: they are few,
    /// and keeping every row's text in case would cost all others.
    async fn quarantine(
        &self,
        tx: &Tx,
        reading: &Reading,
        unread: Vec<Refusal>,
        refused: BTreeMap<u32, Refused>,
    ) -> Result<(), AppError> {
        let mut rows: Vec<Quarantined> = unread
            .into_iter()
            .map(|refusal| {
                let message = refusal.message();
                self.row(reading, refusal.row, refusal.reason.key(), message, refusal.raw)
            })
            .collect();
        if !refused.is_empty() {
            let lines: BTreeSet<u32> = refused.keys().copied().collect();
            let (input, _) = self.files.open(self.name)?;
            let texts = laer8_intake::reader::rows_at(self.section, self.today, input, &lines);
            let mut texts = texts
                .map_err(|error| AppError::File { path: self.name.to_owned(), reason: error.to_string() })?;
            for (line, why) in refused {
                let cells = texts.remove(&line).unwrap_or_default();
                rows.push(self.row(reading, line, why.key(), why.to_string(), cells));
            }
        }
        Ok(tx.quarantine(rows).await?)
    }

    fn row(
        &self,
        reading: &Reading,
        line: u32,
        reason: &str,
        message: String,
        cells: Vec<String>,
    ) -> Quarantined {
        let record = self.section.record().key();
        let texts = [record].into_iter().chain(cells.iter().map(String::as_str));
        let digest = super::files::digest_of(texts);
        Quarantined {
            id: 0,
            source: self.source,
            import: self.import,
            file: self.name.to_owned(),
            record: record.to_owned(),
            row: line,
            digest,
            reason: reason.to_owned(),
            message,
            delimiter: reading.delimiter,
            header: reading.header.clone(),
            cells,
        }
    }
}

/// Makes a progress report of a file's counts.
pub(super) fn progress_of<'p>(
    report: &'p (dyn Fn(Progress) + Sync),
    file: &'p str,
    position: usize,
    files: usize,
) -> impl Fn(u64, u64, u64, u64) + Sync + 'p {
    move |rows, refused, bytes, size| {
        report(Progress { file: file.to_owned(), position, files, rows, refused, bytes, size });
    }
}
