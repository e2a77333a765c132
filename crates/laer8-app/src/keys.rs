//! Keys with which programs sign in.

use crate::{
    Actor, App, AppError, UserFault,
    secrets::{digest, fresh},
};
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::{ids::ApiKeyId, users::Role};
use laer8_store::{AuditEntry, StoredKey};
use serde::Serialize;
use utoipa::ToSchema;

/// What keys begin with, so that people and scanners know one when they see it.
pub const KEY_PREFIX: &str = "laer8_";

/// How exactly the last use is remembered.
const SEEN_EVERY: TimeDelta = TimeDelta::hours(1);

/// A key as people see it: without what opens something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeyRow {
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
    /// When it was last used, to the hour; none where it never was.
    pub used_at: Option<DateTime<Utc>>,
}

impl From<StoredKey> for KeyRow {
    fn from(key: StoredKey) -> Self {
        let StoredKey { id, name, role, author, created_at, used_at } = key;
        Self { id, name, role, author, created_at, used_at }
    }
}

impl App {
    /// All keys. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn keys(&self, actor: &Actor) -> Result<Vec<StoredKey>, AppError> {
        actor.must_be(Role::Admin)?;
        Ok(self.store.read().await?.keys().await?)
    }

    /// Makes a key that may do what `role` may; returns the key, which can
    /// never be seen again. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::User`] for a name that is none,
    /// [`AppError::Store`].
    pub async fn add_key(
        &self,
        actor: &Actor,
        name: &str,
        role: Role,
    ) -> Result<(ApiKeyId, String), AppError> {
        actor.must_be(Role::Admin)?;
        let name = name.trim();
        if name.is_empty() || name.chars().count() > crate::users::MOST {
            return Err(UserFault::NoName.into());
        }
        let key = format!("{KEY_PREFIX}{}", fresh()?);
        let now = self.clock.now();
        let tx = self.store.write().await?;
        let id = tx.insert_key(&digest(&key), name, role, &actor.name, now).await?;
        tx.audit(AuditEntry {
            at: now,
            actor: actor.name.clone(),
            action: "key.add".to_owned(),
            subject: format!("key:{name}"),
            detail: serde_json::json!({ "id": id, "role": role }),
        })
        .await?;
        tx.commit().await?;
        Ok((id, key))
    }

    /// Takes a key back: it works no more. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn remove_key(&self, actor: &Actor, id: ApiKeyId) -> Result<(), AppError> {
        actor.must_be(Role::Admin)?;
        let tx = self.store.write().await?;
        let Some(key) = tx.keys().await?.into_iter().find(|key| key.id == id) else {
            return Err(AppError::NotFound { kind: "key", name: id.to_string(), hint: String::new() });
        };
        tx.delete_key(id).await?;
        tx.audit(AuditEntry {
            at: self.clock.now(),
            actor: actor.name.clone(),
            action: "key.remove".to_owned(),
            subject: format!("key:{}", key.name),
            detail: serde_json::json!({ "id": id, "role": key.role }),
        })
        .await?;
        Ok(tx.commit().await?)
    }

    /// Who acts with this key; nobody when there is no such key.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn keyed(&self, key: &str) -> Result<Option<Actor>, AppError> {
        if !key.starts_with(KEY_PREFIX) {
            return Ok(None);
        }
        let found = self.store.read().await?.key(&digest(key)).await?;
        let Some(found) = found else { return Ok(None) };
        let now = self.clock.now();
        if found.used_at.is_none_or(|used| now - used > SEEN_EVERY) {
            let tx = self.store.write().await?;
            tx.see_key(found.id, now).await?;
            tx.commit().await?;
        }
        Ok(Some(Actor { name: format!("key:{}", found.name), role: found.role }))
    }
}
