//! People who use Laer8, and the audit log.

use crate::{Actor, App, AppError};
use laer8_domain::{
    ids::UserId,
    users::{Role, User},
};
use laer8_store::{AuditEntry, NewUser};

impl App {
    /// All users. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn users(&self, actor: &Actor) -> Result<Vec<User>, AppError> {
        actor.must_be(Role::Admin)?;
        Ok(self.store.read().await?.users().await?)
    }

    /// Makes a user. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`] for what is no address,
    /// [`AppError::Store`] when the address is taken.
    pub async fn add_user(&self, actor: &Actor, user: NewUser) -> Result<UserId, AppError> {
        actor.must_be(Role::Admin)?;
        let is_address = user.email.split_once('@').is_some_and(|(who, place)| {
            !who.is_empty() && place.contains('.') && !user.email.contains(char::is_whitespace)
        });
        if !is_address {
            return Err(AppError::Invalid(format!("\"{}\" is not an e-mail address", user.email)));
        }
        let tx = self.store.write().await?;
        let subject = format!("user:{}", user.email);
        let detail = serde_json::json!({ "role": user.role });
        let id = tx.insert_user(user).await?;
        self.log(&tx, actor, "user.add", subject, detail).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Changes what a user may do, or whether they may sign in. Needs
    /// [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn change_user(
        &self,
        actor: &Actor,
        email: &str,
        role: Role,
        active: bool,
    ) -> Result<(), AppError> {
        actor.must_be(Role::Admin)?;
        let tx = self.store.write().await?;
        let user = tx.users().await?.into_iter().find(|user| user.email == email);
        let not_found = || AppError::NotFound { kind: "user", name: email.to_owned(), hint: String::new() };
        let user = user.ok_or_else(not_found)?;
        tx.update_user(user.id, role, active).await?;
        let detail = serde_json::json!({
            "before": { "role": user.role, "active": user.active },
            "after": { "role": role, "active": active },
        });
        self.log(&tx, actor, "user.change", format!("user:{email}"), detail).await?;
        Ok(tx.commit().await?)
    }

    /// Who changed what, the newest first. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn audit_log(&self, actor: &Actor, limit: u64) -> Result<Vec<AuditEntry>, AppError> {
        actor.must_be(Role::Admin)?;
        Ok(self.store.read().await?.audit_log(limit).await?)
    }

    async fn log(
        &self,
        tx: &laer8_store::Tx,
        actor: &Actor,
        action: &str,
        subject: String,
        detail: serde_json::Value,
    ) -> Result<(), AppError> {
        let (at, actor, action) = (self.clock.now(), actor.name.clone(), action.to_owned());
        Ok(tx.audit(AuditEntry { at, actor, action, subject, detail }).await?)
    }
}
