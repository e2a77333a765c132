//! What can be wrong with a user, a password or a key.

use laer8_domain::users::{PASSWORD_LEAST, PASSWORD_MOST};

/// What is wrong with a user, a password or a key that somebody gave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UserFault {
    /// It is no e-mail address.
    #[error("\"{0}\" is not an e-mail address; write it like ana@example.com")]
    NoAddress(String),
    /// Somebody has that address.
    #[error("there is a user {0} already")]
    Taken(String),
    /// There is no name, or a very long one.
    #[error("write a name, in 1 to {most} characters", most = super::users::MOST)]
    NoName,
    /// Nobody would be left who may manage users.
    #[error("{0} is the last administrator; make somebody else one before")]
    LastAdmin(String),
    /// The password is too short.
    #[error("a password has at least {PASSWORD_LEAST} characters; a few words in a row are good")]
    ShortPassword,
    /// The password is too long.
    #[error("a password has at most {PASSWORD_MOST} characters")]
    LongPassword,
    /// The password is what everybody would try first.
    #[error("a password must not be the e-mail address; choose another")]
    PasswordIsAddress,
    /// The password and its repetition differ.
    #[error("the two passwords differ; write the same twice")]
    PasswordsDiffer,
}
