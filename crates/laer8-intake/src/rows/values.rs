//! What the content of a cell means, by the kind of its field.

use super::cell::Found;
use crate::{
    formats::{Moment, NumberError, NumberFormat},
    mapping::{
        FieldMapping, Literal, Unit,
        targets::{TargetKind, WordKind},
    },
    refusal::RefusalReason,
};
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::{
    days::{Day, shift},
    money::{Amount, Currency},
    values::Value,
};
use std::borrow::Cow;

type Reading<T> = Result<T, RefusalReason>;

/// The text of what was found, whatever it is.
fn plain<'a>(found: &'a Found<'a>) -> Cow<'a, str> {
    match found {
        Found::Text(text) => Cow::Borrowed(text),
        Found::Literal(Literal::Text(text)) => Cow::Borrowed(text),
        Found::Literal(Literal::Whole(number)) => Cow::Owned(number.to_string()),
        Found::Literal(Literal::Number(number)) => Cow::Owned(number.to_string()),
        Found::Literal(Literal::Bool(flag)) => Cow::Owned(flag.to_string()),
        Found::Literal(Literal::Day(day)) => Cow::Owned(day.to_string()),
        Found::Day(day) => Cow::Owned(day.to_string()),
    }
}

pub(super) fn text(found: &Found<'_>) -> String {
    plain(found).into_owned()
}

fn moment(field: &FieldMapping, found: &Found<'_>) -> Reading<Moment> {
    match found {
        Found::Day(day) | Found::Literal(Literal::Day(day)) => Ok(Moment::Day(*day)),
        other => {
            let text = plain(other);
            let dates = &field.formats.dates;
            dates.read(&text).ok_or_else(|| {
                if dates.is_unlikely(&text) {
                    return RefusalReason::UnlikelyDate { text: text.into_owned() };
                }
                RefusalReason::NotADate { text: text.into_owned(), formats: dates.describe() }
            })
        }
    }
}

pub(super) fn day(field: &FieldMapping, found: &Found<'_>) -> Reading<Day> {
    let day = moment(field, found)?.day(field.zone);
    Ok(if field.inclusive { shift(day, 1) } else { day })
}

pub(super) fn instant(field: &FieldMapping, found: &Found<'_>) -> Reading<DateTime<Utc>> {
    Ok(moment(field, found)?.instant(field.zone))
}

fn numeric<T>(
    field: &FieldMapping,
    found: &Found<'_>,
    read: impl FnOnce(&NumberFormat, &str) -> Result<T, NumberError>,
) -> Reading<T> {
    // What the mapping writes as a number has a point, whatever the file has.
    let own = NumberFormat::default();
    let format = match found {
        Found::Literal(Literal::Whole(_) | Literal::Number(_)) => &own,
        _ => &field.formats.numbers,
    };
    let text = plain(found);
    read(format, &text).map_err(|error| number_refusal(error, text.into_owned(), format))
}

fn number_refusal(error: NumberError, text: String, format: &NumberFormat) -> RefusalReason {
    match error {
        NumberError::NotANumber => {
            RefusalReason::NotANumber { text, decimal: format.decimal, grouping: format.grouping }
        }
        NumberError::NotWhole => RefusalReason::NotWhole { text },
        NumberError::TooPrecise => RefusalReason::TooPrecise { text },
        NumberError::TooLarge => RefusalReason::TooLarge { text },
    }
}

pub(super) fn number(field: &FieldMapping, found: &Found<'_>) -> Reading<f64> {
    numeric(field, found, NumberFormat::number)
}

/// A whole number within the range of its field.
pub(super) fn whole(field: &FieldMapping, found: &Found<'_>) -> Reading<i64> {
    let number = numeric(field, found, NumberFormat::whole)?;
    let TargetKind::Whole(low, high) = field.kind else { return Ok(number) };
    if (low..=high).contains(&number) {
        return Ok(number);
    }
    Err(RefusalReason::OutOfRange { text: text(found), low, high })
}

/// An amount of `currency`, where that is known: only amounts in its smallest
/// unit depend on it.
pub(super) fn amount(field: &FieldMapping, found: &Found<'_>, currency: Option<Currency>) -> Reading<Amount> {
    let amount = numeric(field, found, NumberFormat::amount)?;
    if !field.minor_units {
        return Ok(amount);
    }
    let units = currency.map_or(100, units_in_one);
    Ok(amount.scaled(1, units).unwrap_or(amount))
}

/// How many of its smallest units make one of a currency, as payment services
/// count: a hundred, but for those without decimals and with three.
fn units_in_one(currency: Currency) -> i64 {
    match currency.code() {
        "BIF" | "CLP" | "DJF" | "GNF" | "JPY" | "KMF" | "KRW" | "MGA" | "PYG" | "RWF" | "VND" | "VUV"
        | "XAF" | "XOF" | "XPF" => 1,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 1_000,
        _ => 100,
    }
}

