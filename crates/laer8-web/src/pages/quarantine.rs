//! The quarantine: rows that were refused, and the way back in.

use super::{
    imports::{Reason, reason},
    pager::{Pager, Shown},
    scorecard::may_change,
    shown,
};
use crate::{error::Trouble, frame::Frame, query::Query, request::Asked};
use askama::Template;
use axum::{
    extract::Multipart,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use laer8_app::{
    AppError, MarkedRow, MendReport, QuarantineAsked, QuarantineGroupView, QuarantineView, Upload, Uploads,
};
use laer8_words::{Arg, Term, Words};
use std::collections::BTreeSet;
use tokio::runtime::Handle;

/// Rows on a page.
const ROWS: u64 = 50;
/// In the address: the row after which those that are shown stand.
const AFTER: &str = "after";
/// Bytes that may be uploaded at once.
pub(crate) const UPLOAD: usize = 32 << 20;

/// A file with refused rows.
struct FileGroup {
    file: String,
    source: String,
    record: String,
    rows: String,
    reasons: Vec<Reason>,
    download: String,
}

struct Cell {
    text: String,
    marked: bool,
}

struct Row {
    line: String,
    reason: String,
    message: String,
    cells: Vec<Cell>,
}

/// Rows of one file that have the same columns.
struct Sheet {
    file: String,
    columns: Vec<String>,
    rows: Vec<Row>,
}

/// A choice of a filter.
struct Choice {
    name: &'static str,
    label: String,
    options: Vec<(String, String, bool)>,
}

/// What came of mended rows.
struct Mended {
    released: String,
    remaining: String,
    files: Vec<MendedFile>,
}

struct MendedFile {
    name: String,
    rows: String,
    taken: String,
    refused: String,
    reasons: Vec<String>,
}

#[derive(Template)]
#[template(path = "quarantine.html")]
struct Page {
    frame: Frame,
    imports: String,
    sub: String,
    is_empty: bool,
    files: Vec<FileGroup>,
    choices: Vec<Choice>,
    clear: Option<String>,
    sheets: Vec<Sheet>,
    place: String,
    pager: Option<Pager>,
    may_mend: bool,
    action: String,
    /// The sources that have rows here, and whether their mapping is kept.
    sources: Vec<(String, bool)>,
    needs_mapping: bool,
    mended: Option<Mended>,
    fault: Option<String>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    draw(&asked, None, None).await
}

/// A file of refused rows, to be mended.
pub(crate) async fn csv(asked: Asked) -> Result<Response, Trouble> {
    let files = asked.site.app.export_quarantine(&asked.actor).await;
    let files = files.map_err(|error| Trouble::of(&asked, &error))?;
    let is = |name: &str, found: &str| asked.query.get(name).is_none_or(|wanted| wanted == found);
    let wanted = |file: &laer8_app::QuarantineFile| {
        is("source", &file.source) && is("file", &file.file) && is("record", &file.record)
    };
    let Some(file) = files.into_iter().find(wanted) else { return Err(Trouble::missing(asked)) };
    let mut response = file.contents.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let plain = |letter: char| if letter.is_ascii_graphic() && letter != '"' { letter } else { '_' };
    let name: String = file.name.chars().map(plain).collect();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Mended rows, to be read again.
pub(crate) async fn mend(asked: Asked, form: Multipart) -> Result<Response, Trouble> {
    let words = asked.words;
    let posted = match read(form).await {
        Ok(posted) => posted,
        Err(TooLarge) => {
            let most = words.count(i64::try_from(UPLOAD >> 20).unwrap_or_default());
            let said = words.say_with("setup-upload-large", &[("megabytes", Arg::Text(&most))]);
            return draw(&asked, None, Some(said)).await;
        }
    };
    if posted.files.0.is_empty() {
        return draw(&asked, None, Some(words.say("setup-upload-none"))).await;
    }
    match read_again(&asked, posted).await {
        Ok(report) => draw(&asked, Some(mended(words, &report)), None).await,
        Err(error @ (AppError::Forbidden { .. } | AppError::Store(_))) => Err(Trouble::of(&asked, &error)),
        // What is wrong with the file is said where it can be chosen again.
        Err(error) => draw(&asked, None, Some(error.to_string())).await,
    }
}

/// Reads mended rows on a thread where waiting holds nobody up.
async fn read_again(asked: &Asked, posted: Posted) -> Result<MendReport, AppError> {
    let (app, actor) = (asked.site.app.clone(), asked.actor.clone());
    let here = Handle::current();
    let reading = tokio::task::spawn_blocking(move || {
        let Posted { source, mapping, files } = posted;
        here.block_on(app.mend_uploaded(&actor, &source, mapping.as_deref(), &files))
    });
    match reading.await {
        Ok(report) => report,
        Err(error) => {
            let path = asked.path.clone();
            Err(AppError::File { path, reason: error.to_string() })
        }
    }
}

struct Posted {
    source: String,
    mapping: Option<String>,
    files: Uploads,
}

/// The form did not end, or holds more than is taken.
struct TooLarge;

async fn read(mut form: Multipart) -> Result<Posted, TooLarge> {
    let mut posted = Posted { source: String::new(), mapping: None, files: Uploads::default() };
    while let Some(field) = form.next_field().await.map_err(|_| TooLarge)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(plain_name).unwrap_or_default();
        let bytes = field.bytes().await.map_err(|_| TooLarge)?;
        if bytes.is_empty() {
            continue;
        }
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "source" => posted.source = text(),
            "mapping" => posted.mapping = Some(text()),
            "file" => posted.files.0.push(Upload { name: file, contents: bytes.as_ref().into() }),
            _ => {}
        }
    }
    Ok(posted)
}

