//! Churn events.

use crate::{
    StoreError, Tx,
    entities::churn_events,
    rows::{IDS_IN_A_QUERY, code, line, origin, unsigned},
};
use laer8_domain::{
    churn_events::ChurnEvent,
    ids::{AccountId, ChurnEventId},
    money::{Amount, Money},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

const TABLE: &str = "churn_events";

/// A churn event of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChurnEvent {
    /// Whose.
    pub account: AccountId,
    /// The event.
    pub event: ChurnEvent,
}

impl Tx {
    /// Adds events, or corrections with the next revision.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_churn_events(&self, events: Vec<StoredChurnEvent>) -> Result<(), StoreError> {
        let rows = events.into_iter().map(|StoredChurnEvent { account, event }| churn_events::ActiveModel {
            id: Set(event.id.0),
            revision: Set(line(event.revision)),
            account_id: Set(account.0),
            occurred_on: Set(event.occurred_on),
            reason: Set(event.reason),
            comment: Set(event.comment),
            refund_amount: Set(event.refund.map(|refund| refund.amount.ten_thousandths())),
            refund_currency: Set(event.refund.map(|refund| refund.currency.to_string())),
            known_on: Set(event.known_on),
            source_id: Set(event.origin.source.0),
            import_id: Set(event.origin.import.map(|import| import.0)),
            line: Set(line(event.origin.row)),
        });
        self.insert_all(rows).await
    }

    /// Every revision of these events.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn churn_events(&self, ids: &[ChurnEventId]) -> Result<Vec<StoredChurnEvent>, StoreError> {
        let mut events = Vec::new();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let rows = churn_events::Entity::find()
                .filter(churn_events::Column::Id.is_in(chunk.iter().map(|id| id.0)))
                .all(&self.db)
                .await?;
            for row in rows {
                events.push(from_row(row)?);
            }
        }
        Ok(events)
    }
}

pub(crate) fn from_row(row: churn_events::Model) -> Result<StoredChurnEvent, StoreError> {
    let refund = match (row.refund_amount, row.refund_currency.as_deref()) {
        (Some(amount), Some(currency)) => Some(Money {
            amount: Amount::from_ten_thousandths(amount),
            currency: code(currency.parse().ok(), TABLE, currency)?,
        }),
        _ => None,
    };
    Ok(StoredChurnEvent {
        account: AccountId(row.account_id),
        event: ChurnEvent {
            id: ChurnEventId(row.id),
            occurred_on: row.occurred_on,
            reason: row.reason,
            comment: row.comment,
            refund,
            known_on: row.known_on,
            revision: unsigned(row.revision, TABLE)?,
            origin: origin(row.source_id, row.import_id, row.line),
        },
    })
}
