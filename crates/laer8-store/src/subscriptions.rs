//! Subscriptions and their dated versions.

use crate::{
    StoreError, Tx,
    entities::{subscription_versions, subscriptions},
    rows::{IDS_IN_A_QUERY, code, line, origin, unsigned},
};
use laer8_domain::{
    ids::{AccountId, PlanId, SubscriptionId},
    money::Amount,
    subscriptions::{BillingPeriod, Price, PriceBasis, SubscriptionState, SubscriptionVersion, Terms},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

const TABLE: &str = "subscription_versions";

/// A version of a subscription of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVersion {
    /// Whose.
    pub account: AccountId,
    /// Of which subscription.
    pub subscription: SubscriptionId,
    /// What it says.
    pub version: SubscriptionVersion,
}

impl Tx {
    /// Makes subscriptions that say nothing yet.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when one is there already.
    pub async fn insert_subscriptions(&self, of: &[(SubscriptionId, AccountId)]) -> Result<(), StoreError> {
        let rows = of
            .iter()
            .map(|(id, account)| subscriptions::ActiveModel { id: Set(id.0), account_id: Set(account.0) });
        self.insert_all(rows).await
    }

    /// Which account each subscription is of; all of them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn subscription_accounts(&self) -> Result<Vec<(SubscriptionId, AccountId)>, StoreError> {
        let rows = subscriptions::Entity::find().all(&self.db).await?;
        Ok(rows.into_iter().map(|row| (SubscriptionId(row.id), AccountId(row.account_id))).collect())
    }

    /// Adds versions.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_versions(&self, versions: &[StoredVersion]) -> Result<(), StoreError> {
        self.insert_all(versions.iter().map(to_row)).await
    }

    /// Every version of these subscriptions.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn versions(&self, ids: &[SubscriptionId]) -> Result<Vec<StoredVersion>, StoreError> {
        let mut versions = Vec::new();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let rows = subscription_versions::Entity::find()
                .filter(subscription_versions::Column::SubscriptionId.is_in(chunk.iter().map(|id| id.0)))
                .all(&self.db)
                .await?;
            for row in rows {
                versions.push(from_row(&row)?);
            }
        }
        Ok(versions)
    }
}

fn to_row(stored: &StoredVersion) -> subscription_versions::ActiveModel {
    let version = &stored.version;
    let terms = version.state.terms();
    subscription_versions::ActiveModel {
        subscription_id: Set(stored.subscription.0),
        effective_from: Set(version.effective_from),
        revision: Set(line(version.revision)),
        account_id: Set(stored.account.0),
        known_on: Set(version.known_on),
        state: Set(if terms.is_some() { "active" } else { "ended" }.to_owned()),
        plan_id: Set(terms.map(|terms| terms.plan.0)),
        quantity: Set(terms.map(|terms| i64::from(terms.quantity))),
        price_amount: Set(terms.map(|terms| terms.price.amount.ten_thousandths())),
        currency: Set(terms.map(|terms| terms.price.currency.to_string())),
        price_per: Set(terms.map(|terms| terms.price.per.key().to_owned())),
        price_basis: Set(terms.map(|terms| basis_key(terms.price.basis).to_owned())),
        trial: Set(terms.map(|terms| terms.trial)),
        term_start: Set(terms.map(|terms| terms.term_start)),
        term_months: Set(terms.and_then(|terms| terms.term_months).map(i32::from)),
        auto_renew: Set(terms.map(|terms| terms.auto_renew)),
        notice_days: Set(terms.map(|terms| i32::from(terms.notice_days))),
        captive_until: Set(terms.and_then(|terms| terms.captive_until)),
        source_id: Set(version.origin.source.0),
        import_id: Set(version.origin.import.map(|import| import.0)),
        line: Set(line(version.origin.row)),
    }
}

pub(crate) fn from_row(row: &subscription_versions::Model) -> Result<StoredVersion, StoreError> {
    let state = match row.state.as_str() {
        "ended" => SubscriptionState::Ended,
        "active" => SubscriptionState::Active(terms_of(row)?),
        other => return Err(StoreError::corrupt(TABLE, format!("the state \"{other}\""))),
    };
    Ok(StoredVersion {
        account: AccountId(row.account_id),
        subscription: SubscriptionId(row.subscription_id),
        version: SubscriptionVersion {
            effective_from: row.effective_from,
            known_on: row.known_on,
            revision: unsigned(row.revision, TABLE)?,
            state,
            origin: origin(row.source_id, row.import_id, row.line),
        },
    })
}

fn terms_of(row: &subscription_versions::Model) -> Result<Terms, StoreError> {
    let missing = || StoreError::corrupt(TABLE, "an active version without terms");
    let currency = row.currency.as_deref().ok_or_else(missing)?;
    let per = row.price_per.as_deref().ok_or_else(missing)?;
    let basis = row.price_basis.as_deref().ok_or_else(missing)?;
    let small =
        |number: i32| u16::try_from(number).map_err(|_| StoreError::corrupt(TABLE, "a number out of range"));
    Ok(Terms {
        plan: PlanId(row.plan_id.ok_or_else(missing)?),
        quantity: unsigned(row.quantity.ok_or_else(missing)?, TABLE)?,
        price: Price {
            amount: Amount::from_ten_thousandths(row.price_amount.ok_or_else(missing)?),
            currency: code(currency.parse().ok(), TABLE, currency)?,
            per: code(BillingPeriod::from_key(per), TABLE, per)?,
            basis: code(basis_of(basis), TABLE, basis)?,
        },
        trial: row.trial.ok_or_else(missing)?,
        term_start: row.term_start.ok_or_else(missing)?,
        term_months: row.term_months.map(small).transpose()?,
        auto_renew: row.auto_renew.ok_or_else(missing)?,
        notice_days: small(row.notice_days.ok_or_else(missing)?)?,
        captive_until: row.captive_until,
    })
}

fn basis_key(basis: PriceBasis) -> &'static str {
    match basis {
        PriceBasis::Unit => "unit",
        PriceBasis::Total => "total",
    }
}

fn basis_of(key: &str) -> Option<PriceBasis> {
    match key {
        "unit" => Some(PriceBasis::Unit),
        "total" => Some(PriceBasis::Total),
        _ => None,
    }
}