/// The name of a file without its folder, and without the number that browsers
/// give to a second copy: "usage.usage.quarantine (1).csv".
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let Some((stem, end)) = name.rsplit_once('.') else { return name.to_owned() };
    let copy = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('('));
    match copy {
        Some((stem, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{}.{end}", stem.trim_end())
        }
        _ => name.to_owned(),
    }
}

async fn draw(asked: &Asked, mended: Option<Mended>, fault: Option<String>) -> Result<Response, Trouble> {
    let words = asked.words;
    let text = |name: &str| asked.query.get(name).map(str::to_owned);
    let filter = QuarantineAsked {
        source: text("source"),
        file: text("file"),
        record: text("record"),
        reason: text("reason"),
        after: asked.query.get(AFTER).and_then(|row| row.parse().ok()),
        limit: ROWS,
    };
    let view = asked.site.app.quarantine_view(&asked.actor, &filter).await;
    let view = view.map_err(|error| Trouble::of(asked, &error))?;
    let listed = Shown {
        offset: usize::try_from(view.offset).unwrap_or(usize::MAX),
        rows: view.rows.len(),
        found: usize::try_from(view.matching).unwrap_or(usize::MAX),
    };
    let to = |query: Query| format!("{}#rows", query.address("/quarantine"));
    let next = view.next.map(|row| to(asked.query.with(AFTER, &row.to_string())));
    let all: u64 = view.groups.iter().map(|group| group.rows).sum();
    let names: BTreeSet<&str> = view.groups.iter().map(|group| group.source.as_str()).collect();
    let sources: Vec<(String, bool)> =
        names.into_iter().map(|name| (name.to_owned(), view.mapped.iter().any(|it| it == name))).collect();
    let is_filtered =
        ["source", "file", "record", "reason"].iter().any(|name| asked.query.get(name).is_some());
    let page = Page {
        frame: Frame::bare(asked, "/imports", words.say("setup-quarantine")),
        imports: asked.link("/imports"),
        sub: words.say_with("setup-quarantine-sub", &[("rows", Arg::from(all))]),
        is_empty: all == 0,
        files: files(asked, &view),
        choices: choices(asked, &view),
        clear: is_filtered.then(|| asked.link("/quarantine")),
        sheets: sheets(words, &view.rows),
        place: words.say_with("setup-rows", &[("rows", Arg::from(view.matching))]),
        pager: Pager::going_on(words, listed, to(asked.query.without(AFTER)), next),
        may_mend: may_change(&asked.actor),
        action: asked.link("/quarantine"),
        needs_mapping: sources.iter().any(|(_, kept)| !kept),
        sources,
        mended,
        fault,
    };
    shown(asked, &page)
}

fn files(asked: &Asked, view: &QuarantineView) -> Vec<FileGroup> {
    let same = |a: &QuarantineGroupView, b: &QuarantineGroupView| {
        (&a.source, &a.file, &a.record) == (&b.source, &b.file, &b.record)
    };
    let file = |groups: &[QuarantineGroupView]| {
        let first = &groups[0]; // a chunk has at least one
        let rows: u64 = groups.iter().map(|group| group.rows).sum();
        let pairs = [
            ("source", first.source.as_str()),
            ("file", first.file.as_str()),
            ("record", first.record.as_str()),
        ];
        FileGroup {
            file: first.file.clone(),
            source: first.source.clone(),
            record: asked.words.name(Term::Record, &first.record),
            rows: asked.words.say_with("setup-rows", &[("rows", Arg::from(rows))]),
            reasons: groups.iter().map(|group| reason(asked, group)).collect(),
            download: asked.link_with("/quarantine.csv", &pairs),
        }
    };
    view.groups.chunk_by(same).map(file).collect()
}

