//! Passwords: Argon2id with the parameters that OWASP recommends (19 MiB, two
//! passes), worked out beside the requests, a few at a time.

use crate::{AppError, UserFault};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use laer8_domain::users::{PASSWORD_LEAST, PASSWORD_MOST};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Hashes worked out at once. Each takes 19 MiB and a moment of a core.
const AT_ONCE: usize = 2;

/// The hash of nothing that anybody could type. Whoever tries an address that
/// nobody has waits as long as with one that somebody has.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Where passwords are hashed.
#[derive(Debug, Clone)]
pub(crate) struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// The hash of a new password.
    ///
    /// # Errors
    /// [`AppError::User`] for one that is too short, too long or just the
    /// address.
    pub(crate) async fn hash(&self, email: &str, password: &str) -> Result<String, AppError> {
        let length = password.chars().count();
        if length < PASSWORD_LEAST {
            return Err(UserFault::ShortPassword.into());
        }
        if length > PASSWORD_MOST {
            return Err(UserFault::LongPassword.into());
        }
        let name = email.split('@').next().unwrap_or_default();
        let bare = password.trim_matches(|sign: char| !sign.is_alphabetic());
        if password.eq_ignore_ascii_case(email) || bare.eq_ignore_ascii_case(name) {
            return Err(UserFault::PasswordIsAddress.into());
        }
        let password = password.to_owned();
        self.work(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
            .await?
            .map_err(|error| AppError::Invalid(format!("this password can't be used: {error}")))
    }

    /// Whether a password is the one with that hash; takes as long without one.
    pub(crate) async fn is(&self, password: &str, hash: Option<&str>) -> Result<bool, AppError> {
        if password.chars().count() > PASSWORD_MOST {
            return Ok(false);
        }
        let somebody = hash.is_some();
        let (password, hash) = (password.to_owned(), hash.unwrap_or(NOBODY).to_owned());
        let matches = self.work(move || {
            let hash = PasswordHash::new(&hash);
            hash.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        });
        Ok(matches.await? && somebody)
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let gone =
            |what: &dyn std::fmt::Display| AppError::Invalid(format!("the server is stopping: {what}"));
        let _turn = self.0.acquire().await.map_err(|error| gone(&error))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| gone(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_matches() {
        let passwords = Passwords::default();
        let hash = passwords.hash("ana@example.com", "correct horse").await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.is("correct horse", Some(&hash)).await.expect("an answer"));
        assert!(!passwords.is("Correct horse", Some(&hash)).await.expect("an answer"));
        assert!(!passwords.is("correct horse", None).await.expect("an answer"), "nobody has that address");
    }

    #[tokio::test]
    async fn a_password_that_anybody_would_try_first_is_refused() {
        let passwords = Passwords::default();
        for weak in ["short", "ana@example.com", &"x".repeat(300)] {
            assert!(passwords.hash("ana@example.com", weak).await.is_err(), "{weak}");
        }
    }

    #[test]
    fn the_hash_of_nobody_is_a_hash() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
