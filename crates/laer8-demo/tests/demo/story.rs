//! One account's story as its records tell it, for reading.

use crate::options;
use laer8_demo::account;
use laer8_domain::{
    days::{Day, Granularity},
    people::fields as person_fields,
    records::{AccountRecord, Incoming, PersonRecord, Record, StepRecord, TicketRecord},
    subscriptions::BillingPeriod,
    tickets::TicketEventKind,
    values::Value,
};
use std::collections::BTreeMap;

/// A mid-sized customer that lost its champion and left.
const NUMBER: u32 = 12;

/// A line for each thing that happened; usage as one line a month.
fn lines(records: Vec<Incoming>) -> Vec<(Day, String)> {
    let mut lines = Vec::new();
    let mut uses: BTreeMap<Day, i64> = BTreeMap::new();
    for Incoming { record, .. } in records {
        match record {
            Record::Account(told) => lines.extend(of_account(&told)),
            Record::Person(told) => lines.extend(of_person(&told)),
            Record::Subscription(told) => {
                lines.extend(told.steps.iter().map(|step| (step.from, of_step(&told.id, step))));
            }
            Record::Usage(told) => *uses.entry(Granularity::Month.floor(told.day)).or_default() += told.count,
            Record::Ticket(told) => lines.push(of_ticket(&told)),
            Record::Survey(told) => {
                lines.push((told.day, format!("{} {}  {}", told.kind.key(), told.score, told.comment)));
            }
            Record::Note(told) => {
                let pulse = told.pulse.map(|pulse| format!("{pulse}  ")).unwrap_or_default();
                lines.push((told.day, format!("{}  {pulse}{}", told.kind.key(), told.text)));
            }
            Record::ChurnEvent(told) => {
                lines.push((told.day, format!("churn: {}  {}", told.reason, told.comment)));
            }
            other => lines.push((options().first_day(), other.kind().to_owned())),
        }
    }
    lines.extend(uses.into_iter().map(|(month, count)| (month, format!("usage of the month: {count}"))));
    lines.sort_by_key(|(day, _)| *day);
    lines
}

fn of_account(told: &AccountRecord) -> Vec<(Day, String)> {
    let line = |field: &laer8_domain::records::FieldRecord| {
        let value = field.value.as_ref().map(Value::to_string).unwrap_or_default();
        (field.since, format!("{}: {value}", field.field))
    };
    told.fields.iter().map(line).collect()
}

fn of_person(told: &PersonRecord) -> Vec<(Day, String)> {
    let text = |name: &str| {
        let field = told.fields.iter().find(|field| field.field == name);
        field.and_then(|field| field.value.as_ref()).map(Value::to_string).unwrap_or_default()
    };
    let (name, role) = (text(person_fields::NAME), text(person_fields::ROLE));
    let mut lines = vec![(told.fields[0].since, format!("{role}: {name}, {}", text(person_fields::TITLE)))];
    let left = told.fields.iter().find(|field| field.field == person_fields::LEFT);
    lines.extend(left.map(|field| (field.since, format!("{name} has left"))));
    lines
}

fn of_step(id: &str, step: &StepRecord) -> String {
    let Some(terms) = &step.terms else { return format!("{id} ends") };
    let per = if terms.price.per == BillingPeriod::Year { "year" } else { "month" };
    let trial = if terms.trial { ", trial" } else { "" };
    let term = terms.term_months.map_or("any time".to_owned(), |months| format!("{months} months"));
    let (amount, currency) = (terms.price.amount, terms.price.currency);
    format!("{id}: {} × {}, {amount} {currency} a {per}, {term}{trial}", terms.quantity, terms.plan)
}

fn of_ticket(told: &TicketRecord) -> (Day, String) {
    let mut parts = Vec::new();
    for event in &told.events {
        parts.push(match &event.kind {
            TicketEventKind::Opened(subject) => subject.clone(),
            TicketEventKind::Prioritised(priority) => priority.key().to_owned(),
            TicketEventKind::Responded | TicketEventKind::Withdrawn(_) => continue,
            TicketEventKind::Escalated => "escalated".to_owned(),
            TicketEventKind::Solved => format!("solved {}", event.at.date_naive()),
            TicketEventKind::Reopened => "reopened".to_owned(),
            TicketEventKind::Rated(rating) => format!("rated {rating}"),
            TicketEventKind::SlaBreached => "late".to_owned(),
        });
    }
    (told.events[0].at.date_naive(), format!("ticket: {}", parts.join(" · ")))
}

#[test]
fn a_customer_comes_uses_it_loses_its_champion_and_goes() {
    let story = lines(account(options(), NUMBER).records);
    let text: Vec<String> = story.iter().map(|(day, line)| format!("{day}  {line}")).collect();
    insta::assert_snapshot!(text.join("\n"));
}
