//! Exchange rates.

use crate::{
    StoreError, Tx,
    entities::exchange_rates,
    rows::{code, line, unsigned},
};
use laer8_domain::{days::Day, exchange::Rates, ids::SourceId, money::Currency, provenance::Origin};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};

const TABLE: &str = "exchange_rates";

/// A rate and since when it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredRate {
    /// One unit of this currency
    pub from: Currency,
    /// in that one,
    pub to: Currency,
    /// since this day,
    pub day: Day,
    /// is so many billionths.
    pub billionths: i64,
    /// Corrections have higher revisions.
    pub revision: u32,
    /// Since when it is known.
    pub known_on: Day,
}

impl Tx {
    /// Adds rates, or corrections with the next revision.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_rates(&self, rates: &[(StoredRate, Origin)]) -> Result<(), StoreError> {
        let rows = rates.iter().map(|(rate, origin)| exchange_rates::ActiveModel {
            from_currency: Set(rate.from.to_string()),
            to_currency: Set(rate.to.to_string()),
            day: Set(rate.day),
            revision: Set(line(rate.revision)),
            billionths: Set(rate.billionths),
            known_on: Set(rate.known_on),
            source_id: Set(origin.source.0),
            import_id: Set(origin.import.map(|import| import.0)),
            line: Set(line(origin.row)),
        });
        self.insert_all(rows).await
    }

    /// Every rate ever known, corrections after what they correct.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn all_rates(&self) -> Result<Vec<StoredRate>, StoreError> {
        Ok(self.rates_with_source().await?.into_iter().map(|(rate, _)| rate).collect())
    }

    /// Every rate ever known, corrections after what they correct, with its
    /// source.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn rates_with_source(&self) -> Result<Vec<(StoredRate, SourceId)>, StoreError> {
        let rows = exchange_rates::Entity::find()
            .order_by_asc(exchange_rates::Column::Day)
            .order_by_asc(exchange_rates::Column::Revision)
            .order_by_asc(exchange_rates::Column::FromCurrency)
            .all(&self.db)
            .await?;
        rows.into_iter()
            .map(|row| {
                let rate = StoredRate {
                    from: code(row.from_currency.parse().ok(), TABLE, &row.from_currency)?,
                    to: code(row.to_currency.parse().ok(), TABLE, &row.to_currency)?,
                    day: row.day,
                    billionths: row.billionths,
                    revision: unsigned(row.revision, TABLE)?,
                    known_on: row.known_on,
                };
                Ok((rate, SourceId(row.source_id)))
            })
            .collect()
    }

    /// The rates into `reporting`, as far as known on `known`.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn rates(&self, reporting: Currency, known: Day) -> Result<Rates, StoreError> {
        let mut rates = Rates::new(reporting);
        for rate in self.all_rates().await? {
            if rate.to == reporting && rate.known_on <= known {
                rates.set(rate.from, rate.day, rate.billionths);
            }
        }
        Ok(rates)
    }
}
