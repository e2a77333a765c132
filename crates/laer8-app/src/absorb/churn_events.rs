//! Churn events.

use super::{
    Absorber, Placed, Refused, Verdict,
    revised::{Latest, Whole, latest},
};
use crate::AppError;
use laer8_domain::{
    churn_events::ChurnEvent,
    days::Day,
    ids::ChurnEventId,
    records::{AccountRef, ChurnEventRecord},
};
use laer8_store::{Family, Kind, StoredChurnEvent};

impl Whole for ChurnEventRecord {
    const KIND: Kind = Kind::ChurnEvent;
    const NAME: &'static str = "churn_event";

    fn id(&self) -> &str {
        &self.id
    }
    fn account(&self) -> &AccountRef {
        &self.account
    }
    fn person(&self) -> Option<&str> {
        None
    }
    fn day(&self) -> Day {
        self.day
    }
    fn check(&self) -> Result<(), Refused> {
        Ok(())
    }
}

impl Absorber<'_> {
    pub(super) async fn churn_events(
        &mut self,
        records: Vec<Placed<ChurnEventRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let known = self.known_wholes(records, verdicts).await?;
        let ids: Vec<ChurnEventId> = known.iter().map(|(id, ..)| ChurnEventId(*id)).collect();
        let stored = self.tx.churn_events(&ids).await?.into_iter();
        let latest = latest(stored.map(|StoredChurnEvent { account, event }| {
            (event.id.0, Latest { account, revision: event.revision, stored: event })
        }));
        let accepted = self.revise(
            known,
            &latest,
            |stored, record, _| {
                stored.occurred_on == record.day
                    && stored.reason == record.reason
                    && stored.comment == record.comment
                    && stored.refund == record.refund
            },
            verdicts,
        );
        let mut new = Vec::with_capacity(accepted.len());
        for accepted in accepted {
            self.came_in(Family::ChurnEvents, accepted.account, accepted.record.day, accepted.known_on);
            let event = ChurnEvent {
                id: ChurnEventId(accepted.id),
                occurred_on: accepted.record.day,
                reason: accepted.record.reason,
                comment: accepted.record.comment,
                refund: accepted.record.refund,
                known_on: accepted.known_on,
                revision: accepted.revision,
                origin: self.origin(accepted.row),
            };
            new.push(StoredChurnEvent { account: accepted.account, event });
        }
        Ok(self.tx.insert_churn_events(new).await?)
    }
}
