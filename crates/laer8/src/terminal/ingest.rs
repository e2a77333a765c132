//! The report of what a tap brought.

use super::{
    imports::{files, findings, refusals, seconds},
    page::Page,
    tone::Tone,
};
use laer8_app::SingerReport;
use laer8_words::{Arg, Words};
use std::time::Duration;

/// Of the streams and columns that are not read, those shown.
const NAMED: usize = 12;

/// What a tap brought.
pub(crate) fn draw(page: &mut Page, words: Words, report: &SingerReport, took: Duration) {
    page.title(&words.say_with("import-title", &[("source", Arg::Text(&report.source))]), "");
    if report.dry_run {
        page.remark(&words.say("import-dry-run"), Tone::Strong);
    }
    page.blank();
    if !report.streams.is_empty() {
        files(page, words, "ingest-column-stream", &report.streams);
        page.blank();
    }
    let done = words.say_with(
        "ingest-done",
        &[
            ("lines", Arg::from(report.lines)),
            ("streams", Arg::from(report.streams.len())),
            ("duration", Arg::Text(&seconds(words, took))),
        ],
    );
    page.paragraph(&done, Tone::Plain);
    if report.released > 0 {
        let said = words.say_with("ingest-released", &[("rows", Arg::from(report.released))]);
        page.paragraph(&said, Tone::Plain);
    }
    if !report.changed_anything() && !report.dry_run && !report.streams.is_empty() {
        page.paragraph(&words.say("import-nothing-changed"), Tone::Plain);
    }
    refusals(page, words, &report.streams);
    findings(page, words, &report.findings);
    unread(page, words, report);
    page.blank();
    let next = if report.dry_run { "import-next-dry" } else { "import-next" };
    page.remark(&words.say(next), Tone::Plain);
}

/// What the tap wrote that the mapping does not read, and the other way round.
fn unread(page: &mut Page, words: Words, report: &SingerReport) {
    if !report.unmapped.is_empty() {
        let streams: Vec<&str> = report.unmapped.keys().map(String::as_str).take(NAMED).collect();
        page.blank();
        let args = [("streams", Arg::Text(&streams.join(", ")))];
        page.remark(&words.say_with("ingest-unmapped", &args), Tone::Warning);
    }
    if !report.missing.is_empty() {
        let columns: Vec<String> = report
            .missing
            .iter()
            .take(NAMED)
            .map(|missing| format!("{}: {}", missing.stream, missing.column))
            .collect();
        page.blank();
        let args = [("columns", Arg::Text(&columns.join(", ")))];
        page.remark(&words.say_with("ingest-missing", &args), Tone::Warning);
    }
}
