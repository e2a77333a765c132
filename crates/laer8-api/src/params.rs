//! What addresses say: days, conditions, limits; each with its schema, and each
//! checked before a use case sees it.

use crate::problem::Problem;
use laer8_app::{AsOf, Filter};
use laer8_domain::days::Day;
use serde::{Deserialize, Deserializer, de::Error};
use std::borrow::Cow;
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type, path::Parameter},
};

/// What an operation asks that has no parameters: nothing else either.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Nothing {}

impl IntoParams for Nothing {
    fn into_params(_: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>) -> Vec<Parameter> {
        Vec::new()
    }
}

/// The day of a view, as `2026-03-31` or `today`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OnWhichDay(pub(crate) AsOf);

impl<'de> Deserialize<'de> for OnWhichDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        if text == "today" {
            return Ok(Self(AsOf::Today));
        }
        let day = day(&text).ok_or_else(|| Error::custom(no_day(&text, " or today")))?;
        Ok(Self(AsOf::Day(day)))
    }
}

impl PartialSchema for OnWhichDay {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^(today|[0-9]{4}-[0-9]{2}-[0-9]{2})$"))
            .examples(["2026-03-31", "today"])
            .into()
    }
}

impl ToSchema for OnWhichDay {}

/// A day of the calendar, as `2026-03-31`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DayText(pub(crate) Day);

impl<'de> Deserialize<'de> for DayText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        day(&text).map(Self).ok_or_else(|| Error::custom(no_day(&text, "")))
    }
}

impl PartialSchema for DayText {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .examples(["2026-03-31"])
            .into()
    }
}

impl ToSchema for DayText {}

/// Four digits, two, two: chrono alone would take years of six digits.
fn day(text: &str) -> Option<Day> {
    let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.parse().ok().filter(|_| is_plain)
}

fn no_day(text: &str, or: &str) -> String {
    format!("\"{text}\" is no day; write it as 2026-03-31{or}")
}

/// A whole number from `LEAST` to `MOST`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole<const LEAST: u32, const MOST: u32>(pub(crate) u32);

impl<'de, const LEAST: u32, const MOST: u32> Deserialize<'de> for Whole<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number| is_plain && (LEAST..=MOST).contains(number));
        let refused = || Error::custom(format!("\"{text}\" is no whole number from {LEAST} to {MOST}"));
        number.map(Self).ok_or_else(refused)
    }
}

impl<const LEAST: u32, const MOST: u32> PartialSchema for Whole<LEAST, MOST> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(LEAST)).maximum(Some(MOST)).into()
    }
}

impl<const LEAST: u32, const MOST: u32> ToSchema for Whole<LEAST, MOST> {}

/// How many rows a page has at most.
pub(crate) type Limit = Whole<1, 500>;

/// Rows of a page unless the caller says otherwise.
const ROWS: usize = 50;

/// The rows that a page shall have.
pub(crate) fn rows(limit: Option<Limit>) -> usize {
    limit.map_or(ROWS, |Whole(limit)| usize::try_from(limit).unwrap_or(ROWS))
}

/// The filter that conditions such as `plan=Pro` make together.
pub(crate) fn filter(conditions: &[String]) -> Result<Filter, Problem> {
    let parsed = conditions.iter().map(|text| laer8_phrases::parse(text)).collect::<Result<_, _>>();
    let conditions = parsed.map_err(|said| Problem::bad("where", format!("where: {said}")))?;
    Ok(Filter { conditions })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_four_digits_two_and_two() {
        assert!(day("2026-03-31").is_some());
        for strange in ["2026-3-31", "+12026-03-31", "2026-02-30", "31.3.2026", ""] {
            assert!(day(strange).is_none(), "{strange}");
        }
    }
}
