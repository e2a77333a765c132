//! The report of an import.

use super::{
    page::{INDENT, Page, fit},
    table::{Cell, Column, Table},
    tone::Tone,
};
use laer8_app::{FileReport, FindingReport, ImportReport, MendReport};
use laer8_words::{Arg, Term, Words};
use std::time::Duration;

/// Of the examples of a finding, those shown.
const EXAMPLES: usize = 2;

/// What an import did.
pub(crate) fn draw(page: &mut Page, words: Words, report: &ImportReport, took: Duration) {
    page.title(&words.say_with("import-title", &[("source", Arg::Text(&report.source))]), "");
    if report.dry_run {
        page.remark(&words.say("import-dry-run"), Tone::Strong);
    }
    if report.resumed {
        page.remark(&words.say("import-resumed"), Tone::Plain);
    }
    page.blank();
    files(page, words, "import-column-file", &report.files);
    page.blank();
    page.paragraph(&done(words, &report.files, took), Tone::Plain);
    let is_known = report.files.iter().all(|file| file.new == 0 && file.changed == 0 && file.rows > 0);
    if is_known && !report.dry_run {
        page.paragraph(&words.say("import-nothing-changed"), Tone::Plain);
    }
    refusals(page, words, &report.files);
    findings(page, words, &report.findings);
    unmatched(page, words, report);
    next(page, words, report);
}

/// What became of mended rows.
pub(crate) fn draw_mended(page: &mut Page, words: Words, report: &MendReport) {
    page.title(&words.say("mend-title"), "");
    page.blank();
    files(page, words, "import-column-file", &report.files);
    page.blank();
    page.paragraph(&words.say_with("import-released", &[("rows", Arg::from(report.released))]), Tone::Plain);
    if report.remaining > 0 {
        page.paragraph(
            &words.say_with("mend-remaining", &[("rows", Arg::from(report.remaining))]),
            Tone::Warning,
        );
    }
    refusals(page, words, &report.files);
}

/// What became of each file or stream; `name` is the word above their names.
pub(crate) fn files(page: &mut Page, words: Words, name: &str, files: &[FileReport]) {
    let mut table = Table::new(vec![
        Column::flexible(words.say(name), 12),
        Column::flexible(words.say("import-column-record"), 8),
        Column::right(words.say("import-column-rows")),
        Column::right(words.say("import-column-new")),
        Column::right(words.say("short-changed")),
        Column::right(words.say("short-unchanged")),
        Column::right(words.say("short-refused")),
    ]);
    let count = |count: u64| words.count(i64::try_from(count).unwrap_or(i64::MAX));
    for file in files {
        let number = |number: u64| if number == 0 { Cell::quiet("0") } else { Cell::plain(count(number)) };
        let refused =
            if file.refused == 0 { Cell::quiet("0") } else { Cell::new(count(file.refused), Tone::Bad) };
        table.row(vec![
            Cell::plain(file.name.clone()),
            Cell::quiet(words.name(Term::Record, &file.record)),
            number(file.rows),
            number(file.new),
            number(file.changed),
            number(file.unchanged),
            refused,
        ]);
    }
    page.table(&table);
}

fn done(words: Words, files: &[FileReport], took: Duration) -> String {
    let rows: u64 = files.iter().map(|file| file.rows).sum();
    let names: std::collections::BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    words.say_with(
        "import-done",
        &[
            ("rows", Arg::from(rows)),
            ("files", Arg::from(names.len())),
            ("duration", Arg::Text(&seconds(words, took))),
        ],
    )
}

/// A length of time that somebody waited: "0.8 s".
pub(crate) fn seconds(words: Words, took: Duration) -> String {
    format!("{}\u{a0}s", words.number(took.as_secs_f64(), 1))
}

pub(crate) fn refusals(page: &mut Page, words: Words, files: &[FileReport]) {
    if files.iter().all(|file| file.refused == 0) {
        return;
    }
    page.heading(&words.say("import-refused-title"));
    for file in files {
        for reason in &file.reasons {
            let line = words.say_with(
                "refused-in-file",
                &[
                    ("reason", Arg::Text(&words.name(Term::Refusal, &reason.reason))),
                    ("rows", Arg::from(reason.count)),
                ],
            );
            page.paragraph(&line, Tone::Bad);
            example_line(page, &format!("{}:{}: {}", file.name, reason.line, reason.message));
        }
    }
    page.paragraph(&words.say("refused-hint"), Tone::Plain);
}

pub(crate) fn findings(page: &mut Page, words: Words, findings: &[FindingReport]) {
    page.heading(&words.say("import-findings-title"));
    if findings.is_empty() {
        page.paragraph(&words.say("import-no-findings"), Tone::Quiet);
        return;
    }
    let mut findings: Vec<&FindingReport> = findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.count));
    for finding in findings {
        let name = words.name(Term::Finding, &finding.kind);
        let count = words.say_with("finding-count", &[("count", Arg::from(finding.count))]);
        page.paragraph(&format!("{name}: {count}"), Tone::Warning);
        if let Some(about) = words.about(Term::Finding, &finding.kind) {
            page.hanging(2 * INDENT, "", &about, Tone::Quiet);
        }
        for example in finding.examples.iter().take(EXAMPLES) {
            example_line(page, example);
        }
    }
}

/// One line, cut where it is too long.
fn example_line(page: &mut Page, example: &str) {
    let room = page.width().saturating_sub(2 * INDENT + 2);
    page.hanging(2 * INDENT, "· ", &fit(example, room), Tone::Quiet);
}

fn unmatched(page: &mut Page, words: Words, report: &ImportReport) {
    if !report.files_without_section.is_empty() {
        let files = report.files_without_section.join(", ");
        page.blank();
        page.remark(&words.say_with("import-unmapped-files", &[("files", Arg::Text(&files))]), Tone::Warning);
    }
    if !report.sections_without_file.is_empty() {
        let sections = report.sections_without_file.join(", ");
        page.blank();
        page.remark(
            &words.say_with("sections-without-file", &[("sections", Arg::Text(&sections))]),
            Tone::Warning,
        );
    }
}

/// What to try next, and that the facts are old where they are.
fn next(page: &mut Page, words: Words, report: &ImportReport) {
    page.blank();
    if let Some(moment) = report.as_of.filter(|moment| moment.stale) {
        let newest = words.day(moment.newest);
        page.remark(&words.say_with("import-is-old", &[("newest", Arg::Text(&newest))]), Tone::Warning);
    }
    let next = if report.dry_run { "import-next-dry" } else { "import-next" };
    page.remark(&words.say(next), Tone::Plain);
}
