//! What was answered to requests that may be sent again under the same key.
//!
//! An answer is kept in the transaction that did what was asked: either both
//! are there, or neither is.

use crate::{StoreError, Tx, entities::kept_answers};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

/// How hard to pack: quick, and answers say the same over and over.
const LEVEL: i32 = 1;

/// More than this nobody answered.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// What was answered to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// A digest of what was asked.
    pub request: String,
    /// The answer.
    pub answer: String,
    /// When it was kept.
    pub kept_at: DateTime<Utc>,
}

impl Tx {
    /// What `actor` was answered under `key`.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn kept_answer(&self, actor: &str, key: &str) -> Result<Option<KeptAnswer>, StoreError> {
        let id = (actor.to_owned(), key.to_owned());
        let Some(row) = kept_answers::Entity::find_by_id(id).one(&self.db).await? else { return Ok(None) };
        let corrupt = |what: String| StoreError::corrupt("kept_answers", what);
        let answer =
            zstd::bulk::decompress(&row.answer, MOST_BYTES).map_err(|error| corrupt(error.to_string()))?;
        let answer = String::from_utf8(answer).map_err(|error| corrupt(error.to_string()))?;
        Ok(Some(KeptAnswer { request: row.request, answer, kept_at: row.kept_at }))
    }

    /// Takes `key` for a request of `actor` that is about to be done. Somebody
    /// else who takes it at the same moment waits for this transaction to end.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when it is taken; nothing else can be done in the
    /// transaction then.
    pub async fn take_key(&self, actor: &str, key: &str, kept: &KeptAnswer) -> Result<(), StoreError> {
        let row = kept_answers::ActiveModel {
            actor: Set(actor.to_owned()),
            key: Set(key.to_owned()),
            request: Set(kept.request.clone()),
            answer: Set(packed(&kept.answer)?),
            kept_at: Set(kept.kept_at),
        };
        kept_answers::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Keeps what was answered under a key that this transaction has taken.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn keep_answer(&self, actor: &str, key: &str, answer: &str) -> Result<(), StoreError> {
        kept_answers::Entity::update_many()
            .col_expr(kept_answers::Column::Answer, Expr::value(packed(answer)?))
            .filter(kept_answers::Column::Actor.eq(actor))
            .filter(kept_answers::Column::Key.eq(key))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets what was kept before `moment`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_answers(&self, moment: DateTime<Utc>) -> Result<(), StoreError> {
        kept_answers::Entity::delete_many()
            .filter(kept_answers::Column::KeptAt.lt(moment))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

fn packed(answer: &str) -> Result<Vec<u8>, StoreError> {
    let packed = zstd::bulk::compress(answer.as_bytes(), LEVEL);
    packed.map_err(|error| StoreError::Database { cause: error.to_string() })
}
