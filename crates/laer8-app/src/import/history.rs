//! Import runs: what came in, when, and what became of it.

use super::{
    quarantine::{QuarantineGroupView, groups},
    report::{FindingReport, Progress},
    under_way::UnderWay,
};
use crate::{Actor, App, AppError, LocalTime, ingest::singer::FINGERPRINT, workspace};
use chrono_tz::Tz;
use laer8_domain::{
    ids::{ImportRunId, SourceId},
    users::Role,
};
use laer8_store::{ImportFile, ImportRun, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// Import runs, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ImportsView {
    /// Those asked for.
    pub runs: Vec<ImportRunView>,
    /// How many there are.
    pub all: u64,
    /// How many of them are newer than those.
    pub offset: u64,
    /// Rows in quarantine, of all runs.
    pub waiting: u64,
    /// Before which run the next page begins; none on the last.
    #[serde(skip)]
    pub next: Option<ImportRunId>,
}

/// A mapping applied to a set of files.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ImportRunView {
    /// Which.
    pub id: ImportRunId,
    /// The name of its source.
    pub source: String,
    /// The files, as the person named them.
    pub label: String,
    /// Whether a tap brought it, rather than files.
    #[serde(skip)]
    pub of_tap: bool,
    /// When it began.
    pub started: LocalTime,
    /// How long it took, in seconds; none for one that did not finish.
    pub seconds: Option<f64>,
    /// Whether it is under way in this program, and how far it is.
    #[serde(skip)]
    pub under_way: Option<Option<Progress>>,
    /// Why it ended before it was done, where that is known.
    #[serde(skip)]
    pub failure: Option<String>,
    /// Its files, in the order in which they were read.
    pub files: Vec<ImportFileView>,
    /// What contradicts itself in the data since, most first.
    pub findings: Vec<FindingReport>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportFileView {
    /// Its name.
    pub name: String,
    /// The kind of records in it.
    pub record: String,
    /// Rows read.
    pub rows: u64,
    /// Rows that told of something unknown.
    pub new: u64,
    /// Rows that changed what was known.
    pub changed: u64,
    /// Rows that told what was known.
    pub unchanged: u64,
    /// Rows that went to quarantine.
    pub refused: u64,
    /// Rows of a file of this name that still lie in quarantine, by reason.
    pub waiting: Vec<QuarantineGroupView>,
}

impl App {
    /// Import runs, the newest first: those that began before another, or the
    /// newest of all. So a run that begins meanwhile pushes none to another
    /// page. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn imports(
        &self,
        actor: &Actor,
        before: Option<ImportRunId>,
        limit: usize,
    ) -> Result<ImportsView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reader = Reader::new(&tx, &self.under_way).await?;
        let all = tx.count_runs(None).await?;
        let runs = tx.runs(before, limit as u64).await?;
        let offset = match before {
            None => 0,
            Some(before) => tx.count_runs(Some(before)).await?,
        };
        let is_last = offset + runs.len() as u64 >= all;
        let next = runs.last().filter(|_| !is_last).map(|run| run.id);
        let mut views = Vec::new();
        for run in runs {
            views.push(reader.view(run).await?);
        }
        let waiting = reader.waiting.iter().map(|group| group.rows).sum();
        Ok(ImportsView { runs: views, all, offset, waiting, next })
    }

    /// One import run. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn import_run(&self, actor: &Actor, id: ImportRunId) -> Result<ImportRunView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let missing = || AppError::NotFound { kind: "import", name: id.to_string(), hint: String::new() };
        let run = tx.run(id).await?.ok_or_else(missing)?;
        Reader::new(&tx, &self.under_way).await?.view(run).await
    }
}

struct Reader<'t> {
    tx: &'t Tx,
    zone: Tz,
    sources: Vec<(SourceId, String)>,
    waiting: Vec<QuarantineGroupView>,
    under_way: &'t UnderWay,
}

impl<'t> Reader<'t> {
    async fn new(tx: &'t Tx, under_way: &'t UnderWay) -> Result<Self, AppError> {
        let sources = tx.sources().await?;
        let waiting = groups(tx, &sources).await?;
        Ok(Self { tx, zone: workspace::load(tx).await?.zone, sources, waiting, under_way })
    }

    async fn view(&self, run: ImportRun) -> Result<ImportRunView, AppError> {
        let source = self.sources.iter().find(|(id, _)| *id == run.source);
        let source = source.map(|(_, name)| name.clone()).unwrap_or_default();
        let files = self.tx.imports(run.id).await?;
        let mut findings: Vec<FindingReport> =
            self.tx.findings(run.id).await?.into_iter().map(Into::into).collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.count));
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of an import")]
        let seconds = run.finished_at.map(|at| (at - run.started_at).num_milliseconds() as f64 / 1000.0);
        Ok(ImportRunView {
            id: run.id,
            of_tap: run.fingerprint == FINGERPRINT,
            label: run.label,
            started: LocalTime::of(run.started_at, self.zone),
            seconds,
            under_way: self.under_way.progress(run.id),
            failure: run.failure,
            files: files.into_iter().map(|file| self.file(&source, file)).collect(),
            source,
            findings,
        })
    }

    fn file(&self, source: &str, file: ImportFile) -> ImportFileView {
        let is_of = |group: &&QuarantineGroupView| {
            group.source == source && group.file == file.name && group.record == file.record
        };
        let waiting = match file.refused {
            0 => Vec::new(),
            _ => self.waiting.iter().filter(is_of).cloned().collect(),
        };
        ImportFileView {
            rows: file.rows,
            new: file.new,
            changed: file.changed,
            unchanged: file.unchanged,
            refused: file.refused,
            waiting,
            name: file.name,
            record: file.record,
        }
    }
}
