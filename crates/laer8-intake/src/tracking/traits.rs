//! The traits of an account or a person as dated fields.

use super::{object::Object, time};
use crate::json;
use laer8_domain::{
    accounts,
    days::Day,
    people::{self, Role},
    records::FieldRecord,
    values::Value,
};
use serde_json::value::RawValue;
use std::collections::HashMap;

/// How the value of a trait becomes that of a field.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Text,
    Number,
    Flag,
    Day,
    /// The host of an address, without `www.`.
    Domain,
    /// Two letters in capitals; any other text as it is.
    Country,
    Role,
    Percent,
}

/// A trait, the field that it fills, and how.
type Rule = (&'static str, &'static str, Shape);

const ACCOUNT: &[Rule] = &[
    ("name", accounts::fields::NAME, Shape::Text),
    ("industry", accounts::fields::INDUSTRY, Shape::Text),
    ("country", accounts::fields::COUNTRY, Shape::Country),
    ("address_country", accounts::fields::COUNTRY, Shape::Country),
    ("domain", accounts::fields::DOMAIN, Shape::Domain),
    ("website", accounts::fields::DOMAIN, Shape::Domain),
    ("owner", accounts::fields::OWNER, Shape::Text),
    ("parent", accounts::fields::PARENT, Shape::Text),
    ("createdAt", accounts::fields::SIGNED_UP, Shape::Day),
    ("created_at", accounts::fields::SIGNED_UP, Shape::Day),
    ("signed_up", accounts::fields::SIGNED_UP, Shape::Day),
    ("seats", accounts::fields::SEATS, Shape::Number),
    ("payment_overdue", accounts::fields::PAYMENT_OVERDUE, Shape::Flag),
    ("employees", "employees", Shape::Number),
    ("employee_count", "employees", Shape::Number),
    ("plan", "plan_name", Shape::Text),
];

const PERSON: &[Rule] = &[
    ("name", people::fields::NAME, Shape::Text),
    ("email", people::fields::EMAIL, Shape::Text),
    ("title", people::fields::TITLE, Shape::Text),
    ("role", people::fields::ROLE, Shape::Role),
    ("influence", people::fields::INFLUENCE, Shape::Percent),
    ("reports_to", people::fields::REPORTS_TO, Shape::Text),
    ("left", people::fields::LEFT, Shape::Flag),
    ("createdAt", "created_at", Shape::Day),
];

/// Names that mean something that is worked out.
const COMPUTED: [&str; 11] = [
    "plan",
    "mrr",
    "arr",
    "customer",
    "trial",
    "tenure_days",
    "stage",
    "segment",
    "score",
    "works",
    "coverage",
];

/// The longest name of a trait, in bytes.
const LONGEST_TRAIT: usize = 128;

/// How many objects inside each other are told apart by `_` in names.
const LEVELS: usize = 4;

/// The fields that `traits` say of an account since a day.
///
/// `name`, `industry`, `seats`, `owner`, `parent` and `payment_overdue` are the
/// built-in fields of that name; `website` and `domain` the domain; `createdAt`
/// the day it signed up; `country`, or that of `address`, the country.
/// `employees` stays a trait, and `plan` becomes the trait `plan_name`, since
/// `plan` is what is subscribed to.
///
/// Everything else is a trait of its own name. Objects become several
/// (`address_city`), lists one text. `null` takes a value away; an empty text
/// says nothing. What does not fit the field that it would fill, or is named
/// like something that is worked out, is kept as a trait whose name begins with
/// `trait_`.
pub(super) fn of_account(traits: &Object<'_>, since: Day) -> Vec<FieldRecord> {
    let mut fields = Fields::new(ACCOUNT, &accounts::fields::BUILT_IN, since);
    for (key, raw) in traits.entries() {
        if key != "id" && key != "groupId" {
            fields.take(&key, raw, LEVELS);
        }
    }
    fields.fields
}

