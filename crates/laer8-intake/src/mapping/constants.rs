//! The records that the mapping itself declares.

use super::{document::Inherited, section::Section};
use crate::formats::NumberFormat;
use laer8_domain::{
    days::Day,
    money::Currency,
    records::{
        EntitlementRecord, ExchangeRateRecord, FeatureRecord, Incoming, KnownWhen, PlanRecord, ProductRecord,
        Record,
    },
};
use toml::Value;

const ID_HINT: &str = "`id = \"…\"`, as the files write it";

pub(super) fn read(top: &mut Section<'_>, inherited: &Inherited) -> Vec<Incoming> {
    let mut records = Vec::new();
    records.extend(each(top, "product", product));
    records.extend(each(top, "feature", feature));
    records.extend(each(top, "plan", plan));
    records.extend(each(top, "exchange_rate", |section| exchange_rate(section, inherited.currency)));
    records.into_iter().map(|record| Incoming { row: 0, known: KnownWhen::Happened, record }).collect()
}

/// Reads each `[[key]]`.
fn each(
    top: &mut Section<'_>,
    key: &'static str,
    read: impl Fn(&mut Section<'_>) -> Option<Record>,
) -> Vec<Record> {
    let mut records = Vec::new();
    for (position, table) in top.tables(key).into_iter().enumerate() {
        let mut section = Section::new(format!("{key} {}", position + 1), table, top.problems);
        records.extend(read(&mut section));
        section.finish();
    }
    records
}

fn product(section: &mut Section<'_>) -> Option<Record> {
    let name = section.text("name");
    let id = section.required("id", ID_HINT)?;
    Some(Record::Product(ProductRecord { id: id.to_owned(), name: name.unwrap_or(id).to_owned() }))
}

fn feature(section: &mut Section<'_>) -> Option<Record> {
    let name = section.text("name");
    let product = section.text("product").map(str::to_owned);
    let core = section.flag("core").unwrap_or_default();
    let depth_target = section.number("depth_target");
    let id = section.required("id", ID_HINT)?;
    let (id, name) = (id.to_owned(), name.unwrap_or(id).to_owned());
    Some(Record::Feature(FeatureRecord { id, name, product, core, depth_target }))
}

fn plan(section: &mut Section<'_>) -> Option<Record> {
    let name = section.text("name");
    let product = section.text("product").map(str::to_owned);
    let upgrade = section.text("upgrade").map(str::to_owned);
    let included_uses = section.whole("included_uses");
    let entitles = match section.value("entitles") {
        None => EntitlementRecord::Unknown,
        Some(Value::String(text)) if text == "all" => EntitlementRecord::All,
        Some(Value::Array(values)) if values.iter().all(Value::is_str) => {
            EntitlementRecord::Only(values.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        Some(_) => {
            section.wrong_type("entitles", "\"all\" or a list of ids of features");
            EntitlementRecord::Unknown
        }
    };
    let id = section.required("id", ID_HINT)?;
    let (id, name) = (id.to_owned(), name.unwrap_or(id).to_owned());
    Some(Record::Plan(PlanRecord { id, name, product, entitles, upgrade, included_uses }))
}

fn exchange_rate(section: &mut Section<'_>, reporting: Option<Currency>) -> Option<Record> {
    let from = currency(section, "from", None);
    let to = currency(section, "to", reporting);
    let day = day(section);
    let hint = "`rate = \"1.0837\"`: units of `to` for one of `from`, in quotes";
    let rate = section.required("rate", hint)?;
    let Some(billionths) = NumberFormat::default().billionths(rate).ok().filter(|rate| *rate > 0) else {
        section.bad_value("rate", rate, "a number above 0 such as \"1.0837\"");
        return None;
    };
    Some(Record::ExchangeRate(ExchangeRateRecord { from: from?, to: to?, day: day?, billionths }))
}

fn currency(section: &mut Section<'_>, key: &'static str, default: Option<Currency>) -> Option<Currency> {
    if default.is_some() && !section.has(key) {
        section.value(key);
        return default;
    }
    let text = section.required(key, "three letters such as \"EUR\"")?;
    let currency = text.parse().ok();
    if currency.is_none() {
        section.bad_value(key, text, "three letters such as \"EUR\"");
    }
    currency
}

fn day(section: &mut Section<'_>) -> Option<Day> {
    let Some(value) = section.value("day") else {
        section.missing("day", "`day = 2026-01-31`");
        return None;
    };
    let day = super::fields::day_of(value);
    if day.is_none() {
        section.wrong_type("day", "a date such as 2026-01-31, without quotes");
    }
    day
}
