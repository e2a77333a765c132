//! One request: one transaction.

use super::{
    BulkAnswer, BulkOutcome, BulkProblem, BulkReport, BulkRequest, BulkResult, KeyFault,
    body::{Group, Row, by_kind},
    keyed::Asked,
    read::read,
    refusal::{About, problem},
};
use crate::{
    Actor, App, AppError, Verdict,
    absorb::{Absorber, Setting, Watermarks},
    import::{close, digest_of},
    workspace::{self, Workspace},
};
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::{
    days::{Day, day_of},
    identity::Subject,
    ids::{AccountId, SourceId},
    records::{AccountRef, Incoming, Record},
};
use laer8_intake::mapping::RecordKind;
use laer8_store::{AuditEntry, ImportFile, ImportRun, KeptAnswer, Quarantined, Tx};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// What a source sends in a day is one run with one file for each kind.
const FINGERPRINT: &str = "bulk";

/// What such a run is called, and where its files lie.
const LABEL: &str = "api";

/// The column in which a row that was refused is kept.
const COLUMN: &str = "record";

/// Rows that are looked into and absorbed at once.
const LOT: usize = 2_000;

/// For how long answers are kept.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// A request while its rows are stored.
struct Storing<'t> {
    tx: &'t Tx,
    source: SourceId,
    run: ImportRun,
    today: Day,
    now: DateTime<Utc>,
    results: Vec<BulkResult>,
}

/// A kind of record while its rows are stored.
struct Kind {
    kind: Option<RecordKind>,
    file: ImportFile,
    /// The rows of it that lie in quarantine.
    waiting: FxHashSet<String>,
    /// Those that are put there.
    refused: BTreeMap<String, Quarantined>,
}

impl App {
    pub(super) async fn store_bulk(
        &self,
        actor: &Actor,
        request: &BulkRequest<'_>,
        rows: &[Row<'_>],
        asked: Option<&Asked>,
    ) -> Result<BulkAnswer, AppError> {
        let tx = self.store.write().await?;
        let now = self.clock.now();
        if let Some(asked) = asked
            && let Some(report) = answered(&tx, asked, now).await?
        {
            return Ok(BulkAnswer { report, replayed: true });
        }
        let workspace = workspace::load(&tx).await?;
        let source = tx.source(request.source).await?;
        tx.hold_source(source).await?;
        let today = self.today(&workspace);
        let run = run_of_day(&tx, source, now, today, &workspace).await?;
        let mut absorber = sent(&tx, source, now, today, &workspace).await?;
        let mut storing =
            Storing { tx: &tx, source, run, today, now, results: Vec::with_capacity(rows.len()) };
        for group in by_kind(rows.to_vec(), request.kind) {
            storing.store(&mut absorber, &group).await?;
        }
        close(&tx, &mut absorber, &workspace).await?;
        let report = storing.report(request).await?;
        if request.dry_run {
            return Ok(BulkAnswer { report, replayed: false });
        }
        tx.audit(AuditEntry {
            at: now,
            actor: actor.name.clone(),
            action: "records.bulk".to_owned(),
            subject: format!("source:{}", request.source),
            detail: serde_json::json!({
                "created": report.created,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "refused": report.refused,
            }),
        })
        .await?;
        if let Some(asked) = asked {
            let text =
                serde_json::to_string(&report).map_err(|error| AppError::Invalid(error.to_string()))?;
            tx.keep_answer(&asked.actor, &asked.key, &text).await?;
        }
        tx.commit().await?;
        Ok(BulkAnswer { report, replayed: false })
    }
}

/// What was answered to this request before; from now on, its key is taken.
async fn answered(tx: &Tx, asked: &Asked, now: DateTime<Utc>) -> Result<Option<BulkReport>, AppError> {
    tx.forget_answers(now - KEPT).await?;
    let Some(kept) = tx.kept_answer(&asked.actor, &asked.key).await? else {
        let kept = KeptAnswer { request: asked.request.clone(), answer: String::new(), kept_at: now };
        tx.take_key(&asked.actor, &asked.key, &kept).await?;
        return Ok(None);
    };
    if kept.request != asked.request {
        return Err(KeyFault::Reused.into());
    }
    // Who updates the program may find answers in another form than it gives.
    let report = serde_json::from_str(&kept.answer);
    report.map(Some).map_err(|error| AppError::Invalid(format!("the kept answer can't be read: {error}")))
}

/// The run of what a source sends today.
async fn run_of_day(
    tx: &Tx,
    source: SourceId,
    now: DateTime<Utc>,
    today: Day,
    workspace: &Workspace,
) -> Result<ImportRun, AppError> {
    let newest = tx.newest_run(source, FINGERPRINT).await?;
    let of_today = newest.filter(|run| day_of(run.started_at, workspace.zone) == today);
    match of_today {
        Some(run) => Ok(run),
        None => Ok(tx.start_run(source, FINGERPRINT, LABEL, now).await?),
    }
}

/// Takes in what a source sends.
async fn sent<'t>(
    tx: &'t Tx,
    source: SourceId,
    now: DateTime<Utc>,
    today: Day,
    workspace: &Workspace,
) -> Result<Absorber<'t>, AppError> {
    let days = |at: Vec<(String, DateTime<Utc>)>| -> FxHashMap<String, Day> {
        at.into_iter().map(|(kind, at)| (kind, day_of(at, workspace.zone))).collect()
    };
    let files = tx.last_imports_without(source, FINGERPRINT, None).await?;
    let mut since = days(tx.first_imports(source, FINGERPRINT).await?);
    for kind in RecordKind::ALL {
        since.entry(kind.key().to_owned()).or_insert(today);
    }
    let setting =
        Setting { watermarks: Watermarks(days(files)), today, ..Setting::live(source, now, workspace.zone) };
    Ok(Absorber::new(tx, setting).sent_since(since))
}

