//! What somebody chose, written into the document.

use super::{
    Draft, DraftSection, SectionChoice, Use,
    questions::{APART, Question},
    read::columns,
    text_of,
};
use crate::{
    mapping::{RecordKind, targets::targets},
    suggest::{Holds, TableLook, simple},
};
use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value};

impl Draft {
    /// Writes a text at the top of the document; an empty one takes it away.
    pub fn set_top(&mut self, key: &str, text: &str) {
        if self.top(key).unwrap_or_default() == text {
            return;
        }
        match text {
            "" => drop(self.0.remove(key)),
            text => replace(self.0.as_table_mut(), key, Value::from(text)),
        }
    }

    /// Writes the formats of dates.
    pub fn set_dates(&mut self, formats: &[String]) {
        if !formats.is_empty() && self.dates() != formats {
            replace(self.0.as_table_mut(), "dates", list(formats));
        }
    }

    /// Answers a question by one of its choices, as TOML.
    pub fn answer(&mut self, question: &Question, value: &str) {
        let Some(chosen) = question.choices.iter().find(|choice| choice.value == value) else { return };
        let Ok(value) = chosen.value.parse::<Value>() else { return };
        let mut keys: Vec<&str> = question.path.split(APART).collect();
        let Some(last) = keys.pop() else { return };
        let table = match *keys.as_slice() {
            [] => Some(self.0.as_table_mut() as &mut dyn TableLike),
            ["file", position, ref inner @ ..] => {
                let Some(file) = position.parse().ok().and_then(|position| self.file_mut(position)) else {
                    return;
                };
                let mut table: Option<&mut dyn TableLike> = Some(file);
                for key in inner {
                    table = table.and_then(|table| table.get_mut(key)).and_then(Item::as_table_like_mut);
                }
                table
            }
            _ => None,
        };
        let Some(table) = table else { return };
        replace(table, last, value);
        // Where a mark stands between thousands, the other is before decimals.
        let other = question.choices.iter().find(|choice| choice.value != chosen.value);
        if last == "decimal"
            && question.choices.first() != Some(chosen)
            && let Some(mark) = other.and_then(|other| other.says.first())
        {
            replace(table, "grouping", Value::from(mark.as_str()));
        }
    }

    /// Changes a section to what somebody chose.
    pub fn choose(&mut self, section: &DraftSection, chosen: &SectionChoice, look: Option<&TableLook>) {
        let Some(file) = self.file_mut(section.position) else { return };
        if !chosen.name.is_empty() && chosen.name != section.name {
            replace(file, "name", Value::from(chosen.name.as_str()));
        }
        for part in ["fields", "traits"] {
            if file.get(part).is_none() {
                file.insert(part, Item::Table(Table::new()));
            }
        }
        let is_changed = |column: &str, now: Option<&Use>| {
            section.uses.iter().find(|(other, _)| other == column).map(|(_, was)| was) != now
        };
        let moved: Vec<&(String, Option<Use>)> =
            chosen.uses.iter().filter(|(column, now)| is_changed(column, now.as_ref())).collect();
        for (column, _) in &moved {
            let was = section.uses.iter().find(|(other, _)| other == column).map(|(_, was)| was);
            release(file, column, was);
        }
        for (column, now) in &moved {
            match now {
                Some(Use::Field(field)) => fill(file, section.record, field, column),
                Some(Use::Trait) => add_trait(file, section.record, column, holds(look, column)),
                None => {}
            }
        }
        for (field, value) in &chosen.fixed {
            fix(file, section, field, value);
        }
        if file.get("traits").and_then(Item::as_table).is_some_and(Table::is_empty) {
            file.remove("traits");
        }
        self.put_in_order();
    }

    /// Takes a section over from another document in place of one, or as a new
    /// one.
    pub fn take_over(&mut self, instead_of: Option<usize>, other: &Self, file: &str, sheet: Option<&str>) {
        let is_it = |table: &&Table| {
            text_of(table, "name").as_deref() == Some(file) && text_of(table, "sheet").as_deref() == sheet
        };
        let Some(found) = other.files().find(is_it).cloned() else { return };
        if let Some(place) = instead_of.and_then(|position| self.file_mut(position)) {
            *place = found;
            return self.put_in_order();
        }
        let files = self.0.entry("file").or_insert(Item::ArrayOfTables(toml_edit::ArrayOfTables::new()));
        if let Some(files) = files.as_array_of_tables_mut() {
            files.push(found);
        }
        self.put_in_order();
    }

    /// Tables are written in the order of their places, and those of two
    /// documents know nothing of each other.
    fn put_in_order(&mut self) {
        let mut place = FIRST_PLACE;
        let files = self.0.get_mut("file").and_then(Item::as_array_of_tables_mut);
        for file in files.into_iter().flat_map(|files| files.iter_mut()) {
            number(file, &mut place);
        }
    }

    /// Leaves sections out.
    pub fn leave_out(&mut self, positions: &[usize]) {
        let Some(files) = self.0.get_mut("file").and_then(Item::as_array_of_tables_mut) else { return };
        let mut positions = positions.to_vec();
        positions.sort_unstable();
        for position in positions.into_iter().rev() {
            if position < files.len() {
                files.remove(position);
            }
        }
    }
}

