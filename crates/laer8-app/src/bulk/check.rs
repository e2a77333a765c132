//! Whether what a record says can be meant, and can be kept. Files are checked
//! while their cells are read; what is sent comes in its final form.

use super::BulkProblem;
use chrono::Datelike;
use laer8_domain::{
    accounts,
    days::Day,
    people::{self, Role},
    records::{AccountRef, EntitlementRecord, FieldRecord, KnownWhen, Record, StepRecord},
    values::{Value, ValueKind},
};
use std::ops::RangeInclusive;

/// The longest id, in bytes: an index must take it.
const LONGEST_ID: usize = 500;

/// The longest name of a field, in bytes.
const LONGEST_FIELD: usize = 128;

/// The longest value of a field, in bytes.
const LONGEST_VALUE: usize = 20_000;

/// The longest value by which accounts and people are joined: an index must
/// take it.
const LONGEST_KEY: usize = 1_000;

/// The years that a date in a customer's life can have; others are placeholders.
const YEARS: RangeInclusive<i32> = 1900..=2199;

/// The most that is counted on a day.
const MOST: i64 = 1_000_000_000_000;

type Checked = Result<(), BulkProblem>;

/// Checks a record and since when it is known.
pub(super) fn check(record: &Record, known: KnownWhen) -> Checked {
    known_when("known", known)?;
    match record {
        Record::Product(product) => id("id", &product.id),
        Record::Feature(feature) => {
            id("id", &feature.id)?;
            optional("product", feature.product.as_deref())?;
            match feature.depth_target {
                Some(target) if target < 0.0 => Err(scale("depth_target", "at least 0")),
                _ => Ok(()),
            }
        }
        Record::Plan(plan) => {
            id("id", &plan.id)?;
            optional("product", plan.product.as_deref())?;
            optional("upgrade", plan.upgrade.as_deref())?;
            if let EntitlementRecord::Only(features) = &plan.entitles {
                each("entitles.only", features, |field, feature| id(field, feature))?;
            }
            plan.included_uses.map_or(Ok(()), |uses| whole("included_uses", uses, 0))
        }
        Record::ExchangeRate(rate) => day("day", rate.day),
        Record::Account(account) => {
            id("id", &account.id)?;
            fields(&account.fields, built_in_of_account)
        }
        Record::Person(person) => {
            id("id", &person.id)?;
            reference(&person.account)?;
            fields(&person.fields, built_in_of_person)
        }
        Record::Subscription(subscription) => {
            id("id", &subscription.id)?;
            reference(&subscription.account)?;
            each("steps", &subscription.steps, step)
        }
        Record::Usage(usage) => {
            optional("id", usage.id.as_deref())?;
            reference(&usage.account)?;
            id("feature", &usage.feature)?;
            day("day", usage.day)?;
            whole("count", usage.count, -MOST)?;
            whole("seconds", usage.seconds, -MOST)?;
            whole("errors", usage.errors, -MOST)?;
            usage.people.map_or(Ok(()), |people| match i32::try_from(people) {
                Ok(_) => Ok(()),
                Err(_) => Err(scale("people", "at most 2147483647")),
            })
        }
        Record::Ticket(ticket) => {
            id("id", &ticket.id)?;
            reference(&ticket.account)?;
            each("events", &ticket.events, |field, event| day(&format!("{field}.at"), event.at.date_naive()))
        }
        Record::Survey(survey) => {
            id("id", &survey.id)?;
            reference(&survey.account)?;
            optional("person", survey.person.as_deref())?;
            day("day", survey.day)
        }
        Record::ChurnEvent(event) => {
            id("id", &event.id)?;
            reference(&event.account)?;
            day("day", event.day)
        }
        Record::Note(note) => {
            id("id", &note.id)?;
            reference(&note.account)?;
            optional("person", note.person.as_deref())?;
            day("day", note.day)
        }
    }
}

fn step(field: &str, step: &StepRecord) -> Checked {
    day(&format!("{field}.from"), step.from)?;
    let Some(terms) = &step.terms else { return Ok(()) };
    let at = |name: &str| format!("{field}.terms.{name}");
    id(&at("plan"), &terms.plan)?;
    if i32::try_from(terms.quantity).is_err() {
        return Err(scale(&at("quantity"), "at most 2147483647"));
    }
    if terms.term_months.is_some_and(|months| months > 1_200) {
        return Err(scale(&at("term_months"), "at most 1200"));
    }
    if terms.notice_days > 36_500 {
        return Err(scale(&at("notice_days"), "at most 36500"));
    }
    terms.term_start.map_or(Ok(()), |start| day(&at("term_start"), start))?;
    terms.captive_until.map_or(Ok(()), |until| day(&at("captive_until"), until))
}

fn each<T>(name: &str, items: &[T], check: impl Fn(&str, &T) -> Checked) -> Checked {
    items.iter().enumerate().try_for_each(|(place, item)| check(&format!("{name}[{place}]"), item))
}

