//! Money: exact integers, rounded once.
//!
//! An [`Amount`] counts ten-thousandths of the major unit, as a database's
//! `NUMERIC(19,4)` does. Adding and comparing is exact; the only place that
//! rounds is [`Amount::scaled`], half to even.

use serde::{Deserialize, Serialize};
use std::{fmt, iter::Sum, ops, str::FromStr};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// Ten-thousandths of a major unit in one unit.
const SCALE: i64 = 10_000;

/// An amount of money in ten-thousandths of the major unit, without its
/// currency. ±922 trillion units at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From ten-thousandths.
    #[must_use]
    pub const fn from_ten_thousandths(units: i64) -> Self {
        Self(units)
    }

    /// From whole major units; saturates.
    #[must_use]
    pub const fn from_major(units: i64) -> Self {
        Self(units.saturating_mul(SCALE))
    }

    /// In ten-thousandths.
    #[must_use]
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// `self × numerator ÷ denominator`, rounded half to even; saturates.
    /// `None` when `denominator` is 0.
    #[must_use]
    pub fn scaled(self, numerator: i64, denominator: i64) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let product = i128::from(self.0) * i128::from(numerator);
        Some(Self(saturate(divide_half_even(product, i128::from(denominator)))))
    }

    /// Without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// Whether it is more than nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether it is whole major units: no cents.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % SCALE == 0
    }

    /// `self ÷ whole` as a fraction; `None` over nothing, which is shown as "–".
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a ratio for people; the amounts stay exact")]
    pub fn ratio_to(self, whole: Self) -> Option<f64> {
        (whole.0 != 0).then(|| self.0 as f64 / whole.0 as f64)
    }

    /// In major units, for charts and rankings; not for sums.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "for charts and rankings only")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }
}

fn saturate(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// Divides and rounds half to even: 0.5 → 0, 1.5 → 2, 2.5 → 2.
/// `denominator` must not be 0.
pub(crate) fn divide_half_even(numerator: i128, denominator: i128) -> i128 {
    let (numerator, denominator) =
        if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
    let floor = numerator.div_euclid(denominator);
    let twice_rest = numerator.rem_euclid(denominator) * 2;
    match twice_rest.cmp(&denominator) {
        std::cmp::Ordering::Less => floor,
        std::cmp::Ordering::Greater => floor + 1,
        std::cmp::Ordering::Equal => floor + floor.rem_euclid(2),
    }
}

impl ops::Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl ops::Sub for Amount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl ops::Neg for Amount {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl ops::AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl ops::SubAssign for Amount {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, ops::Add::add)
    }
}

/// As a plain decimal: at least two decimals, four where they are needed
/// (`60.00`, `166.6667`).
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (units / SCALE.unsigned_abs(), units % SCALE.unsigned_abs());
        let text = if rest % 100 == 0 {
            format!("{sign}{whole}.{:02}", rest / 100)
        } else {
            format!("{sign}{whole}.{rest:04}")
        };
        f.pad(&text)
    }
}

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not digits with at most one decimal point.
    #[error("not a number")]
    NotANumber,
    /// More decimals than money is kept with.
    #[error("more than four decimals")]
    TooPrecise,
    /// Beyond ±922 trillion.
    #[error("too large")]
    TooLarge,
}

/// Reads a plain decimal such as `-1234.5`; no grouping, a point.
impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return Err(AmountError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 4 {
            return Err(AmountError::TooPrecise);
        }
        let units = format!("{whole}{fraction:0<4}");
        let units: i64 = units.parse().map_err(|_| AmountError::TooLarge)?;
        Ok(Self(if negative { -units } else { units }))
    }
}

/// A text, so that no client rounds it through a binary fraction.
impl PartialSchema for Amount {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "An exact amount of money as a plain decimal: a point, no grouping, two decimals or four.",
            ))
            .pattern(Some(r"^-?[0-9]+\.[0-9]{2}([0-9]{2})?$"))
            .examples(["1250.00", "166.6667"])
            .into()
    }
}

impl ToSchema for Amount {}

impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// United States dollar.
    pub const USD: Self = Self(*b"USD");
    /// Euro.
    pub const EUR: Self = Self(*b"EUR");

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

/// A text that is not three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a currency code; write three letters such as EUR or USD")]
pub struct CurrencyError;

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(text: &str) -> Result<Self, CurrencyError> {
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| CurrencyError)?;
        if !letters.iter().all(u8::is_ascii_alphabetic) {
            return Err(CurrencyError);
        }
        Ok(Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl PartialSchema for Currency {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A currency by its ISO 4217 code."))
            .pattern(Some("^[A-Z]{3}$"))
            .examples(["USD", "EUR"])
            .into()
    }
}

impl ToSchema for Currency {}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// An amount in a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Money {
    /// How much.
    pub amount: Amount,
    /// Of what.
    pub currency: Currency,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amount(text: &str) -> Amount {
        text.parse().expect("an amount")
    }

    #[test]
    fn amounts_are_written_with_two_decimals_or_four() {
        assert_eq!(amount("60").to_string(), "60.00");
        assert_eq!(amount("166.6667").to_string(), "166.6667");
        assert_eq!(amount("-0.5").to_string(), "-0.50");
    }

    #[test]
    fn a_year_of_2000_is_166_6667_a_month() {
        assert_eq!(amount("2000").scaled(1, 12), Some(amount("166.6667")));
    }

    #[test]
    fn halves_go_to_the_even_neighbour() {
        let half = |units| Amount::from_ten_thousandths(units).scaled(1, 2).map(Amount::ten_thousandths);
        assert_eq!(
            (half(1), half(3), half(5), half(-1), half(-3)),
            (Some(0), Some(2), Some(2), Some(0), Some(-2))
        );
    }

    #[test]
    fn what_is_not_money_is_refused() {
        assert_eq!("".parse::<Amount>(), Err(AmountError::NotANumber));
        assert_eq!("1,5".parse::<Amount>(), Err(AmountError::NotANumber));
        assert_eq!("0.00001".parse::<Amount>(), Err(AmountError::TooPrecise));
        assert_eq!("99999999999999999".parse::<Amount>(), Err(AmountError::TooLarge));
        assert_eq!("euro".parse::<Currency>(), Err(CurrencyError));
    }

    #[test]
    fn a_ratio_over_nothing_is_undefined() {
        assert_eq!(amount("5").ratio_to(Amount::ZERO), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(units in any::<i64>().prop_filter("symmetric", |units| *units != i64::MIN)) {
            let amount = Amount::from_ten_thousandths(units);
            prop_assert_eq!(amount.to_string().parse(), Ok(amount));
        }

        #[test]
        fn rounding_is_never_further_than_half(units in -1_000_000_000i64..1_000_000_000, divisor in 1i64..1000) {
            let rounded = i128::from(Amount::from_ten_thousandths(units).scaled(1, divisor).expect("divisor").0);
            prop_assert!((rounded * i128::from(divisor) - i128::from(units)).abs() * 2 <= i128::from(divisor));
        }
    }
}
