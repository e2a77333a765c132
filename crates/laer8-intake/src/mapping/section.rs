//! A table of the document that knows its place and which keys were asked for.

use super::{nearest, problems::MappingError};
use toml::{Table, Value};

/// Texts that begin so are questions which a suggested mapping left open.
pub(super) const UNDECIDED: &str = "choose";

/// Reads one table. Faults go to `problems`; a value that is missing or at
/// fault is none, so that the reading goes on and finds the next fault.
pub(super) struct Section<'a> {
    /// The name in messages.
    pub(super) name: String,
    table: &'a Table,
    asked: Vec<&'static str>,
    pub(super) problems: &'a mut Vec<MappingError>,
}

impl<'a> Section<'a> {
    pub(super) fn new(name: String, table: &'a Table, problems: &'a mut Vec<MappingError>) -> Self {
        Self { name, table, asked: Vec::new(), problems }
    }

    /// The value of `key`, whatever its type.
    pub(super) fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        self.asked.push(key);
        let value = self.table.get(key)?;
        if value.as_str().is_some_and(|text| text.starts_with(UNDECIDED)) {
            self.undecided(key);
            return None;
        }
        Some(value)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn text(&mut self, key: &'static str) -> Option<&'a str> {
        let value = self.value(key)?;
        self.typed(key, value.as_str(), "a text in quotes")
    }

    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        self.typed(key, value.as_bool(), "true or false")
    }

    pub(super) fn whole(&mut self, key: &'static str) -> Option<i64> {
        let value = self.value(key)?;
        self.typed(key, value.as_integer(), "a whole number")
    }

    pub(super) fn number(&mut self, key: &'static str) -> Option<f64> {
        let value = self.value(key)?;
        let number = value.as_float().or_else(|| value.as_integer().map(|number| number as f64));
        self.typed(key, number, "a number")
    }

    pub(super) fn table(&mut self, key: &'static str) -> Option<&'a Table> {
        let value = self.value(key)?;
        self.typed(key, value.as_table(), "a table")
    }

    /// A list of texts; one text is a list of one.
    pub(super) fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let value = self.value(key)?;
        let texts = match value {
            Value::String(text) => Some(vec![text.clone()]),
            Value::Array(values) => {
                values.iter().map(|value| value.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
            }
            _ => None,
        };
        self.typed(key, texts, "a list of texts")
    }

    /// The tables of `[[key]]`.
    pub(super) fn tables(&mut self, key: &'static str) -> Vec<&'a Table> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let tables = value.as_array().and_then(|values| values.iter().map(Value::as_table).collect());
        self.typed(key, tables, "a list of tables, written as `[[…]]`").unwrap_or_default()
    }

    /// A text that must be there and not be empty.
    pub(super) fn required(&mut self, key: &'static str, hint: &str) -> Option<&'a str> {
        if !self.has(key) {
            self.missing(key, hint);
            self.asked.push(key);
            return None;
        }
        let text = self.text(key)?;
        if text.is_empty() {
            self.missing(key, hint);
            return None;
        }
        Some(text)
    }

    pub(super) fn missing(&mut self, key: &str, hint: &str) {
        let (section, key) = (self.name.clone(), key.to_owned());
        self.problems.push(MappingError::MissingKey { section, key, hint: hint.to_owned() });
    }

    pub(super) fn bad_value(&mut self, key: &str, value: &str, expected: impl Into<String>) {
        let (section, key, value) = (self.name.clone(), key.to_owned(), value.to_owned());
        self.problems.push(MappingError::BadValue { section, key, value, expected: expected.into() });
    }

    pub(super) fn undecided(&mut self, key: &str) {
        let (section, key) = (self.name.clone(), key.to_owned());
        self.problems.push(MappingError::Undecided { section, key });
    }

    pub(super) fn wrong_type(&mut self, key: &str, expected: &'static str) {
        let (section, key) = (self.name.clone(), key.to_owned());
        self.problems.push(MappingError::WrongType { section, key, expected });
    }

    fn typed<T>(&mut self, key: &str, value: Option<T>, expected: &'static str) -> Option<T> {
        if value.is_none() {
            self.wrong_type(key, expected);
        }
        value
    }

    /// Every key that nobody asked for is unknown.
    pub(super) fn finish(self) {
        for key in self.table.keys().filter(|key| !self.asked.contains(&key.as_str())) {
            let nearest = nearest(key, self.asked.iter().copied());
            let (section, key) = (self.name.clone(), key.clone());
            self.problems.push(MappingError::UnknownKey { section, key, nearest });
        }
    }
}
