//! A whole run: the mapping, its files in the order in which they depend on
//! each other, and what contradicts itself afterwards.

use super::{
    file::{FileImport, FileOutcome, progress_of},
    files::{Files, digest, digest_of},
    findings,
    report::{FileReport, ImportReport, Progress},
    tally::Findings,
};
use crate::{
    Actor, App, AppError, AsOf, Moment,
    absorb::{Absorber, Setting, Verdict, Watermarks},
    as_of,
    workspace::{self, Workspace},
};
use laer8_domain::{
    days::{Day, day_of},
    ids::{ImportId, SourceId},
    provenance::OWN_SOURCE,
    users::Role,
};
use laer8_intake::mapping::{FileMapping, Mapping, RecordKind};
use laer8_store::{AuditEntry, Document, ImportFile, ImportRun, Tx};

/// What is to be imported.
pub struct ImportRequest<'a> {
    /// The mapping, as TOML.
    pub mapping: &'a str,
    /// What the mapping is called in messages.
    pub mapping_name: &'a str,
    /// The files.
    pub files: &'a dyn Files,
    /// Whether to report only and change nothing.
    pub dry_run: bool,
}

/// Kinds of records in the order in which they depend on each other.
const ORDER: [RecordKind; 12] = [
    RecordKind::Product,
    RecordKind::Feature,
    RecordKind::Plan,
    RecordKind::ExchangeRate,
    RecordKind::Account,
    RecordKind::Person,
    RecordKind::Subscription,
    RecordKind::Usage,
    RecordKind::Ticket,
    RecordKind::Survey,
    RecordKind::ChurnEvent,
    RecordKind::Note,
];

/// One file read by one section of the mapping.
struct Job<'m> {
    name: String,
    section: &'m FileMapping,
}

impl App {
    /// Imports files by a mapping. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Document`] for the mapping,
    /// [`AppError::File`], [`AppError::Store`]. Files that were done before the
    /// error stay; run again, the import goes on. Imports of one source take
    /// turns, as far as one server knows of them.
    pub async fn import(
        &self,
        actor: &Actor,
        request: &ImportRequest<'_>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportReport, AppError> {
        actor.must_be(Role::Manager)?;
        let mapping = parse_mapping(request.mapping, request.mapping_name)?;
        let plan = plan(&mapping, request.files)?;
        if request.dry_run {
            return self.dry_run(&mapping, &plan, request.files, progress).await;
        }
        let _turn = self.under_way.turn(mapping.source()).await;
        let (run, resumed, workspace) = self.start(actor, &mapping, request).await?;
        let going = self.under_way.begin(run.id);
        let watched = |progress_made: Progress| {
            going.report(&progress_made);
            progress(progress_made);
        };
        let done = self.read_all(&run, resumed, &workspace, &plan, request.files, &watched).await;
        let done = match done {
            Ok(reports) => self.finish(actor, &run, resumed, plan, reports, &mapping).await,
            Err(error) => Err(error),
        };
        if let Err(error) = &done {
            self.put_failure(&run, error).await;
        }
        done
    }

