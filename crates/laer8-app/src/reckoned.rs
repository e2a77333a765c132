//! The book of a day with every account worked out, kept until facts or
//! configuration change.
//!
//! Working out a book takes as long as reading all of its facts; a page must
//! not. What is kept is small: results, fields and contracts. Usage, tickets
//! and what was said are read again for the account that somebody opens. Where
//! facts of single accounts changed, only those are worked out again.

use crate::{
    App, AppError, AsOf, Moment,
    accounts::sheet::Sheet,
    answers::Answers,
    as_of,
    book::{Book, Standalone},
    evaluation::Evaluation,
    journey::position,
    lots::{Counted, in_lots},
    measured::KeptCustomers,
    revenue::Figures,
    workspace,
};
use laer8_domain::{days::Window, history::AccountHistory, ids::AccountId, usage::UsageHistory};
use laer8_journey::{
    flows::Position,
    potential::{Peers, UsageProfile},
    ranking::{Candidate, RankedAccount, rank},
};
use laer8_store::{Scope, Tx};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::{
    collections::VecDeque,
    sync::{Arc, OnceLock},
};
use tokio::{sync::Mutex, task::spawn_blocking};

/// How many books are kept: the day that people look at, the one a year
/// before for what flowed since, and a few that somebody leafs through.
const KEPT: usize = 4;

/// Accounts in all kept books together, beyond which only the latest is kept.
const KEPT_ACCOUNTS: usize = 50_000;

/// Accounts of a hundred that are worked out again by themselves; for more,
/// everything is.
const AT_ONCE: usize = 30;

/// So many are in any case.
const FEW: usize = 500;

/// For how many months back people usually ask what flowed.
const MONTHS: [u32; 3] = [1, 3, 12];

/// A book that was worked out. The histories in it hold fields, contracts and
/// churn events only.
#[derive(Debug, Clone)]
pub(crate) struct Reckoned {
    pub(crate) book: Book,
    pub(crate) evaluations: Vec<Arc<Evaluation>>,
    /// Where the accounts were so many months before.
    pub(crate) before: FxHashMap<u32, Vec<Position>>,
    profiles: Vec<Option<UsageProfile>>,
    peers: Peers,
    /// The same by columns, once a list is asked for.
    sheet: OnceLock<Sheet>,
    /// What to look at, ranked.
    ranked: OnceLock<Vec<RankedAccount>>,
    /// What was asked about revenue.
    pub(crate) answers: Answers,
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

    /// What to look at in the whole book, ranked.
    pub(crate) fn ranked(&self) -> &[RankedAccount] {
        self.ranked.get_or_init(|| self.rank(self.evaluations.iter().map(AsRef::as_ref)))
    }