/// Billionths; above zero.
pub(super) fn rate(field: &FieldMapping, found: &Found<'_>) -> Reading<i64> {
    let rate = numeric(field, found, NumberFormat::billionths)?;
    if rate > 0 {
        return Ok(rate);
    }
    Err(RefusalReason::OutOfRange { text: text(found), low: 0, high: i64::MAX / 1_000_000_000 })
}

/// A length of time in whole seconds, to the nearest.
pub(super) fn seconds(field: &FieldMapping, found: &Found<'_>) -> Reading<i64> {
    let unit = field.unit.unwrap_or(Unit::Seconds);
    if unit == Unit::Seconds
        && let Found::Text(text) = found
        && let Ok(seconds) = field.formats.numbers.whole(text)
    {
        return Ok(seconds);
    }
    let seconds = (number(field, found)? * unit.seconds()).round();
    let limit = TimeDelta::MAX.num_seconds() / 2;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "checked against the limit"
    )]
    if seconds.abs() < limit as f64 {
        return Ok(seconds as i64);
    }
    Err(RefusalReason::TooLarge { text: text(found) })
}

/// When something happened that is given as a moment, or as how long after
/// `start`.
pub(super) fn after(field: &FieldMapping, found: &Found<'_>, start: DateTime<Utc>) -> Reading<DateTime<Utc>> {
    if field.kind != TargetKind::Length {
        return instant(field, found);
    }
    let length = TimeDelta::seconds(seconds(field, found)?);
    start.checked_add_signed(length).ok_or_else(|| RefusalReason::TooLarge { text: text(found) })
}

pub(super) fn flag(field: &FieldMapping, found: &Found<'_>) -> Reading<bool> {
    if let Found::Literal(Literal::Bool(flag)) = found {
        return Ok(*flag);
    }
    let text = plain(found);
    field.formats.flags.read(&text).ok_or_else(|| RefusalReason::NotAFlag { text: text.into_owned() })
}

pub(super) fn currency(_: &FieldMapping, found: &Found<'_>) -> Reading<Currency> {
    let text = plain(found);
    text.parse().map_err(|_| RefusalReason::NotACurrency { text: text.into_owned() })
}

/// Months; none when it can be ended at any moment.
pub(super) fn term(field: &FieldMapping, found: &Found<'_>) -> Reading<Option<u16>> {
    if plain(found).eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    let months = numeric(field, found, NumberFormat::whole).map_err(|_| RefusalReason::UnknownWord {
        text: text(found),
        allowed: "a number of months, none".to_owned(),
    })?;
    let months = u16::try_from(months).ok().filter(|months| *months <= 1_200);
    let months =
        months.ok_or_else(|| RefusalReason::OutOfRange { text: text(found), low: 0, high: 1_200 })?;
    Ok(Some(months).filter(|months| *months > 0))
}

/// One of a closed set of words, understood by `from_key`.
pub(super) fn word<T>(
    kind: WordKind,
    found: &Found<'_>,
    from_key: impl FnOnce(&str) -> Option<T>,
) -> Reading<T> {
    let text = plain(found);
    from_key(&text)
        .ok_or_else(|| RefusalReason::UnknownWord { text: text.into_owned(), allowed: kind.allowed() })
}

/// The value of a field of an account or a person, by the field's kind.
pub(super) fn value(field: &FieldMapping, found: &Found<'_>) -> Reading<Value> {
    Ok(match field.kind {
        TargetKind::Number => Value::Number(number(field, found)?),
        #[expect(clippy::cast_precision_loss, reason = "such fields have small ranges")]
        TargetKind::Whole(..) => Value::Number(whole(field, found)? as f64),
        TargetKind::Bool => Value::Bool(flag(field, found)?),
        TargetKind::Day => Value::Day(day(field, found)?),
        TargetKind::Word(kind) => {
            word(kind, found, |text| kind.accepts(text).then_some(()))?;
            Value::Text(text(found))
        }
        _ => Value::Text(text(found)),
    })
}

/// Whether what the mapping itself writes fits the field.
pub(crate) fn check_literal(field: &FieldMapping, literal: &Literal) -> bool {
    if matches!(literal, Literal::Text(text) if text.is_empty()) {
        return true; // "no value"
    }
    let found = Found::Literal(literal);
    match field.kind {
        TargetKind::Text | TargetKind::Features => true,
        TargetKind::Day => day(field, &found).is_ok(),
        TargetKind::Moment | TargetKind::MomentOrFlag | TargetKind::MomentOrLength => {
            instant(field, &found).is_ok()
        }
        TargetKind::Length => seconds(field, &found).is_ok(),
        TargetKind::Bool => flag(field, &found).is_ok(),
        TargetKind::Number => number(field, &found).is_ok(),
        TargetKind::Whole(..) => whole(field, &found).is_ok(),
        TargetKind::Amount => amount(field, &found, None).is_ok(),
        TargetKind::Rate => rate(field, &found).is_ok(),
        TargetKind::Currency => currency(field, &found).is_ok(),
        TargetKind::Term => term(field, &found).is_ok(),
        TargetKind::Word(kind) => word(kind, &found, |text| kind.accepts(text).then_some(())).is_ok(),
    }
}
