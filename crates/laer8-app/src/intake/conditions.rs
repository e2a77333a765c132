//! What is in force while events are worked in.

use super::{arrivals::Circumstances, fills::Fills, measures::InForce};
use crate::{
    AppError,
    identity::Namesakes,
    workspace::{self, Workspace},
};
use laer8_domain::{
    days::{Day, day_of},
    ids::SourceId,
};
use laer8_store::{LiveSource, Tx};

/// What is in force, as one transaction sees it.
pub(super) struct Conditions {
    pub(super) workspace: Workspace,
    pub(super) sources: Vec<LiveSource>,
    pub(super) measures: InForce,
    /// Which measures are being filled.
    pub(super) fills: Fills,
    namesakes: Namesakes,
}

impl Conditions {
    pub(super) async fn load(tx: &Tx) -> Result<Self, AppError> {
        Ok(Self {
            workspace: workspace::load(tx).await?,
            sources: tx.live_sources().await?,
            measures: InForce::load(tx).await?,
            fills: Fills::load(tx).await?,
            namesakes: Namesakes::load(tx).await?,
        })
    }

    /// Under which circumstances events of a source are worked in.
    pub(super) fn of(&self, source: SourceId) -> Circumstances<'_> {
        let made = self.sources.iter().find(|it| it.id == source);
        let made = made.map(|it| day_of(it.created_at, self.workspace.zone));
        Circumstances {
            source,
            since: made.unwrap_or(Day::MIN),
            zone: self.workspace.zone,
            namesakes: self.namesakes.of(source),
            measures: &self.measures,
            fills: &self.fills,
            only: None,
        }
    }
}
