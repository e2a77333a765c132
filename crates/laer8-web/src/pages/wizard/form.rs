//! What the form of the columns sends, and which table each part of it is of.

use laer8_app::{DraftSection, MappingChoice, RecordKind, SectionChoice, TableChoice, UploadView, Use};

/// In the form: a trait of its own. No field is called so.
pub(super) const TRAIT: &str = "+";

/// The parts of the form: every section with a table that it reads, then the
/// tables that none reads.
pub(super) fn entries(view: &UploadView) -> Vec<(Option<&DraftSection>, usize)> {
    let of_section = |section: &'_ DraftSection| view.tables.iter().position(|table| section.reads(table));
    let mut entries: Vec<(Option<&DraftSection>, usize)> = view
        .sections
        .iter()
        .filter_map(|section| of_section(section).map(|table| (Some(section), table)))
        .collect();
    for (place, table) in view.tables.iter().enumerate() {
        if !view.sections.iter().any(|section| section.reads(table)) {
            entries.push((None, place));
        }
    }
    entries.sort_by_key(|(_, table)| *table);
    entries
}

/// What somebody chose of the mapping that `view` shows.
pub(super) fn choice(view: &UploadView, sent: &[(String, String)]) -> MappingChoice {
    let get = |name: &str| sent.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    let text = |name: &str| get(name).unwrap_or_default().to_owned();
    let dates = get("dates").unwrap_or_default();
    let answer = |(place, question): (usize, &laer8_app::Question)| {
        let value = get(&format!("q.{place}")).filter(|value| !value.is_empty())?;
        Some((question.path.clone(), value.to_owned()))
    };
    MappingChoice {
        source: text("source"),
        currency: text("currency").to_uppercase(),
        time_zone: text("time_zone"),
        dates: dates.split('|').filter(|format| !format.is_empty()).map(str::to_owned).collect(),
        answers: view.questions.iter().enumerate().filter_map(answer).collect(),
        tables: (0..).map_while(|place| table(view, place, &get)).collect(),
    }
}

fn table<'s>(view: &UploadView, place: usize, get: &impl Fn(&str) -> Option<&'s str>) -> Option<TableChoice> {
    let of = |part: &str| get(&format!("t.{place}.{part}"));
    let table: usize = of("table")?.parse().ok()?;
    let look = view.tables.get(table)?;
    let section = of("section").and_then(|section| section.parse().ok());
    let known = view.sections.iter().find(|it| Some(it.position) == section);
    let becomes = |value: &str| match value {
        "" => None,
        TRAIT => Some(Use::Trait),
        field => Some(Use::Field(field.to_owned())),
    };
    let columns = look.columns.iter().enumerate();
    let uses = columns.filter_map(|(column, it)| {
        let value = of(&format!("c.{column}"))?;
        Some((it.name.clone(), becomes(value)))
    });
    let fixed = known.map(|it| it.fixed.as_slice()).unwrap_or_default().iter();
    let fixed =
        fixed.filter_map(|it| Some((it.field.to_owned(), of(&format!("x.{}", it.field))?.to_owned())));
    Some(TableChoice {
        table,
        section,
        record: of("kind").and_then(RecordKind::from_key),
        chosen: SectionChoice {
            name: of("name").unwrap_or_default().to_owned(),
            uses: uses.collect(),
            fixed: fixed.collect(),
        },
    })
}