    /// Each file in a transaction of its own.
    async fn read_all(
        &self,
        run: &ImportRun,
        resumed: bool,
        workspace: &Workspace,
        plan: &Plan<'_>,
        files: &dyn Files,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<FileReport>, AppError> {
        let mut reports = Vec::new();
        for (position, job) in plan.jobs.iter().enumerate() {
            let count = progress_of(progress, &job.name, position + 1, plan.jobs.len());
            let tx = self.store.write().await?;
            if resumed && let Some(done) = done_before(&tx, run, position, job, files).await? {
                reports.push(done);
                continue;
            }
            let import = tx.next_import().await?;
            let setting = self.setting(&tx, run.source, Some(run), workspace).await?;
            let mut absorber = Absorber::new(&tx, Setting { import: Some(import), ..setting });
            let file = job.import(files, run.source, import, self.today(workspace));
            let outcome = file.run(&tx, &mut absorber, false, &count).await?;
            close(&tx, &mut absorber, workspace).await?;
            let report = self.write_down(&tx, run, import, position, job, files, outcome).await?;
            tx.commit().await?;
            reports.push(report);
        }
        Ok(reports)
    }

    /// Keeps why a run ended early, if the database still takes it: the error
    /// itself goes to whoever began the run.
    async fn put_failure(&self, run: &ImportRun, error: &AppError) {
        let kept = async {
            let tx = self.store.write().await?;
            tx.put_failure(run.id, Some(&error.to_string())).await?;
            tx.commit().await
        };
        if let Err(failed) = kept.await {
            tracing::warn!(%failed, run = %run.id, "why an import failed can't be kept");
        }
    }

    /// Everything in one transaction that is not committed.
    async fn dry_run(
        &self,
        mapping: &Mapping,
        plan: &Plan<'_>,
        files: &dyn Files,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportReport, AppError> {
        let tx = self.store.write().await?;
        let source = tx.source(mapping.source()).await?;
        let workspace = settle(&tx, mapping).await?;
        let setting = self.setting(&tx, source, None, &workspace).await?;
        let mut absorber = Absorber::new(&tx, setting.clone());
        absorb_constants(&mut absorber, mapping).await?;
        let mut reports = Vec::new();
        let mut found = Findings::default();
        for (position, job) in plan.jobs.iter().enumerate() {
            let count = progress_of(progress, &job.name, position + 1, plan.jobs.len());
            let import = tx.next_import().await?;
            absorber.next_file(import);
            let file = job.import(files, source, import, setting.today);
            let outcome = file.run(&tx, &mut absorber, false, &count).await?;
            found.extend(outcome.findings);
            reports.push(outcome.report);
        }
        close(&tx, &mut absorber, &workspace).await?;
        found.extend(findings::of(&tx, setting.today).await?);
        let as_of = shown(&tx, setting.today).await?;
        Ok(ImportReport {
            run: None,
            source: mapping.source().to_owned(),
            resumed: false,
            dry_run: true,
            files: reports,
            sections_without_file: plan.sections_without_file.clone(),
            files_without_section: plan.files_without_section.clone(),
            findings: found.on_top_of(Vec::new()).into_iter().map(Into::into).collect(),
            as_of,
        })
    }

    /// Begins a run, or takes up the one that was killed.
    async fn start(
        &self,
        actor: &Actor,
        mapping: &Mapping,
        request: &ImportRequest<'_>,
    ) -> Result<(ImportRun, bool, Workspace), AppError> {
        let label = request.files.label();
        let fingerprint = digest_of([request.mapping, &label]);
        let tx = self.store.write().await?;
        let source = tx.source(mapping.source()).await?;
        let workspace = settle(&tx, mapping).await?;
        self.keep_mapping(&tx, actor, mapping.source(), request.mapping).await?;
        let unfinished = tx.unfinished_run(source, &fingerprint).await?;
        let resumed = unfinished.is_some();
        let run = match unfinished {
            Some(run) => {
                tx.put_failure(run.id, None).await?;
                run
            }
            None => tx.start_run(source, &fingerprint, &label, self.clock.now()).await?,
        };
        let setting = self.setting(&tx, source, Some(&run), &workspace).await?;
        let mut absorber = Absorber::new(&tx, setting);
        absorb_constants(&mut absorber, mapping).await?;
        close(&tx, &mut absorber, &workspace).await?;
        tx.commit().await?;
        Ok((run, resumed, workspace))
    }

    /// Keeps the mapping, so that mended rows can be read by it.
    pub(crate) async fn keep_mapping(
        &self,
        tx: &Tx,
        actor: &Actor,
        source: &str,
        body: &str,
    ) -> Result<(), AppError> {
        let versions = tx.document_versions("mapping", source).await?;
        if versions.first().is_some_and(|newest| newest.body == body) {
            return Ok(());
        }
        let document = Document {
            kind: "mapping".to_owned(),
            key: source.to_owned(),
            version: versions.first().map_or(1, |newest| newest.version + 1),
            body: body.to_owned(),
            author: actor.name.clone(),
            created_at: self.clock.now(),
        };
        Ok(tx.insert_document(document).await?)
    }

    /// Keeps what became of a file.
    #[expect(clippy::too_many_arguments, reason = "each is one column of what is kept")]
    async fn write_down(
        &self,
        tx: &Tx,
        run: &ImportRun,
        import: ImportId,
        position: usize,
        job: &Job<'_>,
        files: &dyn Files,
        outcome: FileOutcome,
    ) -> Result<FileReport, AppError> {
        let report = outcome.report;
        tx.insert_import(&ImportFile {
            id: import,
            run: run.id,
            position: u32::try_from(position).unwrap_or(u32::MAX),
            name: job.name.clone(),
            record: report.record.clone(),
            digest: digest(files, &job.name)?,
            rows: report.rows,
            new: report.new,
            changed: report.changed,
            unchanged: report.unchanged,
            refused: report.refused,
            finished_at: self.clock.now(),
        })
        .await?;
        put_findings(tx, run, outcome.findings).await?;
        Ok(report)
    }

    async fn finish(
        &self,
        actor: &Actor,
        run: &ImportRun,
        resumed: bool,
        plan: Plan<'_>,
        files: Vec<FileReport>,
        mapping: &Mapping,
    ) -> Result<ImportReport, AppError> {
        let tx = self.store.write().await?;
        let today = self.today(&workspace::load(&tx).await?);
        let found = findings::of(&tx, today).await?;
        put_findings(&tx, run, found).await?;
        let findings = tx.findings(run.id).await?;
        let now = self.clock.now();
        tx.finish_run(run.id, now).await?;
        tx.audit(AuditEntry {
            at: now,
            actor: actor.name.clone(),
            action: "import.run".to_owned(),
            subject: format!("source:{}", mapping.source()),
            detail: serde_json::json!({ "run": run.id, "label": run.label }),
        })
        .await?;
        let as_of = shown(&tx, today).await?;
        tx.commit().await?;
        Ok(ImportReport {
            run: Some(run.id),
            source: mapping.source().to_owned(),
            resumed,
            dry_run: false,
            files,
            sections_without_file: plan.sections_without_file,
            files_without_section: plan.files_without_section,
            findings: findings.into_iter().map(Into::into).collect(),
            as_of,
        })
    }

    /// Where records of `source` come in; `run` is the one under way.
    pub(crate) async fn setting(
        &self,
        tx: &Tx,
        source: SourceId,
        run: Option<&ImportRun>,
        workspace: &Workspace,
    ) -> Result<Setting, AppError> {
        let before = run.map(|run| run.id);
        let marks = tx.last_imports(source, before).await?;
        let marks = marks.into_iter().map(|(kind, at)| (kind, day_of(at, workspace.zone))).collect();
        Ok(Setting {
            source,
            own: tx.find_source(OWN_SOURCE).await? == Some(source),
            revisions: false,
            repeats: false,
            import: None,
            today: self.today(workspace),
            now: self.clock.now(),
            zone: workspace.zone,
            watermarks: Watermarks(marks),
            few: false,
        })
    }
}

impl<'m> Job<'m> {
    fn import<'a>(
        &'a self,
        files: &'a dyn Files,
        source: SourceId,
        import: ImportId,
        today: Day,
    ) -> FileImport<'a>
    where
        'm: 'a,
    {
        FileImport { files, name: &self.name, section: self.section, source, import, today }
    }
}

/// Reads a mapping.
pub(crate) fn parse_mapping(text: &str, name: &str) -> Result<Mapping, AppError> {
    let wrong = |reason: String| AppError::Document { document: name.to_owned(), reason };
    let mapping = Mapping::parse(text).map_err(|errors| wrong(errors.to_string()))?;
    if mapping.source() == OWN_SOURCE {
        return Err(wrong(format!(
            "the source \"{OWN_SOURCE}\" is what people enter in Laer8; call the source of these files something else"
        )));
    }
    Ok(mapping)
}

/// Which file is read by which section.
struct Plan<'m> {
    jobs: Vec<Job<'m>>,
    sections_without_file: Vec<String>,
    files_without_section: Vec<String>,
}