/// Behind whatever else is in the document.
const FIRST_PLACE: isize = 1_000_000;

fn number(table: &mut Table, place: &mut isize) {
    table.set_position(Some(*place));
    *place += 1;
    for (_, item) in table.iter_mut() {
        if let Some(inner) = item.as_table_mut() {
            number(inner, place);
        }
    }
}

/// Writes a value where one stands, with the comments around it gone: they were
/// about what stood there.
fn replace(table: &mut dyn TableLike, key: &str, value: Value) {
    match table.get_mut(key) {
        Some(item) => *item = Item::Value(value),
        None => drop(table.insert(key, Item::Value(value))),
    }
    if let Some(mut key) = table.key_mut(key) {
        key.leaf_decor_mut().clear();
    }
}

fn list(texts: &[String]) -> Value {
    Value::Array(texts.iter().map(String::as_str).collect::<Array>())
}

fn part<'t>(file: &'t mut Table, name: &str) -> Option<&'t mut dyn TableLike> {
    file.get_mut(name).and_then(Item::as_table_like_mut)
}

/// A column feeds no more what it fed.
fn release(file: &mut Table, column: &str, was: Option<&Use>) {
    let (name, only) = match was {
        Some(Use::Field(field)) => ("fields", Some(field.as_str())),
        Some(Use::Trait) => ("traits", None),
        None => return,
    };
    let Some(table) = part(file, name) else { return };
    let fed = |key: &str, item: &Item| {
        only.is_none_or(|only| only == key) && columns(item).iter().any(|other| other == column)
    };
    let keys: Vec<String> =
        table.iter().filter(|(key, item)| fed(key, item)).map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        let others: Vec<String> = table
            .get(&key)
            .map(columns)
            .unwrap_or_default()
            .into_iter()
            .filter(|other| other != column)
            .collect();
        match others.as_slice() {
            [] => drop(table.remove(&key)),
            [one] => replace(table, &key, Value::from(one.as_str())),
            several => replace(table, &key, joined(several)),
        }
    }
}

fn joined(columns: &[String]) -> Value {
    let mut table = InlineTable::new();
    table.insert("columns", list(columns));
    Value::InlineTable(table)
}

/// A column fills a field, beside others that were chosen for it.
fn fill(file: &mut Table, record: RecordKind, field: &str, column: &str) {
    if !targets(record).iter().any(|target| target.name == field) {
        return;
    }
    let Some(fields) = part(file, "fields") else { return };
    let mut all = fields.get(field).map(columns).unwrap_or_default();
    all.push(column.to_owned());
    match all.as_slice() {
        [one] => replace(fields, field, Value::from(one.as_str())),
        several => replace(fields, field, joined(several)),
    }
}

fn holds(look: Option<&TableLook>, column: &str) -> Holds {
    let found = look.and_then(|look| look.columns.iter().find(|other| other.name == column));
    found.map_or(Holds::Texts, |column| column.holds)
}

fn add_trait(file: &mut Table, record: RecordKind, column: &str, holds: Holds) {
    if !matches!(record, RecordKind::Account | RecordKind::Person) {
        return;
    }
    let Some(traits) = part(file, "traits") else { return };
    let is_free =
        |name: &str| traits.get(name).is_none() && !targets(record).iter().any(|target| target.name == name);
    let simple = simple(column);
    let first = if simple.is_empty() { "trait".to_owned() } else { simple };
    let numbered = (2u32..).map(|number| format!("{first}_{number}"));
    let Some(name) = std::iter::once(first.clone()).chain(numbered).find(|name| is_free(name)) else {
        return;
    };
    let kind = match holds {
        Holds::Flags => "bool",
        Holds::Days => "day",
        Holds::Numbers => "number",
        Holds::Texts | Holds::Nothing => {
            return replace(traits, &name, Value::from(column));
        }
    };
    let mut table = InlineTable::new();
    table.insert("column", column.into());
    table.insert("kind", kind.into());
    if holds == Holds::Flags {
        table.insert("known", "imported".into());
    }
    replace(traits, &name, Value::InlineTable(table));
}

/// What the mapping itself gives a field. A field that a column fills by now is
/// left to it.
fn fix(file: &mut Table, section: &DraftSection, field: &str, value: &str) {
    let Some(known) = section.fixed.iter().find(|fixed| fixed.field == field) else { return };
    if known.value.as_deref() == Some(value) || known.value.is_none() {
        return;
    }
    let Some(fields) = part(file, "fields") else { return };
    if fields.get(field).is_some_and(|item| !columns(item).is_empty()) {
        return;
    }
    if value.is_empty() {
        fields.remove(field);
        return;
    }
    let number = value.parse::<i64>().map(Value::from);
    let value = if known.words.is_empty() { number.unwrap_or_else(|_| value.into()) } else { value.into() };
    let mut table = InlineTable::new();
    table.insert("constant", value);
    replace(fields, field, Value::InlineTable(table));
}