    /// What to look at among some accounts, ranked.
    pub(crate) fn rank<'e>(&self, evaluations: impl Iterator<Item = &'e Evaluation>) -> Vec<RankedAccount> {
        let candidates = evaluations
            .filter(|evaluation| !evaluation.signals.is_empty())
            .map(|evaluation| Candidate::new(&evaluation.journey, evaluation.signals.clone()));
        rank(&self.book.configuration.signals.ranking, self.book.day(), candidates.collect())
    }

    /// Growth and retention of the whole book over some days.
    pub(crate) fn figures(&self, window: Window) -> Result<Figures, AppError> {
        if let Some(kept) = self.answers.figures(window) {
            return Ok(kept);
        }
        let figures = Figures::of(&self.book, window, |_| true)?;
        self.answers.keep_figures(window, figures);
        Ok(figures)
    }

    /// The place of an account among the evaluations, where it pays.
    pub(crate) fn customer(&self, account: AccountId) -> Option<usize> {
        self.place(account).filter(|place| self.evaluations[*place].journey.mrr.is_positive())
    }

    fn place(&self, account: AccountId) -> Option<usize> {
        self.evaluations.binary_search_by_key(&account, |evaluation| evaluation.account).ok()
    }

    /// Works a book out of what each of its accounts says by itself.
    fn of(mut book: Book, sketches: Vec<Sketch>) -> Self {
        let mut before: [Vec<Position>; MONTHS.len()] = MONTHS.map(|_| Vec::with_capacity(sketches.len()));
        let (mut evaluations, mut profiles) = (Vec::<Evaluation>::new(), Vec::new());
        for sketch in sketches {
            for (positions, position) in before.iter_mut().zip(sketch.before) {
                positions.push(position);
            }
            if let Some(Standalone { evaluation, profile }) = sketch.draft {
                evaluations.push(evaluation);
                profiles.push(profile);
            }
            book.histories.push(Arc::new(sketch.history));
        }
        let peers = Peers::new(profiles.iter().flatten());
        let complete = |(mut evaluation, profile): (Evaluation, &Option<UsageProfile>)| {
            if let Some(history) = book.history(evaluation.account) {
                book.complete(&mut evaluation, profile.as_ref(), &peers, history);
            }
            Arc::new(evaluation)
        };
        let evaluations = evaluations.into_par_iter().zip(&profiles).map(complete).collect();
        Self {
            book,
            evaluations,
            before: MONTHS.into_iter().zip(before).collect(),
            profiles,
            peers,
            sheet: OnceLock::new(),
            ranked: OnceLock::new(),
            answers: Answers::default(),
        }
    }

    /// With other facts of some accounts, and what follows from them for the
    /// others: what they are compared by may have changed. None where there are
    /// accounts that were not in the book.
    fn with(mut self, histories: Vec<AccountHistory>) -> Option<Self> {
        let sketches: Vec<Sketch> =
            histories.into_par_iter().map(|history| Sketch::of(&self.book, history)).collect();
        let (mut same_money, mut same_fields, mut same_peers) = (true, true, true);
        let mut anew = Vec::with_capacity(sketches.len());
        for sketch in sketches {
            let account = sketch.history.id;
            let own = self.book.histories.binary_search_by_key(&account, |other| other.id).ok()?;
            let (place, Standalone { evaluation, profile }) = match (self.place(account), sketch.draft) {
                (Some(place), Some(draft)) => (place, draft),
                // Nothing was known of it, and still is not.
                (None, None) => continue,
                _ => return None,
            };
            same_peers &= profile == self.profiles[place];
            let before = &self.book.histories[own];
            same_money &= before.subscriptions == sketch.history.subscriptions;
            same_fields &= before.fields == sketch.history.fields;
            self.profiles[place] = profile;
            self.evaluations[place] = Arc::new(evaluation);
            for (months, position) in MONTHS.into_iter().zip(sketch.before) {
                if let Some(positions) = self.before.get_mut(&months) {
                    // Histories and positions are in the same order.
                    positions[own] = position;
                }
            }
            self.book.histories[own] = Arc::new(sketch.history);
            anew.push(place);
        }
        if same_peers {
            for place in &anew {
                self.complete(*place);
            }
        } else {
            self.peers = Peers::new(self.profiles.iter().flatten());
            self.complete_all();
        }
        self.ranked = OnceLock::new();
        self.answers = if same_money { self.answers.of_money(same_fields) } else { Answers::default() };
        match self.sheet.get_mut() {
            // Of all that can be asked, most is as it was.
            Some(sheet) if same_fields && same_peers => {
                for place in anew {
                    sheet.work_out_again(&self.book, &self.evaluations[place], place);
                }
            }
            _ => self.sheet = OnceLock::new(),
        }
        Some(self)
    }

    /// Adds what a draft lacks.
    fn complete(&mut self, place: usize) {
        let account = self.evaluations[place].account;
        let Some(history) = self.book.history(account) else { return };
        let mut evaluation = Evaluation::clone(&self.evaluations[place]);
        self.book.complete(&mut evaluation, self.profiles[place].as_ref(), &self.peers, history);
        self.evaluations[place] = Arc::new(evaluation);
    }

    /// The same for all accounts that compare otherwise than before.
    fn complete_all(&mut self) {
        let (book, profiles, peers) = (&self.book, &self.profiles, &self.peers);
        self.evaluations.par_iter_mut().zip(profiles).for_each(|(evaluation, profile)| {
            if book.compares_as_before(evaluation, profile.as_ref(), peers) {
                return;
            }
            let Some(history) = book.history(evaluation.account) else { return };
            let mut anew = Evaluation::clone(evaluation);
            book.complete(&mut anew, profile.as_ref(), peers, history);
            *evaluation = Arc::new(anew);
        });
    }
}

