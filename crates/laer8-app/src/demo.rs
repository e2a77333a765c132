//! The demo company: made, not imported, but through the same door.

use crate::{
    Actor, App, AppError, Progress,
    absorb::{Absorber, Setting, Verdict},
    import::close,
    workspace,
};
use laer8_demo::{DEFAULT_ACCOUNTS, DEFAULT_SEED, DemoOptions, VENDOR, generate};
use laer8_domain::{days::Day, users::Role};
use laer8_store::{AuditEntry, Tx};
use serde::Serialize;

/// Records absorbed at once.
const BATCH: usize = 40_000;

/// What company to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoRequest {
    /// Another seed is another company.
    pub seed: u64,
    /// How many accounts.
    pub accounts: u32,
    /// The last day on which anything happens; today unless given.
    pub last_day: Option<Day>,
}

impl Default for DemoRequest {
    fn default() -> Self {
        Self { seed: DEFAULT_SEED, accounts: DEFAULT_ACCOUNTS, last_day: None }
    }
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DemoReport {
    /// Accounts.
    pub accounts: u32,
    /// Records.
    pub records: u64,
    /// The last day on which anything happens.
    pub last_day: Day,
}

impl App {
    /// Fills an empty workspace with the demo company. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] when the workspace is not
    /// empty; [`AppError::Store`].
    pub async fn demo(
        &self,
        actor: &Actor,
        request: DemoRequest,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<DemoReport, AppError> {
        actor.must_be(Role::Admin)?;
        let tx = self.store.write().await?;
        if !tx.spans().await?.is_empty() {
            return Err(AppError::Invalid(
                "the workspace holds data already; give the demo company a folder of its own with --data-dir"
                    .to_owned(),
            ));
        }
        workspace::set_name(&tx, VENDOR).await?;
        workspace::set_currency(&tx, laer8_demo::CURRENCY).await?;
        let workspace = workspace::load(&tx).await?;
        let last_day = request.last_day.unwrap_or_else(|| self.today(&workspace));
        let base = DemoOptions::book(request.accounts, last_day);
        let options = DemoOptions { seed: request.seed, ..base };
        let source = tx.source("demo").await?;
        let setting: Setting = self.setting(&tx, source, None, &workspace).await?;
        let mut absorber = Absorber::new(&tx, Setting { today: last_day, ..setting });
        let records = absorb_all(&mut absorber, options, progress).await?;
        close(&tx, &mut absorber, &workspace).await?;
        self.written_down(&tx, actor, options).await?;
        tx.commit().await?;
        Ok(DemoReport { accounts: request.accounts, records, last_day })
    }

    async fn written_down(&self, tx: &Tx, actor: &Actor, options: DemoOptions) -> Result<(), AppError> {
        Ok(tx
            .audit(AuditEntry {
                at: self.clock.now(),
                actor: actor.name.clone(),
                action: "demo.fill".to_owned(),
                subject: "workspace".to_owned(),
                detail: serde_json::json!({ "seed": options.seed, "accounts": options.accounts }),
            })
            .await?)
    }
}

async fn absorb_all(
    absorber: &mut Absorber<'_>,
    options: DemoOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<u64, AppError> {
    let mut waiting = Vec::new();
    let (mut records, mut accounts) = (0_u64, 0_u64);
    let size = u64::from(options.accounts);
    let mut batches = generate(options).peekable();
    while let Some(batch) = batches.next() {
        accounts += u64::from(batch.account.is_some());
        records += batch.records.len() as u64;
        waiting.extend(batch.records);
        if waiting.len() < BATCH && batches.peek().is_some() {
            continue;
        }
        for verdict in absorber.absorb(std::mem::take(&mut waiting)).await? {
            if let Verdict::Refused(why) = verdict {
                return Err(AppError::Invalid(format!("the demo company contradicts itself: {why}")));
            }
        }
        progress(Progress {
            file: String::new(),
            position: 1,
            files: 1,
            rows: records,
            refused: 0,
            bytes: accounts,
            size,
        });
    }
    Ok(records)
}
