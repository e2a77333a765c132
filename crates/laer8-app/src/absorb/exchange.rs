//! Exchange rates.

use super::{Absorber, Placed, Refused, Verdict};
use crate::AppError;
use laer8_domain::{days::Day, money::Currency, records::ExchangeRateRecord};
use laer8_store::StoredRate;
use rustc_hash::FxHashMap;

impl Absorber<'_> {
    pub(super) async fn exchange_rates(
        &mut self,
        records: Vec<Placed<ExchangeRateRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let mut latest: FxHashMap<(Currency, Currency, Day), StoredRate> = FxHashMap::default();
        for rate in self.tx.all_rates().await? {
            latest.insert((rate.from, rate.to, rate.day), rate);
        }
        let mut new = Vec::new();
        for placed in records {
            let record = placed.record;
            if record.billionths <= 0 {
                let refused = Refused::OutOfScale {
                    what: "an exchange rate",
                    least: 1,
                    most: i64::MAX,
                    value: record.billionths,
                };
                verdicts[placed.position] = Verdict::Refused(refused);
                continue;
            }
            let key = (record.from, record.to, record.day);
            let before = latest.get(&key).copied();
            if before.is_some_and(|before| before.billionths == record.billionths) {
                continue;
            }
            let known_on = match before {
                Some(_) => self.corrected_on(placed.known),
                None => self.known_on("exchange_rate", placed.known, record.day),
            };
            let rate = StoredRate {
                from: record.from,
                to: record.to,
                day: record.day,
                billionths: record.billionths,
                revision: before.map_or(0, |before| before.revision + 1),
                known_on,
            };
            latest.insert(key, rate);
            self.changed(known_on);
            new.push((rate, self.origin(placed.row)));
            verdicts[placed.position] = if before.is_some() { Verdict::Changed } else { Verdict::New };
        }
        Ok(self.tx.insert_rates(&new).await?)
    }
}
