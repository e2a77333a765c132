//! Writes a changed scorecard back into the text that it came from.
//!
//! Whoever wrote the TOML wrote comments, an order and a layout, and they say
//! why a number is what it is. So only what changed is replaced. Where a
//! change does not fit into the old text, the whole document is written anew:
//! what the text says always comes before how it looks.

use super::{
    Bands,
    document::{CapDocument, GroupDocument, ItemDocument, ScorecardDocument},
    faults::ScorecardError,
};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value, value};

/// The text with what differs in `wanted` replaced; it reads as `wanted`.
///
/// # Errors
/// [`ScorecardError`] when `text` is no scorecard.
pub fn rewrite(text: &str, wanted: &ScorecardDocument) -> Result<String, ScorecardError> {
    let known = ScorecardDocument::from_toml(text)?;
    if known == *wanted {
        return Ok(text.to_owned());
    }
    if let Ok(mut document) = text.parse::<DocumentMut>() {
        apply(&mut document, &known, wanted);
        let edited = document.to_string();
        if ScorecardDocument::from_toml(&edited).is_ok_and(|read| read == *wanted) {
            return Ok(edited);
        }
    }
    // A document that was read can be written.
    Ok(wanted.to_toml().unwrap_or_else(|_| text.to_owned()))
}

fn apply(document: &mut DocumentMut, known: &ScorecardDocument, wanted: &ScorecardDocument) {
    if differ(known.min_coverage, wanted.min_coverage) {
        set(document.as_table_mut(), "min_coverage", number(wanted.min_coverage));
    }
    if known.bands != wanted.bands {
        bands(document, wanted.bands);
    }
    if let Some(tables) = document.get_mut("groups").and_then(Item::as_array_of_tables_mut) {
        groups(tables, known, wanted);
    }
    if let Some(tables) = document.get_mut("caps").and_then(Item::as_array_of_tables_mut) {
        caps(tables, known, wanted);
    }
}

fn bands(document: &mut DocumentMut, wanted: Bands) {
    if let Some(table) = document.get_mut("bands").and_then(Item::as_table_like_mut) {
        set(table, "healthy", number(wanted.healthy));
        set(table, "watch", number(wanted.watch));
        return;
    }
    let mut table = toml_edit::InlineTable::new();
    table.insert("healthy", number(wanted.healthy));
    table.insert("watch", number(wanted.watch));
    document.insert("bands", value(table));
}

fn groups(tables: &mut ArrayOfTables, known: &ScorecardDocument, wanted: &ScorecardDocument) {
    let wanted_of = |key: &str| wanted.groups.iter().find(|group| group.key == key);
    tables.retain(|table| text_of(table, "key").is_none_or(|key| wanted_of(key).is_some()));
    for table in tables.iter_mut() {
        let key = text_of(table, "key").unwrap_or_default().to_owned();
        let before = known.groups.iter().find(|group| group.key == key);
        if let (Some(before), Some(after)) = (before, wanted_of(&key)) {
            group(table, before, after);
        }
    }
}

fn group(table: &mut Table, before: &GroupDocument, after: &GroupDocument) {
    if differ(before.weight, after.weight) {
        set(table, "weight", number(after.weight));
    }
    let Some(array) = table.get_mut("items").and_then(Item::as_array_mut) else { return };
    let measure_of = |value: &Value| value.as_inline_table()?.get("measure")?.as_str().map(str::to_owned);
    let wanted_of = |measure: &str| after.items.iter().find(|item| item.measure == measure);
    array.retain(|value| measure_of(value).is_none_or(|measure| wanted_of(&measure).is_some()));
    for value in array.iter_mut() {
        let measure = measure_of(value).unwrap_or_default();
        let known = before.items.iter().find(|item| item.measure == measure);
        if let (Some(known), Some(wanted), Some(table)) =
            (known, wanted_of(&measure), value.as_inline_table_mut())
        {
            item(table, known, wanted);
        }
    }
    for added in after.items.iter().filter(|item| before.items.iter().all(|it| it.measure != item.measure)) {
        let mut table = toml_edit::InlineTable::new();
        table.insert("measure", added.measure.as_str().into());
        table.insert("weight", number(added.weight));
        table.insert("curve", pairs(&added.curve));
        let mut value = Value::from(table);
        value.decor_mut().set_prefix("\n  ");
        array.push_formatted(value);
        array.set_trailing_comma(true);
        array.set_trailing("\n");
        let last = array.len() - 1;
        if let Some(table) = array.get_mut(last).and_then(Value::as_inline_table_mut)
            && added.missing != "skip"
        {
            table.insert("missing", added.missing.as_str().into());
        }
    }
}

fn item(table: &mut toml_edit::InlineTable, known: &ItemDocument, wanted: &ItemDocument) {
    if differ(known.weight, wanted.weight) {
        set(table, "weight", number(wanted.weight));
    }
    if known.curve != wanted.curve {
        set(table, "curve", pairs(&wanted.curve));
    }
    if known.missing != wanted.missing {
        set(table, "missing", wanted.missing.as_str().into());
    }
}

/// Caps have no key: those taken away are found by what people read, and the
/// others are in the order of the text.
fn caps(tables: &mut ArrayOfTables, known: &ScorecardDocument, wanted: &ScorecardDocument) {
    let is_kept = |cap: &CapDocument| wanted.caps.iter().any(|other| other.label == cap.label);
    let mut before = known.caps.iter();
    tables.retain(|_| before.next().is_none_or(is_kept));
    let kept = known.caps.iter().filter(|cap| is_kept(cap));
    for ((table, before), after) in tables.iter_mut().zip(kept).zip(&wanted.caps) {
        if differ(before.at_most, after.at_most) {
            set(table, "at_most", number(after.at_most));
        }
        optional(table, "at_least", before.at_least, after.at_least);
        optional(table, "below", before.below, after.below);
        let days = |cap: &CapDocument| cap.within_days.map(f64::from);
        optional(table, "within_days", days(before), days(after));
    }
}

fn optional(table: &mut Table, key: &str, before: Option<f64>, after: Option<f64>) {
    if before == after {
        return;
    }
    match after {
        Some(wanted) => set(table, key, number(wanted)),
        None => {
            table.remove(key);
        }
    }
}

/// Puts a value in place of another and leaves the space and the comment
/// around it as they were.
fn set(table: &mut dyn TableLike, key: &str, mut wanted: Value) {
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        *wanted.decor_mut() = old.decor().clone();
        *old = wanted;
        return;
    }
    table.insert(key, Item::Value(wanted));
}

/// A number as people write it: 75, not 75.0.
fn number(number: f64) -> Value {
    /// Below this, every whole number has a float of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
        let whole = number as i64;
        return whole.into();
    }
    number.into()
}

fn pairs(curve: &[[f64; 2]]) -> Value {
    let mut list = Array::new();
    for pair in curve {
        list.push(pair.iter().copied().map(number).collect::<Array>());
    }
    list.into()
}

fn text_of<'t>(table: &'t Table, key: &str) -> Option<&'t str> {
    table.get(key).and_then(Item::as_str)
}

/// Whether two numbers of documents are not the same; no number is like none.
#[expect(clippy::float_cmp, reason = "a changed digit is a change")]
fn differ(a: f64, b: f64) -> bool {
    a != b
}
