//! Answers that were given about the whole book or a part of it, kept with the
//! book that they are of.
//!
//! A page asks the same again each time somebody comes back to it, and going
//! through the ledgers or the customers of a large book takes longer than
//! drawing it.

use crate::{
    Filter, HealthOverview, JourneyMovesQuery, JourneyQuery, JourneyView, RevenueAccountsQuery, RevenueQuery,
    RevenueView,
    revenue::Figures,
    revenue_accounts::AccountList,
    revenue_entries::{EntryList, ListedEntries},
};
use laer8_domain::days::Window;
use laer8_journey::flows::Move;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many answers of a kind are kept.
const KEPT: usize = 48;

/// How many lists of a kind are kept, which may be as long as the book.
const KEPT_LISTS: usize = 6;

/// Ledger entries of an answer beyond which it is not kept: it is as large as
/// what it is worked out from.
const MOST_ENTRIES: usize = 2_000;

/// Rows of an answer beyond which it is not kept.
const MOST_ROWS: usize = 200;

/// The latest answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers {
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Clone, Default)]
struct Kept {
    views: Latest<RevenueQuery, RevenueView>,
    entries: Latest<ListedEntries, EntryList>,
    accounts: Latest<RevenueAccountsQuery, AccountList>,
    figures: Latest<Window, Figures>,
    loops: Latest<JourneyQuery, JourneyView>,
    moves: Latest<JourneyMovesQuery, Vec<Move>>,
    healths: Latest<Filter, HealthOverview>,
}

/// Questions of one kind with their answers, the latest first.
#[derive(Debug)]
struct Latest<Q, A>(VecDeque<(Q, Arc<A>)>);

impl<Q, A> Default for Latest<Q, A> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<Q: Clone, A> Clone for Latest<Q, A> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<Q: Clone + PartialEq, A> Latest<Q, A> {
    fn find(&self, question: &Q) -> Option<Arc<A>> {
        let (_, answer) = self.0.iter().find(|(asked, _)| asked == question)?;
        Some(Arc::clone(answer))
    }

    fn keep(&mut self, question: &Q, answer: &Arc<A>, most: usize) {
        self.0.push_front((question.clone(), Arc::clone(answer)));
        self.0.truncate(most);
    }

    fn retain(&mut self, holds: impl Fn(&Q) -> bool) {
        self.0.retain(|(asked, _)| holds(asked));
    }
}

impl Answers {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was answered to a question about revenue.
    pub(crate) fn view(&self, query: &RevenueQuery) -> Option<Arc<RevenueView>> {
        self.kept().views.find(query)
    }

    pub(crate) fn keep_view(&self, query: &RevenueQuery, view: &Arc<RevenueView>) {
        if view.entries.as_ref().is_some_and(|entries| entries.len() > MOST_ENTRIES) {
            return;
        }
        self.kept().views.keep(query, view, KEPT);
    }

    /// Which ledger entries were listed.
    pub(crate) fn entries(&self, query: &ListedEntries) -> Option<Arc<EntryList>> {
        self.kept().entries.find(query)
    }

    pub(crate) fn keep_entries(&self, query: &ListedEntries, list: &Arc<EntryList>) {
        self.kept().entries.keep(query, list, KEPT_LISTS);
    }

    /// Which accounts were listed behind a sum.
    pub(crate) fn accounts(&self, query: &RevenueAccountsQuery) -> Option<Arc<AccountList>> {
        self.kept().accounts.find(query)
    }

    pub(crate) fn keep_accounts(&self, query: &RevenueAccountsQuery, list: &Arc<AccountList>) {
        self.kept().accounts.keep(query, list, KEPT_LISTS);
    }

    /// The figures of the whole book over some days.
    pub(crate) fn figures(&self, window: Window) -> Option<Figures> {
        self.kept().figures.find(&window).map(|figures| *figures)
    }

    pub(crate) fn keep_figures(&self, window: Window, figures: Figures) {
        self.kept().figures.keep(&window, &Arc::new(figures), KEPT);
    }

    /// What was answered about the loop.
    pub(crate) fn journey(&self, query: &JourneyQuery) -> Option<Arc<JourneyView>> {
        self.kept().loops.find(query)
    }

    pub(crate) fn keep_journey(&self, query: &JourneyQuery, view: &Arc<JourneyView>) {
        if view.overdue.len() > MOST_ROWS {
            return;
        }
        self.kept().loops.keep(query, view, KEPT);
    }

    /// Which accounts were listed that moved.
    pub(crate) fn moves(&self, query: &JourneyMovesQuery) -> Option<Arc<Vec<Move>>> {
        self.kept().moves.find(query)
    }

    pub(crate) fn keep_moves(&self, query: &JourneyMovesQuery, moves: &Arc<Vec<Move>>) {
        self.kept().moves.keep(query, moves, KEPT_LISTS);
    }

    /// What was answered about the health of those who pass a filter.
    pub(crate) fn health(&self, filter: &Filter) -> Option<Arc<HealthOverview>> {
        self.kept().healths.find(filter)
    }

    pub(crate) fn keep_health(&self, filter: &Filter, view: &Arc<HealthOverview>) {
        self.kept().healths.keep(filter, view, KEPT);
    }

    /// Those that hold as long as nobody pays anything else: of all accounts,
    /// however they are. Where fields of accounts changed too, only those that
    /// say nothing of them.
    pub(crate) fn of_money(&self, same_fields: bool) -> Self {
        let mut kept = self.kept().clone();
        let is_of_money = |filter: &Filter, by: Option<&str>| {
            filter.conditions.is_empty() && (same_fields || by.is_none_or(|by| by == "plan"))
        };
        // Entries of a whole answer say what accounts are called.
        kept.views.retain(|asked| {
            is_of_money(&asked.filter, asked.by.as_deref()) && (same_fields || asked.entries.is_none())
        });
        kept.entries.retain(|asked| is_of_money(&asked.filter, None));
        kept.accounts.retain(|asked| {
            is_of_money(&asked.of.filter, asked.group.as_ref().map(|group| group.by.as_str()))
        });
        kept.loops = Latest::default();
        kept.moves = Latest::default();
        kept.healths = Latest::default();
        Self { kept: Arc::new(Mutex::new(kept)) }
    }
}
