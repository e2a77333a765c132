//! Reads the `[[file]]` and `[[stream]]` sections.

use super::{
    document::{Inherited, read_currency, read_zone},
    fields, formats,
    model::{FieldMapping, FileMapping, Known, Only, RecordKind},
    nearest,
    problems::MappingError,
    section::Section,
    targets::{Target, TargetKind, targets},
};
use crate::csv::Encoding;
use toml::Table;

pub(super) fn read(top: &mut Section<'_>, inherited: &Inherited) -> Vec<FileMapping> {
    let tables = top.tables("file");
    if tables.is_empty() && !top.has("stream") {
        top.missing("file", "a section `[[file]]` for each file, or `[[stream]]` for each stream of a tap");
    }
    each(top, "file", tables, inherited)
}

/// The streams of a Singer tap. A column is a path into the record.
pub(super) fn read_streams(top: &mut Section<'_>, inherited: &Inherited) -> Vec<FileMapping> {
    let tables = top.tables("stream");
    each(top, "stream", tables, inherited)
}

fn each(
    top: &mut Section<'_>,
    what: &'static str,
    tables: Vec<&Table>,
    inherited: &Inherited,
) -> Vec<FileMapping> {
    let mut sections = Vec::new();
    for (position, table) in tables.into_iter().enumerate() {
        let name = table.get("name").and_then(|name| name.as_str()).unwrap_or("no name");
        let mut section = Section::new(format!("{what} {} ({name})", position + 1), table, top.problems);
        sections.extend(read_file(&mut section, what == "file", inherited));
        section.finish();
    }
    sections
}

fn read_file(section: &mut Section<'_>, is_file: bool, inherited: &Inherited) -> Option<FileMapping> {
    let hint = if is_file {
        "`name = \"accounts.csv\"`; `*` stands for any text"
    } else {
        "`name = \"accounts\"`, the name of the stream"
    };
    let pattern = section.required("name", hint);
    let sheet = if is_file { section.text("sheet").map(str::to_owned) } else { None };
    let record = read_record(section);
    let encoding = if is_file { read_encoding(section) } else { Encoding::Utf8 };
    let delimiter = if is_file { read_delimiter(section) } else { None };
    let formats = formats::read(section, &inherited.formats);
    let zone = read_zone(section).unwrap_or(inherited.zone);
    let currency = read_currency(section).or(inherited.currency);
    let names_currency = inherited.names_currency || section.has("currency");
    let inherited = Inherited { formats: formats.clone(), zone, currency, names_currency };
    let known = fields::read_known(section, &inherited).unwrap_or(Known::Happened);
    let only = read_only(section);
    let field_table = section.table("fields");
    let trait_table = section.table("traits");
    let (pattern, record) = (pattern?.to_owned(), record?);
    let fields = field_table.map(|table| read_fields(section, record, table, &inherited)).unwrap_or_default();
    let traits = trait_table.map(|table| read_traits(section, record, table, &inherited)).unwrap_or_default();
    let written: Vec<&str> = field_table.into_iter().flat_map(Table::keys).map(String::as_str).collect();
    check_required(section, record, &written, &traits, &fields, names_currency);
    let section = section.name.clone();
    Some(FileMapping {
        section,
        pattern,
        sheet,
        record,
        encoding,
        delimiter,
        formats,
        zone,
        currency,
        known,
        only,
        fields,
        traits,
    })
}

fn read_record(section: &mut Section<'_>) -> Option<RecordKind> {
    let kinds = RecordKind::ALL.map(RecordKind::key).join(", ");
    let text = section.required("record", &format!("`record = \"…\"`, one of {kinds}"))?;
    let record = RecordKind::from_key(text);
    if record.is_none() {
        section.bad_value("record", text, format!("one of {kinds}"));
    }
    record
}

fn read_encoding(section: &mut Section<'_>) -> Encoding {
    let Some(text) = section.text("encoding") else { return Encoding::Auto };
    match text {
        "auto" => Encoding::Auto,
        "utf-8" => Encoding::Utf8,
        "windows-1252" => Encoding::Windows1252,
        _ => {
            section.bad_value("encoding", text, "\"auto\", \"utf-8\" or \"windows-1252\"");
            Encoding::Auto
        }
    }
}

