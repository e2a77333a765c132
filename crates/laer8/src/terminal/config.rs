//! Settings and documents.

use super::{
    page::Page,
    table::{Cell, Column, Table},
    tone::Tone,
};
use crate::settings::Origin;
use laer8_app::ConfigDocument;
use laer8_words::{Arg, Words};

/// A setting, its value in force, and where it comes from.
pub(crate) type Setting = (&'static str, String, Origin);

/// The settings in force.
pub(crate) fn draw_settings(page: &mut Page, words: Words, settings: &[Setting]) {
    page.title(&words.say("config-title"), "");
    page.blank();
    let mut table = Table::new(vec![
        Column::left(words.say("column-setting")),
        Column::left(words.say("column-setting-value")),
        Column::left(words.say("column-source")),
    ]);
    for (key, value, origin) in settings {
        table.row(vec![Cell::plain(*key), Cell::strong(value.clone()), Cell::quiet(said(words, origin))]);
    }
    page.table(&table);
    page.blank();
    page.paragraph(&words.say("config-order"), Tone::Quiet);
}

fn said(words: Words, origin: &Origin) -> String {
    match origin {
        Origin::Default => words.say("config-source-default"),
        Origin::File(file) => words.say_with("config-source-file", &[("file", Arg::Text(file))]),
        Origin::Environment(name) => {
            words.say_with("config-source-environment", &[("name", Arg::Text(name))])
        }
        Origin::Flag(name) => words.say_with("config-source-flag", &[("name", Arg::Text(name))]),
    }
}

/// The documents in force.
pub(crate) fn draw_documents(page: &mut Page, words: Words, documents: &[ConfigDocument]) {
    page.title(&words.say("documents-title"), "");
    page.blank();
    let mut table = Table::new(vec![
        Column::left(words.say("column-kind")),
        Column::left(words.say("column-key")),
        Column::right(words.say("column-version")),
        Column::left(words.say("column-author")),
    ]);
    for document in documents {
        let is_shipped = document.version == 0;
        let author = if is_shipped { words.say("document-shipped") } else { document.author.clone() };
        table.row(vec![
            Cell::plain(document.kind.clone()),
            Cell::strong(document.key.clone()),
            Cell::plain(document.version.to_string()),
            Cell::quiet(author),
        ]);
    }
    page.table(&table);
    page.blank();
    page.paragraph(&words.say("documents-hint"), Tone::Quiet);
}
