//! Writes one `[[file]]`.

use super::{comment, grouped, list, quoted};
use crate::{
    csv::Encoding,
    mapping::{
        RecordKind,
        targets::{TargetKind, targets},
    },
    suggest::{
        evidence::SIGNS,
        guess::{Feed, Guess},
        names::{simple, unit_in},
        profile::Column,
        settle::{Numbers, Settled, kind_of, numbers, own_formats},
        words,
    },
};
use std::fmt::Write;

pub(super) fn write(text: &mut String, file: &Guess<'_>, settled: &Settled) {
    let profile = file.profile;
    *text += "\n";
    let Some(kind) = file.kind else {
        *text += &comment(&format!("In doubt: what the rows of {} are. Its columns:", profile.title()));
        let names: Vec<&str> = profile.columns.iter().map(|column| column.name.as_str()).collect();
        *text += &comment(&names.join(", "));
        return;
    };
    *text += &comment(&format!("{}.", rows(profile.rows)));
    if profile.broken > 0 {
        let broken = rows(profile.broken);
        *text += &comment(&format!("In doubt: {broken} can't be cut into the columns, and will be refused."));
    }
    let _ = writeln!(text, "[[file]]\nname = {}", quoted(&profile.name));
    if let Some(sheet) = &profile.sheet {
        let _ = writeln!(text, "sheet = {}", quoted(sheet));
    }
    let _ = writeln!(text, "record = {}", quoted(kind.key()));
    write_form(text, file);
    *text += "\n[file.fields]\n";
    for target in targets(kind) {
        match file.feed(target.name) {
            Some(feed) => write_feed(text, file, kind, feed, settled),
            None => write_missing(text, file, kind, target.name, settled),
        }
    }
    match kind {
        RecordKind::Account | RecordKind::Person => write_traits(text, file, settled),
        _ => write_unread(text, file),
    }
}

/// `1 row`, `25,000 rows`.
fn rows(count: u64) -> String {
    format!("{} {}", grouped(count), if count == 1 { "row" } else { "rows" })
}

/// Encoding, delimiter and numbers, where they are not the usual.
fn write_form(text: &mut String, file: &Guess<'_>) {
    if file.profile.encoding == Encoding::Windows1252 {
        *text += "encoding = \"windows-1252\"\n";
    }
    match file.profile.delimiter {
        b',' => {}
        b'\t' => *text += "delimiter = \"tab\"\n",
        mark => {
            let _ = writeln!(text, "delimiter = {}", quoted(&char::from(mark).to_string()));
        }
    }
    let signs: Vec<String> = file
        .profile
        .columns
        .iter()
        .filter(|column| column.numbers.is_number())
        .flat_map(|column| column.numbers.signs.iter().map(|sign| SIGNS[*sign].0.to_owned()))
        .collect();
    if let Some(sign) = signs.first() {
        let _ = writeln!(text, "strip = {}", list(std::slice::from_ref(sign)));
    }
    match numbers(file) {
        Numbers::Usual => {}
        Numbers::Other(decimal, grouping) => {
            let _ = writeln!(text, "decimal = {}", quoted(&decimal.to_string()));
            if let Some(mark) = grouping {
                let _ = writeln!(text, "grouping = {}", quoted(&mark.to_string()));
            }
        }
        Numbers::Undecided(example) => {
            let mark = if example.contains(',') { "," } else { "." };
            let other = if mark == "," { "." } else { "," };
            *text += &comment(&format!(
                "In doubt: is the mark in {example} before decimals or between thousands?"
            ));
            *text += &comment(&format!("decimal = \"{mark}\" # before decimals"));
            *text +=
                &comment(&format!("decimal = \"{other}\" # between thousands, with grouping = \"{mark}\""));
            *text += "decimal = \"choose one of the lines above\"\n";
        }
    }
}

fn write_feed(text: &mut String, file: &Guess<'_>, kind: RecordKind, feed: &Feed, settled: &Settled) {
    let column = &file.profile.columns[feed.column];
    if let Some(repeats) = column.repeats().filter(|repeats| feed.field == "id" && *repeats > 0) {
        let repeats = rows(repeats);
        *text += &comment(&format!(
            "In doubt: {repeats} with an id that was there before; the import reports it."
        ));
    }
    let value = match kind_of(kind, feed.field) {
        Some(TargetKind::Word(words)) => words::closed(column, words),
        Some(TargetKind::MomentOrFlag) if column.flags.can_be_flag() => typed(column, "bool"),
        Some(TargetKind::MomentOrLength | TargetKind::Length) if !column.is_date() => length(column),
        Some(TargetKind::Bool) if !column.flags.can_be_flag() && column.filled > 0 => {
            *text += &comment(&format!("In doubt: not every value of {} is true or false.", column.name));
            quoted(&column.name)
        }
        _ => dated(column, settled),
    };
    let value = if feed.field == "country" { country(column, &value) } else { value };
    let note = feed.comment.as_ref().map(|note| format!(" {}", comment(note).trim_end())).unwrap_or_default();
    let _ = writeln!(text, "{} = {value}{note}", feed.field);
}

