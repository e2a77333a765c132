//! How often somebody may try to sign in.

use crate::AppError;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use std::{num::NonZeroU32, sync::Arc, time::Duration};

/// Attempts at one address before one has to wait, and how long for each
/// further one.
const ADDRESS: (NonZeroU32, Duration) = (NonZeroU32::new(10).expect("not 0"), Duration::from_secs(30));

/// The same for one place in the network. Many people may share one.
const PLACE: (NonZeroU32, Duration) = (NonZeroU32::new(100).expect("not 0"), Duration::from_secs(1));

/// Above so many names, those that were not heard of lately are forgotten.
const REMEMBERED: usize = 10_000;

/// Who tried lately.
#[derive(Debug, Clone)]
pub(crate) struct Attempts {
    addresses: Arc<DefaultKeyedRateLimiter<String>>,
    places: Arc<DefaultKeyedRateLimiter<String>>,
}

impl Default for Attempts {
    fn default() -> Self {
        let limiter = |(burst, every): (NonZeroU32, Duration)| {
            let quota = Quota::with_period(every).expect("a period that is not zero").allow_burst(burst);
            Arc::new(RateLimiter::keyed(quota))
        };
        Self { addresses: limiter(ADDRESS), places: limiter(PLACE) }
    }
}

impl Attempts {
    /// Counts an attempt to sign in as `email` from `place`.
    ///
    /// # Errors
    /// [`AppError::TooMany`] with the seconds to wait.
    pub(crate) fn count(&self, email: &str, place: &str) -> Result<(), AppError> {
        check(&self.places, place)?;
        check(&self.addresses, email)
    }
}

fn check(limiter: &DefaultKeyedRateLimiter<String>, name: &str) -> Result<(), AppError> {
    if limiter.len() > REMEMBERED {
        limiter.retain_recent();
    }
    limiter.check_key(&name.to_owned()).map_err(|early| {
        let wait = early.wait_time_from(limiter.clock().now());
        AppError::TooMany { seconds: wait.as_secs() + 1 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_attempt_waits_and_others_do_not() {
        let attempts = Attempts::default();
        for _ in 0..10 {
            attempts.count("ana@example.com", "10.0.0.1").expect("ten are free");
        }
        let refused = attempts.count("ana@example.com", "10.0.0.1").expect_err("one too many");
        assert!(matches!(refused, AppError::TooMany { seconds: 1..=30 }), "{refused}");
        attempts.count("ben@example.com", "10.0.0.1").expect("another address");
    }
}