fn plan<'m>(mapping: &'m Mapping, files: &dyn Files) -> Result<Plan<'m>, AppError> {
    let names = files.names()?;
    let mut jobs = Vec::new();
    let mut sections_without_file = Vec::new();
    for section in mapping.files() {
        let mut fitting = names.iter().filter(|name| section.reads(name)).peekable();
        if fitting.peek().is_none() {
            sections_without_file.push(section.pattern().to_owned());
        }
        jobs.extend(fitting.map(|name| Job { name: name.clone(), section }));
    }
    if jobs.is_empty() {
        return Err(AppError::Invalid(format!(
            "no file in {} fits any section of the mapping; its sections read {}",
            files.label(),
            sections_without_file.join(", ")
        )));
    }
    let is_read = |name: &String| jobs.iter().any(|job| job.name == *name);
    let files_without_section = names.iter().filter(|name| !is_read(name)).cloned().collect();
    let rank = |kind| ORDER.iter().position(|other| *other == kind);
    jobs.sort_by_key(|job| rank(job.section.record()));
    Ok(Plan { jobs, sections_without_file, files_without_section })
}

/// The report of a file that was done before the run was killed, if it has not
/// changed since.
async fn done_before(
    tx: &Tx,
    run: &ImportRun,
    position: usize,
    job: &Job<'_>,
    files: &dyn Files,
) -> Result<Option<FileReport>, AppError> {
    let done = tx.imports(run.id).await?;
    let done = done.into_iter().find(|file| file.position as usize == position && file.name == job.name);
    let Some(file) = done else {
        return Ok(None);
    };
    if file.digest != digest(files, &job.name)? {
        return Ok(None);
    }
    Ok(Some(FileReport {
        name: file.name,
        record: file.record,
        rows: file.rows,
        new: file.new,
        changed: file.changed,
        unchanged: file.unchanged,
        refused: file.refused,
        left_out: 0,
        reasons: Vec::new(),
        done_before: true,
    }))
}

