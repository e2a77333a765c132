//! What a suggestion left open, with what can be chosen.

use super::Draft;
use crate::{
    formats::DateFormats,
    mapping::{
        RecordKind,
        targets::{TargetKind, targets},
    },
};
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

/// Texts that begin so are questions.
pub(super) fn is_question(text: &str) -> bool {
    text.starts_with("choose")
}

/// A line of the document that the import refuses until somebody has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Where it stands: keys, separated by a line break. The form sends it back.
    pub path: String,
    /// The section that it is about; none for the whole document.
    pub section: Option<usize>,
    /// The key, or the field.
    pub field: String,
    /// The word of the file whose meaning is asked, if it is that.
    pub word: Option<String>,
    /// What can be chosen; none where anything can be written.
    pub choices: Vec<Choice>,
}

/// One of the values that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As TOML.
    pub value: String,
    /// What it says, without TOML around it: words, or formats of dates.
    pub says: Vec<String>,
}

/// Between the keys of a path: no key holds it, as the suggestion writes keys
/// on one line.
pub(super) const APART: char = '\n';

impl Draft {
    /// What is open, in the order of the document. Fields that a column is to be
    /// chosen for are no questions: they are among what a section wants.
    #[must_use]
    pub fn questions(&self) -> Vec<Question> {
        let mut found = Vec::new();
        for key in ["currency", "dates"] {
            found.extend(in_table(self.0.as_table(), "", None, key));
        }
        for (position, table) in self.files().enumerate() {
            let place = format!("file{APART}{position}");
            found.extend(in_table(table, &place, Some(position), "decimal"));
            let kind = table.get("record").and_then(Item::as_str).and_then(RecordKind::from_key);
            for part in ["fields", "traits"] {
                let Some(fields) = table.get(part).and_then(Item::as_table_like) else { continue };
                for (field, item) in fields.iter() {
                    let path = format!("{place}{APART}{part}{APART}{field}");
                    found.extend(in_field(item, &path, position, field, kind));
                }
            }
        }
        found
    }
}

fn in_table(table: &Table, place: &str, section: Option<usize>, key: &str) -> Option<Question> {
    let text = table.get(key)?.as_str().filter(|text| is_question(text))?;
    let path = if place.is_empty() { key.to_owned() } else { format!("{place}{APART}{key}") };
    let choices = match (key, text.contains("above")) {
        (_, true) => above(table, key),
        _ => Vec::new(),
    };
    Some(Question { path, section, field: key.to_owned(), word: None, choices })
}

/// The lines above a question that begin with its key.
fn above(table: &Table, key: &str) -> Vec<Choice> {
    let prefix = table.key(key).and_then(|key| key.leaf_decor().prefix()?.as_str().map(str::to_owned));
    let prefix = prefix.unwrap_or_default();
    let lines = prefix.lines().filter_map(|line| line.strip_prefix("# "));
    let read = |line: &str| line.parse::<DocumentMut>().ok()?.get(key)?.as_value().map(choice);
    let mut choices: Vec<Choice> = Vec::new();
    for choice in
        lines.filter_map(read).filter_map(|choice| if key == "dates" { dates(choice) } else { Some(choice) })
    {
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    choices
}

/// Formats that can be together, each once. Where several columns are in
/// question, the suggestion puts all of their forms together.
fn dates(choice: Choice) -> Option<Choice> {
    let mut says: Vec<String> = Vec::new();
    for format in choice.says {
        if !says.contains(&format) {
            says.push(format);
        }
    }
    DateFormats::new(&says).ok()?;
    let list: toml_edit::Array = says.iter().map(String::as_str).collect();
    Some(Choice { value: Value::Array(list).to_string(), says })
}

pub(super) fn choice(value: &Value) -> Choice {
    let mut bare = value.clone();
    bare.decor_mut().clear();
    Choice { value: bare.to_string(), says: says(&bare) }
}

fn says(value: &Value) -> Vec<String> {
    match value {
        Value::Array(array) => array.iter().flat_map(says).collect(),
        Value::InlineTable(table) => table.iter().flat_map(|(_, value)| says(value)).collect(),
        other => vec![super::read::plain(other)],
    }
}

fn in_field(item: &Item, path: &str, section: usize, field: &str, kind: Option<RecordKind>) -> Vec<Question> {
    let target = kind.and_then(|kind| targets(kind).iter().find(|target| target.name == field));
    let words = match target.map(|target| target.kind) {
        Some(TargetKind::Word(words)) => words.allowed(),
        _ => String::new(),
    };
    let words: Vec<&str> = words.split(", ").filter(|word| !word.is_empty()).collect();
    let of = |path: String, word: Option<String>, choices: Vec<Choice>| Question {
        path,
        section: Some(section),
        field: field.to_owned(),
        word,
        choices,
    };
    if item.as_str().is_some_and(is_question) {
        let constant = |word: &&str| Choice {
            value: format!("{{ constant = {} }}", Value::from(*word)),
            says: vec![(*word).to_owned()],
        };
        let choices: Vec<Choice> = words.iter().map(constant).collect();
        return if choices.is_empty() { Vec::new() } else { vec![of(path.to_owned(), None, choices)] };
    }
    let Some(table) = item.as_table_like() else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(text) = table.get("dates").and_then(Item::as_str).filter(|text| is_question(text)) {
        found.push(of(format!("{path}{APART}dates"), None, offered(text)));
    }
    let translate = table.get("translate").and_then(Item::as_table_like);
    for (word, meaning) in translate.into_iter().flat_map(TableLike::iter) {
        if meaning.as_str().is_some_and(is_question) {
            let choices = words.iter().map(|word| choice(&Value::from(*word))).collect();
            found.push(of(format!("{path}{APART}translate{APART}{word}"), Some(word.to_owned()), choices));
        }
    }
    found
}

/// `choose ["%d/%m/%Y"] or ["%m/%d/%Y"]` as its lists.
fn offered(text: &str) -> Vec<Choice> {
    let lists = text.trim_start_matches("choose").split(" or ");
    lists.filter_map(|list| list.trim().parse::<Value>().ok().as_ref().map(choice)).collect()
}
