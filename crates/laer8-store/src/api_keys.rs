//! Keys with which programs sign in.

use crate::{StoreError, Tx, entities::api_keys, external_ids::Kind, rows::code};
use chrono::{DateTime, Utc};
use laer8_domain::{ids::ApiKeyId, users::Role};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

/// A key with which a program signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// Which.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Who made it.
    pub author: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used, give or take.
    pub used_at: Option<DateTime<Utc>>,
}

impl Tx {
    /// Makes a key; of the secret only the digest is kept.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_key(
        &self,
        digest: &str,
        name: &str,
        role: Role,
        author: &str,
        at: DateTime<Utc>,
    ) -> Result<ApiKeyId, StoreError> {
        let id = self.next_ids(Kind::ApiKey, 1).await?;
        let row = api_keys::ActiveModel {
            id: Set(id),
            digest: Set(digest.to_owned()),
            name: Set(name.to_owned()),
            role: Set(role.key().to_owned()),
            author: Set(author.to_owned()),
            created_at: Set(at),
            used_at: Set(None),
        };
        api_keys::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(ApiKeyId(id))
    }

    /// All keys, the oldest first.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn keys(&self) -> Result<Vec<StoredKey>, StoreError> {
        let rows = api_keys::Entity::find().order_by_asc(api_keys::Column::Id).all(&self.db).await?;
        rows.into_iter().map(from_row).collect()
    }

    /// The key whose secret has this digest.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn key(&self, digest: &str) -> Result<Option<StoredKey>, StoreError> {
        let of = api_keys::Column::Digest.eq(digest);
        let row = api_keys::Entity::find().filter(of).one(&self.db).await?;
        row.map(from_row).transpose()
    }

    /// Notes that a key was used.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn see_key(&self, id: ApiKeyId, at: DateTime<Utc>) -> Result<(), StoreError> {
        api_keys::Entity::update_many()
            .col_expr(api_keys::Column::UsedAt, Expr::value(at))
            .filter(api_keys::Column::Id.eq(id.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Takes a key back. Returns whether there was one.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn delete_key(&self, id: ApiKeyId) -> Result<bool, StoreError> {
        Ok(api_keys::Entity::delete_by_id(id.0).exec(&self.db).await?.rows_affected > 0)
    }
}

fn from_row(row: api_keys::Model) -> Result<StoredKey, StoreError> {
    Ok(StoredKey {
        id: ApiKeyId(row.id),
        role: code(Role::from_key(&row.role), "api_keys", &row.role)?,
        name: row.name,
        author: row.author,
        created_at: row.created_at,
        used_at: row.used_at,
    })
}
