//! Going through all accounts some at a time.
//!
//! The facts of a large book take gigabytes; what is worked out from them does
//! not. So they are never all there at once: while some accounts are worked
//! on, the facts of the next are read.

use crate::AppError;
use laer8_domain::history::AccountHistory;
use laer8_store::{IdRange, Scope, Tx};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::task::{JoinHandle, spawn_blocking};

/// How many accounts at a time.
const LOT: usize = 2_000;

/// How far some work has got, in accounts.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    pub(crate) done: AtomicUsize,
    pub(crate) of: AtomicUsize,
}

/// Hands the facts of all accounts over to `work`, a lot at a time, in order of
/// their ids; answers what it makes of each lot.
pub(crate) async fn in_lots<R: Send + 'static>(
    tx: &Tx,
    scope: Scope,
    work: impl Fn(Vec<AccountHistory>) -> R + Send + Sync + 'static,
) -> Result<Vec<R>, AppError> {
    in_lots_counted(tx, scope, &Counted::default(), work).await
}

/// The same, and tells how far it has got.
pub(crate) async fn in_lots_counted<R: Send + 'static>(
    tx: &Tx,
    scope: Scope,
    counted: &Counted,
    work: impl Fn(Vec<AccountHistory>) -> R + Send + Sync + 'static,
) -> Result<Vec<R>, AppError> {
    let work = Arc::new(work);
    let ids = tx.account_ids(IdRange::all()).await?;
    counted.of.store(ids.len(), Ordering::Relaxed);
    counted.done.store(0, Ordering::Relaxed);
    let mut results = Vec::with_capacity(ids.len() / LOT + 1);
    let mut in_work: Option<JoinHandle<R>> = None;
    for lot in ids.chunks(LOT) {
        let range = IdRange { first: lot[0], last: lot[lot.len() - 1] };
        let histories = tx.histories(range, scope).await?;
        if let Some(done) = in_work.take() {
            results.push(finished(done).await);
            counted.done.fetch_add(LOT, Ordering::Relaxed);
        }
        let work = Arc::clone(&work);
        in_work = Some(spawn_blocking(move || work(histories)));
    }
    if let Some(done) = in_work {
        results.push(finished(done).await);
    }
    counted.done.store(ids.len(), Ordering::Relaxed);
    tx.let_go().await?;
    Ok(results)
}

/// What came out; a panic goes on in whoever waits.
async fn finished<R>(work: JoinHandle<R>) -> R {
    match work.await {
        Ok(result) => result,
        Err(failed) => std::panic::resume_unwind(failed.into_panic()),
    }
}
