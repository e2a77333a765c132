//! Browsers in which somebody is signed in.

use crate::{StoreError, Tx, entities::sessions};
use chrono::{DateTime, Utc};
use laer8_domain::ids::UserId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr,
};

/// A browser in which somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// The digest of its secret.
    pub digest: String,
    /// Who.
    pub user: UserId,
    /// Since when.
    pub began_at: DateTime<Utc>,
    /// When it was last used, give or take.
    pub seen_at: DateTime<Utc>,
    /// What the browser calls itself.
    pub agent: String,
}

impl Tx {
    /// Begins a session.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_session(&self, session: StoredSession) -> Result<(), StoreError> {
        let row = sessions::ActiveModel {
            digest: Set(session.digest),
            user_id: Set(session.user.0),
            began_at: Set(session.began_at),
            seen_at: Set(session.seen_at),
            agent: Set(session.agent),
        };
        sessions::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// The session whose secret has this digest.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn session(&self, digest: &str) -> Result<Option<StoredSession>, StoreError> {
        Ok(sessions::Entity::find_by_id(digest.to_owned()).one(&self.db).await?.map(from_row))
    }

    /// The sessions of somebody, the latest used first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn sessions_of(&self, user: UserId) -> Result<Vec<StoredSession>, StoreError> {
        let rows = sessions::Entity::find()
            .filter(sessions::Column::UserId.eq(user.0))
            .order_by_desc(sessions::Column::SeenAt)
            .order_by_asc(sessions::Column::Digest)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(from_row).collect())
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn see_session(&self, digest: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        sessions::Entity::update_many()
            .col_expr(sessions::Column::SeenAt, Expr::value(at))
            .filter(sessions::Column::Digest.eq(digest))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Ends a session. Returns whether there was one.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn delete_session(&self, digest: &str) -> Result<bool, StoreError> {
        let done = sessions::Entity::delete_by_id(digest.to_owned()).exec(&self.db).await?;
        Ok(done.rows_affected > 0)
    }

    /// Ends the sessions of somebody, but for one. Returns how many.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn delete_sessions_of(&self, user: UserId, but: Option<&str>) -> Result<u64, StoreError> {
        let mut ended = sessions::Entity::delete_many().filter(sessions::Column::UserId.eq(user.0));
        if let Some(digest) = but {
            ended = ended.filter(sessions::Column::Digest.ne(digest));
        }
        Ok(ended.exec(&self.db).await?.rows_affected)
    }

    /// Throws away sessions that nobody can use any more.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn delete_sessions_before(
        &self,
        began: DateTime<Utc>,
        seen: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let is_over = sessions::Column::BeganAt.lt(began).or(sessions::Column::SeenAt.lt(seen));
        sessions::Entity::delete_many().filter(is_over).exec(&self.db).await?;
        Ok(())
    }
}

fn from_row(row: sessions::Model) -> StoredSession {
    StoredSession {
        digest: row.digest,
        user: UserId(row.user_id),
        began_at: row.began_at,
        seen_at: row.seen_at,
        agent: row.agent,
    }
}
