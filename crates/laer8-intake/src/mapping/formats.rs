//! Reads the keys that say how values are written. They may stand at the top
//! of the mapping, in a file and in a field; the nearest counts.

use super::{problems::MappingError, section::Section};
use crate::formats::{DateFormats, Formats};

/// `inherited`, changed by what `section` says.
pub(super) fn read(section: &mut Section<'_>, inherited: &Formats) -> Formats {
    let mut formats = inherited.clone();
    if let Some(texts) = section.texts("dates") {
        match DateFormats::new(&texts) {
            Ok(dates) if !texts.is_empty() => formats.dates = dates,
            Ok(_) => section.bad_value("dates", "[]", "at least one format, such as [\"%d-%m-%Y\"]"),
            Err(fault) => {
                section.problems.push(MappingError::BadDates { section: section.name.clone(), fault });
            }
        }
    }
    read_numbers(section, &mut formats);
    if let Some(words) = section.texts("true") {
        formats.flags = formats.flags.with_true(&words);
    }
    if let Some(words) = section.texts("false") {
        formats.flags = formats.flags.with_false(&words);
    }
    if let Some(words) = section.texts("empty") {
        formats.empty = words;
    }
    formats
}

fn read_numbers(section: &mut Section<'_>, formats: &mut Formats) {
    let said_grouping = section.has("grouping");
    if let Some(text) = section.text("decimal") {
        match text {
            "." => formats.numbers.decimal = '.',
            "," => formats.numbers.decimal = ',',
            _ => section.bad_value("decimal", text, "\".\" or \",\""),
        }
    }
    if let Some(text) = section.text("grouping") {
        let mut marks = text.chars();
        match (marks.next(), marks.next()) {
            (None, _) => formats.numbers.grouping = None,
            (Some(mark), None) if !mark.is_alphanumeric() && mark != '-' => {
                formats.numbers.grouping = Some(mark);
            }
            _ => section.bad_value("grouping", text, "one mark such as \",\", or \"\" for none"),
        }
    }
    if formats.numbers.grouping == Some(formats.numbers.decimal) {
        let mark = formats.numbers.decimal.to_string();
        if said_grouping {
            section.bad_value("grouping", &mark, "a mark other than that of the decimals");
        }
        formats.numbers.grouping = None;
    }
    if let Some(words) = section.texts("strip") {
        formats.numbers.strip = words;
    }
}
