//! What the workspace keeps track of at all, as of a day.
//!
//! An account without usage is a bad sign where usage is tracked and no sign
//! where it is not. Only the whole workspace can tell the two apart.

use laer8_domain::{
    days::Day,
    feeds::{Feed, Feeds},
};
use std::collections::BTreeMap;

/// What was tracked by a day, anywhere in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tracked {
    /// Whether usage is.
    pub usage: bool,
    /// Whether distinct people are counted with usage.
    pub people: bool,
    /// Whether errors are counted with usage.
    pub errors: bool,
    /// Whether tickets are.
    pub tickets: bool,
    /// The newest day with use of any account: when the feed has stopped, it
    /// stays behind.
    pub last_usage_day: Option<Day>,
}

/// Since when what is tracked: answers for every day.
#[derive(Debug, Clone, Default)]
pub struct Tracking {
    feeds: Feeds,
    /// From a day on, the newest day with use that could be known.
    newest_use: BTreeMap<Day, Day>,
}

impl Tracking {
    /// From the feeds of the workspace.
    #[must_use]
    pub fn new(feeds: Feeds) -> Self {
        let mut newest = Day::MIN;
        let so_far = |(known, day): (&Day, &Day)| {
            newest = newest.max(*day);
            (*known, newest)
        };
        let newest_use = feeds.newest_use().iter().map(so_far).collect();
        Self { feeds, newest_use }
    }

    /// Which feeds there are.
    #[must_use]
    pub fn feeds(&self) -> &Feeds {
        &self.feeds
    }

    /// What was tracked by the end of `day`.
    #[must_use]
    pub fn on(&self, day: Day) -> Tracked {
        let by_then = |feed| self.feeds.since(feed).is_some_and(|since| since <= day);
        Tracked {
            usage: by_then(Feed::Usage),
            people: by_then(Feed::People),
            errors: by_then(Feed::Errors),
            tickets: by_then(Feed::TicketEvents),
            last_usage_day: self.newest_use.range(..=day).next_back().map(|(_, newest)| *newest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{Example, day};

    #[test]
    fn the_newest_use_is_the_newest_that_was_known() {
        let mut example = Example::new();
        example.use_on("2026-01-05", &[1], None);
        example.late_use("2026-01-20", "2026-02-10", 1);
        let tracking = Tracking::new(Feeds::of([&example.history()]));
        let newest = |text| tracking.on(day(text)).last_usage_day;
        assert_eq!(newest("2026-01-04"), None);
        assert_eq!(newest("2026-02-09"), Some(day("2026-01-05")));
        assert_eq!(newest("2026-02-10"), Some(day("2026-01-20")));
    }

    #[test]
    fn a_family_is_tracked_from_the_day_it_is_first_seen() {
        let mut example = Example::new();
        example.use_on("2026-01-05", &[1], None);
        example.use_on("2026-03-01", &[1], Some(4));
        let tracking = Tracking::new(Feeds::of([&example.history()]));
        let tracked = |text| tracking.on(day(text));
        assert!(!tracked("2026-01-04").usage && tracked("2026-01-05").usage);
        assert!(!tracked("2026-02-28").people && tracked("2026-03-01").people);
        assert!(!tracked("2026-03-01").errors && !tracked("2026-03-01").tickets);
    }
}
