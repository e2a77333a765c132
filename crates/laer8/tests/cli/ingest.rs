//! A tap in front of the program: states out, everything else to the standard
//! error.

use crate::support::{Answer, Workspace, snapshot};
use std::{
    fs,
    io::Write as _,
    process::{Command, Stdio},
};

const MAPPING: &str = r#"
schema = 1
source = "crm"
[[stream]]
name = "companies"
record = "account"
[stream.fields]
id = "id"
name = "name"
since = "created"
industry = "industry"
[[stream]]
name = "contacts"
record = "person"
[stream.fields]
id = "id"
account = "company"
name = "name"
since = "created"
"#;

const LINES: &str = r#"{"type": "SCHEMA", "stream": "companies", "key_properties": ["id"], "schema": {"properties": {"id": {}, "name": {}, "created": {}}}}
{"type": "RECORD", "stream": "companies", "record": {"id": "1", "name": "Acme", "created": "2024-01-05"}}
{"type": "RECORD", "stream": "owners", "record": {"id": "7"}}
{"type": "STATE", "value": {"companies":  1}}
{"type": "SCHEMA", "stream": "contacts", "key_properties": ["id"], "schema": {"properties": {"id": {}, "company": {}, "name": {}, "created": {}}}}
{"type": "RECORD", "stream": "contacts", "record": {"id": "C1", "company": "1", "name": "Ana", "created": "2024-01-05"}}
{"type": "STATE", "value": {"companies":  1, "contacts": 1}}
"#;

/// A record of a company that nobody told of.
const ODD: &str = r#"{"type": "RECORD", "stream": "contacts", "record": {"id": "C2", "company": "9", "name": "Bea", "created": "2024-01-05"}}
"#;

fn workspace() -> Workspace {
    let workspace = Workspace::empty();
    fs::write(workspace.path().join("m.toml"), MAPPING).expect("a mapping");
    workspace
}

fn ingest(workspace: &Workspace, more: &[&str], lines: &str) -> Answer {
    let mut command = workspace.command();
    command.args(["ingest", "singer", "--mapping", "m.toml"]).args(more).write_stdin(lines);
    let output = command.output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Answer {
        code: output.status.code().expect("it ends by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

#[test]
fn states_are_the_answer_and_the_last_is_kept() {
    let workspace = workspace();
    let print = ["ingest", "singer", "--mapping", "m.toml", "--print-state"];
    assert_eq!(workspace.prints(&print), "{}\n", "a tap takes it for the beginning");
    let answer = ingest(&workspace, &[], LINES);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let last = "{\"companies\":  1, \"contacts\": 1}\n";
    assert_eq!(answer.out, format!("{{\"companies\":  1}}\n{last}"), "as the tap wrote them");
    assert_eq!(workspace.prints(&print), last);
    let again = ingest(&workspace, &[], LINES);
    assert!(again.err.contains("Nothing changed"), "{}", again.err);
}

#[test]
fn what_came_is_reported_in_both_languages() {
    for lang in ["en", "es"] {
        let lines = LINES.replace(
            "{\"type\": \"STATE\", \"value\": {\"companies\":  1, ",
            &format!("{ODD}{{\"type\": \"STATE\", \"value\": {{\"companies\":  1, "),
        );
        let answer = ingest(&workspace(), &["--lang", lang], &lines);
        assert_eq!(answer.code, 3, "{}", answer.err);
        let is_timed = |line: &&str| line.ends_with("\u{a0}s.");
        let time =
            answer.err.lines().find(is_timed).and_then(|line| line.rsplit(' ').next()).expect("a time");
        snapshot(&format!("ingest_{lang}"), &answer.err.replace(time, "[time]"));
    }
}

#[test]
fn the_report_is_json_for_programs() {
    let workspace = workspace();
    let answer = ingest(&workspace, &["--format", "json"], LINES);
    let report: serde_json::Value = serde_json::from_str(&answer.err).expect("JSON");
    assert_eq!((&report["states"], &report["streams"][0]["new"]), (&2.into(), &1.into()), "{report}");
    assert_eq!(report["unmapped"]["owners"], 1);
}

#[test]
fn a_dry_run_reports_writes_no_state_and_leaves_nothing_behind() {
    let workspace = workspace();
    let answer = ingest(&workspace, &["--dry-run"], LINES);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
    assert!(answer.err.contains("Dry run: nothing was changed."), "{}", answer.err);
    assert_eq!(fs::read_dir(workspace.path()).expect("the folder").count(), 1, "only the mapping");
}

#[test]
fn a_tap_that_stops_in_a_line_is_an_error() {
    let answer = ingest(&workspace(), &[], &LINES[..LINES.len() - 20]);
    assert_eq!((answer.code, answer.out.lines().count()), (1, 1));
    let said = "error[cut_short]: the input ends in the middle of line 7: the tap was stopped, or failed";
    assert!(answer.err.contains(said), "{}", answer.err);
}

#[test]
fn shipped_mappings_have_names() {
    let workspace = workspace();
    let command = ["ingest", "singer", "--mapping", "pack:hubspot", "--print-mapping"];
    assert!(workspace.prints(&command).contains("source = \"hubspot\""));
    let misspelt = workspace.run(&["ingest", "singer", "--mapping", "pack:hubsopt"]);
    assert_eq!(misspelt.code, 1);
    let said = "the shipped mappings are hubspot, salesforce, stripe, zendesk";
    assert!(misspelt.err.contains(said), "{}", misspelt.err);
    let bare = workspace.run(&["ingest", "singer", "--mapping", "hubspot"]);
    assert_eq!(bare.code, 2);
    assert!(bare.err.contains("the mapping that is shipped is pack:hubspot"), "{}", bare.err);
}

#[test]
fn records_are_stored_though_nobody_reads_the_states() {
    let workspace = workspace();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("laer8"));
    command.current_dir(workspace.path()).env_clear().args(["ingest", "singer", "--mapping", "m.toml"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    drop(child.stdout.take());
    child.stdin.take().expect("its input").write_all(LINES.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.success(), "{said}");
    assert_eq!(said.matches("Nobody reads the states any more.").count(), 1, "{said}");
    let accounts = workspace.json(&["accounts", "--as-of", "2024-06-30"]);
    assert_eq!(accounts["accounts"].as_array().map(Vec::len), Some(1), "{accounts}");
}
