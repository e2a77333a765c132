//! What a changed scorecard would do, before anything is saved.

use crate::{
    Actor, App, AppError, AsOf, ConfigDocument, Moment,
    configuration::{configuration, in_force, key_of, replace},
};
use laer8_domain::{ids::AccountId, money::Currency, users::Role};
use laer8_health::{
    scoring::Place,
    whatif::{Candidate, WhatIf, what_if},
};
use laer8_store::Scope;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// What changed scorecards would do on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// The names of the accounts that would change band.
    pub names: FxHashMap<AccountId, String>,
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
        let book = self.book(&tx, as_of, Scope::All).await?;
        let evaluations = book.evaluate().evaluations;
        let customers = evaluations.iter().filter(|evaluation| evaluation.journey.mrr.is_positive());
        let candidates = customers.filter_map(|evaluation| {
            Some(Candidate {
                seen: book.history(evaluation.account)?.seen(book.day()),
                place: Place {
                    stage: evaluation.journey.standing.stage().map(|stage| stage.key()),
                    segment: Some(&evaluation.segment),
                },
                arr: evaluation.arr,
            })
        });
        let result = what_if(&book.scoring(), &proposed, candidates);
        let changing: Vec<AccountId> =
            result.accounts.iter().filter(|compared| compared.changes_band()).map(|c| c.account).collect();
        let names = evaluations
            .iter()
            .filter(|evaluation| changing.contains(&evaluation.account))
            .map(|evaluation| (evaluation.account, evaluation.name.clone()));
        Ok(WhatIfView {
            as_of: book.moment,
            currency: book.currency,
            proposed: keys,
            names: names.collect(),
            result,
        })
    }
}