/// What an account says by itself, and what is kept of its facts.
struct Sketch {
    draft: Option<Standalone>,
    /// Where it was so many [`MONTHS`] before.
    before: [Position; MONTHS.len()],
    history: AccountHistory,
}

impl Sketch {
    fn of(book: &Book, mut history: AccountHistory) -> Self {
        let draft = book.draft(&history);
        let before = MONTHS.map(|months| position(book, &history, book.months_before(months)));
        slim(&mut history);
        Self { draft, before, history }
    }
}

/// Books, the latest first, each with the state of the database that it
/// belongs to.
type Books = VecDeque<(u64, Arc<Reckoned>)>;

/// What was worked out last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    books: Arc<Mutex<Books>>,
    /// Held by whoever works out health over time.
    pub(crate) health: Arc<Mutex<()>>,
    /// How far that has got.
    pub(crate) health_work: Arc<Counted>,
    /// The customers that were measured last.
    pub(crate) customers: Arc<Mutex<KeptCustomers>>,
}

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
                self.reckon(tx, as_of).await?
            }
        };
        let reckoned = Arc::new(reckoned);
        shelf.push_front((generation, Arc::clone(&reckoned)));
        shelve(&mut shelf);
        Ok(reckoned)
    }
}

impl App {
    /// Works out the book as of a day, some accounts at a time.
    async fn reckon(&self, tx: &Tx, as_of: AsOf) -> Result<Reckoned, AppError> {
        let book = Arc::new(self.empty_book(tx, as_of).await?);
        let shared = Arc::clone(&book);
        let sketches = in_lots(tx, Scope::All, move |histories| -> Vec<Sketch> {
            histories.into_par_iter().map(|history| Sketch::of(&shared, history)).collect()
        });
        let sketches = sketches.await?;
        Ok(Reckoned::of(Arc::unwrap_or_clone(book), sketches.into_iter().flatten().collect()))
    }
}

/// A book of an earlier state with what changed since worked out again; none
/// where too much did.
async fn updated(tx: &Tx, of: u64, kept: Arc<Reckoned>) -> Result<Option<Reckoned>, AppError> {
    let most = (kept.evaluations.len() * AT_ONCE / 100).max(FEW);
    let Some(changed) = tx.changed_since(of).await?.filter(|changed| changed.len() <= most) else {
        return Ok(None);
    };
    if tx.feeds().await? != *kept.book.feeds() {
        return Ok(None);
    }
    // Somebody may still be drawing a page of it.
    let reckoned = Arc::unwrap_or_clone(kept);
    let histories = tx.histories_of(&changed, Scope::All).await?;
    if histories.len() != changed.len() {
        return Ok(None);
    }
    let worked = spawn_blocking(move || reckoned.with(histories)).await;
    worked.or_else(|failed| std::panic::resume_unwind(failed.into_panic()))
}

/// Keeps the latest books, and of large ones fewer.
fn shelve(shelf: &mut Books) {
    shelf.truncate(KEPT);
    let accounts = |shelf: &Books| shelf.iter().map(|(_, kept)| kept.evaluations.len()).sum::<usize>();
    while shelf.len() > 1 && accounts(shelf) > KEPT_ACCOUNTS {
        shelf.pop_back();
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
