//! How many events are worked in by one transaction.

use super::worker::AT_ONCE;

/// Events that one transaction works in where many have come: the more there
/// are, the more of them are of one account, feature and day, and become one
/// row. Others who write wait for it.
const MOST_IN_A_GO: u32 = 50_000;

/// How many events are worked in at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pace(pub(super) u32);

impl Default for Pace {
    fn default() -> Self {
        Self(AT_ONCE)
    }
}

impl Pace {
    /// After events were worked in: where there were as many as there might be,
    /// there are more.
    pub(super) fn after(self, events: u64) -> Self {
        match events >= u64::from(self.0 / 2) {
            true => Self((self.0 * 2).min(MOST_IN_A_GO)),
            false => Self::default(),
        }
    }

    /// After some could not be: it may be the fault of one of them, and the
    /// others need not wait until it is found.
    pub(super) fn after_failure(self) -> Self {
        Self((self.0 / 2).clamp(1, AT_ONCE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_comes_the_more_is_worked_in_at_once() {
        let pace = Pace::default();
        assert_eq!(pace.after(10), pace, "little comes");
        assert_eq!(pace.after(5_000).after(10_000), Pace(20_000));
        let flooded = (0..10).fold(pace, |pace, _| pace.after(1_000_000));
        assert_eq!(flooded, Pace(MOST_IN_A_GO));
        assert_eq!(flooded.after(12), pace, "the flood is over");
    }

    #[test]
    fn what_fails_is_tried_in_ever_smaller_parts() {
        let flooded = Pace(MOST_IN_A_GO);
        let once = flooded.after_failure();
        assert_eq!(once, Pace(AT_ONCE));
        let often = (0..20).fold(once, |pace, _| pace.after_failure());
        assert_eq!(often, Pace(1));
        assert!(often.after(1) > often, "and then in larger ones again");
    }
}
