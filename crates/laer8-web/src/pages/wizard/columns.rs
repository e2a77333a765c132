//! The second step: what becomes of each column.

use super::{PATH, Step, form, said, steps, trouble};
use crate::{error::Trouble, frame::Frame, pages::shown, request::Asked};
use askama::Template;
use axum::{
    Form,
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use laer8_app::{
    ColumnLook, DraftSection, Question, RecordKind, TableLook, UploadState, UploadView, Use, targets,
};
use laer8_words::{Arg, Term, Words};

/// A way to fill a select: what is sent, what is read, whether it is chosen.
type Option3 = (String, String, bool);

struct ColumnRow {
    /// What its select is called in the form.
    field: String,
    name: String,
    samples: Vec<String>,
    options: Vec<Option3>,
    used: bool,
}

/// Something that is the same for every row, or has to be chosen.
struct Ask {
    field: String,
    label: String,
    /// What can be chosen; empty where anything can be written.
    options: Vec<Option3>,
    value: String,
    /// What can't be changed here.
    told: Option<String>,
    open: bool,
}

struct Entry {
    /// What its fields are called in the form: `t.0`.
    prefix: String,
    table: usize,
    section: Option<usize>,
    file: String,
    about: String,
    kinds: Vec<Option3>,
    pattern: String,
    wanted: Option<String>,
    columns: Vec<ColumnRow>,
    asks: Vec<Ask>,
}

#[derive(Template)]
#[template(path = "wizard-columns.html")]
struct ColumnsPage {
    frame: Frame,
    imports: String,
    steps: Vec<Step>,
    about: String,
    action: String,
    discard: String,
    download: String,
    source: String,
    currency: String,
    asks_currency: bool,
    time_zone: String,
    dates: Vec<Option3>,
    asks_dates: bool,
    entries: Vec<Entry>,
    unreadable: Vec<(String, String)>,
    /// What is still to be done.
    open_said: String,
    open: Vec<String>,
    failure: Option<String>,
}

pub(crate) async fn page(asked: Asked, Path(id): Path<String>) -> Result<Response, Trouble> {
    let view = asked.site.app.upload(&asked.actor, &id).map_err(|error| trouble(&asked, error))?;
    match view.state {
        UploadState::Importing(_) | UploadState::Done(_) | UploadState::Interrupted => {
            return Ok(Redirect::to(&asked.link(&format!("{PATH}/{id}/import"))).into_response());
        }
        UploadState::Trying(_) => {
            return Ok(Redirect::to(&asked.link(&format!("{PATH}/{id}/check"))).into_response());
        }
        UploadState::Mapping | UploadState::Tried => {}
    }
    draw(&asked, view)
}

/// What somebody chose; with `do=check` it is then found out what would come of
/// it.
pub(crate) async fn choose(
    asked: Asked,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let app = &asked.site.app;
    let of = |error| trouble(&asked, error);
    let view = app.upload(&asked.actor, &id).map_err(of)?;
    app.choose_mapping(&asked.actor, &id, &form::choice(&view, &sent)).await.map_err(of)?;
    let here = asked.link(&format!("{PATH}/{id}"));
    let is_check = sent.iter().any(|(name, value)| name == "do" && value == "check");
    if !is_check || !app.upload(&asked.actor, &id).map_err(of)?.is_ready() {
        return Ok(Redirect::to(&here).into_response());
    }
    app.try_upload(&asked.actor, &id).map_err(of)?;
    Ok(Redirect::to(&asked.link(&format!("{PATH}/{id}/check"))).into_response())
}

/// The mapping as TOML.
pub(crate) async fn download(asked: Asked, Path(id): Path<String>) -> Result<Response, Trouble> {
    let view = asked.site.app.upload(&asked.actor, &id).map_err(|error| trouble(&asked, error))?;
    let mut response = view.mapping.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/toml; charset=utf-8"));
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let name: String = view.source.chars().map(plain).collect();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.toml\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

fn draw(asked: &Asked, view: UploadView) -> Result<Response, Trouble> {
    let words = asked.words;
    let is_asked = |key: &str| view.questions.iter().any(|it| it.section.is_none() && it.field == key);
    let about = match &view.begun_from {
        Some(source) => words.say_with("wizard-begun-from", &[("source", Arg::Text(source))]),
        None => words.say("wizard-suggested"),
    };
    let here = asked.link(&format!("{PATH}/{}", view.id));
    let page = ColumnsPage {
        frame: Frame::bare(asked, "/imports", words.say("wizard-mapping-title")),
        imports: asked.link("/imports"),
        steps: steps(asked, Some(&view.id), 1),
        about,
        discard: asked.link(&format!("{PATH}/{}/discard", view.id)),
        download: asked.link(&format!("{PATH}/{}/mapping.toml", view.id)),
        action: here,
        asks_currency: is_asked("currency"),
        asks_dates: is_asked("dates"),
        dates: dates(words, &view),
        entries: form::entries(&view)
            .into_iter()
            .enumerate()
            .map(|(place, (section, table))| entry(words, &view, place, section, table))
            .collect(),
        open_said: words.say_with("wizard-open-questions", &[("count", Arg::from(view.faults.len()))]),
        open: view.faults.iter().map(|error| said::fault(words, error)).collect(),
        source: view.source,
        currency: view.currency,
        time_zone: view.time_zone,
        unreadable: view.unreadable,
        failure: view.failure,
    };
    shown(asked, &page)
}

/// The usual ways to write dates, beside the way that is chosen or suggested.
const USUAL: [&str; 5] = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y"];

fn dates(words: Words, view: &UploadView) -> Vec<Option3> {
    let question = view.questions.iter().find(|it| it.section.is_none() && it.field == "dates");
    let mut options = Vec::new();
    let mut add = |formats: &[String], chosen: bool| {
        let value = formats.join("|");
        if !options.iter().any(|(other, ..): &Option3| *other == value) {
            options.push((value, said::dates(words, formats), chosen));
        }
    };
    if question.is_none() {
        let current = if view.dates.is_empty() { vec![USUAL[0].to_owned()] } else { view.dates.clone() };
        add(&current, true);
    }
    for choice in question.into_iter().flat_map(|question| &question.choices) {
        add(&choice.says, false);
    }
    for format in USUAL {
        add(&[format.to_owned()], false);
    }
    options
}

fn entry(
    words: Words,
    view: &UploadView,
    place: usize,
    section: Option<&DraftSection>,
    table: usize,
) -> Entry {
    let look = &view.tables[table]; // entries are of tables that there are
    let prefix = format!("t.{place}");
    let record = section.map(|section| section.record);
    let kind = |kind: RecordKind| {
        (kind.key().to_owned(), words.name(Term::Record, kind.key()), record == Some(kind))
    };
    let nothing = (String::new(), words.say("wizard-leave-out"), record.is_none());
    let rows = words.say_with("wizard-rows", &[("rows", Arg::from(look.rows))]);
    let sheet =
        look.sheet.as_ref().map(|sheet| words.say_with("wizard-sheet", &[("sheet", Arg::Text(sheet))]));
    let wanted = section.filter(|section| !section.wanted.is_empty()).map(|section| {
        let fields: Vec<String> = section.wanted.iter().map(|key| said::field(words, key)).collect();
        words.say_with("wizard-wanted", &[("fields", Arg::Text(&fields.join(", ")))])
    });
    Entry {
        table,
        section: section.map(|section| section.position),
        file: look.file.clone(),
        about: sheet.into_iter().chain([rows]).collect::<Vec<_>>().join(" · "),
        kinds: std::iter::once(nothing).chain(RecordKind::ALL.into_iter().map(kind)).collect(),
        pattern: section.map(|section| section.name.clone()).unwrap_or_default(),
        wanted,
        columns: section.map(|section| columns(words, &prefix, section, look)).unwrap_or_default(),
        asks: section.map(|section| asks(words, &prefix, view, section)).unwrap_or_default(),
        prefix,
    }
}

fn columns(words: Words, prefix: &str, section: &DraftSection, look: &TableLook) -> Vec<ColumnRow> {
    let takes_traits = matches!(section.record, RecordKind::Account | RecordKind::Person);
    let row = |(place, column): (usize, &ColumnLook)| {
        let becomes = section.uses.iter().find(|(name, _)| *name == column.name).map(|(_, becomes)| becomes);
        let mut options = vec![(String::new(), words.say("wizard-nothing"), becomes.is_none())];
        if takes_traits {
            let is_trait = becomes == Some(&Use::Trait);
            options.push((form::TRAIT.to_owned(), words.say("wizard-trait"), is_trait));
        }
        for target in targets(section.record) {
            let is_it = matches!(becomes, Some(Use::Field(field)) if field == target.name);
            options.push((target.name.to_owned(), said::field(words, target.name), is_it));
        }
        let number = words.count(i64::try_from(place + 1).unwrap_or_default());
        ColumnRow {
            field: format!("{prefix}.c.{place}"),
            name: match column.name.as_str() {
                "" => words.say_with("wizard-unnamed", &[("number", Arg::Text(&number))]),
                name => name.to_owned(),
            },
            samples: column.samples.clone(),
            options,
            used: becomes.is_some(),
        }
    };
    // A mapping finds columns by their names.
    look.columns.iter().enumerate().filter(|(_, column)| !column.name.is_empty()).map(row).collect()
}

fn asks(words: Words, prefix: &str, view: &UploadView, section: &DraftSection) -> Vec<Ask> {
    let choose = || (String::new(), words.say("wizard-choose"), true);
    let questions = view.questions.iter().enumerate();
    let question = |(place, question): (usize, &Question)| Ask {
        field: format!("q.{place}"),
        label: match &question.word {
            Some(word) => {
                let means = words.say_with("wizard-word", &[("word", Arg::Text(word))]);
                format!("{}: {means}", said::field(words, &question.field))
            }
            None => said::field(words, &question.field),
        },
        options: std::iter::once(choose()).chain(choices(words, question)).collect(),
        value: String::new(),
        told: None,
        open: true,
    };
    let mut asks: Vec<Ask> =
        questions.filter(|(_, it)| it.section == Some(section.position)).map(question).collect();
    for fixed in &section.fixed {
        let value = fixed.value.clone().unwrap_or_default();
        let word = |word: &String| (word.clone(), words.name(Term::Choice, word), *word == value);
        let mut options: Vec<Option3> = fixed.words.iter().map(word).collect();
        let is_open = value.is_empty() && fixed.value.is_some();
        if !options.is_empty() && is_open {
            options.insert(0, choose());
        }
        asks.push(Ask {
            field: format!("{prefix}.x.{}", fixed.field),
            label: said::field(words, fixed.field),
            options,
            told: fixed.value.is_none().then(|| words.say("wizard-import-day")),
            value,
            open: is_open,
        });
    }
    asks
}

fn choices(words: Words, question: &Question) -> Vec<Option3> {
    let said = |(place, choice): (usize, &laer8_app::Choice)| {
        let says = match question.field.as_str() {
            // The first of the two is before decimals, see the suggestion.
            "decimal" => {
                let mark = question.choices.first().and_then(|first| first.says.first());
                let role =
                    if place == 0 { words.say("wizard-decimals") } else { words.say("wizard-thousands") };
                format!("{} {role}", mark.map(String::as_str).unwrap_or_default())
            }
            key => said::choice(words, key, choice),
        };
        (choice.value.clone(), says, false)
    };
    question.choices.iter().enumerate().map(said).collect()
}
