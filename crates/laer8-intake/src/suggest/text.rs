//! Writes the document.

mod file;

use super::{guess::Guess, settle::Settled};
use crate::mapping::RecordKind;
use std::fmt::Write;

/// A text as TOML writes it, always on one line: so it can be a key as well.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// 25000 as `25,000`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A comment may not break its line, nor hold what TOML forbids.
fn comment(text: &str) -> String {
    format!("# {}\n", text.replace(char::is_control, " "))
}

pub(super) fn write(
    source: &str,
    files: &[Guess<'_>],
    settled: &Settled,
    unreadable: &[(String, String)],
) -> String {
    let mut text = String::new();
    text += &comment("A first mapping, written from the files themselves. Read it before you import:");
    text += &comment("what the files do not settle is marked `In doubt`, and a line that says `choose`");
    text += &comment("must be given one of the values offered.");
    text += "\nschema = 1\n";
    let _ = writeln!(text, "source = {}", quoted(source));
    write_currency(&mut text, files, settled);
    text += &comment("In doubt: the files name no time zone; days are taken to be days in UTC.");
    text += "time_zone = \"UTC\"\n";
    write_dates(&mut text, settled);
    for (name, reason) in unreadable {
        text += "\n";
        text += &comment(&format!("{name} is left out: {reason}."));
    }
    write_plans(&mut text, files);
    let mut ordered: Vec<&Guess<'_>> = files.iter().collect();
    ordered.sort_by_key(|file| RecordKind::ALL.iter().position(|kind| Some(*kind) == file.kind));
    for file in ordered {
        file::write(&mut text, file, settled);
    }
    text
}

fn write_currency(text: &mut String, files: &[Guess<'_>], settled: &Settled) {
    if let Some(code) = settled.currency {
        *text += &comment(&format!("As {} says.", settled.currency_place));
        let _ = writeln!(text, "currency = {}", quoted(code));
        return;
    }
    let needs = |file: &Guess<'_>| {
        let has = |field| file.feed(field).is_some();
        let amounts = file.kind == Some(RecordKind::Subscription) || has("refund");
        (amounts && !has("currency")) || (file.kind == Some(RecordKind::ExchangeRate) && !has("to"))
    };
    if files.iter().any(needs) {
        *text += &comment("In doubt: the files hold amounts and name no currency.");
        *text += "currency = \"choose three letters such as EUR or USD\"\n";
    }
}

fn write_dates(text: &mut String, settled: &Settled) {
    for place in &settled.by_others {
        *text += &comment(&format!("In doubt: {place}; it is read as the other dates are."));
    }
    let mut formats = settled.dates.clone();
    if settled.undecided.is_empty() {
        if !settled.apart && !formats.is_empty() {
            let _ = writeln!(text, "dates = {}", list(&formats));
        }
        return;
    }
    if settled.apart {
        return;
    }
    for (place, example, choices) in &settled.undecided {
        *text += &comment(&format!(
            "In doubt: {place}: {example} is day first or month first; no value of the column tells."
        ));
        for choice in choices {
            let mut formats = formats.clone();
            formats.extend(choice.iter().cloned());
            let order = if choice.iter().any(|format| format.starts_with("%d")) {
                "day first"
            } else {
                "month first"
            };
            *text += &comment(&format!("dates = {} # {order}", list(&formats)));
        }
        // The next question is asked as if this one were answered.
        formats.extend(
            choices.first().into_iter().flatten().filter(|format| !settled.dates.contains(format)).cloned(),
        );
        formats.dedup();
    }
    *text += "dates = \"choose one of the lines above\"\n";
}

fn list(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", quoted.join(", "))
}

/// The plans that subscriptions name, where no file declares them.
fn write_plans(text: &mut String, files: &[Guess<'_>]) {
    if files.iter().any(|file| file.kind == Some(RecordKind::Plan)) {
        return;
    }
    let subscriptions = files.iter().filter(|file| file.kind == Some(RecordKind::Subscription));
    let mut plans: Vec<&str> =
        subscriptions.filter_map(|file| file.column("plan")?.words()).flatten().collect();
    plans.sort_unstable();
    plans.dedup();
    if plans.is_empty() {
        return;
    }
    *text += "\n";
    *text +=
        &comment("In doubt: no file says what a plan includes (\"all\", or a list of features) or which");
    *text += &comment("plan comes next (`upgrade = \"…\"`).");
    for plan in plans {
        let _ = write!(text, "[[plan]]\nid = {}\nentitles = \"all\"\n\n", quoted(plan));
    }
    text.pop();
}
