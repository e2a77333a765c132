//! Settings: a flag over the environment, over the file, over the default.

use crate::support::Workspace;
use std::fs;

fn value(workspace: &Workspace, flags: &[&str], environment: &[(&str, &str)]) -> serde_json::Value {
    let args = [&["config", "show", "--format", "json"], flags].concat();
    let answer = workspace.run_with(&args, environment);
    serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {answer:?}"))
}

#[test]
fn the_stronger_source_wins_and_is_named() {
    let workspace = Workspace::empty();
    let from = |flags: &[&str], environment: &[(&str, &str)]| {
        let data_dir = value(&workspace, flags, environment)["data_dir"].clone();
        let text = |key: &str| data_dir[key].as_str().unwrap_or_default().to_owned();
        let origin = data_dir["origin"]["from"].as_str().unwrap_or_default().to_owned();
        (text("value"), origin)
    };
    let pair = |value: &str, origin: &str| (value.to_owned(), origin.to_owned());
    assert_eq!(from(&[], &[]), pair("laer8-data", "default"));
    fs::write(workspace.path().join("laer8.toml"), "data_dir = \"from-file\"\n").expect("a file");
    assert_eq!(from(&[], &[]), pair("from-file", "file"));
    let environment = [("LAER8_DATA_DIR", "from-env")];
    assert_eq!(from(&[], &environment), pair("from-env", "environment"));
    assert_eq!(from(&["--data-dir", "from-flag"], &environment), pair("from-flag", "flag"));
}

#[test]
fn the_language_comes_from_the_locale_unless_set() {
    let workspace = Workspace::empty();
    let lang = |flags: &[&str], environment: &[(&str, &str)]| {
        value(&workspace, flags, environment)["lang"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(lang(&[], &[]), "en");
    assert_eq!(lang(&[], &[("LANG", "es_CL.UTF-8")]), "es");
    assert_eq!(lang(&[], &[("LANG", "es_CL.UTF-8"), ("LC_ALL", "C")]), "en");
    assert_eq!(lang(&[], &[("LAER8_LANG", "es")]), "es");
    assert_eq!(lang(&["--lang", "en"], &[("LAER8_LANG", "es")]), "en");
}

#[test]
fn a_password_is_never_printed() {
    let workspace = Workspace::empty();
    let url = [("LAER8_DATABASE_URL", "postgres://ana:s3cret@127.0.0.1:1/none")];
    let shown = workspace.run_with(&["config", "show"], &url);
    assert!(shown.out.contains("postgres://ana@127.0.0.1:1/none"), "{}", shown.out);
    assert!(!shown.out.contains("s3cret"));
    let url = [("LAER8_DATABASE_URL", "mysql://ana:s3cret@db/none")];
    let failed = workspace.run_with(&["today"], &url);
    assert_eq!(failed.code, 1);
    assert!(failed.err.contains("mysql://ana@db/none") && !failed.err.contains("s3cret"), "{}", failed.err);
}

#[test]
fn a_setting_that_does_not_exist_is_named() {
    let workspace = Workspace::empty();
    fs::write(workspace.path().join("laer8.toml"), "data_folder = \"x\"\n").expect("a file");
    let error = workspace.run(&["config", "show"]).err;
    assert!(error.starts_with("error[settings]: in "), "{error}");
    assert!(error.contains("data_folder") && error.contains("the settings are data_dir"), "{error}");
    let missing = workspace.run(&["config", "show", "--config", "none.toml"]).err;
    assert_eq!(missing, "error[settings]: there is no settings file none.toml; check --config\n");
}

#[test]
fn documents_are_put_listed_and_rolled_back() {
    let workspace = Workspace::empty();
    let body = workspace.prints(&["config", "get", "scorecard", "renewal"]);
    fs::write(workspace.path().join("renewal.toml"), &body).expect("a file");
    workspace.prints(&["config", "put", "scorecard", "renewal.toml"]);
    workspace.prints(&["config", "rollback", "scorecard", "renewal", "0"]);
    let version = workspace.json(&["config", "get", "scorecard", "renewal"])["version"].clone();
    assert_eq!(version, 2);
    let unclear = workspace.run(&["config", "get", "scorecard"]);
    assert_eq!(unclear.code, 2);
    assert!(unclear.err.contains("say which scorecard: adoption, "), "{}", unclear.err);
}

#[test]
fn users_are_made_and_changed() {
    let workspace = Workspace::empty();
    workspace.prints(&["user", "add", "ana@example.com", "Ana Silva", "--role", "manager"]);
    workspace.prints(&["user", "role", "ana@example.com", "viewer", "--inactive"]);
    let users = workspace.json(&["user", "list"]);
    assert_eq!((&users[0]["role"], &users[0]["active"]), (&"viewer".into(), &false.into()));
    let again = workspace.run(&["user", "add", "ana@example.com", "Ana"]);
    assert_eq!(again.code, 1, "{again:?}");
}
