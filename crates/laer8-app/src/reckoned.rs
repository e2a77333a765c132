//! The book of a day with every account worked out, kept until facts or
//! configuration change.
//!
//! Working out a book takes as long as reading all of its facts; a page must
//! not. What is kept is small: results, fields and contracts. Usage, tickets
//! and what was said are read again for the account that somebody opens.

use crate::{
    App, AppError, AsOf, HealthOverTime, Moment, as_of, book::Book, evaluation::Evaluation,
    journey::positions, workspace,
};
use laer8_domain::{history::AccountHistory, ids::AccountId, usage::UsageHistory};
use laer8_journey::flows::Position;
use laer8_store::{Scope, Tx};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::{collections::VecDeque, sync::Arc};
use tokio::sync::Mutex;

/// How many books are kept: the day that people look at, the one a year
/// before for what flowed since, and a few that somebody leafs through.
const KEPT: usize = 4;

/// For how many months back people usually ask what flowed.
const MONTHS: [u32; 3] = [1, 3, 12];

/// A book that was worked out. The histories in it hold fields, contracts and
/// churn events only.
#[derive(Debug)]
pub(crate) struct Reckoned {
    pub(crate) book: Book,
    pub(crate) evaluations: Vec<Evaluation>,
    /// Where the accounts were so many months before.
    pub(crate) before: FxHashMap<u32, Vec<Position>>,
}

impl Reckoned {
    /// What was worked out for an account; none for one of which nothing was
    /// known.
    pub(crate) fn evaluation(&self, account: AccountId) -> Option<&Evaluation> {
        let position =
            self.evaluations.binary_search_by_key(&account, |evaluation| evaluation.account).ok()?;
        Some(&self.evaluations[position])
    }
}

/// Books, the latest first, each with the state of the database that it
/// belongs to.
type Books = VecDeque<(u64, Arc<Reckoned>)>;

/// What was worked out last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    books: Arc<Mutex<Books>>,
    /// The latest health over time, by what it is of.
    pub(crate) health: Arc<Mutex<Option<(HealthKey, HealthOverTime)>>>,
}

/// What a health over time is of: the state of the database, the day, and how
/// many days.
pub(crate) type HealthKey = (u64, Moment, u32);

impl App {
    /// Whether the book as of a day is worked out already.
    pub(crate) async fn is_reckoned(&self, tx: &Tx, as_of: AsOf) -> Result<bool, AppError> {
        let workspace = workspace::load(tx).await?;
        let moment = as_of::moment(tx, self.today(&workspace), as_of).await?;
        let shelf = self.shelf.books.lock().await;
        Ok(find(&shelf, tx.generation().await?, moment).is_some())
    }

    /// The book as of a day, worked out.
    pub(crate) async fn reckoned(&self, tx: &Tx, as_of: AsOf) -> Result<Arc<Reckoned>, AppError> {
        let workspace = workspace::load(tx).await?;
        let moment = as_of::moment(tx, self.today(&workspace), as_of).await?;
        let generation = tx.generation().await?;
        // Held while the book is worked out: whoever asks for the same waits for it.
        let mut shelf = self.shelf.books.lock().await;
        if let Some(kept) = find(&shelf, generation, moment) {
            return Ok(kept);
        }
        let mut book = self.book(tx, as_of, Scope::All).await?;
        let evaluations = book.evaluate();
        let before = MONTHS.map(|months| (months, positions(&book, book.months_before(months))));
        book.histories.par_iter_mut().for_each(slim);
        let reckoned = Arc::new(Reckoned { book, evaluations, before: before.into_iter().collect() });
        shelf.retain(|(of, _)| *of == generation);
        shelf.push_front((generation, Arc::clone(&reckoned)));
        shelf.truncate(KEPT);
        Ok(reckoned)
    }
}

fn find(shelf: &Books, generation: u64, moment: Moment) -> Option<Arc<Reckoned>> {
    let kept = shelf.iter().find(|(of, kept)| *of == generation && kept.book.moment == moment);
    kept.map(|(_, kept)| Arc::clone(kept))
}

/// Lets go of what only the working out needed.
fn slim(history: &mut AccountHistory) {
    history.usage = UsageHistory::default();
    history.tickets = Vec::new();
    history.surveys = Vec::new();
    history.notes = Vec::new();
    history.people = Vec::new();
}
