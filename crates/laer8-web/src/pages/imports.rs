//! Imports: what came in, what became of it, and what looks wrong.

use super::{
    pager::{Pager, Shown},
    scorecard::may_change,
    scorecards::moment,
    shown,
    wizard::{Far, progress_said},
};
use crate::{error::Trouble, frame::Frame, request::Asked};
use askama::Template;
use axum::{extract::Path, response::Response};
use laer8_app::{FindingReport, ImportFileView, ImportRunView};
use laer8_domain::ids::ImportRunId;
use laer8_words::{Arg, Term, Words};

/// Runs on a page.
const RUNS: usize = 25;
/// In the address: the run before which those that are shown began.
const BEFORE: &str = "before";

struct RunRow {
    address: String,
    when: String,
    source: String,
    /// The last part of where it came from, and the whole of it.
    label: String,
    path: String,
    files: String,
    rows: String,
    new: String,
    changed: String,
    refused: String,
    has_refused: bool,
    took: String,
    findings: String,
}

pub(crate) struct Reason {
    pub(crate) name: String,
    pub(crate) rows: String,
    pub(crate) about: String,
    pub(crate) example: String,
    pub(crate) address: String,
}

struct FileRow {
    name: String,
    record: String,
    rows: String,
    new: String,
    changed: String,
    unchanged: String,
    refused: String,
    has_refused: bool,
    waiting: Vec<Reason>,
}

pub(crate) struct FindingRow {
    pub(crate) name: String,
    pub(crate) count: String,
    pub(crate) about: String,
    pub(crate) examples: Vec<String>,
}

#[derive(Template)]
#[template(path = "imports.html")]
struct ImportsPage {
    frame: Frame,
    sub: String,
    quarantine: String,
    /// Where it is seen what sources have in common.
    identity: String,
    /// Where files are brought in, by whoever may.
    new: Option<String>,
    has_waiting: bool,
    runs: Vec<RunRow>,
    pager: Option<Pager>,
}

#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage {
    frame: Frame,
    all: String,
    quarantine: String,
    when: String,
    /// What was read, once it is done.
    done: Option<String>,
    /// Where it came from: the last part, and the whole of it.
    label: String,
    path: String,
    waiting: u64,
    waiting_said: String,
    /// How far it is, while it is under way here.
    far: Option<Far>,
    /// Why it ended early, where that is known.
    failure: Option<String>,
    /// What it means that it did not finish.
    unfinished: Option<String>,
    files: Vec<FileRow>,
    findings: Vec<FindingRow>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let words = asked.words;
    let before = asked.query.get(BEFORE).and_then(|run| run.parse().ok()).map(ImportRunId);
    let view = asked.site.app.imports(&asked.actor, before, RUNS).await;
    let view = view.map_err(|error| Trouble::of(&asked, &error))?;
    let listed = Shown {
        offset: usize::try_from(view.offset).unwrap_or(usize::MAX),
        rows: view.runs.len(),
        found: usize::try_from(view.all).unwrap_or(usize::MAX),
    };
    let next = view.next.map(|run| asked.link_with("/imports", &[(BEFORE, &run.to_string())]));
    let page = ImportsPage {
        frame: Frame::bare(&asked, "/imports", words.say("setup-imports")),
        sub: words.say_with(
            "setup-imports-sub",
            &[("runs", Arg::from(view.all)), ("waiting", Arg::from(view.waiting))],
        ),
        quarantine: asked.link("/quarantine"),
        identity: asked.link(super::identity::PATH),
        new: may_change(&asked.actor).then(|| asked.link(super::wizard::PATH)),
        has_waiting: view.waiting > 0,
        runs: view.runs.iter().map(|run| run_row(&asked, run)).collect(),
        pager: Pager::going_on(words, listed, asked.link("/imports"), next),
    };
    shown(&asked, &page)
}

