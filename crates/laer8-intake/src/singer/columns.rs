//! A record as a row: the values at the paths that a mapping reads.

use crate::json;
use ::csv::StringRecord;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The entries of a record.
pub(super) struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Entries<'a> {
    pub(super) fn of(record: &'a RawValue) -> Self {
        let mut entries = Vec::new();
        // The message was read as a whole, so the record is a valid object.
        let _ = json::each_entry(record.get(), |key, value| entries.push((key, value)));
        Self(entries)
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.iter().rfind(|(name, _)| name == key).map(|(_, raw)| *raw)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, raw)| (name.as_ref(), *raw))
    }

    /// The value at a path; a property that has a dot in its own name comes
    /// first.
    fn path(&self, path: &str) -> Option<&'a RawValue> {
        if let Some(found) = self.get(path) {
            return Some(found);
        }
        path.match_indices('.').find_map(|(dot, _)| json::find(self.get(&path[..dot])?, &path[dot + 1..]))
    }

    /// The row of these columns.
    pub(super) fn row(&self, columns: &[String]) -> StringRecord {
        columns.iter().map(|column| self.path(column).map(cell).unwrap_or_default()).collect()
    }
}

/// A value as the text of a cell: numbers as they stand there, a list of plain
/// values joined by `;`, and nothing for `null` and for objects.
fn cell(raw: &RawValue) -> Cow<'_, str> {
    match raw.get().as_bytes().first() {
        Some(b'"') => json::text(raw).unwrap_or_default(),
        Some(b't' | b'f') => Cow::Borrowed(raw.get()),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
            let texts: Vec<_> = items.into_iter().filter_map(json::text_or_number).collect();
            Cow::Owned(texts.join(";"))
        }
        Some(b'n' | b'{') | None => Cow::Borrowed(""),
        Some(_) => Cow::Borrowed(raw.get()),
    }
}
