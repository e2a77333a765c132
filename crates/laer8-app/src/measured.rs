//! What any scorecard may ask of the customers of a day, kept while somebody
//! tries scorecards.
//!
//! A preview that follows each key stroke must not read all facts again. What
//! is kept is a few hundred bytes for each customer, and only from the first
//! time somebody looks at a scorecard until facts or configuration change.

use crate::{App, AppError, AsOf, Moment, lots::in_lots, reckoned::Reckoned};
use laer8_health::select::Scorecards;
use laer8_health::{
    measured::Measured,
    scoring::Place,
    whatif::{Candidate, WhatIf, what_if},
};
use laer8_store::{Scope, Tx};
use rayon::prelude::*;
use std::sync::Arc;

/// The customers of a day, measured.
#[derive(Debug)]
pub(crate) struct Customers {
    pub(crate) reckoned: Arc<Reckoned>,
    /// The place of each customer among the evaluations, and what was measured.
    pub(crate) measured: Vec<(usize, Measured)>,
}

/// The latest, with the state of the database and the day that it is of.
pub(crate) type KeptCustomers = Option<(u64, Moment, Arc<Customers>)>;

impl App {
    /// The customers as of a day, measured.
    pub(crate) async fn customers(&self, tx: &Tx, as_of: AsOf) -> Result<Arc<Customers>, AppError> {
        let reckoned = self.reckoned(tx, as_of).await?;
        let generation = tx.generation().await?;
        let moment = reckoned.book.moment;
        // Held while they are measured: whoever asks for the same waits for it.
        let mut shelf = self.shelf.customers.lock().await;
        if let Some((of, on, kept)) = shelf.as_ref()
            && (*of, *on) == (generation, moment)
        {
            return Ok(Arc::clone(kept));
        }
        let shared = Arc::clone(&reckoned);
        let measured = in_lots(tx, Scope::All, move |histories| -> Vec<(usize, Measured)> {
            let scoring = shared.book.scoring();
            let measured = histories.par_iter().filter_map(|history| {
                let place = shared.customer(history.id)?;
                Some((place, scoring.measured(history.seen(shared.book.day()))))
            });
            measured.collect()
        });
        let measured = measured.await?.into_iter().flatten().collect();
        let customers = Arc::new(Customers { measured, reckoned });
        *shelf = Some((generation, moment, Arc::clone(&customers)));
        Ok(customers)
    }
}

impl Customers {
    /// What `proposed` would change.
    pub(crate) fn what_if(&self, proposed: &Scorecards) -> WhatIf {
        let (book, evaluations) = (&self.reckoned.book, &self.reckoned.evaluations);
        let candidates = self.measured.iter().filter_map(|(place, measured)| {
            let evaluation = &evaluations[*place];
            Some(Candidate {
                seen: book.history(evaluation.account)?.seen(book.day()),
                measured,
                place: Place {
                    stage: evaluation.journey.standing.stage().map(|stage| stage.key()),
                    segment: Some(&evaluation.segment),
                },
                arr: evaluation.arr,
            })
        });
        what_if(&book.scoring(), proposed, candidates)
    }
}
