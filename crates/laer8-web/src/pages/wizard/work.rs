//! The last steps: what would come of it, and the import. Both go on by
//! themselves, and their pages say how far they are.

use super::{PATH, Step, steps, trouble};
use crate::{
    error::Trouble,
    frame::Frame,
    pages::{imports::FindingRow, imports::finding_row, shown},
    request::Asked,
};
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use laer8_app::{FileReport, Progress, UploadState, UploadView};
use laer8_words::{Arg, Term, Words};

/// How far something is.
pub(crate) struct Far {
    /// Of a thousand; none before it has begun.
    pub(crate) done: Option<u64>,
    pub(crate) said: Vec<String>,
}

struct ReasonRow {
    name: String,
    rows: String,
    about: String,
    example: String,
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
    reasons: Vec<ReasonRow>,
}

#[derive(Template)]
#[template(path = "wizard-check.html")]
struct CheckPage {
    frame: Frame,
    imports: String,
    steps: Vec<Step>,
    /// While it is worked on.
    far: Option<Far>,
    sub: String,
    back: String,
    action: String,
    verdict: String,
    is_well: bool,
    takes_any: bool,
    files: Vec<FileRow>,
    left_out: Vec<String>,
    findings: Vec<FindingRow>,
}

#[derive(Template)]
#[template(path = "wizard-import.html")]
struct ImportPage {
    frame: Frame,
    imports: String,
    steps: Vec<Step>,
    far: Option<Far>,
    action: String,
    /// Where the run is seen, once it is done.
    run: Option<String>,
    today: String,
    done_said: String,
    drop_said: String,
    /// How many rows were refused, and where they are.
    refused: Option<(String, String)>,
    interrupted: bool,
    failure: Option<String>,
}

pub(crate) async fn check(asked: Asked, Path(id): Path<String>) -> Result<Response, Trouble> {
    let view = asked.site.app.upload(&asked.actor, &id).map_err(|error| trouble(&asked, error))?;
    let words = asked.words;
    let far = match &view.state {
        UploadState::Trying(progress) => Some(far(words, &view, progress.as_ref())),
        UploadState::Tried => None,
        UploadState::Mapping => {
            return Ok(Redirect::to(&asked.link(&format!("{PATH}/{id}"))).into_response());
        }
        _ => return Ok(Redirect::to(&asked.link(&format!("{PATH}/{id}/import"))).into_response()),
    };
    let rows: u64 = view.trial.iter().map(|file| file.rows).sum();
    let refused: u64 = view.trial.iter().map(|file| file.refused).sum();
    let title = if far.is_some() { words.say("wizard-checking") } else { words.say("wizard-check-title") };
    let page = CheckPage {
        frame: Frame::bare(&asked, "/imports", title),
        imports: asked.link("/imports"),
        steps: steps(&asked, Some(&id), 2),
        sub: match far {
            Some(_) => words.say("wizard-checking-about"),
            None => words.say_with("wizard-check-done", &[("rows", Arg::from(rows))]),
        },
        far,
        back: asked.link(&format!("{PATH}/{id}")),
        action: asked.link(&format!("{PATH}/{id}/import")),
        verdict: match refused {
            _ if refused == rows => words.say("wizard-check-nothing"),
            0 => words.say("wizard-check-all-well"),
            refused => words.say_with("wizard-check-refused", &[("rows", Arg::from(refused))]),
        },
        is_well: refused == 0 && rows > 0,
        takes_any: refused < rows,
        files: view.trial.iter().map(|file| file_row(words, file)).collect(),
        left_out: view.left_out,
        findings: view.findings.iter().map(|finding| finding_row(words, finding)).collect(),
    };
    shown(&asked, &page)
}

pub(crate) async fn start_import(asked: Asked, Path(id): Path<String>) -> Result<Response, Trouble> {
    asked.site.app.import_upload(&asked.actor, &id).map_err(|error| trouble(&asked, error))?;
    Ok(Redirect::to(&asked.link(&format!("{PATH}/{id}/import"))).into_response())
}

