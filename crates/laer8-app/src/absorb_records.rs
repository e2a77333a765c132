//! Records from a program, or from an export, instead of files with a mapping.

use crate::{
    Actor, App, AppError, Verdict,
    absorb::{Absorber, Setting},
    import::close,
    workspace,
};
use laer8_domain::{records::Incoming, users::Role};
use laer8_store::AuditEntry;
use serde::Serialize;

/// Records absorbed at once.
const BATCH: usize = 40_000;

/// What became of records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AbsorbReport {
    /// Records read.
    pub records: u64,
    /// Those that told of something unknown.
    pub new: u64,
    /// Those that changed what was known.
    pub changed: u64,
    /// Those that told what was known.
    pub unchanged: u64,
    /// Those that can't be taken: their places from 1, and why.
    pub refused: Vec<(u64, String)>,
}

impl App {
    /// Absorbs the records of a source, all in one transaction. A record that
    /// can't be taken is reported and leaves the others alone. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn absorb_records(
        &self,
        actor: &Actor,
        source: &str,
        records: impl IntoIterator<Item = Incoming>,
    ) -> Result<AbsorbReport, AppError> {
        actor.must_be(Role::Manager)?;
        let tx = self.store.write().await?;
        let workspace = workspace::load(&tx).await?;
        let source_id = tx.source(source).await?;
        let setting: Setting = self.setting(&tx, source_id, None, &workspace).await?;
        let mut absorber = Absorber::new(&tx, setting);
        let mut report = AbsorbReport::default();
        let mut records = records.into_iter().peekable();
        while records.peek().is_some() {
            let batch: Vec<Incoming> = records.by_ref().take(BATCH).collect();
            for verdict in absorber.absorb(batch).await? {
                report.count(verdict);
            }
        }
        close(&tx, &mut absorber, &workspace).await?;
        tx.audit(AuditEntry {
            at: self.clock.now(),
            actor: actor.name.clone(),
            action: "records.absorb".to_owned(),
            subject: format!("source:{source}"),
            detail: serde_json::json!({ "records": report.records, "refused": report.refused.len() }),
        })
        .await?;
        tx.commit().await?;
        Ok(report)
    }
}

impl AbsorbReport {
    fn count(&mut self, verdict: Verdict) {
        self.records += 1;
        match verdict {
            Verdict::New => self.new += 1,
            Verdict::Changed => self.changed += 1,
            Verdict::Unchanged => self.unchanged += 1,
            Verdict::Refused(why) => self.refused.push((self.records, why.to_string())),
        }
    }
}
