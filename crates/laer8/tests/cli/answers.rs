//! What programs rely on: JSON, exit codes, error messages, pipes.

use crate::support::{DAY, Workspace, snapshot};
use serde_json::Value;

#[test]
fn revenue_as_json_has_every_figure_at_the_top() {
    let workspace = Workspace::filled();
    let view = workspace.json(&["revenue", "--from", "2024-01-01", "--to", "2024-07-01", "--as-of", DAY]);
    let amounts =
        ["opening", "new", "expansion", "reactivation", "contraction", "churn", "exchange", "closing"];
    let amount = |key: &str| -> f64 {
        view[key].as_str().unwrap_or_else(|| panic!("{key} is a decimal string")).parse().expect("a number")
    };
    let [opening, new, expansion, reactivation, contraction, churn, exchange, closing] = amounts.map(amount);
    assert_eq!((opening, new, expansion), (3_000.0, 1_387.5, 300.0));
    assert_eq!((reactivation, contraction, churn, exchange), (0.0, 0.0, 180.0, 0.0));
    assert!((opening + new + expansion - churn - closing).abs() < 1e-9);
    // Of 3,000 at the opening 180 left, and 300 came from a customer of then.
    for (key, expected) in [("nrr", 1.04), ("grr", 0.94), ("logo_churn", 0.25), ("net_growth", 0.5025)] {
        let ratio = view[key].as_f64().unwrap_or_else(|| panic!("{key} is a fraction"));
        assert!((ratio - expected).abs() < 1e-9, "{key} is {ratio}");
    }
}

#[test]
fn a_ratio_over_nothing_is_null() {
    let workspace = Workspace::filled();
    let view = workspace.json(&["revenue", "--from", "2023-01-01", "--to", "2023-03-01", "--as-of", DAY]);
    assert_eq!((&view["nrr"], &view["net_growth"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_score_as_json_adds_up() {
    let workspace = Workspace::filled();
    let view = workspace.json(&["score", "Nordkap Freight", "--as-of", DAY]);
    let number = |value: &Value| value.as_f64().expect("a number");
    let contributions = view["contributions"].as_array().expect("contributions");
    let sum: f64 = contributions.iter().map(|it| number(&it["contribution"])).sum();
    let score = number(&view["score"]);
    assert!((50.0 + sum - number(&view["taken_by_caps"]) - score).abs() < 1e-9, "{score}");
    assert!(view["band"].is_string() && number(&view["coverage"]) > 0.4);
}

#[test]
fn every_view_is_json_when_asked() {
    let workspace = Workspace::filled();
    for (command, key) in [("today", "items"), ("accounts", "accounts"), ("journey", "stages")] {
        assert!(workspace.json(&[command, "--as-of", DAY])[key].is_array(), "{command}");
    }
}

#[test]
fn conditions_choose_accounts() {
    let workspace = Workspace::filled();
    let names = |conditions: &[&str]| -> Vec<String> {
        let flags = conditions.iter().flat_map(|condition| ["--where", *condition]);
        let args: Vec<&str> = ["accounts", "--as-of", DAY].into_iter().chain(flags).collect();
        let view = workspace.json(&args);
        let accounts = view["accounts"].as_array().expect("accounts");
        accounts.iter().map(|account| account["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names(&["country=es,ch"]), ["Helvetia Optics", "Rioja Bodegas"]);
    assert_eq!(names(&["arr>=10000", "owner!=Ana Silva"]), ["Brightwater Clinics"]);
    assert_eq!(names(&["signed_up=2024-01-08"]), ["Brightwater Clinics"]);
}

#[test]
fn an_empty_workspace_says_what_to_do_and_leaves_nothing_behind() {
    let workspace = Workspace::empty();
    for command in ["today", "accounts", "journey", "revenue"] {
        let answer = workspace.run(&[command]);
        assert_eq!(answer.code, 1);
        assert!(answer.err.starts_with("error[empty]: there is nothing here yet; run \"laer8 demo\""));
    }
    let spanish = workspace.run(&["today", "--lang", "es"]).err;
    assert!(spanish.starts_with("error[empty]: aquí aún no hay nada"), "{spanish}");
    assert_eq!(std::fs::read_dir(workspace.path()).expect("the folder").count(), 0);
}

#[test]
fn errors_name_the_thing_and_the_way_out() {
    let workspace = Workspace::filled();
    let error = |args: &[&str]| workspace.run(&[args, &["--as-of", DAY]].concat()).err;
    let near = error(&["score", "Nordkab Freight"]);
    assert_eq!(
        near,
        "error[not_found]: there is no account \"Nordkab Freight\"; did you mean \"Nordkap Freight\"?\n"
    );
    let window = error(&["revenue", "--from", "2024-05-01", "--to", "2024-05-01"]);
    assert!(window.starts_with("error[invalid]: the window from 2024-05-01 to 2024-05-01"), "{window}");
    let early = workspace.run(&["today", "--as-of", "2020-01-01"]).err;
    assert!(early.starts_with("error[too_early]: nothing was known on 2020-01-01"), "{early}");
}

#[test]
fn errors_are_json_when_asked() {
    let answer = Workspace::empty().run(&["today", "--format", "json"]);
    let error: Value = serde_json::from_str(&answer.err).expect("JSON");
    assert_eq!(error["error"]["code"], "empty");
    assert!(answer.out.is_empty() && error["error"]["message"].is_string());
}

#[test]
fn what_is_not_understood_ends_with_2() {
    let workspace = Workspace::empty();
    for args in
        [&["todya"][..], &["today", "--as-of", "June"], &["today", "--where", "plan"], &["import"], &[]]
    {
        assert_eq!(workspace.run(args).code, 2, "{args:?}");
    }
}

#[test]
fn whoever_stops_reading_is_no_error() {
    let workspace = Workspace::filled();
    let program = assert_cmd::cargo::cargo_bin("laer8");
    let line =
        format!("set -o pipefail; {} score nordkap --rows 100 --as-of {DAY} | head -n 1", program.display());
    let mut shell = std::process::Command::new("bash");
    let output = shell.args(["-c", &line]).current_dir(workspace.path()).output().expect("a shell");
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn help_has_examples_settings_and_exit_codes() {
    let workspace = Workspace::empty();
    snapshot("help", &workspace.prints(&["--help"]));
    for command in ["demo", "import", "export", "today", "accounts", "score", "journey", "revenue", "config"]
    {
        let help = workspace.prints(&[command, "--help"]);
        assert!(help.contains("Examples:\n  laer8 "), "{command}");
    }
}
