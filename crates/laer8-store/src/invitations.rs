//! Links by which somebody chooses a password.

use crate::{StoreError, Tx, entities::invitations};
use chrono::{DateTime, Utc};
use laer8_domain::ids::UserId;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

impl Tx {
    /// Makes the one link of somebody: earlier ones work no more.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_invitation(
        &self,
        digest: &str,
        user: UserId,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.delete_invitations_of(user).await?;
        let row = invitations::ActiveModel {
            digest: Set(digest.to_owned()),
            user_id: Set(user.0),
            expires_at: Set(expires_at),
        };
        invitations::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// For whom the link with this digest is, and until when.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn invitation(&self, digest: &str) -> Result<Option<(UserId, DateTime<Utc>)>, StoreError> {
        let row = invitations::Entity::find_by_id(digest.to_owned()).one(&self.db).await?;
        Ok(row.map(|row| (UserId(row.user_id), row.expires_at)))
    }

    /// Takes back the link of somebody.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn delete_invitations_of(&self, user: UserId) -> Result<(), StoreError> {
        let of = invitations::Column::UserId.eq(user.0);
        invitations::Entity::delete_many().filter(of).exec(&self.db).await?;
        Ok(())
    }
}