fn read_delimiter(section: &mut Section<'_>) -> Option<u8> {
    match section.text("delimiter")? {
        "auto" => None,
        "tab" | "\t" => Some(b'\t'),
        text => {
            let delimiter = [b',', b';', b'|'].into_iter().find(|mark| text.as_bytes() == [*mark]);
            if delimiter.is_none() {
                section.bad_value("delimiter", text, "\"auto\", \",\", \";\", \"|\" or \"tab\"");
            }
            delimiter
        }
    }
}

fn read_only(section: &mut Section<'_>) -> Option<Only> {
    let table = section.table("only")?;
    let mut only = Section::new(format!("{}, only", section.name), table, section.problems);
    let is = only.texts("is").unwrap_or_default();
    let not = only.texts("not").unwrap_or_default();
    let column = only.required("column", "`column = \"…\"`; with `is` or `not`, else it must have a value");
    let read = column.map(|column| Only { column: column.to_owned(), is, not });
    only.finish();
    read
}

fn read_fields(
    section: &mut Section<'_>,
    record: RecordKind,
    table: &Table,
    inherited: &Inherited,
) -> Vec<FieldMapping> {
    let targets = targets(record);
    let mut read = Vec::new();
    for (name, value) in table {
        let Some(target) = targets.iter().find(|target| target.name == name) else {
            section.problems.push(unknown_field(&section.name, record, name, targets));
            continue;
        };
        read.extend(fields::read(section, target.name, target.kind, value, inherited));
    }
    read
}

fn unknown_field(section: &str, record: RecordKind, field: &str, targets: &[Target]) -> MappingError {
    let names: Vec<&str> = targets.iter().map(|target| target.name).collect();
    MappingError::UnknownField {
        section: section.to_owned(),
        record: record.key(),
        field: field.to_owned(),
        nearest: nearest(field, names.iter().copied()),
        fields: names.join(", "),
    }
}

fn read_traits(
    section: &mut Section<'_>,
    record: RecordKind,
    table: &Table,
    inherited: &Inherited,
) -> Vec<FieldMapping> {
    if !matches!(record, RecordKind::Account | RecordKind::Person) {
        section.bad_value("traits", "a table", "it only for accounts and persons");
        return Vec::new();
    }
    let mut read = Vec::new();
    for (name, value) in table {
        if targets(record).iter().any(|target| target.name == name) {
            section.bad_value("traits", name, format!("`{name}` under `fields`: it is built in"));
            continue;
        }
        read.extend(fields::read(section, name, TargetKind::Text, value, inherited));
    }
    read
}

/// What must be filled, alone or one of several.
fn check_required(
    section: &mut Section<'_>,
    record: RecordKind,
    written: &[&str],
    traits: &[FieldMapping],
    fields: &[FieldMapping],
    names_currency: bool,
) {
    let has = |name: &str| written.contains(&name);
    for target in targets(record).iter().filter(|target| !target.hint.is_empty() && !has(target.name)) {
        section.missing(target.name, target.hint);
    }
    let refers = targets(record).iter().any(|target| target.name == "account");
    if refers && !["account", "subscription", "person"].into_iter().any(has) {
        section.missing("account", "`account = \"the column\"`, or `subscription`, or `person`");
    }
    let undated = |field: &FieldMapping| {
        field.since.is_none() && !matches!(&*field.target, "id" | "account" | "subscription")
    };
    if matches!(record, RecordKind::Account | RecordKind::Person)
        && !has("since")
        && fields.iter().chain(traits).any(undated)
    {
        section.missing(
            "since",
            "`since = \"the column that says since when\"`, `since = { constant = 2026-01-31 }` or `since = { import_day = true }`",
        );
    }
    if record == RecordKind::Subscription && has("start") == has("effective_from") {
        section.missing(
            "start",
            "either `start` (a row is the whole life) or `effective_from` (a row is a version)",
        );
    }
    let needs_currency = has("price") || has("refund") || (record == RecordKind::ExchangeRate && !has("to"));
    if needs_currency && !names_currency && !has("currency") {
        section.missing("currency", "`currency = \"EUR\"` at the top, or name the column under `fields`");
    }
}
