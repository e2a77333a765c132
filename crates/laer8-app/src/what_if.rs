//! What a changed scorecard would do, before anything is saved.

use crate::{
    Actor, App, AppError, AsOf, ConfigDocument, Moment,
    configuration::{configuration, in_force, key_of, replace},
    measured::Customers,
};
use laer8_domain::{money::Currency, users::Role};
use laer8_health::whatif::WhatIf;
use serde::Serialize;
use utoipa::ToSchema;

/// What changed scorecards would do on a day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhatIfView {
    /// The day.
    pub as_of: Moment,
    /// What amounts are in.
    pub currency: Currency,
    /// The keys of the scorecards that differ from those in force.
    pub proposed: Vec<String>,
    /// What would change.
    #[serde(flatten)]
    pub result: WhatIf,
}

impl App {
    /// Scores every customer by the scorecards in force and by those with
    /// `proposed` in their place; saves nothing. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Document`], [`AppError::Empty`],
    /// [`AppError::TooEarly`], [`AppError::Store`].
    pub async fn what_if(
        &self,
        actor: &Actor,
        as_of: AsOf,
        proposed: &[String],
    ) -> Result<WhatIfView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let mut documents = in_force(&tx).await?;
        let mut keys = Vec::new();
        for body in proposed {
            let key = key_of("scorecard", body)?;
            keys.push(key.clone());
            let document = ConfigDocument {
                kind: "scorecard".to_owned(),
                key,
                version: 0,
                author: actor.name.clone(),
                body: body.clone(),
            };
            replace(&mut documents, document);
        }
        let proposed = configuration(&documents)?.scorecards;
        let customers = self.customers(&tx, as_of).await?;
        let result = customers.what_if(&proposed);
        Ok(WhatIfView::of(&customers, keys, result))
    }
}

impl WhatIfView {
    pub(crate) fn of(customers: &Customers, proposed: Vec<String>, result: WhatIf) -> Self {
        let reckoned = &customers.reckoned;
        let (as_of, currency) = (reckoned.book.moment, reckoned.book.currency);
        Self { as_of, currency, proposed, result }
    }
}
