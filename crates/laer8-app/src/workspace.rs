//! What is set for the whole workspace.

use crate::{Actor, App, AppError, AsOf, revenue::lives};
use chrono_tz::Tz;
use laer8_domain::{days::Day, money::Currency, users::Role};
use laer8_revenue::{book::Book as Ledgers, ledger::LedgerOptions};
use laer8_store::{Scope, Tx};
use serde::Serialize;
use utoipa::ToSchema;

const ZONE: &str = "time_zone";
const CURRENCY: &str = "reporting_currency";
const NAME: &str = "name";

/// The longest name of a workspace.
const NAME_MOST: usize = 100;

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

/// The settings of a workspace, and which days it can show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkspaceView {
    /// What it is called; empty until somebody says.
    pub name: String,
    /// Where its days begin, as an IANA name such as `Europe/Madrid`.
    pub time_zone: String,
    /// The same, to reckon with.
    #[serde(skip)]
    pub zone: Tz,
    /// What everything is reported in.
    pub currency: Currency,
    /// Today in its time zone.
    #[schema(value_type = NaiveDate)]
    pub today: Day,
    /// The first day that can be shown; none before the first import.
    #[schema(value_type = Option<NaiveDate>)]
    pub first_day: Option<Day>,
    /// The day of the newest fact; none before the first import.
    #[schema(value_type = Option<NaiveDate>)]
    pub newest_day: Option<Day>,
}

impl App {
    /// Names the workspace, and says in which currency everything is reported
    /// from now on. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] for a name that is too
    /// long or a currency from which nothing can be reported: there is no rate
    /// to it from one that is in use; [`AppError::Store`].
    pub async fn change_workspace(
        &self,
        actor: &Actor,
        name: &str,
        currency: Currency,
    ) -> Result<Workspace, AppError> {
        actor.must_be(Role::Admin)?;
        let name = name.trim();
        if name.chars().count() > NAME_MOST || name.contains(char::is_control) {
            return Err(AppError::Invalid(format!("a name has at most {NAME_MOST} characters")));
        }
        let tx = self.store.write().await?;
        let before = load(&tx).await?;
        set_name(&tx, name).await?;
        if before.reporting() != currency {
            set_currency(&tx, currency).await?;
            tx.forget_evaluations(None).await?;
            self.is_reportable(&tx).await?;
        }
        let after = load(&tx).await?;
        let detail = serde_json::json!({
            "before": { "name": before.name, "currency": before.reporting() },
            "after": { "name": after.name, "currency": after.reporting() },
        });
        self.log(&tx, actor, "workspace.change", "workspace".to_owned(), detail).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Whether every price can be told in the reporting currency.
    async fn is_reportable(&self, tx: &Tx) -> Result<(), AppError> {
        let book = match self.book(tx, AsOf::Newest, Scope::Revenue).await {
            Ok(book) => book,
            Err(AppError::Empty) => return Ok(()),
            Err(error) => return Err(error),
        };
        Ledgers::write(&lives(&book), book.day(), &book.rates, LedgerOptions::default())?;
        Ok(())
    }

    /// The settings of the workspace, and which days it can show. Needs
    /// [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn workspace(&self, actor: &Actor) -> Result<WorkspaceView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let workspace = load(&tx).await?;
        let spans = tx.spans().await?;
        Ok(WorkspaceView {
            today: self.today(&workspace),
            zone: workspace.zone,
            currency: workspace.reporting(),
            time_zone: workspace.zone.name().to_owned(),
            name: workspace.name,
            first_day: spans.iter().map(|span| span.first_known).min(),
            newest_day: spans.iter().map(|span| span.last_day).max(),
        })
    }

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