fn reference(reference: &AccountRef) -> Checked {
    let (AccountRef::Account(name) | AccountRef::Subscription(name) | AccountRef::Person(name)) = reference;
    id("account", name)
}

fn optional(field: &str, name: Option<&str>) -> Checked {
    name.map_or(Ok(()), |name| id(field, name))
}

fn id(field: &str, name: &str) -> Checked {
    let problem = |code: &str, message: String| Err(BulkProblem::new(code, field.to_owned(), message));
    if name.trim().is_empty() {
        return problem("missing", "it must have a value; fill it in".to_owned());
    }
    if name.len() > LONGEST_ID {
        return problem("too_long", format!("it has at most {LONGEST_ID} bytes; shorten it"));
    }
    Ok(())
}

fn day(field: &str, day: Day) -> Checked {
    if YEARS.contains(&day.year()) {
        return Ok(());
    }
    let (first, last) = (YEARS.start(), YEARS.end());
    let message =
        format!("{day} is no date that can be meant; write one between {first} and {last}, or none");
    Err(BulkProblem::new("unlikely_date", field.to_owned(), message))
}

fn known_when(field: &str, known: KnownWhen) -> Checked {
    match known {
        KnownWhen::On(known) => day(&format!("{field}.on"), known),
        KnownWhen::Happened | KnownWhen::Imported => Ok(()),
    }
}

fn whole(field: &str, number: i64, least: i64) -> Checked {
    if (least..=MOST).contains(&number) {
        return Ok(());
    }
    Err(scale(field, &format!("between {least} and {MOST}")))
}

fn scale(field: &str, allowed: &str) -> BulkProblem {
    BulkProblem::new("out_of_scale", field.to_owned(), format!("it must be {allowed}"))
}

fn fields(fields: &[FieldRecord], built_in: impl Fn(&str) -> Option<ValueKind>) -> Checked {
    if fields.is_empty() {
        let message = "the row says nothing; give it at least one field, such as its name";
        return Err(BulkProblem::new("says_nothing", "fields".to_owned(), message));
    }
    fields.iter().try_for_each(|record| {
        let name = &record.field;
        let at = format!("fields.{}", name.chars().take(LONGEST_FIELD).collect::<String>());
        let problem = |code: &str, message: String| Err(BulkProblem::new(code, at.clone(), message));
        if name.trim().is_empty() || name.len() > LONGEST_FIELD {
            return problem("invalid", format!("a field has a name of at most {LONGEST_FIELD} bytes"));
        }
        day(&at, record.since)?;
        known_when(&at, record.known.unwrap_or_default())?;
        let Some(value) = &record.value else { return Ok(()) };
        if let Value::Day(value) = value {
            day(&at, *value)?;
        }
        let is_key = matches!(name.as_str(), accounts::fields::DOMAIN | people::fields::EMAIL);
        let longest = if is_key { LONGEST_KEY } else { LONGEST_VALUE };
        if value.as_text().is_some_and(|text| text.len() > longest) {
            return problem("too_long", format!("it has at most {longest} bytes; shorten it"));
        }
        match built_in(name) {
            Some(kind) if kind != value.kind() => {
                problem("invalid", format!("{name} is {}, not {}", a(kind), a(value.kind())))
            }
            Some(_) if name == people::fields::ROLE => role(&at, value),
            Some(_) if name == people::fields::INFLUENCE => influence(&at, value),
            _ => Ok(()),
        }
    })
}

fn role(field: &str, value: &Value) -> Checked {
    if value.as_text().and_then(Role::from_key).is_some() {
        return Ok(());
    }
    let roles = Role::ALL.map(Role::key).join(", ");
    Err(BulkProblem::new("invalid", field.to_owned(), format!("a role is one of {roles}")))
}

fn influence(field: &str, value: &Value) -> Checked {
    match value.as_number() {
        Some(number) if (0.0..=100.0).contains(&number) => Ok(()),
        _ => Err(scale(field, "between 0 and 100")),
    }
}

fn a(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "a text",
        ValueKind::Number => "a number",
        ValueKind::Bool => "true or false",
        ValueKind::Day => "a day, such as 2026-03-31",
    }
}

/// The kind of value of a field that is built in.
fn built_in_of_account(name: &str) -> Option<ValueKind> {
    use accounts::fields;
    match name {
        fields::SIGNED_UP => Some(ValueKind::Day),
        fields::SEATS => Some(ValueKind::Number),
        fields::PAYMENT_OVERDUE => Some(ValueKind::Bool),
        other if fields::BUILT_IN.contains(&other) => Some(ValueKind::Text),
        _ => None,
    }
}

fn built_in_of_person(name: &str) -> Option<ValueKind> {
    use people::fields;
    match name {
        fields::INFLUENCE => Some(ValueKind::Number),
        fields::LEFT => Some(ValueKind::Bool),
        other if fields::BUILT_IN.contains(&other) => Some(ValueKind::Text),
        _ => None,
    }
}
