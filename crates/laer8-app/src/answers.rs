//! Answers that were given about the whole book or a part of it, kept with the
//! book that they are of.
//!
//! A page asks the same again each time somebody comes back to it, and going
//! through the ledgers of a large book takes longer than drawing it.

use crate::{Filter, JourneyQuery, JourneyView, RevenueQuery, RevenueView, revenue::Figures};
use laer8_domain::days::Window;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many answers are kept.
const KEPT: usize = 48;

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
    views: VecDeque<(RevenueQuery, Arc<RevenueView>)>,
    figures: VecDeque<Figures>,
    loops: VecDeque<(JourneyQuery, Arc<JourneyView>)>,
}

impl Answers {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was answered to a question.
    pub(crate) fn view(&self, query: &RevenueQuery) -> Option<Arc<RevenueView>> {
        let kept = self.kept();
        let (_, view) = kept.views.iter().find(|(asked, _)| asked == query)?;
        Some(Arc::clone(view))
    }

    pub(crate) fn keep_view(&self, query: &RevenueQuery, view: &Arc<RevenueView>) {
        if view.entries.as_ref().is_some_and(|entries| entries.len() > MOST_ENTRIES) {
            return;
        }
        let mut kept = self.kept();
        kept.views.push_front((query.clone(), Arc::clone(view)));
        kept.views.truncate(KEPT);
    }

    /// The figures of the whole book over some days.
    pub(crate) fn figures(&self, window: Window) -> Option<Figures> {
        let kept = self.kept();
        kept.figures.iter().find(|figures| (figures.from, figures.to) == (window.start, window.end)).copied()
    }

    pub(crate) fn keep_figures(&self, figures: Figures) {
        let mut kept = self.kept();
        kept.figures.push_front(figures);
        kept.figures.truncate(KEPT);
    }

    /// What was answered about the loop.
    pub(crate) fn journey(&self, query: &JourneyQuery) -> Option<Arc<JourneyView>> {
        let kept = self.kept();
        let (_, view) = kept.loops.iter().find(|(asked, _)| asked == query)?;
        Some(Arc::clone(view))
    }

    pub(crate) fn keep_journey(&self, query: &JourneyQuery, view: &Arc<JourneyView>) {
        if view.overdue.len() > MOST_ROWS {
            return;
        }
        let mut kept = self.kept();
        kept.loops.push_front((query.clone(), Arc::clone(view)));
        kept.loops.truncate(KEPT);
    }

    /// Those that hold as long as nobody pays anything else: of all accounts,
    /// however they are.
    pub(crate) fn of_money(&self) -> Self {
        let mut kept = self.kept().clone();
        kept.views.retain(|(asked, _)| asked.filter == Filter::default() && asked.by.is_none());
        kept.loops.clear();
        // Entries say what accounts are called.
        kept.views.retain(|(asked, _)| asked.entries.is_none());
        Self { kept: Arc::new(Mutex::new(kept)) }
    }
}
