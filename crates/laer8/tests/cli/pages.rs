//! Every page as text: read them in `snapshots`.

use crate::support::{DAY, Workspace, files, mapping, snapshot};

/// A page in both languages, none of its lines wider than the terminal.
fn page(name: &str, workspace: &Workspace, args: &[&str]) {
    for lang in ["en", "es"] {
        let text = workspace.prints(&[args, &["--as-of", DAY, "--lang", lang]].concat());
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{name}, {lang}: too wide: {line}");
            assert_eq!(line, line.trim_end(), "{name}, {lang}: spaces at the end");
        }
        assert!(!text.contains('\u{1b}'), "{name}, {lang}: no colour goes into a pipe");
        snapshot(&format!("{name}_{lang}"), &text);
    }
}

#[test]
fn today_says_what_to_look_at_why_and_what_to_do() {
    page("today", &Workspace::filled(), &["today"]);
}

#[test]
fn accounts_are_a_table() {
    page("accounts", &Workspace::filled(), &["accounts", "--sort", "score"]);
}

#[test]
fn a_score_is_explained_down_to_the_lines_of_the_files() {
    page("score", &Workspace::filled(), &["score", "rioja", "--rows", "1"]);
}

#[test]
fn an_account_of_which_too_little_is_known_has_no_score() {
    page("score_none", &Workspace::filled(), &["score", "quiet harbour"]);
}

#[test]
fn the_loop_and_the_matrix_fit_on_a_page() {
    page("journey", &Workspace::filled(), &["journey"]);
}

#[test]
fn revenue_goes_from_growth_to_the_ledger() {
    let args = ["revenue", "--by", "plan", "--cohorts", "--entries", "--period", "quarter"];
    page("revenue", &Workspace::filled(), &args);
}

#[test]
fn documents_and_the_quarantine_are_listed() {
    let workspace = Workspace::filled();
    page("documents", &workspace, &["config", "documents"]);
    page("quarantine", &workspace, &["import", "quarantine"]);
}

#[test]
fn an_import_reports_what_became_of_each_row() {
    for lang in ["en", "es"] {
        let answer = Workspace::empty().run(&["import", "--mapping", &mapping(), &files(), "--lang", lang]);
        assert_eq!(answer.code, 3, "two rows are refused");
        snapshot(&format!("import_{lang}"), &without_time(&answer.out));
    }
}

/// How long it took is another number every time.
fn without_time(text: &str) -> String {
    let is_timed = |line: &&str| line.ends_with("\u{a0}s.");
    let time = text.lines().find(is_timed).and_then(|line| line.rsplit(' ').next()).expect("a time");
    text.replace(time, "[time]")
}

#[test]
fn a_changed_scorecard_is_tried_before_it_is_saved() {
    let workspace = Workspace::filled();
    let shipped = workspace.prints(&["config", "get", "scorecard", "growth"]);
    // Usage counts for little, and whether it works for nearly all.
    let harsher =
        shipped.replacen("weight = 50\n", "weight = 5\n", 1).replacen("weight = 20\n", "weight = 95\n", 1);
    std::fs::write(workspace.path().join("card.toml"), harsher).expect("a file");
    page("what_if", &workspace, &["score", "--what-if", "card.toml"]);
    let documents = workspace.json(&["config", "documents"]);
    let versions = documents.as_array().expect("a list").iter().map(|document| &document["version"]);
    assert!(versions.clone().all(|version| version == 0), "nothing was saved");
}
