//! What a form shows of the document.

use super::{Draft, DraftSection, Fixed, Use, questions::is_question, text_of};
use crate::mapping::{
    RecordKind,
    targets::{Target, TargetKind, targets},
};
use toml_edit::{Item, Table, TableLike};

impl Draft {
    /// The `[[file]]` sections whose kind of record is known.
    #[must_use]
    pub fn sections(&self) -> Vec<DraftSection> {
        let section = |(position, table): (usize, &Table)| {
            let record = RecordKind::from_key(table.get("record")?.as_str()?)?;
            let fields = table.get("fields").and_then(Item::as_table_like);
            let traits = table.get("traits").and_then(Item::as_table_like);
            Some(DraftSection {
                position,
                name: text_of(table, "name").unwrap_or_default(),
                sheet: text_of(table, "sheet"),
                record,
                uses: uses(record, fields, traits),
                fixed: targets(record).iter().filter_map(|target| fixed(target, fields)).collect(),
                wanted: wanted(record, fields),
            })
        };
        self.files().enumerate().filter_map(section).collect()
    }
}

/// The columns that fill a field; none where something else does.
pub(super) fn columns(item: &Item) -> Vec<String> {
    if let Some(text) = item.as_str() {
        return if is_question(text) { Vec::new() } else { vec![text.to_owned()] };
    }
    let Some(table) = item.as_table_like() else { return Vec::new() };
    if let Some(column) = table.get("column").and_then(Item::as_str) {
        return vec![column.to_owned()];
    }
    let several = table.get("columns").and_then(Item::as_array);
    several.into_iter().flatten().filter_map(|column| column.as_str().map(str::to_owned)).collect()
}

/// A column that fills several fields is shown at the first.
fn uses(
    record: RecordKind,
    fields: Option<&dyn TableLike>,
    traits: Option<&dyn TableLike>,
) -> Vec<(String, Use)> {
    let mut uses: Vec<(String, Use)> = Vec::new();
    let mut add = |column: String, of: Use| {
        if !uses.iter().any(|(other, _)| *other == column) {
            uses.push((column, of));
        }
    };
    // Since when something holds is often read from a column that says more.
    let mut ordered: Vec<&Target> = targets(record).iter().collect();
    ordered.sort_by_key(|target| target.name == "since");
    for target in ordered {
        let found = fields.and_then(|fields| fields.get(target.name));
        for column in found.map(columns).unwrap_or_default() {
            add(column, Use::Field(target.name.to_owned()));
        }
    }
    for (_, item) in traits.into_iter().flat_map(TableLike::iter) {
        for column in columns(item) {
            add(column, Use::Trait);
        }
    }
    uses
}

fn fixed(target: &Target, fields: Option<&dyn TableLike>) -> Option<Fixed> {
    let words = match target.kind {
        TargetKind::Word(words) => words.allowed().split(", ").map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let item = fields.and_then(|fields| fields.get(target.name));
    let Some(item) = item else {
        // What must be filled and can be chosen from a few words is asked for.
        let is_asked = !target.hint.is_empty() && !words.is_empty();
        return is_asked.then(|| Fixed { field: target.name, value: Some(String::new()), words });
    };
    if let Some(value) = item.as_value().filter(|value| !value.is_str() && !value.is_inline_table()) {
        return Some(Fixed { field: target.name, value: Some(plain(value)), words });
    }
    let table = item.as_table_like()?;
    if let Some(value) = table.get("constant").and_then(Item::as_value) {
        return Some(Fixed { field: target.name, value: Some(plain(value)), words });
    }
    let is_import_day = table.get("import_day").and_then(Item::as_bool) == Some(true);
    is_import_day.then_some(Fixed { field: target.name, value: None, words })
}

/// A value as people write it, without quotes.
pub(super) fn plain(value: &toml_edit::Value) -> String {
    value.as_str().map_or_else(|| value.to_string().trim().to_owned(), str::to_owned)
}

fn wanted(record: RecordKind, fields: Option<&dyn TableLike>) -> Vec<&'static str> {
    let is_open = |name: &str| {
        let item = fields.and_then(|fields| fields.get(name));
        item.is_none_or(|item| item.as_str().is_some_and(is_question))
    };
    let is_word = |target: &Target| matches!(target.kind, TargetKind::Word(_));
    let must = |target: &&Target| !target.hint.is_empty() && !is_word(target) && is_open(target.name);
    let mut wanted: Vec<&'static str> =
        targets(record).iter().filter(must).map(|target| target.name).collect();
    let refers = targets(record).iter().any(|target| target.name == "account");
    if refers && ["account", "subscription", "person"].into_iter().all(is_open) {
        wanted.push("account");
    }
    if record == RecordKind::Subscription && ["start", "effective_from"].into_iter().all(is_open) {
        wanted.push("start");
    }
    wanted
}