fn choices(asked: &Asked, view: &QuarantineView) -> Vec<Choice> {
    let words = asked.words;
    let choice =
        |name: &'static str, label: &str, pick: &dyn Fn(&QuarantineGroupView) -> (String, String)| {
            let found: BTreeSet<(String, String)> = view.groups.iter().map(pick).collect();
            let chosen = asked.query.get(name).unwrap_or_default();
            let option = |(value, said): (String, String)| {
                let is_chosen = value == chosen;
                (value, said, is_chosen)
            };
            Choice { name, label: label.to_owned(), options: found.into_iter().map(option).collect() }
        };
    let same = |text: &str| (text.to_owned(), text.to_owned());
    let all = [
        choice("source", &words.say("setup-column-source"), &|group| same(&group.source)),
        choice("file", &words.say("import-column-file"), &|group| same(&group.file)),
        choice("reason", &words.say("column-reason"), &|group| {
            (group.reason.clone(), words.name(Term::Refusal, &group.reason))
        }),
    ];
    all.into_iter()
        .filter(|choice| choice.options.len() > 1 || choice.options.iter().any(|it| it.2))
        .collect()
}

/// The rows by file, where the columns are the same.
fn sheets(words: Words, rows: &[MarkedRow]) -> Vec<Sheet> {
    let same = |a: &MarkedRow, b: &MarkedRow| {
        (&a.row.source, &a.row.file) == (&b.row.source, &b.row.file)
            && a.header == b.header
            && a.row.cells.len() == b.row.cells.len()
    };
    let sheet = |rows: &[MarkedRow]| {
        let first = &rows[0]; // a chunk has at least one
        let column =
            |place: usize| first.header.get(place).cloned().unwrap_or_else(|| words.say("setup-no-column"));
        Sheet {
            file: format!("{} · {}", first.row.file, first.row.source),
            columns: (0..first.row.cells.len()).map(column).collect(),
            rows: rows.iter().map(|row| drawn(words, row)).collect(),
        }
    };
    rows.chunk_by(same).map(sheet).collect()
}

fn drawn(words: Words, row: &MarkedRow) -> Row {
    let cells = row.row.cells.iter().enumerate();
    Row {
        line: row.row.line.to_string(),
        reason: words.name(Term::Refusal, &row.row.reason),
        message: row.row.message.clone(),
        cells: cells
            .map(|(place, text)| Cell { text: text.clone(), marked: row.marked == Some(place) })
            .collect(),
    }
}

fn mended(words: Words, report: &MendReport) -> Mended {
    let number = |count: u64| words.count(i64::try_from(count).unwrap_or(i64::MAX));
    let file = |file: &laer8_app::FileReport| MendedFile {
        name: file.name.clone(),
        rows: number(file.rows),
        taken: number(file.new + file.changed + file.unchanged),
        refused: number(file.refused),
        reasons: file
            .reasons
            .iter()
            .map(|reason| {
                let name = words.name(Term::Refusal, &reason.reason);
                format!("{name}: {}", reason.message)
            })
            .collect(),
    };
    Mended {
        released: words.say_with("import-released", &[("rows", Arg::from(report.released))]),
        remaining: match report.remaining {
            0 => words.say("setup-nothing-left"),
            rows => words.say_with("mend-remaining", &[("rows", Arg::from(rows))]),
        },
        files: report.files.iter().map(file).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_copy_of_a_download_keeps_its_name() {
        for (name, plain) in [
            ("usage.usage.quarantine.csv", "usage.usage.quarantine.csv"),
            ("usage.usage.quarantine (1).csv", "usage.usage.quarantine.csv"),
            ("usage.usage.quarantine(12).csv", "usage.usage.quarantine.csv"),
            ("C:\\Downloads\\a.quarantine.csv", "a.quarantine.csv"),
            ("../../a (b).csv", "a (b).csv"),
            ("a ().csv", "a ().csv"),
        ] {
            assert_eq!(plain_name(name), plain);
        }
    }
}
