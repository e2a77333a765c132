//! Who does something, and whether they may.

use crate::AppError;
use laer8_domain::users::{Role, User};

/// Whoever does something: a signed-in user, or the operator at the command
/// line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// As the audit log shall name them.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl Actor {
    /// Whoever can read the database file may do everything.
    #[must_use]
    pub fn operator() -> Self {
        Self { name: "operator".to_owned(), role: Role::Admin }
    }

    /// Somebody who is signed in.
    #[must_use]
    pub fn of(user: &User) -> Self {
        Self { name: user.email.clone(), role: user.role }
    }

    /// Whether the actor has `needed` or more, for a face that shows only what
    /// somebody may do.
    #[must_use]
    pub fn may(&self, needed: Role) -> bool {
        self.role.includes(needed)
    }

    /// Whether the actor has `needed` or more.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn must_be(&self, needed: Role) -> Result<(), AppError> {
        if self.role.includes(needed) {
            return Ok(());
        }
        Err(AppError::Forbidden { needed, actual: self.role })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_the_lesser_ones_may() {
        let actor = |role| Actor { name: "x".to_owned(), role };
        assert!(actor(Role::Manager).must_be(Role::Viewer).is_ok());
        assert!(matches!(actor(Role::Member).must_be(Role::Manager), Err(AppError::Forbidden { .. })));
    }
}