fn typed(column: &Column, kind: &str) -> String {
    format!("{{ column = {}, kind = {} }}", quoted(&column.name), quoted(kind))
}

fn length(column: &Column) -> String {
    match unit_in(&simple(&column.name)) {
        Some(unit) if unit != "seconds" => {
            format!("{{ column = {}, unit = {} }}", quoted(&column.name), quoted(unit))
        }
        _ => quoted(&column.name),
    }
}

/// With its own formats, where the columns contradict each other.
fn dated(column: &Column, settled: &Settled) -> String {
    if !settled.apart || !column.is_date() {
        return quoted(&column.name);
    }
    let formats = own_formats(column);
    match formats.as_slice() {
        [one] => format!("{{ column = {}, dates = {} }}", quoted(&column.name), list(one)),
        several => {
            let choices: Vec<String> = several.iter().map(|choice| list(choice)).collect();
            let question = format!("choose {}", choices.join(" or "));
            format!("{{ column = {}, dates = {} }}", quoted(&column.name), quoted(&question))
        }
    }
}

/// ISO 3166 says GB.
fn country(column: &Column, value: &str) -> String {
    if column.words().is_some_and(|words| words.contains(&"UK")) {
        return format!("{{ column = {}, translate = {{ UK = \"GB\" }} }}", quoted(&column.name));
    }
    value.to_owned()
}

/// Fields that no column is called like, but that something must fill.
fn write_missing(text: &mut String, file: &Guess<'_>, kind: RecordKind, field: &str, settled: &Settled) {
    match (kind, field) {
        (RecordKind::Account, "since") => match file.column("signed_up") {
            Some(column) => {
                let _ = writeln!(text, "since = {}", dated(column, settled));
            }
            None => write_since(text),
        },
        (RecordKind::Person, "since") => write_since(text),
        (RecordKind::Person, "name") => {
            if let (Some(first), Some(last)) = (file.named("first_name"), file.named("last_name")) {
                let _ = writeln!(
                    text,
                    "name = {{ columns = {} }}",
                    list(&[first.name.clone(), last.name.clone()])
                );
            }
        }
        (RecordKind::Subscription, "price_basis") => write_price_basis(text, file),
        (RecordKind::Subscription, "price_per") => write_price_per(text, file),
        (RecordKind::Subscription, "term_months") => {
            if let Some(terms) = billing(file).and_then(words::terms) {
                *text +=
                    &comment("In doubt: no column says how long a term is; taken from how often is billed.");
                let _ = writeln!(text, "term_months = {terms}");
            }
        }
        (RecordKind::Subscription, "start") if file.feed("effective_from").is_some() => {}
        (RecordKind::Subscription, "start") => ask(text, field, "choose the column with the first day"),
        (RecordKind::Survey, "kind") => write_survey_kind(text, file),
        (RecordKind::Note, "kind") => *text += "kind = { constant = \"note\" }\n",
        (RecordKind::Usage, "feature") => {
            *text += &comment("In doubt: no column names the feature; all use is of one.");
            *text += "feature = { constant = \"product\" }\n";
        }
        (kind, "account") => {
            let refers = ["subscription", "person"].into_iter().any(|other| file.feed(other).is_some());
            if !refers && kind != RecordKind::Account {
                ask(text, field, "choose the column with the id of the account");
            }
        }
        (kind, field) => {
            let required = targets(kind).iter().any(|target| target.name == field && !target.hint.is_empty());
            if required {
                ask(text, field, &format!("choose the column for {field}"));
            }
        }
    }
}

fn ask(text: &mut String, field: &str, question: &str) {
    *text += &comment(&format!("In doubt: no column is called like `{field}`."));
    let _ = writeln!(text, "{field} = {}", quoted(question));
}

fn write_since(text: &mut String) {
    *text += &comment("In doubt: no column says since when this holds; taken from the day of the import.");
    *text += "since = { import_day = true }\n";
}

fn price_name(file: &Guess<'_>) -> String {
    file.column("price").map(|column| simple(&column.name)).unwrap_or_default()
}

