//! Signing in with a browser.
//!
//! A session is a long random secret in a cookie; the store keeps its digest.
//! It ends when somebody signs out, is not seen for [`IDLE_DAYS`], or after
//! [`LONGEST_DAYS`], and at once when the user may not sign in any more.

use crate::{
    Actor, App, AppError,
    secrets::{digest, fresh},
};
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::users::User;
use laer8_store::{AuditEntry, StoredSession, Tx};

/// Days without a sign after which a session is over.
pub const IDLE_DAYS: i64 = 14;

/// Days after which one signs in again, whatever happens.
pub const LONGEST_DAYS: i64 = 90;

/// How exactly the last use is remembered: a page must not write each time.
const SEEN_EVERY: TimeDelta = TimeDelta::hours(1);

/// What is kept of the name of a browser.
const AGENT: usize = 200;

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub user: User,
    /// The same, as use cases take them.
    pub actor: Actor,
}

/// A session of somebody, as they see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// By what it can be ended; opens nothing.
    pub id: String,
    /// Since when.
    pub began_at: DateTime<Utc>,
    /// When it was last used, to the hour.
    pub seen_at: DateTime<Utc>,
    /// What the browser calls itself.
    pub agent: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

impl App {
    /// Signs somebody in; returns the secret of the session. `place` is where
    /// in the network they are, `agent` what their browser calls itself.
    ///
    /// # Errors
    /// [`AppError::TooMany`] after some attempts, [`AppError::WrongPassword`],
    /// [`AppError::Store`].
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        place: &str,
        agent: &str,
    ) -> Result<String, AppError> {
        let email = crate::users::normal(email);
        self.attempts.count(&email, place)?;
        let found = self.store.read().await?.user_by_email(&email).await?;
        let hash = found.as_ref().and_then(|(_, hash)| hash.as_deref());
        let is_right = self.passwords.is(password, hash).await?;
        if !is_right {
            return Err(AppError::WrongPassword);
        }
        let tx = self.store.write().await?;
        let user = crate::users::unchanged(&tx, &email, hash).await?;
        let secret = self.begin(&tx, &user, agent).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Begins a session of a user who proved who they are.
    pub(crate) async fn begin(&self, tx: &Tx, user: &User, agent: &str) -> Result<String, AppError> {
        let secret = fresh()?;
        let now = self.clock.now();
        tx.delete_sessions_before(now - TimeDelta::days(LONGEST_DAYS), now - TimeDelta::days(IDLE_DAYS))
            .await?;
        tx.insert_session(StoredSession {
            digest: digest(&secret),
            user: user.id,
            began_at: now,
            seen_at: now,
            agent: agent.chars().take(AGENT).collect(),
        })
        .await?;
        tx.audit(AuditEntry {
            at: now,
            actor: user.email.clone(),
            action: "session.begin".to_owned(),
            subject: format!("user:{}", user.email),
            detail: serde_json::Value::Null,
        })
        .await?;
        Ok(secret)
    }

    /// Who has the session with this secret; nobody when it is over.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn signed_in(&self, secret: &str) -> Result<Option<SignedIn>, AppError> {
        let digest = digest(secret);
        let now = self.clock.now();
        let (session, user) = {
            let tx = self.store.read().await?;
            let Some(session) = tx.session(&digest).await? else { return Ok(None) };
            let is_over = now - session.began_at > TimeDelta::days(LONGEST_DAYS)
                || now - session.seen_at > TimeDelta::days(IDLE_DAYS);
            if is_over {
                return Ok(None);
            }
            let user = tx.user(session.user).await?;
            (session, user)
        };
        let Some(user) = user.filter(|user| user.active) else { return Ok(None) };
        if now - session.seen_at > SEEN_EVERY {
            let tx = self.store.write().await?;
            tx.see_session(&digest, now).await?;
            tx.commit().await?;
        }
        Ok(Some(SignedIn { actor: Actor::of(&user), user }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn sign_out(&self, secret: &str) -> Result<(), AppError> {
        let tx = self.store.write().await?;
        tx.delete_session(&digest(secret)).await?;
        Ok(tx.commit().await?)
    }

    /// One's own sessions, the latest used first.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for somebody who is no user; [`AppError::Store`].
    pub async fn own_sessions(&self, actor: &Actor, secret: &str) -> Result<Vec<SessionView>, AppError> {
        let tx = self.store.read().await?;
        let user = crate::users::own(&tx, actor).await?;
        let current = digest(secret);
        let view = |session: StoredSession| SessionView {
            current: session.digest == current,
            id: session.digest,
            began_at: session.began_at,
            seen_at: session.seen_at,
            agent: session.agent,
        };
        Ok(tx.sessions_of(user.id).await?.into_iter().map(view).collect())
    }

    /// Ends all of one's own sessions but the one that asks; returns how many.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for somebody who is no user; [`AppError::Store`].
    pub async fn end_other_sessions(&self, actor: &Actor, secret: &str) -> Result<u64, AppError> {
        let tx = self.store.write().await?;
        let user = crate::users::own(&tx, actor).await?;
        let ended = tx.delete_sessions_of(user.id, Some(&digest(secret))).await?;
        tx.commit().await?;
        Ok(ended)
    }
}
