//! Secrets that programs and browsers carry: long, random, and kept as their
//! digest only. There is nothing to guess, so a plain hash is enough.

use crate::AppError;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// 256 bits: nobody guesses one.
const BYTES: usize = 32;

/// A new secret, as text that fits into an address, a header or a cookie.
pub(crate) fn fresh() -> Result<String, AppError> {
    let mut bytes = [0_u8; BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|error| AppError::Invalid(format!("the system has no random numbers: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A code for the link by which the first user is made.
///
/// # Errors
/// [`AppError::Invalid`] where the system has no random numbers.
pub fn setup_code() -> Result<String, AppError> {
    fresh()
}

/// What is kept of a secret.
pub(crate) fn digest(secret: &str) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(secret.as_bytes()) {
        let _ = write!(text, "{byte:02x}"); // a text takes everything
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_new_each_time_and_is_not_its_digest() {
        let (one, other) = (fresh().expect("a secret"), fresh().expect("another"));
        assert_ne!(one, other);
        assert_eq!(one.len(), 43);
        assert_ne!(digest(&one), one);
        assert_eq!(digest("a"), "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
    }
}