fn billing<'a>(file: &'a Guess<'_>) -> Option<&'a Column> {
    ["billing_frequency", "billing_period", "billing_cycle", "billing_interval", "frecuencia"]
        .into_iter()
        .find_map(|name| file.named(name))
}

fn write_price_basis(text: &mut String, file: &Guess<'_>) {
    let name = price_name(file);
    if name.starts_with("unit") {
        *text += "price_basis = { constant = \"unit\" }\n";
    } else if name.starts_with("mrr") || name.starts_with("arr") || file.feed("quantity").is_none() {
        *text += "price_basis = { constant = \"total\" }\n";
    } else {
        *text += &comment("In doubt: is the price that of one seat or of all?");
        *text += &comment("price_basis = { constant = \"unit\" } # of one");
        *text += &comment("price_basis = { constant = \"total\" } # of all");
        *text += "price_basis = \"choose one of the lines above\"\n";
    }
}

fn write_price_per(text: &mut String, file: &Guess<'_>) {
    let name = price_name(file);
    if name.starts_with("mrr") || name.starts_with("monthly") {
        *text += "price_per = { constant = \"month\" }\n";
    } else if name.starts_with("arr") || name.starts_with("annual") {
        *text += "price_per = { constant = \"year\" }\n";
    } else if let Some(column) = billing(file).filter(|column| words::terms(column).is_some()) {
        let _ = writeln!(text, "price_per = {}", quoted(&column.name));
    } else {
        *text +=
            &comment("In doubt: how often is the price charged? `{ constant = \"month\" }`, or day, week,");
        *text += &comment("quarter, year.");
        *text += "price_per = \"choose a period\"\n";
    }
}

fn write_survey_kind(text: &mut String, file: &Guess<'_>) {
    let place = format!(
        "{} {}",
        simple(&file.profile.name),
        file.column("score").map(|c| simple(&c.name)).unwrap_or_default()
    );
    match ["nps", "csat", "ces"].into_iter().find(|kind| place.split(['_', ' ']).any(|word| word == *kind)) {
        Some(kind) => {
            let _ = writeln!(text, "kind = {{ constant = {} }}", quoted(kind));
        }
        None => {
            *text += &comment("In doubt: what was asked? `{ constant = \"nps\" }`, or csat, ces.");
            *text += "kind = \"choose what was asked\"\n";
        }
    }
}

fn write_traits(text: &mut String, file: &Guess<'_>, settled: &Settled) {
    let names_a_person = |column: &Column| matches!(&*simple(&column.name), "first_name" | "last_name");
    let columns = file.profile.columns.iter().enumerate();
    let others: Vec<&Column> = columns
        .filter(|(position, column)| {
            !file.is_fed_by(*position) && !column.name.is_empty() && !names_a_person(column)
        })
        .map(|(_, column)| column)
        .collect();
    if others.is_empty() {
        return;
    }
    *text += "\n[file.traits]\n";
    let mut taken: Vec<String> =
        file.kind.into_iter().flat_map(targets).map(|target| target.name.to_owned()).collect();
    for column in others {
        let name = free_name(&simple(&column.name), &taken);
        let flag = column.flags.is_flag();
        let value = if flag {
            *text += &comment("In doubt: a flag without a date, taken to be known since the import.");
            format!("{{ column = {}, kind = \"bool\", known = \"imported\" }}", quoted(&column.name))
        } else if column.is_date() {
            let field = dated(column, settled);
            match field.strip_suffix(" }") {
                Some(table) => format!("{table}, kind = \"day\" }}"),
                None => typed(column, "day"),
            }
        } else if column.numbers.is_number() {
            typed(column, "number")
        } else {
            quoted(&column.name)
        };
        let _ = writeln!(text, "{} = {value}", words::key(&name));
        taken.push(name);
    }
}

/// `name`, or with a number where it is taken.
fn free_name(name: &str, taken: &[String]) -> String {
    let name = if name.is_empty() { "trait" } else { name };
    let is_free = |name: &String| !taken.contains(name);
    let numbered = (2u32..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

fn write_unread(text: &mut String, file: &Guess<'_>) {
    let used_twice = |column: &Column| billing(file).is_some_and(|billing| billing.name == column.name);
    let columns = file.profile.columns.iter().enumerate();
    let unread: Vec<&str> = columns
        .filter(|(position, column)| !file.is_fed_by(*position) && !used_twice(column))
        .map(|(_, column)| column.name.as_str())
        .collect();
    if !unread.is_empty() {
        *text += &comment(&format!("Not read: {}.", unread.join(", ")));
    }
}
