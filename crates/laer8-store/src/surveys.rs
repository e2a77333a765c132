//! Survey responses.

use crate::{
    StoreError, Tx,
    entities::survey_responses,
    rows::{IDS_IN_A_QUERY, code, line, origin, unsigned},
};
use laer8_domain::{
    ids::{AccountId, PersonId, SurveyResponseId},
    surveys::{SurveyKind, SurveyResponse},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

const TABLE: &str = "survey_responses";

/// A response of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSurvey {
    /// Whose.
    pub account: AccountId,
    /// The response.
    pub response: SurveyResponse,
}

impl Tx {
    /// Adds responses, or corrections with the next revision.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_surveys(&self, surveys: Vec<StoredSurvey>) -> Result<(), StoreError> {
        self.heard(|feeds| surveys.iter().for_each(|stored| feeds.survey(&stored.response)));
        let rows =
            surveys.into_iter().map(|StoredSurvey { account, response }| survey_responses::ActiveModel {
                id: Set(response.id.0),
                revision: Set(line(response.revision)),
                account_id: Set(account.0),
                person_id: Set(response.person.map(|person| person.0)),
                kind: Set(response.kind.key().to_owned()),
                score: Set(i16::from(response.score)),
                comment: Set(response.comment),
                answered_on: Set(response.answered_on),
                known_on: Set(response.known_on),
                source_id: Set(response.origin.source.0),
                import_id: Set(response.origin.import.map(|import| import.0)),
                line: Set(line(response.origin.row)),
            });
        self.insert_all(rows).await
    }

    /// Every revision of these responses.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn surveys(&self, ids: &[SurveyResponseId]) -> Result<Vec<StoredSurvey>, StoreError> {
        let mut surveys = Vec::new();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let rows = survey_responses::Entity::find()
                .filter(survey_responses::Column::Id.is_in(chunk.iter().map(|id| id.0)))
                .all(&self.db)
                .await?;
            for row in rows {
                surveys.push(from_row(row)?);
            }
        }
        Ok(surveys)
    }
}

pub(crate) fn from_row(row: survey_responses::Model) -> Result<StoredSurvey, StoreError> {
    Ok(StoredSurvey {
        account: AccountId(row.account_id),
        response: SurveyResponse {
            id: SurveyResponseId(row.id),
            kind: code(SurveyKind::from_key(&row.kind), TABLE, &row.kind)?,
            person: row.person_id.map(PersonId),
            score: u8::try_from(row.score).map_err(|_| StoreError::corrupt(TABLE, "a score out of range"))?,
            comment: row.comment,
            answered_on: row.answered_on,
            known_on: row.known_on,
            revision: unsigned(row.revision, TABLE)?,
            origin: origin(row.source_id, row.import_id, row.line),
        },
    })
}
