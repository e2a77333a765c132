//! What is set for the whole workspace.

use crate::{App, AppError};
use chrono_tz::Tz;
use laer8_domain::money::Currency;
use laer8_store::Tx;

const ZONE: &str = "time_zone";
const CURRENCY: &str = "reporting_currency";
const NAME: &str = "name";

/// The settings of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// What it is called; empty until somebody says.
    pub name: String,
    /// Where its days begin; UTC unless set.
    pub zone: Tz,
    /// What everything is reported in. Unless set, the currency of the first
    /// subscriptions that arrive.
    pub currency: Option<Currency>,
}

impl Workspace {
    /// The reporting currency; US dollars in a workspace without money.
    #[must_use]
    pub fn reporting(&self) -> Currency {
        self.currency.unwrap_or(Currency::USD)
    }
}

impl App {
    /// Whether the database answers.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn is_ready(&self) -> Result<(), AppError> {
        self.store.read().await?.generation().await?;
        Ok(())
    }
}

/// The settings as they are stored.
pub(crate) async fn load(tx: &Tx) -> Result<Workspace, AppError> {
    let zone = match tx.setting(ZONE).await? {
        None => Tz::UTC,
        Some(name) => {
            name.parse().map_err(|_| AppError::Invalid(format!("the time zone \"{name}\" is not known")))?
        }
    };
    let currency = match tx.setting(CURRENCY).await? {
        None => None,
        Some(code) => {
            Some(code.parse().map_err(|_| AppError::Invalid(format!("\"{code}\" is not a currency")))?)
        }
    };
    Ok(Workspace { name: tx.setting(NAME).await?.unwrap_or_default(), zone, currency })
}

/// Names the workspace.
pub(crate) async fn set_name(tx: &Tx, name: &str) -> Result<(), AppError> {
    Ok(tx.put_setting(NAME, name).await?)
}

/// Sets what everything is reported in.
pub(crate) async fn set_currency(tx: &Tx, currency: Currency) -> Result<(), AppError> {
    Ok(tx.put_setting(CURRENCY, currency.code()).await?)
}

/// Sets where days begin. Only before the first fact: days that are stored do
/// not move.
pub(crate) async fn set_zone(tx: &Tx, zone: Tz) -> Result<(), AppError> {
    Ok(tx.put_setting(ZONE, zone.name()).await?)
}