pub(crate) async fn one(asked: Asked, Path(id): Path<String>) -> Result<Response, Trouble> {
    let Ok(id) = id.parse() else { return Err(Trouble::missing(asked)) };
    let run = asked.site.app.import_run(&asked.actor, ImportRunId(id)).await;
    let run = run.map_err(|error| Trouble::of(&asked, &error))?;
    let words = asked.words;
    let when = moment(words, run.started);
    let title = words.say_with("import-title", &[("source", Arg::Text(&run.source))]);
    let rows: u64 = run.files.iter().map(|file| file.rows).sum();
    let waiting = run.files.iter().flat_map(|file| &file.waiting).map(|group| group.rows).sum();
    let done = words.say_with(
        if run.of_tap { "setup-done-tap" } else { "import-done" },
        &[
            ("rows", Arg::from(rows)),
            ("files", Arg::from(run.files.len())),
            ("duration", Arg::Text(&took(words, run.seconds))),
        ],
    );
    let page = ImportPage {
        frame: Frame::bare(&asked, "/imports", title),
        all: asked.link("/imports"),
        quarantine: asked.link("/quarantine"),
        done: run.seconds.map(|_| done),
        label: last_part(&run.label).to_owned(),
        waiting_said: words.say_with("web-waiting-rows", &[("rows", Arg::from(waiting))]),
        waiting,
        far: run.under_way.as_ref().map(|progress| progress_said(words, progress.as_ref(), |_| None)),
        failure: run.failure.clone().filter(|_| run.under_way.is_none()),
        unfinished: (run.seconds.is_none() && run.under_way.is_none())
            .then(|| words.say(if run.of_tap { "setup-unfinished-tap" } else { "setup-unfinished-said" })),
        files: run.files.iter().map(|file| file_row(&asked, file)).collect(),
        findings: run.findings.iter().map(|finding| finding_row(words, finding)).collect(),
        when,
        path: run.label,
    };
    shown(&asked, &page)
}

/// The last part of a path, which is how people speak of a file or a folder.
fn last_part(label: &str) -> &str {
    label
        .trim_end_matches(['/', '\\'])
        .rsplit(['/', '\\'])
        .next()
        .filter(|part| !part.is_empty())
        .unwrap_or(label)
}

fn number(words: Words, count: u64) -> String {
    words.count(i64::try_from(count).unwrap_or(i64::MAX))
}

/// How long something took; "–" while it goes on or when it never ended.
fn took(words: Words, seconds: Option<f64>) -> String {
    seconds.map_or_else(|| laer8_words::UNDEFINED.to_owned(), |it| format!("{}\u{a0}s", words.number(it, 1)))
}

fn run_row(asked: &Asked, run: &ImportRunView) -> RunRow {
    let words = asked.words;
    let sum = |pick: fn(&ImportFileView) -> u64| run.files.iter().map(pick).sum::<u64>();
    let refused = sum(|file| file.refused);
    RunRow {
        address: asked.link(&format!("/imports/{}", run.id)),
        when: moment(words, run.started),
        source: run.source.clone(),
        label: last_part(&run.label).to_owned(),
        path: run.label.clone(),
        files: words.count(super::count(run.files.len())),
        rows: number(words, sum(|file| file.rows)),
        new: number(words, sum(|file| file.new)),
        changed: number(words, sum(|file| file.changed)),
        refused: number(words, refused),
        has_refused: refused > 0,
        took: match run.seconds {
            None if run.under_way.is_some() => words.say("wizard-state-importing"),
            None => words.say("setup-unfinished"),
            seconds => took(words, seconds),
        },
        findings: words.count(super::count(run.findings.len())),
    }
}

fn file_row(asked: &Asked, file: &ImportFileView) -> FileRow {
    let words = asked.words;
    FileRow {
        name: file.name.clone(),
        record: words.name(Term::Record, &file.record),
        rows: number(words, file.rows),
        new: number(words, file.new),
        changed: number(words, file.changed),
        unchanged: number(words, file.unchanged),
        refused: number(words, file.refused),
        has_refused: file.refused > 0,
        waiting: file.waiting.iter().map(|group| reason(asked, group)).collect(),
    }
}

/// A reason with its rows, and where they are.
pub(crate) fn reason(asked: &Asked, group: &laer8_app::QuarantineGroupView) -> Reason {
    let words = asked.words;
    let pairs = [
        ("source", group.source.as_str()),
        ("file", group.file.as_str()),
        ("record", group.record.as_str()),
        ("reason", group.reason.as_str()),
    ];
    Reason {
        name: words.name(Term::Refusal, &group.reason),
        rows: number(words, group.rows),
        about: words.about(Term::Refusal, &group.reason).unwrap_or_default(),
        example: words.say_with(
            "setup-example",
            &[("line", Arg::from(group.line)), ("message", Arg::Text(&group.example))],
        ),
        address: asked.link_with("/quarantine", &pairs),
    }
}

pub(crate) fn finding_row(words: Words, finding: &FindingReport) -> FindingRow {
    FindingRow {
        name: words.name(Term::Finding, &finding.kind),
        count: words.say_with("finding-count", &[("count", Arg::from(finding.count))]),
        about: words.about(Term::Finding, &finding.kind).unwrap_or_default(),
        examples: finding.examples.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_spoken_of_by_the_last_part_of_its_path() {
        for (label, spoken) in [
            ("/srv/exports/crm", "crm"),
            ("/srv/exports/crm/", "crm"),
            ("C:\\exports\\usage.csv", "usage.csv"),
            ("crm", "crm"),
            ("/", "/"),
            ("", ""),
        ] {
            assert_eq!(last_part(label), spoken);
        }
    }
}
