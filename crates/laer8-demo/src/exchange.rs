//! What a dollar was worth, month by month.

use crate::{
    DemoOptions,
    company::CURRENCY,
    dice::{Area, Dice},
    profile::OLDEST_MONTHS,
    told,
};
use chrono::Datelike;
use laer8_domain::{
    days::{Day, Granularity, shift_months},
    money::Currency,
    records::{ExchangeRateRecord, Incoming, Record},
};
use std::f64::consts::TAU;

/// One rate for the first of each month, from before the oldest contract.
pub(crate) fn tell(options: DemoOptions, records: &mut Vec<Incoming>) {
    let oldest = shift_months(options.last_day, -(OLDEST_MONTHS + 1));
    let mut month = Granularity::Month.floor(oldest);
    while month <= options.last_day {
        records.push(told(Record::ExchangeRate(ExchangeRateRecord {
            from: Currency::USD,
            to: CURRENCY,
            day: month,
            billionths: rate(options.seed, month),
        })));
        month = Granularity::Month.next(month);
    }
}

/// Euro billionths of a dollar: two slow waves around 0.92 and a little
/// noise. A month's rate depends on the seed and the month alone.
fn rate(seed: u64, month: Day) -> i64 {
    let mut company = Dice::of(seed, 0, Area::Profile);
    let (slow, quick) = (company.fraction(), company.fraction());
    let months = f64::from(month.year() * 12 + month.month0() as i32);
    let noise = Dice::of(seed, months as u32, Area::Book).between(-0.004, 0.004);
    let wave = 0.028 * (TAU * (slow + months / 47.0)).sin() + 0.010 * (TAU * (quick + months / 17.0)).sin();
    // Four decimals, as banks publish it.
    ((0.92 + wave + noise) * 10_000.0).round() as i64 * 100_000
}
