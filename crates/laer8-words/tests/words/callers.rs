//! The rest of the program calls messages by keys that exist, with the
//! arguments that they name.
//!
//! Found by reading the sources for `say("…")` and `say_with("…", &[("…", …)])`.
//! A key that is put together at run time is not seen; sets of keys belong into
//! [`laer8_words::Term`], whose names are checked one by one.

use crate::catalogue::{Message, messages};
use laer8_words::Language;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A call in a source: the key, and the arguments, where they can be read.
#[derive(Debug, PartialEq)]
struct Call {
    key: String,
    arguments: Option<BTreeSet<String>>,
}

#[test]
fn every_key_that_is_called_exists_and_gets_its_arguments() {
    let messages = messages(Language::En);
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of the crates");
    let mut sources = Vec::new();
    for folder in fs::read_dir(crates).expect("the crates") {
        collect(&folder.expect("a crate").path().join("src"), &mut sources);
    }
    let own = Path::new("laer8-words").join("src").join("words.rs");
    for path in sources.iter().filter(|path| !path.ends_with(&own)) {
        let source = fs::read_to_string(path).expect("a text");
        for call in calls(&source) {
            assert_eq!(fault(&call, &messages), None, "{}", path.display());
        }
    }
}

fn collect(folder: &Path, sources: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(path);
        }
    }
}

fn fault(call: &Call, messages: &BTreeMap<String, Message>) -> Option<String> {
    let Some(message) = messages.get(&call.key) else {
        return Some(format!("there is no message {}", call.key));
    };
    let given = call.arguments.as_ref()?;
    let differs = given != &message.arguments;
    differs.then(|| format!("{} names {:?} and gets {given:?}", call.key, message.arguments))
}

fn calls(source: &str) -> Vec<Call> {
    let said = called(source, "say(").filter_map(|inside| {
        let arguments = Some(BTreeSet::new());
        Some(Call { key: literal(inside)?.to_owned(), arguments })
    });
    let said_with = called(source, "say_with(").filter_map(|inside| {
        let key = literal(inside)?.to_owned();
        let list = inside.split_once("&[").map(|(_, list)| list);
        Some(Call { key, arguments: list.map(names) })
    });
    said.chain(said_with).collect()
}

/// What stands between the parentheses of each call of a method.
fn called<'s>(source: &'s str, method: &'static str) -> impl Iterator<Item = &'s str> {
    source.match_indices(method).filter_map(move |(at, _)| {
        source[..at].ends_with('.').then_some(())?;
        let inside = &source[at + method.len()..];
        let mut depth = 1;
        let end = inside.find(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth == 0
        })?;
        Some(&inside[..end])
    })
}

/// The text that something begins with.
fn literal(inside: &str) -> Option<&str> {
    inside.trim_start().strip_prefix('"')?.split('"').next()
}

/// The first parts of the pairs of a list, not of what is called inside them.
fn names(list: &str) -> BTreeSet<String> {
    let mut depth = 0;
    let mut names = BTreeSet::new();
    for (at, letter) in list.char_indices() {
        if letter == '(' && depth == 0 {
            names.extend(literal(&list[at + 1..]).map(str::to_owned));
        }
        depth += i32::from(letter == '(') - i32::from(letter == ')');
    }
    names
}

#[test]
fn calls_are_found_in_a_source() {
    let source = r#"
        let title = words.say("today-title");
        words.say_with(
            "done-in",
            &[("duration", Arg::Text(&words.say("value-unknown")))],
        );
        words.say_with("days-count", args);
        words.say(&format!("{prefix}-{key}"));
        essay("no call");
    "#;
    let call = |key: &str, arguments: Option<&[&str]>| Call {
        key: key.into(),
        arguments: arguments.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
    };
    let expected = [
        call("today-title", Some(&[])),
        call("value-unknown", Some(&[])),
        call("done-in", Some(&["duration"])),
        call("days-count", None),
    ];
    assert_eq!(calls(source), expected);
    let messages = messages(Language::En);
    assert!(fault(&expected[0], &messages).is_some(), "today-title names a day");
    assert_eq!(fault(&expected[1], &messages), None);
    assert_eq!(fault(&expected[2], &messages), None);
    assert!(fault(&call("done_in", None), &messages).is_some());
}
