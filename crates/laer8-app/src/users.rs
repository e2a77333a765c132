//! People who use Laer8: who they are, what they may do, how they get in; and
//! the audit log.

use crate::{
    Actor, App, AppError, UserFault,
    secrets::{digest, fresh},
};
use chrono::TimeDelta;
use laer8_domain::{
    ids::UserId,
    users::{Role, User},
};
use laer8_store::{AuditEntry, NewUser, Tx};

/// For how many days a link works by which somebody chooses a password.
pub const INVITATION_DAYS: i64 = 7;

/// The longest that an address or a name may be.
pub(crate) const MOST: usize = 200;

impl App {
    /// All users. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn users(&self, actor: &Actor) -> Result<Vec<User>, AppError> {
        actor.must_be(Role::Admin)?;
        Ok(self.store.read().await?.users().await?)
    }

    /// Which users have chosen a password. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn users_with_password(&self, actor: &Actor) -> Result<Vec<UserId>, AppError> {
        actor.must_be(Role::Admin)?;
        Ok(self.store.read().await?.users_with_password().await?)
    }

    /// Makes a user. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::User`] for what is no address or
    /// is taken, [`AppError::Store`].
    pub async fn add_user(&self, actor: &Actor, user: NewUser) -> Result<UserId, AppError> {
        actor.must_be(Role::Admin)?;
        let tx = self.store.write().await?;
        let id = self.insert(&tx, actor, user).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn insert(&self, tx: &Tx, actor: &Actor, user: NewUser) -> Result<UserId, AppError> {
        let user = checked(user)?;
        if tx.user_by_email(&user.email).await?.is_some() {
            return Err(UserFault::Taken(user.email).into());
        }
        let subject = format!("user:{}", user.email);
        let detail = serde_json::json!({ "role": user.role });
        let id = tx.insert_user(user).await?;
        self.log(tx, actor, "user.add", subject, detail).await?;
        Ok(id)
    }

    /// Changes what a user may do, or whether they may sign in; who may not is
    /// signed out everywhere. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::User`]
    /// when nobody would be left who may do this and sign in;
    /// [`AppError::Store`].
    pub async fn change_user(
        &self,
        actor: &Actor,
        email: &str,
        role: Role,
        active: bool,
    ) -> Result<(), AppError> {
        actor.must_be(Role::Admin)?;
        let tx = self.store.write().await?;
        let user = found(&tx, email).await?;
        let is_admin = |user: &User| user.role == Role::Admin && user.active;
        let others = tx.users().await?;
        let mut others = others.iter().filter(|other| other.id != user.id);
        let stays_admin = role == Role::Admin && active;
        if is_admin(&user) && !stays_admin && !others.any(is_admin) {
            return Err(UserFault::LastAdmin(user.email).into());
        }
        tx.update_user(user.id, role, active).await?;
        if !active {
            tx.delete_sessions_of(user.id, None).await?;
            tx.delete_invitations_of(user.id).await?;
        }
        let detail = serde_json::json!({
            "before": { "role": user.role, "active": user.active },
            "after": { "role": role, "active": active },
        });
        self.log(&tx, actor, "user.change", format!("user:{}", user.email), detail).await?;
        Ok(tx.commit().await?)
    }

    /// Makes the secret of a link by which somebody chooses a password, the
    /// first or another. It works once, for [`INVITATION_DAYS`]. Needs
    /// [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn invite(&self, actor: &Actor, email: &str) -> Result<String, AppError> {
        actor.must_be(Role::Admin)?;
        let secret = fresh()?;
        let tx = self.store.write().await?;
        let user = found(&tx, email).await?;
        let expires_at = self.clock.now() + TimeDelta::days(INVITATION_DAYS);
        tx.put_invitation(&digest(&secret), user.id, expires_at).await?;
        let subject = format!("user:{}", user.email);
        self.log(&tx, actor, "user.invite", subject, serde_json::Value::Null).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Whom a link is for.
    ///
    /// # Errors
    /// [`AppError::Stale`] for one that works no more; [`AppError::Store`].
    pub async fn invited(&self, secret: &str) -> Result<User, AppError> {
        self.invited_in(&self.store.read().await?, secret).await
    }

    async fn invited_in(&self, tx: &Tx, secret: &str) -> Result<User, AppError> {
        let Some((user, expires_at)) = tx.invitation(&digest(secret)).await? else {
            return Err(AppError::Stale);
        };
        let user = tx.user(user).await?.filter(|user| user.active && self.clock.now() < expires_at);
        user.ok_or(AppError::Stale)
    }

    /// Chooses a password by a link and signs in; returns the secret of the
    /// session. Whoever was signed in with the old one is not any more.
    ///
    /// # Errors
    /// [`AppError::Stale`] for a link that works no more, [`AppError::User`]
    /// for a weak password, [`AppError::Store`].
    pub async fn accept(&self, secret: &str, password: &str, agent: &str) -> Result<String, AppError> {
        let user = self.invited(secret).await?;
        let hash = self.passwords.hash(&user.email, password).await?;
        let tx = self.store.write().await?;
        // Another request may have used the link while the password was hashed.
        let user = self.invited_in(&tx, secret).await?;
        tx.delete_invitations_of(user.id).await?;
        let session = self.replace_password(&tx, &user, &hash, agent).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Changes one's own password and signs in again: returns the secret of
    /// the new session, and ends all others.
    ///
    /// # Errors
    /// [`AppError::WrongPassword`] for the old one, [`AppError::TooMany`],
    /// [`AppError::User`] for a weak new one, [`AppError::NotFound`] for
    /// somebody who is no user, [`AppError::Store`].
    pub async fn change_password(
        &self,
        actor: &Actor,
        old: &str,
        new: &str,
        agent: &str,
    ) -> Result<String, AppError> {
        let (user, hash) = {
            let tx = self.store.read().await?;
            tx.user_by_email(&actor.name).await?.ok_or_else(|| no_user(&actor.name))?
        };
        self.attempts.count(&user.email, &user.email)?;
        if !self.passwords.is(old, hash.as_deref()).await? {
            return Err(AppError::WrongPassword);
        }
        let new = self.passwords.hash(&user.email, new).await?;
        let tx = self.store.write().await?;
        let user = unchanged(&tx, &user.email, hash.as_deref()).await?;
        let session = self.replace_password(&tx, &user, &new, agent).await?;
        tx.commit().await?;
        Ok(session)
    }

    async fn replace_password(
        &self,
        tx: &Tx,
        user: &User,
        hash: &str,
        agent: &str,
    ) -> Result<String, AppError> {
        tx.put_password(user.id, hash).await?;
        tx.delete_sessions_of(user.id, None).await?;
        let (actor, subject) = (Actor::of(user), format!("user:{}", user.email));
        self.log(tx, &actor, "user.password", subject, serde_json::Value::Null).await?;
        self.begin(tx, user, agent).await
    }

    /// Whether nobody can sign in yet.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn is_unclaimed(&self) -> Result<bool, AppError> {
        Ok(self.store.read().await?.users_with_password().await?.is_empty())
    }

    /// Makes the first user, an administrator, and signs them in; returns the
    /// secret of the session. The face must know that whoever asks may: it is
    /// asked for only while nobody can sign in.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] once somebody can sign in, [`AppError::User`],
    /// [`AppError::Store`].
    pub async fn claim(
        &self,
        email: &str,
        name: &str,
        password: &str,
        agent: &str,
    ) -> Result<String, AppError> {
        let new = checked(NewUser { email: email.to_owned(), name: name.to_owned(), role: Role::Admin })?;
        let hash = self.passwords.hash(&new.email, password).await?;
        let tx = self.store.write().await?;
        if !tx.users_with_password().await?.is_empty() {
            return Err(AppError::Forbidden { needed: Role::Admin, actual: Role::Viewer });
        }
        let email = new.email.clone();
        match tx.user_by_email(&email).await? {
            Some((user, _)) => {
                tx.update_user(user.id, Role::Admin, true).await?;
            }
            None => {
                self.insert(&tx, &Actor { name: email.clone(), role: Role::Admin }, new).await?;
            }
        }
        let user = found(&tx, &email).await?;
        let session = self.replace_password(&tx, &user, &hash, agent).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Who changed what, the newest first. Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn audit_log(&self, actor: &Actor, limit: u64) -> Result<Vec<AuditEntry>, AppError> {
        actor.must_be(Role::Admin)?;
        Ok(self.store.read().await?.audit_log(limit).await?)
    }

    pub(crate) async fn log(
        &self,
        tx: &Tx,
        actor: &Actor,
        action: &str,
        subject: String,
        detail: serde_json::Value,
    ) -> Result<(), AppError> {
        let (at, actor, action) = (self.clock.now(), actor.name.clone(), action.to_owned());
        Ok(tx.audit(AuditEntry { at, actor, action, subject, detail }).await?)
    }
}

/// An address as it is kept: one person does not sign in as two because of a
/// capital letter.
pub(crate) fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The user who has this address and, still, the password with this hash, and
/// may sign in: hashing takes a while, in which somebody may have changed it.
pub(crate) async fn unchanged(tx: &Tx, email: &str, hash: Option<&str>) -> Result<User, AppError> {
    let now = tx.user_by_email(email).await?;
    let now = now.filter(|(user, now)| user.active && now.as_deref() == hash);
    now.map(|(user, _)| user).ok_or(AppError::WrongPassword)
}

/// The user that an actor is.
pub(crate) async fn own(tx: &Tx, actor: &Actor) -> Result<User, AppError> {
    found(tx, &actor.name).await
}

async fn found(tx: &Tx, email: &str) -> Result<User, AppError> {
    let user = tx.user_by_email(&normal(email)).await?;
    user.map(|(user, _)| user).ok_or_else(|| no_user(email))
}

fn no_user(email: &str) -> AppError {
    AppError::NotFound { kind: "user", name: email.to_owned(), hint: String::new() }
}

fn checked(user: NewUser) -> Result<NewUser, AppError> {
    let (email, name) = (normal(&user.email), user.name.trim().to_owned());
    let is_address = email.split_once('@').is_some_and(|(who, place)| {
        !who.is_empty()
            && place.contains('.')
            && !email.contains(|c: char| c.is_whitespace() || c.is_control())
    });
    if !is_address || email.chars().count() > MOST {
        return Err(UserFault::NoAddress(user.email).into());
    }
    if name.is_empty() || name.chars().count() > MOST {
        return Err(UserFault::NoName.into());
    }
    Ok(NewUser { email, name, role: user.role })
}