impl Storing<'_> {
    /// Stores the rows of one kind.
    async fn store(&mut self, absorber: &mut Absorber<'_>, group: &Group<'_>) -> Result<(), AppError> {
        let mut kind = self.kind(group.kind).await?;
        absorber.next_file(kind.file.id);
        for lot in group.rows.chunks(LOT) {
            self.store_lot(absorber, &mut kind, lot).await?;
        }
        let Kind { file, refused, .. } = kind;
        let digests: Vec<String> = refused.keys().cloned().collect();
        self.tx.forget_quarantined(self.source, &file.name, &digests).await?;
        self.tx.quarantine(refused.into_values().collect()).await?;
        self.tx.put_import(&file).await?;
        Ok(())
    }

    /// What came of a kind today.
    async fn kind(&self, kind: Option<RecordKind>) -> Result<Kind, AppError> {
        let record = kind.map_or("record", RecordKind::key);
        let files = self.tx.imports(self.run.id).await?;
        let position = u32::try_from(files.len()).unwrap_or(u32::MAX);
        let file = match files.into_iter().find(|file| file.record == record) {
            Some(file) => ImportFile { finished_at: self.now, ..file },
            None => ImportFile {
                id: self.tx.next_import().await?,
                run: self.run.id,
                position,
                name: format!("{LABEL}/{record}"),
                record: record.to_owned(),
                digest: String::new(),
                rows: 0,
                new: 0,
                changed: 0,
                unchanged: 0,
                refused: 0,
                finished_at: self.now,
            },
        };
        let waiting = self.tx.quarantined_digests(self.source, &file.name).await?;
        Ok(Kind { kind, file, waiting, refused: BTreeMap::new() })
    }

    async fn store_lot(
        &mut self,
        absorber: &mut Absorber<'_>,
        kind: &mut Kind,
        rows: &[Row<'_>],
    ) -> Result<(), AppError> {
        let mut records: Vec<Incoming> = Vec::with_capacity(rows.len());
        let mut places: Vec<(Row<'_>, Option<String>, u32, About)> = Vec::with_capacity(rows.len());
        for row in rows {
            kind.file.rows += 1;
            let number = u32::try_from(kind.file.rows).unwrap_or(u32::MAX);
            let read = read(row.text, kind.kind, self.today, number);
            match (read.says, kind.kind) {
                (Ok(incoming), Some(of)) => {
                    places.push((
                        *row,
                        read.id,
                        number,
                        About { kind: of, account: about(&incoming.record) },
                    ));
                    records.push(incoming);
                }
                (Err(problem), _) => self.refuse(kind, *row, read.id, number, problem),
                // What says no kind of record is refused when it is read.
                (Ok(_), None) => {}
            }
        }
        let verdicts = absorber.absorb(records).await?;
        for ((row, id, number, about), verdict) in places.into_iter().zip(verdicts) {
            let outcome = match verdict {
                Verdict::Refused(why) => {
                    self.refuse(kind, row, id, number, problem(&why, &about));
                    continue;
                }
                Verdict::New => BulkOutcome::Created,
                Verdict::Changed => BulkOutcome::Changed,
                Verdict::Unchanged => BulkOutcome::Unchanged,
            };
            match outcome {
                BulkOutcome::Created => kind.file.new += 1,
                BulkOutcome::Changed => kind.file.changed += 1,
                _ => kind.file.unchanged += 1,
            }
            let digest = digest(&kind.file.record, id.as_deref(), row.text);
            kind.refused.remove(&digest);
            if kind.waiting.remove(&digest) {
                self.tx.release_row(self.source, &kind.file.name, &digest, kind.file.id).await?;
            }
            let account = about.account.and_then(|account| absorber.account_of(&account));
            let Row { index, line, .. } = row;
            self.results.push(BulkResult {
                index,
                line,
                kind: kind.kind,
                id,
                outcome,
                account,
                problem: None,
            });
        }
        Ok(())
    }

    fn refuse(&mut self, kind: &mut Kind, row: Row<'_>, id: Option<String>, number: u32, why: BulkProblem) {
        kind.file.refused += 1;
        // An id that is too long is not repeated: the row is told by its place.
        let digest = digest(&kind.file.record, id.as_deref(), row.text);
        let text = row.text.unwrap_or_default().replace('\0', "\u{fffd}");
        let quarantined = Quarantined {
            id: 0,
            source: self.source,
            import: kind.file.id,
            file: kind.file.name.clone(),
            record: kind.file.record.clone(),
            row: number,
            digest: digest.clone(),
            reason: why.code.clone(),
            message: match &why.field {
                Some(field) => format!("{field}: {}", why.message),
                None => why.message.clone(),
            },
            delimiter: ',',
            header: vec![COLUMN.to_owned()],
            cells: vec![text],
        };
        kind.waiting.remove(&digest);
        kind.refused.insert(digest, quarantined);
        let Row { index, line, .. } = row;
        let outcome = BulkOutcome::Refused;
        self.results.push(BulkResult {
            index,
            line,
            kind: kind.kind,
            id,
            outcome,
            account: None,
            problem: Some(why),
        });
    }

    /// What became of all rows, in their order.
    async fn report(mut self, request: &BulkRequest<'_>) -> Result<BulkReport, AppError> {
        self.tx.finish_run(self.run.id, self.now).await?;
        let mut accounts: Vec<i64> =
            self.results.iter().filter_map(|result| result.account).map(|account| account.0).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let read_as = self.tx.read_as(Subject::Account, &accounts).await?;
        self.results.sort_unstable_by_key(|result| result.index);
        let mut report = BulkReport::new(request.source, request.dry_run);
        for mut result in self.results {
            result.account =
                result.account.map(|account| read_as.get(&account.0).map_or(account, |of| AccountId(*of)));
            report.add(result);
        }
        if request.only_refused {
            report.results.retain(|result| result.outcome == BulkOutcome::Refused);
        }
        Ok(report)
    }
}

/// Tells a row by the id of what it is about, else by what stands there: what
/// is sent again mended takes its place.
fn digest(record: &str, id: Option<&str>, text: Option<&str>) -> String {
    match id {
        Some(id) => digest_of([record, "id", id]),
        None => digest_of([record, "text", text.unwrap_or_default()]),
    }
}

/// The account that a record is about.
fn about(record: &Record) -> Option<AccountRef> {
    match record {
        Record::Account(record) => Some(AccountRef::Account(record.id.clone())),
        Record::Person(record) => Some(record.account.clone()),
        Record::Subscription(record) => Some(record.account.clone()),
        Record::Usage(record) => Some(record.account.clone()),
        Record::Ticket(record) => Some(record.account.clone()),
        Record::Survey(record) => Some(record.account.clone()),
        Record::ChurnEvent(record) => Some(record.account.clone()),
        Record::Note(record) => Some(record.account.clone()),
        Record::Product(_) | Record::Plan(_) | Record::Feature(_) | Record::ExchangeRate(_) => None,
    }
}