pub(crate) async fn import(asked: Asked, Path(id): Path<String>) -> Result<Response, Trouble> {
    let view = asked.site.app.upload(&asked.actor, &id).map_err(|error| trouble(&asked, error))?;
    let words = asked.words;
    let (title, far, run, interrupted) = match &view.state {
        UploadState::Importing(progress) => {
            (words.say("wizard-importing"), Some(far(words, &view, progress.as_ref())), None, false)
        }
        UploadState::Done(run) => (words.say("wizard-done"), None, *run, false),
        UploadState::Interrupted => (words.say("wizard-interrupted"), None, None, true),
        UploadState::Mapping | UploadState::Trying(_) | UploadState::Tried => {
            return Ok(Redirect::to(&asked.link(&format!("{PATH}/{id}/check"))).into_response());
        }
    };
    let (mut rows, mut refused) = (0, 0);
    if let Some(run) = run {
        let run = asked.site.app.import_run(&asked.actor, run).await;
        let run = run.map_err(|error| Trouble::of(&asked, &error))?;
        rows = run.files.iter().map(|file| file.rows).sum();
        refused = run.files.iter().map(|file| file.refused).sum();
    }
    let source = Arg::Text(view.source.as_str());
    let source = [("source", source), ("rows", Arg::from(rows - refused))];
    let refused = (refused > 0).then(|| {
        let said = words.say_with("wizard-done-refused", &[("rows", Arg::from(refused))]);
        (said, asked.link("/quarantine"))
    });
    let page = ImportPage {
        frame: Frame::bare(&asked, "/imports", title),
        imports: asked.link("/imports"),
        steps: steps(&asked, None, 3),
        far,
        action: asked.link(&format!("{PATH}/{id}/import")),
        run: run.map(|run| asked.link(&format!("/imports/{run}"))),
        today: asked.link("/today"),
        done_said: words.say_with("wizard-done-said", &source),
        refused,
        drop_said: words.say_with("wizard-done-drop", &source),
        interrupted,
        failure: view.failure,
    };
    shown(&asked, &page)
}

/// How far the work is: by files, and within one by its bytes.
fn far(words: Words, view: &UploadView, progress: Option<&Progress>) -> Far {
    let all = |file: &str| {
        let mut tables = view.tables.iter().filter(|table| table.file == file);
        // Of several sheets nobody knows here which is read.
        tables.next().filter(|_| tables.next().is_none()).map(|table| table.rows)
    };
    progress_said(words, progress, all)
}

/// How far an import is, in words; `all` says how many rows a file has.
pub(crate) fn progress_said(
    words: Words,
    progress: Option<&Progress>,
    all: impl Fn(&str) -> Option<u64>,
) -> Far {
    let Some(progress) = progress else {
        return Far { done: None, said: vec![words.say("wizard-waiting")] };
    };
    let number = |count: u64| words.count(i64::try_from(count).unwrap_or(i64::MAX));
    let before = progress.position.saturating_sub(1) as u64;
    let files = (progress.files as u64).max(1);
    let within = progress.bytes.saturating_mul(1_000).checked_div(progress.size).unwrap_or(0).min(1_000);
    let rows = match all(&progress.file) {
        Some(all) => words.say_with(
            "wizard-progress-rows-of",
            &[("rows", Arg::Text(&number(progress.rows))), ("all", Arg::Text(&number(all)))],
        ),
        None => words.say_with("wizard-progress-rows", &[("rows", Arg::from(progress.rows))]),
    };
    Far {
        done: Some((before * 1_000 + within) / files),
        said: vec![
            words.say_with(
                "wizard-progress-file",
                &[
                    ("file", Arg::Text(&progress.file)),
                    ("position", Arg::from(progress.position)),
                    ("files", Arg::from(progress.files)),
                ],
            ),
            rows,
            words.say_with("wizard-progress-refused", &[("rows", Arg::from(progress.refused))]),
        ],
    }
}

fn file_row(words: Words, file: &FileReport) -> FileRow {
    let number = |count: u64| words.count(i64::try_from(count).unwrap_or(i64::MAX));
    let reason = |it: &laer8_app::ReasonReport| ReasonRow {
        name: words.name(Term::Refusal, &it.reason),
        rows: number(it.count),
        about: words.about(Term::Refusal, &it.reason).unwrap_or_default(),
        example: words.say_with(
            "wizard-reason-line",
            &[("line", Arg::from(u64::from(it.line))), ("message", Arg::Text(&it.message))],
        ),
    };
    FileRow {
        name: file.name.clone(),
        record: words.name(Term::Record, &file.record),
        rows: number(file.rows),
        new: number(file.new),
        changed: number(file.changed),
        unchanged: number(file.unchanged),
        refused: number(file.refused),
        has_refused: file.refused > 0,
        reasons: file.reasons.iter().map(reason).collect(),
    }
}