/// The fields that `traits` say of a person since a day: `name` (else
/// `firstName` and `lastName`), `email`, `title`, and, where they fit, `role`,
/// `influence`, `reports_to` and `left`. `createdAt` becomes the trait
/// `created_at`. Everything else is as with accounts; an object `company` is not
/// the person's.
pub(super) fn of_person(traits: &Object<'_>, since: Day) -> Vec<FieldRecord> {
    let mut fields = Fields::new(PERSON, &people::fields::BUILT_IN, since);
    let entries = traits.entries();
    let has_name = entries.iter().any(|(key, raw)| key == "name" && json::text(raw).is_some());
    for (key, raw) in &entries {
        let is_company = key == "company" && json::is_object(raw);
        let is_part_of_name = !has_name && matches!(key.as_ref(), "firstName" | "lastName");
        if !is_company && !is_part_of_name && key != "id" {
            fields.take(key, raw, LEVELS);
        }
    }
    if !has_name {
        let part = |wanted: &str| {
            entries.iter().rfind(|(key, _)| key == wanted).and_then(|(_, raw)| json::text_or_number(raw))
        };
        let parts: Vec<_> = [part("firstName"), part("lastName")].into_iter().flatten().collect();
        if !parts.is_empty() {
            fields.put(people::fields::NAME.to_owned(), Some(Value::Text(parts.join(" "))));
        }
    }
    fields.fields
}

struct Fields {
    rules: &'static [Rule],
    built_in: &'static [&'static str],
    since: Day,
    fields: Vec<FieldRecord>,
    /// Where each field stands.
    places: HashMap<String, usize>,
}

