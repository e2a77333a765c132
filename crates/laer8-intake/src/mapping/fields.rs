//! Reads `[file.fields]` and `[file.traits]`.

use super::{
    document::Inherited,
    formats,
    model::{FieldMapping, Known, Literal, Unit, ValueFrom},
    section::{Section, UNDECIDED},
    targets::{TargetKind, WordKind},
};
use crate::rows::check_literal;
use chrono::NaiveDate;
use laer8_domain::days::Day;
use toml::Value;

/// The day of a TOML date.
pub(super) fn day_of(value: &Value) -> Option<Day> {
    let date = value.as_datetime()?;
    if date.time.is_some() {
        return None;
    }
    let date = date.date?;
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

pub(super) fn literal(value: &Value) -> Option<Literal> {
    Some(match value {
        Value::String(text) => Literal::Text(text.clone()),
        Value::Integer(number) => Literal::Whole(*number),
        Value::Float(number) => Literal::Number(*number),
        Value::Boolean(flag) => Literal::Bool(*flag),
        Value::Datetime(_) => Literal::Day(day_of(value)?),
        Value::Array(_) | Value::Table(_) => return None,
    })
}

/// A field that is a plain column.
pub(super) fn plain(target: &str, kind: TargetKind, column: &str, inherited: &Inherited) -> FieldMapping {
    FieldMapping {
        target: target.to_owned(),
        kind,
        from: ValueFrom::Column(column.to_owned()),
        translate: Vec::new(),
        otherwise: None,
        default: None,
        formats: inherited.formats.clone(),
        zone: inherited.zone,
        unit: None,
        inclusive: false,
        clears: false,
        minor_units: false,
        since: None,
        known: None,
    }
}

/// What fills `target`: a column's name, or a table that says more.
pub(super) fn read(
    parent: &mut Section<'_>,
    target: &str,
    kind: TargetKind,
    value: &Value,
    inherited: &Inherited,
) -> Option<FieldMapping> {
    match value {
        Value::String(text) if text.starts_with(UNDECIDED) => {
            parent.undecided(target);
            None
        }
        Value::String(column) => Some(plain(target, kind, column, inherited)),
        Value::Table(table) => {
            let name = format!("{}, {target}", parent.name);
            let mut section = Section::new(name, table, parent.problems);
            let field = read_table(&mut section, target, kind, inherited);
            section.finish();
            field
        }
        _ => {
            parent
                .wrong_type(target, "the name of a column in quotes, or a table such as { column = \"…\" }");
            None
        }
    }
}

fn read_table(
    section: &mut Section<'_>,
    target: &str,
    kind: TargetKind,
    inherited: &Inherited,
) -> Option<FieldMapping> {
    let kind = read_kind(section, kind);
    let formats = formats::read(section, &inherited.formats);
    let inherited = Inherited { formats, ..inherited.clone() };
    let from = read_from(section);
    let unit = read_unit(section, kind);
    let translate = read_translation(section);
    let otherwise = read_literal(section, "otherwise");
    let default = read_literal(section, "default");
    let inclusive = section.flag("inclusive").unwrap_or_default();
    if inclusive && target != "end" {
        section.bad_value("inclusive", "true", "it only at `end`");
    }
    let clears = section.flag("clears").unwrap_or_default();
    let minor_units = section.flag("minor_units").unwrap_or_default();
    if minor_units && kind != TargetKind::Amount {
        section.bad_value("minor_units", "true", "it only at `price` or `refund`");
    }
    let since = read_day_field(section, "since", &inherited);
    let known = read_known(section, &inherited);
    let plain = plain(target, if unit.is_some() { TargetKind::Length } else { kind }, "", &inherited);
    let since = since.map(Box::new);
    let field = FieldMapping {
        from: from?,
        translate,
        otherwise,
        default,
        unit,
        inclusive,
        clears,
        minor_units,
        since,
        known,
        ..plain
    };
    check_literals(section, &field);
    Some(field)
}

/// A trait says its kind, and a field that may be a flag or a moment which.
fn read_kind(section: &mut Section<'_>, kind: TargetKind) -> TargetKind {
    let Some(text) = section.text("kind") else { return kind };
    match (kind, text) {
        (TargetKind::Text, "text") => TargetKind::Text,
        (TargetKind::Text, "number") => TargetKind::Number,
        (TargetKind::Text | TargetKind::MomentOrFlag, "bool") => TargetKind::Bool,
        (TargetKind::Text, "day") => TargetKind::Day,
        (TargetKind::MomentOrFlag, "moment") => TargetKind::Moment,
        (TargetKind::MomentOrFlag, _) => {
            section.bad_value("kind", text, "\"moment\" or \"bool\"");
            kind
        }
        (TargetKind::Text, _) => {
            section.bad_value("kind", text, "\"text\", \"number\", \"bool\" or \"day\"");
            kind
        }
        _ => {
            section.bad_value("kind", text, "it only at a trait, `escalated` or `sla_breached`");
            kind
        }
    }
}

fn read_from(section: &mut Section<'_>) -> Option<ValueFrom> {
    let mut found = Vec::new();
    found.extend(section.text("column").map(|column| ValueFrom::Column(column.to_owned())));
    let join = section.text("join").unwrap_or(" ").to_owned();
    found.extend(section.texts("columns").map(|columns| ValueFrom::Columns(columns, join)));
    found.extend(read_literal(section, "constant").map(ValueFrom::Constant));
    if section.flag("import_day") == Some(true) {
        found.push(ValueFrom::ImportDay);
    }
    if found.len() > 1 {
        section.bad_value(
            "column",
            "several sources",
            "only one of `column`, `columns`, `constant`, `import_day`",
        );
    }
    let named = ["column", "columns", "constant", "import_day"].iter().any(|key| section.has(key));
    if !named {
        section.missing("column", "`column = \"…\"`, or `constant = …`");
    }
    found.pop()
}

fn read_unit(section: &mut Section<'_>, kind: TargetKind) -> Option<Unit> {
    let text = section.text("unit")?;
    if !matches!(kind, TargetKind::MomentOrLength | TargetKind::Length) {
        section.bad_value("unit", text, "it only at `seconds`, `responded` or `solved`");
        return None;
    }
    let unit = Unit::ALL.iter().find(|(name, _)| *name == text).map(|(_, unit)| *unit);
    if unit.is_none() {
        section.bad_value("unit", text, "\"seconds\", \"minutes\", \"hours\" or \"days\"");
    }
    unit
}

fn read_literal(section: &mut Section<'_>, key: &'static str) -> Option<Literal> {
    let value = section.value(key)?;
    let literal = literal(value);
    if literal.is_none() {
        section.wrong_type(key, "a text, a number, true, false or a date");
    }
    literal
}

fn read_translation(section: &mut Section<'_>) -> Vec<(String, Literal)> {
    let Some(table) = section.table("translate") else { return Vec::new() };
    let pairs: Option<Vec<_>> = table.iter().map(|(from, to)| Some((from.clone(), literal(to)?))).collect();
    let is_question =
        |literal: &Literal| matches!(literal, Literal::Text(text) if text.starts_with(UNDECIDED));
    if pairs.iter().flatten().any(|(_, to)| is_question(to)) {
        section.undecided("translate");
        return Vec::new();
    }
    if pairs.is_none() {
        section.wrong_type("translate", "a table such as { UK = \"GB\", monthly = 1 }");
    }
    pairs.unwrap_or_default()
}

/// `since = "column"`, `since = 2024-01-01` or a table.
fn read_day_field(
    section: &mut Section<'_>,
    key: &'static str,
    inherited: &Inherited,
) -> Option<FieldMapping> {
    let value = section.value(key)?;
    if let Some(day) = day_of(value) {
        let from = ValueFrom::Constant(Literal::Day(day));
        return Some(FieldMapping { from, ..plain(key, TargetKind::Day, "", inherited) });
    }
    read(section, key, TargetKind::Day, value, inherited)
}

/// `known = "happened"`, `"imported"` or `{ column = "…" }`.
pub(super) fn read_known(section: &mut Section<'_>, inherited: &Inherited) -> Option<Known> {
    match section.value("known")? {
        Value::String(text) if text == "happened" => Some(Known::Happened),
        Value::String(text) if text == "imported" => Some(Known::Imported),
        value @ Value::Table(_) => read(section, "known", TargetKind::Day, value, inherited)
            .map(|field| Known::Column(Box::new(field))),
        other => {
            let text = other.to_string();
            section.bad_value("known", &text, "\"happened\", \"imported\" or { column = \"…\" }");
            None
        }
    }
}

/// What the mapping itself writes into a field must fit the field.
fn check_literals(section: &mut Section<'_>, field: &FieldMapping) {
    let constant = match &field.from {
        ValueFrom::Constant(literal) => Some(("constant", literal)),
        _ => None,
    };
    let translated = field.translate.iter().map(|(_, literal)| ("translate", literal));
    let others = [("otherwise", &field.otherwise), ("default", &field.default)];
    let others = others.into_iter().filter_map(|(key, literal)| Some((key, literal.as_ref()?)));
    for (key, literal) in constant.into_iter().chain(translated).chain(others) {
        if !check_literal(field, literal) {
            section.bad_value(key, &text_of(literal), expected(field.kind));
        }
    }
}

fn text_of(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => text.clone(),
        Literal::Whole(number) => number.to_string(),
        Literal::Number(number) => number.to_string(),
        Literal::Bool(flag) => flag.to_string(),
        Literal::Day(day) => day.to_string(),
    }
}

fn expected(kind: TargetKind) -> String {
    match kind {
        TargetKind::Text | TargetKind::Features => "a text".to_owned(),
        TargetKind::Day => "a date such as 2026-01-31".to_owned(),
        TargetKind::Moment | TargetKind::MomentOrFlag | TargetKind::MomentOrLength => {
            "a date, or a text in the form of `dates`".to_owned()
        }
        TargetKind::Length | TargetKind::Number => "a number".to_owned(),
        TargetKind::Amount => "an amount with at most four decimals".to_owned(),
        TargetKind::Rate => "a number above 0".to_owned(),
        TargetKind::Bool => "true or false".to_owned(),
        TargetKind::Whole(low, high) => format!("a whole number between {low} and {high}"),
        TargetKind::Currency => "three letters such as \"EUR\"".to_owned(),
        TargetKind::Term => "months such as 12, or \"none\"".to_owned(),
        TargetKind::Word(words) => one_of(words),
    }
}

fn one_of(words: WordKind) -> String {
    format!("one of {}", words.allowed())
}
