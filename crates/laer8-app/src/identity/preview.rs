//! What a changed document would join and part.

use super::{ends::JoinEnd, look};
use crate::{Actor, App, AppError, workspace};
use laer8_domain::{
    identity::{Identity, Subject},
    users::Role,
};
use laer8_store::{Document, StoredJoin, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// Joins that are named, at most, of each kind.
const NAMED: usize = 100;

/// What a document would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IdentityPreview {
    /// How many joins it would make.
    pub joined_count: u64,
    /// The first 100 of them.
    pub joined: Vec<PreviewedJoin>,
    /// How many joins it would undo.
    pub parted_count: u64,
    /// The first 100 of them.
    pub parted: Vec<PreviewedJoin>,
    /// How many candidates it would leave to a person.
    pub candidates: u64,
}

/// A join that would be made or undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PreviewedJoin {
    /// Accounts or people.
    pub subject: Subject,
    /// The one with the lower id.
    pub first: JoinEnd,
    /// The other.
    pub second: JoinEnd,
    /// The rule.
    pub rule: String,
    /// The value that both have.
    pub value: String,
}

impl App {
    /// What an `identity` document would join and part if it were put in force;
    /// changes nothing. Needs [`Role::Manager`], as others wait while it is
    /// tried.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Document`] when it can't be
    /// understood; [`AppError::Store`].
    pub async fn preview_identity(&self, actor: &Actor, body: &str) -> Result<IdentityPreview, AppError> {
        actor.must_be(Role::Manager)?;
        let wrong = |error: laer8_domain::identity::IdentityError| AppError::Document {
            document: "identity identity".to_owned(),
            reason: error.to_string(),
        };
        Identity::from_toml(body).map_err(wrong)?;
        // Never committed.
        let tx = self.store.write().await?;
        let versions = tx.document_versions("identity", "identity").await?;
        tx.insert_document(Document {
            kind: "identity".to_owned(),
            key: "identity".to_owned(),
            version: versions.first().map_or(1, |newest| newest.version + 1),
            body: body.to_owned(),
            author: actor.name.clone(),
            created_at: self.clock.now(),
        })
        .await?;
        let today = self.today(&workspace::load(&tx).await?);
        let found = look::apply(&tx, self.occasion(actor, today)).await?;
        let mut candidates = 0;
        for subject in Subject::ALL {
            candidates += look::open(&tx, subject).await?.candidates.len() as u64;
        }
        Ok(IdentityPreview {
            joined_count: found.joined.len() as u64,
            joined: self.previewed(&tx, found.joined).await?,
            parted_count: found.parted.len() as u64,
            parted: self.previewed(&tx, found.parted).await?,
            candidates,
        })
    }

    async fn previewed(&self, tx: &Tx, mut joins: Vec<StoredJoin>) -> Result<Vec<PreviewedJoin>, AppError> {
        joins.truncate(NAMED);
        let view = |join: super::JoinView| PreviewedJoin {
            subject: join.subject,
            first: join.first,
            second: join.second,
            rule: join.rule,
            value: join.value,
        };
        Ok(self.named(tx, joins).await?.into_iter().map(view).collect())
    }
}
