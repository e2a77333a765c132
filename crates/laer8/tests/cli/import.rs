//! Bringing data in: again, on trial, and mended.

use crate::support::{DAY, Workspace, files, mapping};
use std::fs;

#[test]
fn importing_the_same_files_again_changes_nothing() {
    let workspace = Workspace::filled();
    let before = workspace.json(&["accounts", "--as-of", DAY]);
    let report = workspace.json(&["import", "--mapping", &mapping(), &files()]);
    for file in report["files"].as_array().expect("files") {
        assert_eq!((&file["new"], &file["changed"]), (&0.into(), &0.into()), "{file}");
    }
    assert_eq!(workspace.json(&["accounts", "--as-of", DAY]), before);
    let text = workspace.run(&["import", "--mapping", &mapping(), &files()]).out;
    assert!(text.contains("Nothing changed"), "{text}");
}

#[test]
fn a_dry_run_reports_and_leaves_nothing_behind() {
    let workspace = Workspace::empty();
    let answer = workspace.run(&["import", "--mapping", &mapping(), &files(), "--dry-run"]);
    assert_eq!(answer.code, 3);
    assert!(answer.out.contains("Dry run: nothing was changed."), "{}", answer.out);
    assert_eq!(fs::read_dir(workspace.path()).expect("the folder").count(), 0, "not even a database");
}

#[test]
fn a_dry_run_on_a_filled_workspace_changes_nothing() {
    let workspace = Workspace::filled();
    let more = workspace.path().join("more");
    fs::create_dir(&more).expect("a folder");
    let row = "id,name,industry,country,owner,signed_up\nA8,New Account,Food,ES,,2024-05-01\n";
    fs::write(more.join("accounts.csv"), row).expect("a file");
    let report = workspace.json(&["import", "--mapping", &mapping(), "more", "--dry-run"]);
    assert_eq!(report["files"][0]["new"], 1);
    assert_eq!(workspace.run(&["score", "New Account", "--as-of", DAY]).code, 1, "it is not there");
}

#[test]
fn refused_rows_are_exported_mended_and_taken_in() {
    let workspace = Workspace::filled();
    let listed = workspace.json(&["import", "quarantine"]);
    assert_eq!(listed.as_array().expect("rows").len(), 2);
    workspace.prints(&["import", "quarantine", "--export", "mend"]);
    let file = workspace.path().join("mend/usage.usage.quarantine.csv");
    let text = fs::read_to_string(&file).expect("the exported rows");
    fs::write(&file, text.replace("A9", "A2").replace("31/06/2024", "2024-06-28")).expect("mended");
    let report = workspace.json(&["import", "mend", "--mapping", &mapping(), "mend"]);
    assert_eq!((&report["released"], &report["remaining"]), (&2.into(), &0.into()), "{report}");
    assert_eq!(workspace.json(&["import", "quarantine"]), serde_json::json!([]));
}

#[test]
fn exported_rows_are_not_written_over() {
    let workspace = Workspace::filled();
    workspace.prints(&["import", "quarantine", "--export", "mend"]);
    let again = workspace.run(&["import", "quarantine", "--export", "mend"]);
    assert_eq!(again.code, 1);
    assert!(again.err.starts_with("error[unwritable_file]: can't write mend/"), "{}", again.err);
}

#[test]
fn a_mapping_is_suggested_and_can_be_used() {
    let workspace = Workspace::empty();
    let answer = workspace.run(&["import", "--suggest", &files(), "--output", "m.toml"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let mapping = fs::read_to_string(workspace.path().join("m.toml")).expect("the mapping");
    assert!(mapping.contains("source = \"files\"") && mapping.contains("accounts.csv"), "{mapping}");
    let again = workspace.run(&["import", "--suggest", &files(), "--output", "m.toml"]);
    assert_eq!(again.code, 1, "decisions may stand in it: it is not written over");
}

#[test]
fn an_export_can_be_read_into_another_workspace() {
    let workspace = Workspace::filled();
    workspace.prints(&["export", "backup"]);
    workspace.prints(&["import", "restore", "backup", "--data-dir", "copy"]);
    let view = ["revenue", "--as-of", DAY, "--from", "2024-01-01", "--to", "2024-07-01"];
    let copied = workspace.json(&[&view[..], &["--data-dir", "copy"]].concat());
    assert_eq!(copied, workspace.json(&view));
}
