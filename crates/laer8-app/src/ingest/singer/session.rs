//! A run of a tap: what is known of it between its transactions.

use super::{
    FINGERPRINT, Marks,
    lines::{End, Portion},
    reader_of,
    report::{MissingColumn, SingerReport},
    storing::{Outcome, Storing},
    streams::{StreamKey, Streams},
    waiting::{Again, Waiting},
};
use crate::{
    Actor, App, AppError, Moment, Progress,
    absorb::{Absorber, Names, Setting, Watermarks},
    import::{Findings, absorb_constants, close, findings, put_findings, settle, shown},
    workspace::Workspace,
};
use laer8_domain::{days::Day, ids::ImportRunId};
use laer8_intake::{
    mapping::Mapping,
    singer::{Reader, Step},
};
use laer8_store::{AuditEntry, Finding, ImportRun, SingerState, StoreError, Tx};
use serde_json::Value;
use std::collections::BTreeSet;

/// Times that a portion is tried when somebody else gives the same names ids at
/// the same moment.
const TRIES: usize = 3;

/// A run that is under way.
pub(super) struct Session<'a> {
    app: &'a App,
    storing: Storing<'a>,
    run: ImportRun,
    workspace: Workspace,
    so_far: SoFar,
    /// The names that were read, and the state of the workspace in which they
    /// are right.
    names: Option<(Names, u64)>,
    /// Whether the rows that wait are known.
    knows_waiting: bool,
    /// Whether the run before was not finished: rows may wait for what it
    /// brought.
    after_a_cut: bool,
}

/// What a run has brought.
#[derive(Default)]
pub(super) struct SoFar {
    pub(super) streams: Streams,
    pub(super) waiting: Waiting,
    pub(super) findings: Findings,
    pub(super) has_names: bool,
    rows: u64,
    released: u64,
    states: u64,
    pub(super) state: Option<String>,
}

