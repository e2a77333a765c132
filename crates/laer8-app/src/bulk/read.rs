//! A row as a record.

use super::{
    BulkProblem, check,
    rows::{AccountRow, PersonRow},
};
use laer8_domain::{
    days::Day,
    records::{AccountRecord, Incoming, KnownWhen, PersonRecord, Record},
};
use laer8_intake::mapping::RecordKind;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A row that was looked into.
#[derive(Debug)]
pub(super) struct Read {
    /// The external id that it gives, where that can be read.
    pub(super) id: Option<String>,
    /// What it says.
    pub(super) says: Result<Incoming, BulkProblem>,
}

/// Looks into a row that should be of `kind`. `today` is the day since which
/// fields hold that say none; `number` is what the record is called in its
/// origin.
pub(super) fn read(text: Option<&str>, kind: Option<RecordKind>, today: Day, number: u32) -> Read {
    let fields = match object(text) {
        Ok(fields) => fields,
        Err(problem) => return Read { id: None, says: Err(problem) },
    };
    let id = fields.get("id").and_then(Value::as_str).map(str::to_owned);
    Read { id, says: incoming(fields, kind, today, number) }
}

fn object(text: Option<&str>) -> Result<Map<String, Value>, BulkProblem> {
    let malformed = |message: String| BulkProblem::new("malformed", None, message);
    let text = text.ok_or_else(|| malformed("the line is no UTF-8 text".to_owned()))?;
    let value: Value = serde_json::from_str(text)
        .map_err(|error| malformed(format!("the row is no JSON: {error}; mend it and send it again")))?;
    if crate::bulk::has_nul(&value) {
        return Err(malformed("no text holds the character U+0000; leave it out".to_owned()));
    }
    match value {
        Value::Object(fields) => Ok(fields),
        _ => Err(malformed("a row is an object, { … }".to_owned())),
    }
}

fn incoming(
    mut fields: Map<String, Value>,
    kind: Option<RecordKind>,
    today: Day,
    number: u32,
) -> Result<Incoming, BulkProblem> {
    let kind = of_kind(fields.remove("type"), kind)?;
    // Exports say on which line of its file a record stood.
    fields.remove("row");
    let known = match fields.remove("known") {
        None => KnownWhen::default(),
        Some(known) => typed(known).map_err(|problem| within("known", problem))?,
    };
    let record = record(kind, fields, today)?;
    check::check(&record, known)?;
    Ok(Incoming { row: number, known, record })
}

fn of_kind(named: Option<Value>, kind: Option<RecordKind>) -> Result<RecordKind, BulkProblem> {
    let kinds = || RecordKind::ALL.map(RecordKind::key).join(", ");
    let problem = |code: &str, message: String| BulkProblem::new(code, "type".to_owned(), message);
    match (named, kind) {
        (None, Some(kind)) => Ok(kind),
        (None, None) => {
            Err(problem("missing", format!("say what the row is: its type is one of {}", kinds())))
        }
        (Some(named), None) => match named.as_str().and_then(RecordKind::from_key) {
            Some(kind) => Ok(kind),
            None => Err(problem("invalid", format!("there is no type {named}; there are {}", kinds()))),
        },
        (Some(named), Some(kind)) if named == kind.key() => Ok(kind),
        (Some(named), Some(kind)) => {
            let here = kind.key();
            Err(problem("invalid", format!("only rows of the type \"{here}\" are read here, not {named}")))
        }
    }
}

fn record(kind: RecordKind, fields: Map<String, Value>, today: Day) -> Result<Record, BulkProblem> {
    let fields = Value::Object(fields);
    Ok(match kind {
        RecordKind::Product => Record::Product(typed(fields)?),
        RecordKind::Feature => Record::Feature(typed(fields)?),
        RecordKind::Plan => Record::Plan(typed(fields)?),
        RecordKind::ExchangeRate => Record::ExchangeRate(typed(fields)?),
        RecordKind::Account => {
            let AccountRow { id, since, fields } = typed(fields)?;
            Record::Account(AccountRecord { id, fields: fields.since(since.unwrap_or(today)) })
        }
        RecordKind::Person => {
            let PersonRow { id, account, since, fields } = typed(fields)?;
            Record::Person(PersonRecord { id, account, fields: fields.since(since.unwrap_or(today)) })
        }
        RecordKind::Subscription => Record::Subscription(typed(fields)?),
        RecordKind::Usage => Record::Usage(typed(fields)?),
        RecordKind::Ticket => Record::Ticket(typed(fields)?),
        RecordKind::Survey => Record::Survey(typed(fields)?),
        RecordKind::ChurnEvent => Record::ChurnEvent(typed(fields)?),
        RecordKind::Note => Record::Note(typed(fields)?),
    })
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, BulkProblem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = match error.path().to_string() {
            path if path == "." || path == "?" => String::new(),
            path => path,
        };
        let said = error.inner().to_string();
        match named(&said, "missing field `") {
            Some(missing) => {
                let message = "it must have a value; fill it in".to_owned();
                BulkProblem::new("missing", join(&path, missing), message)
            }
            None => {
                let field = named(&said, "unknown field `").filter(|name| !path.ends_with(name));
                let field = field.map_or(path.clone(), |name| join(&path, name));
                let code = if said.starts_with("unknown field") { "unknown_field" } else { "invalid" };
                BulkProblem::new(code, Some(field).filter(|field| !field.is_empty()), said)
            }
        }
    })
}