/// The first import of a workspace says where its days begin.
pub(crate) async fn settle(tx: &Tx, mapping: &Mapping) -> Result<Workspace, AppError> {
    if tx.spans().await?.is_empty() {
        workspace::set_zone(tx, mapping.time_zone()).await?;
    }
    workspace::load(tx).await
}

/// Takes in what the mapping itself declares.
pub(crate) async fn absorb_constants(absorber: &mut Absorber<'_>, mapping: &Mapping) -> Result<(), AppError> {
    for verdict in absorber.absorb(mapping.constants().to_vec()).await? {
        if let Verdict::Refused(why) = verdict {
            return Err(AppError::Invalid(format!("the mapping declares what can't be: {why}")));
        }
    }
    Ok(())
}

/// Ends what an absorber has begun.
pub(crate) async fn close(
    tx: &Tx,
    absorber: &mut Absorber<'_>,
    workspace: &Workspace,
) -> Result<(), AppError> {
    absorber.finish().await?;
    if workspace.currency.is_none()
        && let Some(currency) = absorber.first_currency
        && tx.setting("reporting_currency").await?.is_none()
    {
        workspace::set_currency(tx, currency).await?;
    }
    Ok(())
}

pub(crate) async fn put_findings(tx: &Tx, run: &ImportRun, found: Findings) -> Result<(), AppError> {
    for finding in found.on_top_of(tx.findings(run.id).await?) {
        tx.put_finding(run.id, &finding).await?;
    }
    Ok(())
}

/// The day that views show after the import; none while there are no facts.
pub(crate) async fn shown(tx: &Tx, today: Day) -> Result<Option<Moment>, AppError> {
    match as_of::moment(tx, today, AsOf::Newest).await {
        Err(AppError::Empty) => Ok(None),
        moment => moment.map(Some),
    }
}
