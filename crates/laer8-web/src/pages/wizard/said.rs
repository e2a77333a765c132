//! How fields, formats and faults of a mapping are called.

use laer8_app::{Choice, MappingError};
use laer8_words::{Arg, Term, Words};

/// A field that a column can fill.
pub(super) fn field(words: Words, key: &str) -> String {
    words.name(Term::Target, key)
}

/// The formats of dates as people write them: DD/MM/YYYY.
pub(super) fn dates(words: Words, formats: &[String]) -> String {
    let parts = [
        ("%H", "wizard-dates-hour"),
        ("%I", "wizard-dates-hour"),
        ("%M", "wizard-dates-minute"),
        ("%S", "wizard-dates-second"),
        ("%Y", "wizard-dates-year"),
        ("%y", "wizard-dates-short-year"),
        ("%m", "wizard-dates-month"),
        ("%d", "wizard-dates-day"),
        ("%b", "wizard-dates-month-name"),
        ("%p", "wizard-dates-half"),
    ];
    let read = |format: &String| {
        let format = format.replace("%.f", "").replace("%#z", "");
        parts.iter().fold(format, |text, (mark, word)| text.replace(mark, &words.say(word)))
    };
    formats.iter().map(read).collect::<Vec<_>>().join(", ")
}

/// A choice of a question.
pub(super) fn choice(words: Words, key: &str, choice: &Choice) -> String {
    let first = choice.says.first().map(String::as_str).unwrap_or_default();
    match key {
        "dates" => dates(words, &choice.says),
        _ if choice.says.iter().any(|format| format.contains('%')) => dates(words, &choice.says),
        _ => words.name(Term::Choice, first),
    }
}

/// What keeps a mapping from being one; English where it is rare.
pub(super) fn fault(words: Words, error: &MappingError) -> String {
    let in_file = |section: &str, what: String| match section.split_once('(') {
        Some((_, file)) => {
            let file = file.split(')').next().unwrap_or_default();
            words.say_with("wizard-in-file", &[("file", Arg::Text(file)), ("what", Arg::Text(&what))])
        }
        None => what,
    };
    match error {
        MappingError::MissingKey { section, key, .. } => {
            let what = words.say_with("wizard-must-fill", &[("field", Arg::Text(&field(words, key)))]);
            in_file(section, what)
        }
        // Of a translation, the field stands in the name of the section.
        MappingError::Undecided { section, key } => {
            let key = section.rsplit_once("), ").map_or(key.as_str(), |(_, field)| field);
            in_file(section, field(words, key))
        }
        other => other.to_string(),
    }
}
