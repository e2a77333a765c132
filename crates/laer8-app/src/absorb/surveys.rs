//! Survey responses.

use super::{
    Absorber, Placed, Refused, Verdict,
    revised::{Latest, Whole, latest},
};
use crate::AppError;
use laer8_domain::{
    days::Day,
    ids::SurveyResponseId,
    records::{AccountRef, SurveyRecord},
    surveys::SurveyResponse,
};
use laer8_store::{Family, Kind, StoredSurvey};

impl Whole for SurveyRecord {
    const KIND: Kind = Kind::Survey;
    const NAME: &'static str = "survey";

    fn id(&self) -> &str {
        &self.id
    }
    fn account(&self) -> &AccountRef {
        &self.account
    }
    fn person(&self) -> Option<&str> {
        self.person.as_deref()
    }
    fn day(&self) -> Day {
        self.day
    }
    fn check(&self) -> Result<(), Refused> {
        let scale = self.kind.scale();
        if scale.contains(&self.score) {
            return Ok(());
        }
        let (least, most) = (i64::from(*scale.start()), i64::from(*scale.end()));
        Err(Refused::OutOfScale { what: "the score", least, most, value: i64::from(self.score) })
    }
}

impl Absorber<'_> {
    pub(super) async fn surveys(
        &mut self,
        records: Vec<Placed<SurveyRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let known = self.known_wholes(records, verdicts).await?;
        let ids: Vec<SurveyResponseId> = known.iter().map(|(id, ..)| SurveyResponseId(*id)).collect();
        let stored = self.tx.surveys(&ids).await?.into_iter();
        let latest = latest(stored.map(|StoredSurvey { account, response }| {
            (response.id.0, Latest { account, revision: response.revision, stored: response })
        }));
        let accepted = self.revise(
            known,
            &latest,
            |stored, record, person| {
                stored.kind == record.kind
                    && stored.person == person
                    && stored.score == record.score
                    && stored.comment == record.comment
                    && stored.answered_on == record.day
            },
            verdicts,
        );
        let mut new = Vec::with_capacity(accepted.len());
        for accepted in accepted {
            self.came_in(Family::Surveys, accepted.account, accepted.record.day, accepted.known_on);
            let response = SurveyResponse {
                id: SurveyResponseId(accepted.id),
                kind: accepted.record.kind,
                person: accepted.person,
                score: accepted.record.score,
                comment: accepted.record.comment,
                answered_on: accepted.record.day,
                known_on: accepted.known_on,
                revision: accepted.revision,
                origin: self.origin(accepted.row),
            };
            new.push(StoredSurvey { account: accepted.account, response });
        }
        Ok(self.tx.insert_surveys(new).await?)
    }
}
