//! Which imports are under way in this program, and how far they are.

use super::report::Progress;
use laer8_domain::ids::ImportRunId;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::OwnedMutexGuard;

/// The imports of this program.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnderWay(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Whose turn it is, source by source.
    turns: BTreeMap<String, Arc<tokio::sync::Mutex<()>>>,
    runs: BTreeMap<ImportRunId, Option<Progress>>,
}

/// A run that is under way for as long as this is held.
pub(super) struct Going {
    all: UnderWay,
    run: ImportRunId,
}

impl UnderWay {
    /// Waits until no other import of `source` is under way.
    pub(super) async fn turn(&self, source: &str) -> OwnedMutexGuard<()> {
        let turn = Arc::clone(self.state().turns.entry(source.to_owned()).or_default());
        turn.lock_owned().await
    }

    pub(super) fn begin(&self, run: ImportRunId) -> Going {
        self.state().runs.insert(run, None);
        Going { all: self.clone(), run }
    }

    /// How far a run is; none where it is not under way here. The inner is none
    /// until it has read something.
    pub(super) fn progress(&self, run: ImportRunId) -> Option<Option<Progress>> {
        self.state().runs.get(&run).cloned()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Going {
    pub(super) fn report(&self, progress: &Progress) {
        self.all.state().runs.insert(self.run, Some(progress.clone()));
    }
}

impl Drop for Going {
    fn drop(&mut self) {
        self.all.state().runs.remove(&self.run);
    }
}
