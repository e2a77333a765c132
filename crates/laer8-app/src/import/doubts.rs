//! Which contradictions in the data bear on what is said of revenue.

use super::FindingReport;
use crate::{Actor, App, AppError};
use laer8_domain::{ids::ImportRunId, users::Role};

/// Findings by which somebody may pay less than the figures say.
const OF_PAYING: [&str; 2] = ["churned_but_paying", "churn_event_but_paying"];

/// Among how many of the latest imports one that came to its end is looked for.
const LOOKED_THROUGH: u64 = 20;

/// What contradicts that accounts pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayingDoubts {
    /// The import after which it was found.
    pub run: ImportRunId,
    /// What was found, most first; never empty.
    pub findings: Vec<FindingReport>,
}

impl App {
    /// What contradicted that accounts pay when everything was looked at last,
    /// after an import. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn paying_doubts(&self, actor: &Actor) -> Result<Option<PayingDoubts>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let runs = tx.runs(None, LOOKED_THROUGH).await?;
        let Some(run) = runs.into_iter().find(|run| run.finished_at.is_some()) else { return Ok(None) };
        let found = tx.findings(run.id).await?;
        let mut findings: Vec<FindingReport> = found.into_iter().map(Into::into).collect();
        findings.retain(|finding| OF_PAYING.contains(&finding.kind.as_str()));
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.count));
        Ok((!findings.is_empty()).then_some(PayingDoubts { run: run.id, findings }))
    }
}
