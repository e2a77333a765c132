//! Source rows in words.

use laer8_app::{Says, SourceRow};
use laer8_domain::{money::Currency, money::Money};
use laer8_words::{Arg, Term, Words};

/// File and line, or the source and what it calls the row.
#[must_use]
pub fn place(words: Words, row: &SourceRow) -> String {
    match &row.file {
        Some(file) => format!("{file}:{}", row.line),
        None if row.source.is_empty() => words.say("score-source-entered"),
        None => format!("{} {}", row.source, row.id).trim_end().to_owned(),
    }
}

/// What a source row says, in one line.
#[must_use]
pub fn says(words: Words, says: &Says) -> String {
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