impl<'a> Session<'a> {
    /// Begins a run, and keeps the mapping.
    pub(super) async fn start(
        app: &'a App,
        actor: &Actor,
        mapping: &'a Mapping,
        text: &str,
    ) -> Result<Self, AppError> {
        let tx = app.store.write().await?;
        let source = tx.source(mapping.source()).await?;
        let workspace = settle(&tx, mapping).await?;
        app.keep_mapping(&tx, actor, mapping.source(), text).await?;
        let before = tx.newest_run(source, FINGERPRINT).await?;
        let run = tx.start_run(source, FINGERPRINT, "singer", app.clock.now()).await?;
        let marks = Marks::before(&tx, source, Some(run.id), workspace.zone).await?;
        let today = app.today(&workspace);
        let reader = reader_of(mapping, today)?;
        let storing = Storing { mapping, reader, source, run: Some(run.id), marks, zone: workspace.zone };
        let session = Self {
            app,
            storing,
            run,
            workspace,
            so_far: SoFar::default(),
            names: None,
            knows_waiting: false,
            after_a_cut: before.is_some_and(|run| run.finished_at.is_none()),
        };
        let mut absorber = Absorber::new(&tx, session.setting());
        absorb_constants(&mut absorber, mapping).await?;
        close(&tx, &mut absorber, &session.workspace).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// A reader of its lines.
    pub(super) fn reader(&self) -> Result<Reader, AppError> {
        reader_of(self.storing.mapping, self.today())
    }

    fn today(&self) -> Day {
        self.app.today(&self.workspace)
    }

    fn setting(&self) -> Setting {
        Setting {
            source: self.storing.source,
            own: false,
            revisions: false,
            repeats: true,
            import: None,
            today: self.today(),
            now: self.app.now(),
            zone: self.workspace.zone,
            watermarks: Watermarks::default(),
            few: false,
        }
    }

    /// Stores what came, and returns the states that may leave now.
    pub(super) async fn store(&mut self, portion: &Portion) -> Result<Vec<String>, AppError> {
        let mut tries = 1;
        loop {
            match self.try_to_store(portion).await {
                Err(AppError::Store(StoreError::Exists { .. })) if tries < TRIES => tries += 1,
                other => return other,
            }
        }
    }

    async fn try_to_store(&mut self, portion: &Portion) -> Result<Vec<String>, AppError> {
        let states = portion.states();
        let tx = self.app.store.write().await?;
        self.load_waiting(&tx).await?;
        let mut absorber = self.absorber(&tx).await?;
        let (streams, waiting) = (&self.so_far.streams, &self.so_far.waiting);
        let mut outcome = self.storing.portion(&tx, &mut absorber, streams, waiting, portion).await?;
        if let Some(state) = states.last().cloned() {
            let (run, kept_at) = (self.run.id, self.app.clock.now());
            tx.put_singer_state(self.storing.source, &SingerState { state, run, kept_at }).await?;
        }
        let names = self.write_down(&tx, absorber, &mut outcome).await?;
        tx.commit().await?;
        self.names = Some(names);
        self.so_far.believe(outcome);
        self.so_far.states += states.len() as u64;
        self.so_far.state = states.last().cloned().or(self.so_far.state.take());
        Ok(states)
    }

    /// Which rows wait, before the first of its records is stored.
    async fn load_waiting(&mut self, tx: &Tx) -> Result<(), AppError> {
        if self.knows_waiting {
            return Ok(());
        }
        let mut again = Again::new(self.storing.mapping, self.reader()?);
        self.so_far.waiting = Waiting::load(tx, self.storing.source, &mut again).await?;
        self.knows_waiting = true;
        Ok(())
    }

    /// One that has the names of the last, unless somebody wrote since.
    async fn absorber<'t>(&mut self, tx: &'t Tx) -> Result<Absorber<'t>, AppError> {
        let generation = tx.generation().await?;
        let setting = self.setting();
        Ok(match self.names.take() {
            Some((names, known)) if known == generation => Absorber::with_names(tx, setting, names),
            _ => Absorber::new(tx, setting),
        })
    }

    /// Writes down what a transaction brings; returns the names that are known
    /// by it.
    async fn write_down(
        &self,
        tx: &Tx,
        mut absorber: Absorber<'_>,
        outcome: &mut Outcome,
    ) -> Result<(Names, u64), AppError> {
        close(tx, &mut absorber, &self.workspace).await?;
        let now = self.app.clock.now();
        outcome.streams.write_down(tx, self.run.id, self.storing.mapping, now).await?;
        put_findings(tx, &self.run, outcome.findings.clone()).await?;
        Ok((absorber.into_names(), tx.generation().await?))
    }

    /// How far it is.
    pub(super) fn progress(&self, portion: &Portion) -> Progress {
        self.so_far.progress(portion)
    }

    /// Takes in what waited, and writes down how the run ended.
    pub(super) async fn end(mut self, actor: &Actor, end: End) -> Result<SingerReport, AppError> {
        self.take_in_what_waited().await?;
        let tx = self.app.store.write().await?;
        let (mapping, now) = (self.storing.mapping, self.app.clock.now());
        let today = self.today();
        let unsure = self.so_far.unsure(&end, &self.storing.marks);
        for (stream, section) in end.streams.iter().filter(|(stream, _)| !unsure.contains(stream)) {
            let key = StreamKey::of(mapping, Some(*section), stream);
            self.so_far.streams.end(&tx, &key).await?;
        }
        let whole = unsure.is_empty() && !end.cut_short;
        if whole {
            tx.finish_run(self.run.id, now).await?;
        }
        self.so_far.streams.write_down(&tx, self.run.id, mapping, now).await?;
        if self.so_far.changed_anything() {
            put_findings(&tx, &self.run, findings::of(&tx, today).await?).await?;
        }
        let found = tx.findings(self.run.id).await?;
        tx.audit(AuditEntry {
            at: now,
            actor: actor.name.clone(),
            action: "ingest.run".to_owned(),
            subject: format!("source:{}", mapping.source()),
            detail: serde_json::json!({ "run": self.run.id, "lines": end.counts.lines, "whole": whole }),
        })
        .await?;
        let as_of = shown(&tx, today).await?;
        tx.commit().await?;
        Ok(self.so_far.report(mapping, Some(self.run.id), whole, end, found, as_of))
    }

    /// Tries the rows that wait until no more of them can be taken in.
    async fn take_in_what_waited(&mut self) -> Result<(), AppError> {
        if !self.so_far.has_names && !self.after_a_cut {
            return Ok(());
        }
        self.load_waiting(&self.app.store.read().await?).await?;
        while !self.so_far.waiting.is_empty() {
            let before = self.so_far.released;
            self.pass().await?;
            if self.so_far.released == before {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn pass(&mut self) -> Result<(), AppError> {
        let mut after = 0;
        loop {
            let tx = self.app.store.write().await?;
            let mut absorber = self.absorber(&tx).await?;
            let today = self.today();
            let page = self.storing.again(&tx, &mut absorber, &self.so_far.streams, after, today).await?;
            let Some((mut outcome, last)) = page else { return Ok(()) };
            after = last;
            let names = self.write_down(&tx, absorber, &mut outcome).await?;
            tx.commit().await?;
            self.names = Some(names);
            self.so_far.believe(outcome);
        }
    }
}

impl SoFar {
    /// Nothing yet, where these rows wait.
    pub(super) fn with(waiting: Waiting) -> Self {
        Self { waiting, ..Self::default() }
    }

    /// Takes in what a transaction brought.
    pub(super) fn believe(&mut self, outcome: Outcome) {
        let Outcome { streams, waiting, findings, has_names, released } = outcome;
        self.streams = streams;
        self.waiting.apply(waiting);
        self.findings.extend(findings);
        self.has_names |= has_names;
        self.released += released;
        self.rows = self.streams.rows();
    }

    /// How far it is.
    pub(super) fn progress(&self, portion: &Portion) -> Progress {
        let last = portion.steps.iter().rev().find_map(|step| match step {
            Step::Batch(batch) => batch.taken.last().map(|taken| taken.stream.to_string()),
            Step::State(_) => None,
        });
        let file = last.unwrap_or_default();
        Progress { file, position: 1, files: 1, rows: self.rows, refused: 0, bytes: portion.bytes, size: 0 }
    }

    fn changed_anything(&self) -> bool {
        self.released > 0 || self.streams.changed_anything()
    }

    /// The streams of which it is not sure that the tap came to their end: the
    /// last state says that they are being read, or records came after it.
    ///
    /// A tap of the SDK leaves its last state out where it is as before, so a
    /// stream that came to its end once is believed to have come there again.
    /// Without that its history would never end; and once it has, to believe it
    /// of a run that was cut does no harm: what comes later comes late.
    pub(super) fn unsure(&self, end: &End, before: &Marks) -> BTreeSet<String> {
        let mut unsure: BTreeSet<String> = match (end.cut_short, &self.state) {
            (true, None) => end.streams.iter().map(|(stream, _)| stream.clone()).collect(),
            (true, Some(_)) => end.open.clone(),
            (false, _) => end.open.iter().filter(|stream| !before.knows(stream)).cloned().collect(),
        };
        unsure.extend(self.state.iter().flat_map(|state| under_way(state)));
        unsure
    }

    pub(super) fn report(
        self,
        mapping: &Mapping,
        run: Option<ImportRunId>,
        whole: bool,
        end: End,
        findings: Vec<Finding>,
        as_of: Option<Moment>,
    ) -> SingerReport {
        let missing = end
            .counts
            .missing
            .iter()
            .map(|(stream, column)| MissingColumn { stream: stream.clone(), column: column.clone() });
        // What is tried keeps nothing, and so gives no state away.
        let is_kept = run.is_some();
        SingerReport {
            run,
            source: mapping.source().to_owned(),
            dry_run: !is_kept,
            whole,
            cut_short: end.cut_short,
            lines: end.counts.lines,
            streams: self.streams.reports(mapping),
            released: self.released,
            left_out: end.counts.left_out,
            states: if is_kept { self.states } else { 0 },
            missing: missing.collect(),
            unmapped: end.counts.unmapped,
            findings: findings.into_iter().map(Into::into).collect(),
            state: self.state.filter(|_| is_kept),
            as_of,
        }
    }
}

/// The streams that a state says are being read: by `currently_syncing` of taps
/// that are made by hand, by the `progress_markers` of those of the SDK.
fn under_way(state: &str) -> Vec<String> {
    fn has_markers(value: &Value) -> bool {
        match value {
            Value::Object(entries) => entries
                .iter()
                .any(|(key, value)| (key == "progress_markers" && !value.is_null()) || has_markers(value)),
            Value::Array(items) => items.iter().any(has_markers),
            _ => false,
        }
    }
    let Ok(state) = serde_json::from_str::<Value>(state) else { return Vec::new() };
    let current = state.get("currently_syncing").and_then(Value::as_str).map(str::to_owned);
    let bookmarks = state.get("bookmarks").and_then(Value::as_object);
    let marked = bookmarks.into_iter().flatten().filter(|(_, bookmark)| has_markers(bookmark));
    current.into_iter().chain(marked.map(|(stream, _)| stream.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_says_which_streams_are_being_read() {
        for (state, expected) in [
            (r#"{"bookmarks": {"accounts": {"replication_key_value": "2026-01-31"}}}"#, &[][..]),
            (r#"{"currently_syncing": null, "bookmarks": {}}"#, &[]),
            (r#"{"currently_syncing": "deals", "bookmarks": {"accounts": {}}}"#, &["deals"]),
            (r#"{"bookmarks": {"deals": {"progress_markers": {"Note": "…"}}, "accounts": {}}}"#, &["deals"]),
            (r#"{"bookmarks": {"deals": {"partitions": [{"progress_markers": {}}]}}}"#, &["deals"]),
            ("7", &[]),
        ] {
            assert_eq!(under_way(state), expected, "{state}");
        }
    }
}
