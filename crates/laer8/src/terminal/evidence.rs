//! The rows behind each measure of a score.

use super::{
    page::{INDENT, Page, fit},
    tone::Tone,
};
use laer8_app::{ContributionView, Says, ScoreView, SourceRow};
use laer8_domain::{money::Currency, money::Money};
use laer8_words::{Arg, Term, Words};
use unicode_width::UnicodeWidthStr as _;

/// The source rows of every measure that has some.
pub(crate) fn draw(page: &mut Page, words: Words, view: &ScoreView) {
    let with_rows: Vec<&ContributionView> =
        view.contributions.iter().filter(|it| it.value.is_some() && !it.rows.is_empty()).collect();
    if with_rows.is_empty() {
        return;
    }
    page.heading(&words.say("score-source-rows"));
    // Several measures are mostly made of the same rows: those stand once.
    let mut shown: Vec<Vec<&ContributionView>> = Vec::new();
    for contribution in with_rows {
        let same = shown.iter_mut().find(|those| {
            those.iter().any(|it| it.rows == contribution.rows && it.row_count == contribution.row_count)
        });
        match same {
            Some(those) => those.push(contribution),
            None => shown.push(vec![contribution]),
        }
    }
    for those in shown {
        measures(page, words, &those);
    }
}

/// The rows that all of these measures are made of.
fn measures(page: &mut Page, words: Words, those: &[&ContributionView]) {
    let Some(contribution) = those.first() else { return };
    let names: Vec<String> =
        those.iter().map(|contribution| words.name(Term::Measure, contribution.measure)).collect();
    let count = words.say_with("rows-count", &[("count", Arg::from(contribution.row_count))]);
    let age = contribution.age_days.map(|days| words.say_with("score-age", &[("days", Arg::Count(days))]));
    let about = age.map_or_else(|| count.clone(), |age| format!("{count}, {age}"));
    page.hanging(INDENT, "", &format!("{} ({about})", names.join(", ")), Tone::Plain);
    let places: Vec<String> = contribution.rows.iter().map(|row| place(words, row)).collect();
    let widest = places.iter().map(|place| place.width()).max().unwrap_or(0);
    for (row, place) in contribution.rows.iter().zip(&places) {
        let indent = " ".repeat(2 * INDENT);
        let pad = " ".repeat(widest - place.width() + 2);
        let room = page.width().saturating_sub(2 * INDENT + widest + 2);
        let says = fit(&format!("{}  {}", words.day(row.day), says(words, &row.says)), room);
        page.raw(&format!("{indent}{}{pad}{says}", Tone::Quiet.paint(place)));
    }
    let hidden = contribution.row_count.saturating_sub(contribution.rows.len() as u64);
    if hidden > 0 {
        let more = words.say_with("score-source-more", &[("count", Arg::from(hidden))]);
        page.hanging(2 * INDENT, "", &more, Tone::Quiet);
    }
}

/// File and line, or the source and what it calls the row.
fn place(words: Words, row: &SourceRow) -> String {
    match &row.file {
        Some(file) => format!("{file}:{}", row.line),
        None if row.source.is_empty() => words.say("score-source-entered"),
        None => format!("{} {}", row.source, row.id).trim_end().to_owned(),
    }
}

fn says(words: Words, says: &Says) -> String {
    match says {
        Says::Usage { feature, count, errors, people, .. } => usage(words, feature, *count, *errors, *people),
        Says::Ticket { subject, priority, open, escalated, rating } => {
            let mut parts = vec![words.say(&format!("priority-{priority}"))];
            parts.push(words.say(if *open { "ticket-open" } else { "ticket-solved" }));
            if *escalated {
                parts.push(words.say("ticket-escalated"));
            }
            if let Some(rating) = rating {
                parts.push(words.quantity("rating", f64::from(*rating)));
            }
            let about = parts.join(", ");
            if subject.is_empty() { about } else { format!("{about}: {subject}") }
        }
        Says::Survey { survey, score, comment } => {
            let said = format!("{} {score}", survey.to_uppercase());
            if comment.is_empty() { said } else { format!("{said}: {comment}") }
        }
        Says::Note { note, text, pulse } => {
            let kind = words.say(&format!("note-{note}"));
            let pulse = pulse.map(|pulse| format!(" {pulse}")).unwrap_or_default();
            if text.is_empty() { format!("{kind}{pulse}") } else { format!("{kind}{pulse}: {text}") }
        }
        Says::Subscription { plan, quantity, mrr, currency } => {
            let seats = words.say_with("seats-count", &[("count", Arg::from(*quantity))]);
            let mrr = match currency.parse::<Currency>() {
                Ok(currency) => words.money_cents(Money { amount: *mrr, currency }),
                Err(_) => mrr.to_string(),
            };
            format!("{plan}, {seats}, {mrr} {}", words.name(Term::Metric, "mrr"))
        }
        Says::Field { field, value } => format!("{}: {value}", words.name(Term::Field, field)),
    }
}

fn usage(words: Words, feature: &str, count: i64, errors: i64, people: Option<u32>) -> String {
    let mut parts = vec![words.say_with("uses-count", &[("count", Arg::Count(count))])];
    if let Some(people) = people {
        parts.push(words.say_with("people-count", &[("count", Arg::from(people))]));
    }
    if errors > 0 {
        parts.push(words.say_with("errors-count", &[("count", Arg::Count(errors))]));
    }
    format!("{feature}: {}", parts.join(", "))
}