impl Fields {
    fn new(rules: &'static [Rule], built_in: &'static [&'static str], since: Day) -> Self {
        Self { rules, built_in, since, fields: Vec::new(), places: HashMap::new() }
    }

    fn take(&mut self, name: &str, raw: &RawValue, levels: usize) {
        let name = name.trim();
        if name.is_empty() || name.len() > LONGEST_TRAIT {
            return;
        }
        if json::is_object(raw) && levels > 0 {
            // What was taken in is a valid object.
            let _ = json::each_entry(raw.get(), |key, inner| {
                self.take(&format!("{name}_{key}"), inner, levels - 1);
            });
            return;
        }
        let rule = self.rules.iter().find(|(from, ..)| *from == name);
        if json::is_null(raw) {
            return self.put(rule.map_or_else(|| self.free_name(name), |(_, to, _)| (*to).to_owned()), None);
        }
        if let Some((_, to, shape)) = rule
            && let Some(value) = shape.read(raw)
        {
            return self.put((*to).to_owned(), Some(value));
        }
        if let Some(value) = plain(raw) {
            self.put(self.free_name(name), Some(value));
        }
    }

    /// The later of two values counts.
    fn put(&mut self, field: String, value: Option<Value>) {
        if let Some(place) = self.places.get(&field) {
            self.fields[*place].value = value;
            return;
        }
        self.places.insert(field.clone(), self.fields.len());
        self.fields.push(FieldRecord { field, value, since: self.since, known: None });
    }

    fn free_name(&self, name: &str) -> String {
        let is_taken = self.built_in.contains(&name) || COMPUTED.contains(&name);
        if is_taken { format!("trait_{name}") } else { name.to_owned() }
    }
}

/// The value of a trait that nothing is known of; none where it says nothing.
fn plain(raw: &RawValue) -> Option<Value> {
    match raw.get() {
        "true" => return Some(Value::Bool(true)),
        "false" => return Some(Value::Bool(false)),
        _ => {}
    }
    if json::is_list(raw) {
        let items: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
        let texts: Vec<_> = items.into_iter().filter_map(json::text_or_number).collect();
        return (!texts.is_empty()).then(|| Value::Text(texts.join(", ")));
    }
    if json::is_object(raw) {
        return Some(Value::Text(raw.get().to_owned()));
    }
    let text = json::text_or_number(raw)?;
    if json::text(raw).is_none()
        && let Some(number) = json::number(raw)
    {
        return Some(Value::Number(number));
    }
    Some(text.parse().map_or_else(|_| Value::Text(text.into_owned()), Value::Day))
}

impl Shape {
    fn read(self, raw: &RawValue) -> Option<Value> {
        let text = || json::text_or_number(raw);
        match self {
            Self::Text => Some(Value::Text(text()?.into_owned())),
            Self::Number => json::number(raw).map(Value::Number),
            Self::Percent => {
                json::number(raw).filter(|number| (0.0..=100.0).contains(number)).map(Value::Number)
            }
            Self::Flag => raw.get().parse().ok().map(Value::Bool),
            Self::Day => time::day(raw).map(Value::Day),
            Self::Domain => domain(&text()?).map(Value::Text),
            Self::Country => {
                let text = text()?;
                let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
                Some(Value::Text(if is_code { text.to_ascii_uppercase() } else { text.into_owned() }))
            }
            Self::Role => {
                let role = Role::from_key(&text()?)?;
                Some(Value::from(role.key()))
            }
        }
    }
}

/// `https://www.acme.test/about` is at `acme.test`.
fn domain(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.') && !host.contains(char::is_whitespace)).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str, of: fn(&Object<'_>, Day) -> Vec<FieldRecord>) -> Vec<String> {
        let traits = Object::new(serde_json::from_str(json).expect("JSON")).expect("an object");
        let fields = of(&traits, "2026-11-22".parse().expect("a day"));
        let said = |field: FieldRecord| match field.value {
            Some(value) => format!("{} = {value}", field.field),
            None => format!("{} taken away", field.field),
        };
        fields.into_iter().map(said).collect()
    }

    #[test]
    fn segments_traits_of_a_group_are_our_fields() {
        let said = fields(
            r#"{"id": "A1", "name": "Acme", "industry": "Mining", "employees": 329, "plan": "enterprise",
                "website": "https://www.Acme.test:443/about", "createdAt": "2025-03-01T23:30:00Z",
                "address": {"country": "es", "city": "Bilbao"}, "phone": null, "vat": "", "tags": ["a", 1],
                "seats": "many", "stage": "pilot", "founded": "1999-01-02", "vip": true}"#,
            of_account,
        );
        assert_eq!(
            said,
            [
                "name = Acme",
                "industry = Mining",
                "employees = 329",
                "plan_name = enterprise",
                "domain = acme.test",
                "signed_up = 2025-03-01",
                "country = ES",
                "address_city = Bilbao",
                "phone taken away",
                "tags = a, 1",
                "trait_seats = many",
                "trait_stage = pilot",
                "founded = 1999-01-02",
                "vip = true",
            ]
        );
    }

    #[test]
    fn a_person_has_a_name_of_one_or_two_parts() {
        let said = fields(
            r#"{"firstName": "Ana", "lastName": "Gil", "role": "sponsor", "company": {"id": 1}}"#,
            of_person,
        );
        assert_eq!(said, ["role = sponsor", "name = Ana Gil"]);
        let said = fields(
            r#"{"name": "A. Gil", "firstName": "Ana", "role": "Chief", "createdAt": 1740787200}"#,
            of_person,
        );
        assert_eq!(
            said,
            ["name = A. Gil", "firstName = Ana", "trait_role = Chief", "created_at = 2025-03-01"]
        );
    }

    #[test]
    fn a_domain_is_the_host_of_an_address() {
        for (address, expected) in [
            ("acme.test", Some("acme.test")),
            ("HTTP://user:pass@www.acme.test:80?x#y", Some("acme.test")),
            ("none", None),
            ("no site. sorry", None),
        ] {
            assert_eq!(domain(address).as_deref(), expected, "{address}");
        }
    }
}