/// The name that a message of this beginning quotes.
fn named<'m>(message: &'m str, beginning: &str) -> Option<&'m str> {
    message.strip_prefix(beginning)?.split('`').next()
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// What is wrong inside of `outer`.
fn within(outer: &str, problem: BulkProblem) -> BulkProblem {
    let field = problem.field.map_or_else(|| outer.to_owned(), |field| format!("{outer}.{field}"));
    BulkProblem { field: Some(field), ..problem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use laer8_domain::records::AccountRef;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn said(kind: RecordKind, text: &str) -> Result<Incoming, BulkProblem> {
        read(Some(text), Some(kind), day("2026-06-30"), 7).says
    }

    fn problem(kind: RecordKind, text: &str) -> (String, Option<String>) {
        let problem = said(kind, text).expect_err("refused");
        (problem.code, problem.field)
    }

    #[test]
    fn an_account_says_its_fields_by_name_or_as_an_export_does() {
        let short =
            said(RecordKind::Account, r#"{"id": "A1", "fields": {"name": "Nordkap"}}"#).expect("read");
        let long = r#"{"row": 3, "type": "account", "known": "happened", "id": "A1",
            "fields": [{"field": "name", "value": "Nordkap", "since": "2026-06-30"}]}"#;
        assert_eq!(short, said(RecordKind::Account, long).expect("read"));
        assert_eq!(short.row, 7);
        let dated = r#"{"id": "A1", "since": "2026-01-01", "fields": {"name": null}}"#;
        let Record::Account(dated) = said(RecordKind::Account, dated).expect("read").record else { panic!() };
        assert_eq!((dated.fields[0].since, &dated.fields[0].value), (day("2026-01-01"), &None));
    }

    #[test]
    fn a_row_names_its_account_in_short_or_the_way_to_it() {
        let usage = |account: &str| {
            let text =
                format!(r#"{{"account": {account}, "feature": "F", "day": "2026-06-01", "count": 2}}"#);
            let Record::Usage(usage) = said(RecordKind::Usage, &text).expect("read").record else { panic!() };
            usage.account
        };
        assert_eq!(usage("\"A1\""), AccountRef::Account("A1".to_owned()));
        assert_eq!(usage(r#"{"subscription": "S1"}"#), AccountRef::Subscription("S1".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_said_with_the_place() {
        let some = |code: &str, field: &str| (code.to_owned(), Some(field.to_owned()));
        let none = |code: &str| (code.to_owned(), None);
        for (kind, text, expected) in [
            (RecordKind::Product, "{\"id\": ", none("malformed")),
            (RecordKind::Product, "[]", none("malformed")),
            (RecordKind::Product, r#"{"id": "P\u0000", "name": "x"}"#, none("malformed")),
            (RecordKind::Product, r#"{"id": "P"}"#, some("missing", "name")),
            (RecordKind::Product, r#"{"id": "P", "name": 7}"#, some("invalid", "name")),
            (RecordKind::Product, r#"{"id": "P", "name": "x", "nmae": 7}"#, some("unknown_field", "nmae")),
            (RecordKind::Product, r#"{"type": "plan", "id": "P", "name": "x"}"#, some("invalid", "type")),
            (RecordKind::Product, r#"{"known": {"on": "soon"}, "id": "P"}"#, some("invalid", "known.on")),
            (
                RecordKind::Subscription,
                r#"{"id": "S", "account": "A", "whole": true, "steps": [{"from": "2026-01-01", "terms": {"plan": "P"}}]}"#,
                some("missing", "steps[0].terms.quantity"),
            ),
            (
                RecordKind::Account,
                r#"{"id": "A", "fields": [{"field": "x", "vlaue": 1}]}"#,
                some("unknown_field", "fields[0].vlaue"),
            ),
        ] {
            assert_eq!(problem(kind, text), expected, "{text}");
        }
        let nameless = read(Some("{}"), None, day("2026-06-30"), 1).says.expect_err("refused");
        assert_eq!((nameless.code.as_str(), nameless.field.as_deref()), ("missing", Some("type")));
    }
}
