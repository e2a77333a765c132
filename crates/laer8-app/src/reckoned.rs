//! The book of a day with every account worked out, kept until facts or
//! configuration change.
//!
//! Working out a book takes as long as reading all of its facts; a page must
//! not. What is kept is small: results, fields and contracts. Usage, tickets
//! and what was said are read again for the account that somebody opens. Where
//! facts of single accounts changed, only those are worked out again.

use crate::{
    App, AppError, AsOf, HealthOverTime, Moment,
    accounts::sheet::Sheet,
    as_of,
    book::{Book, Evaluated},
    evaluation::Evaluation,
    journey::{position, positions},
    measured::KeptCustomers,
    revenue::{Figures, year_before},
    workspace,
};
use laer8_domain::{history::AccountHistory, ids::AccountId, usage::UsageHistory};
use laer8_journey::{
    flows::Position,
    potential::{Peers, UsageProfile},
};
use laer8_store::{IdRange, Scope, Tx};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::{
    collections::VecDeque,
    sync::{Arc, OnceLock},
};
use tokio::sync::Mutex;

/// How many books are kept: the day that people look at, the one a year
/// before for what flowed since, and a few that somebody leafs through.
const KEPT: usize = 4;

/// Accounts worked out again one by one; for more, everything is.
const AT_ONCE: usize = 50;

/// For how many months back people usually ask what flowed.
const MONTHS: [u32; 3] = [1, 3, 12];

/// A book that was worked out. The histories in it hold fields, contracts and
/// churn events only.
#[derive(Debug, Clone)]
pub(crate) struct Reckoned {
    pub(crate) book: Book,
    pub(crate) evaluations: Vec<Evaluation>,
    /// Where the accounts were so many months before.
    pub(crate) before: FxHashMap<u32, Vec<Position>>,
    profiles: Vec<Option<UsageProfile>>,
    peers: Peers,
    /// The same by columns, once a list is asked for.
    sheet: OnceLock<Sheet>,
    /// Growth and retention of all of it over the year before.
    year: OnceLock<Figures>,
}

impl Reckoned {
    /// Every account by what can be asked of it.
    pub(crate) fn sheet(&self) -> &Sheet {
        self.sheet.get_or_init(|| Sheet::of(&self.book, &self.evaluations))
    }

    /// What was worked out for an account; none for one of which nothing was
    /// known.
    pub(crate) fn evaluation(&self, account: AccountId) -> Option<&Evaluation> {
        Some(&self.evaluations[self.place(account)?])
    }

    /// Growth and retention of the whole book over the year before.
    pub(crate) fn year(&self) -> Result<Figures, AppError> {
        if let Some(year) = self.year.get() {
            return Ok(*year);
        }
        let year = Figures::of(&self.book, year_before(self.book.day()), |_| true)?;
        Ok(*self.year.get_or_init(|| year))
    }

    fn place(&self, account: AccountId) -> Option<usize> {
        self.evaluations.binary_search_by_key(&account, |evaluation| evaluation.account).ok()
    }

    /// Works a book out.
    fn of(mut book: Book) -> Self {
        let Evaluated { evaluations, profiles, peers } = book.evaluate();
        let before = MONTHS.map(|months| (months, positions(&book, book.months_before(months))));
        book.histories.par_iter_mut().for_each(slim);
        Self {
            book,
            evaluations,
            before: before.into_iter().collect(),
            profiles,
            peers,
            sheet: OnceLock::new(),
            year: OnceLock::new(),
        }
    }

    /// With other facts of one account; none where others have to be worked
    /// out again too.
    fn with(mut self, mut history: AccountHistory) -> Option<Self> {
        let place = self.place(history.id)?;
        let own = self.book.histories.binary_search_by_key(&history.id, |other| other.id).ok()?;
        let again = self.book.evaluate_again(&history, self.profiles[place].as_ref(), &self.peers)?;
        self.evaluations[place] = again;
        self.sheet = OnceLock::new();
        self.year = OnceLock::new();
        for (months, positions) in &mut self.before {
            let day = self.book.months_before(*months);
            // Histories and positions are in the same order.
            positions[own] = position(&self.book, &history, day);
        }
        slim(&mut history);
        self.book.histories[own] = history;
        Some(self)
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
    /// The customers that were measured last.
    pub(crate) customers: Arc<Mutex<KeptCustomers>>,
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
        let stale = shelf.iter().position(|(_, kept)| kept.book.moment == moment);
        let stale = stale.and_then(|position| shelf.remove(position));
        // What was measured of it is stale too, and would keep it from being changed in place.
        if stale.is_some()
            && let Ok(mut customers) = self.shelf.customers.try_lock()
        {
            *customers = None;
        }
        let updated = match stale {
            Some((of, kept)) => updated(tx, of, kept).await?,
            None => None,
        };
        let reckoned = match updated {
            Some(reckoned) => reckoned,
            None => {
                shelf.retain(|(of, _)| *of == generation);
                Reckoned::of(self.book(tx, as_of, Scope::All).await?)
            }
        };
        let reckoned = Arc::new(reckoned);
        shelf.push_front((generation, Arc::clone(&reckoned)));
        shelf.truncate(KEPT);
        Ok(reckoned)
    }
}

/// A book of an earlier state with what changed since worked out again; none
/// where too much did.
async fn updated(tx: &Tx, of: u64, kept: Arc<Reckoned>) -> Result<Option<Reckoned>, AppError> {
    let Some(changed) = tx.changed_since(of).await?.filter(|changed| changed.len() <= AT_ONCE) else {
        return Ok(None);
    };
    // Somebody may still be drawing a page of it.
    let mut reckoned = Arc::unwrap_or_clone(kept);
    for account in changed {
        let history = tx.histories(IdRange::one(account), Scope::All).await?.pop();
        let Some(history) = history else { return Ok(None) };
        match reckoned.with(history) {
            Some(with) => reckoned = with,
            None => return Ok(None),
        }
    }
    Ok(Some(reckoned))
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
