//! What the workspace keeps track of at all, as of a day.
//!
//! An account without usage is a bad sign where usage is tracked and no sign
//! where it is not. Only the whole workspace can tell the two apart.

use laer8_domain::{days::Day, history::AccountHistory};
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

/// Since when what is tracked: one pass over all histories answers for every
/// day.
#[derive(Debug, Clone, Default)]
pub struct Tracking {
    people_since: Option<Day>,
    errors_since: Option<Day>,
    tickets_since: Option<Day>,
    usage_since: Option<Day>,
    /// From a day on, the newest day with use that could be known.
    newest_use: BTreeMap<Day, Day>,
}

impl Tracking {
    /// From all histories of the workspace.
    #[must_use]
    pub fn new<'a>(histories: impl IntoIterator<Item = &'a AccountHistory>) -> Self {
        let mut tracking = Self::default();
        for history in histories {
            for row in history.usage.rows() {
                let visible = row.day.max(row.known_on);
                earliest(&mut tracking.usage_since, visible);
                if row.people.is_some() {
                    earliest(&mut tracking.people_since, visible);
                }
                if row.errors > 0 {
                    earliest(&mut tracking.errors_since, visible);
                }
                if row.count > 0 {
                    let newest = tracking.newest_use.entry(visible).or_insert(row.day);
                    *newest = row.day.max(*newest);
                }
            }
            for event in history.tickets.iter().flat_map(|ticket| ticket.events()) {
                earliest(&mut tracking.tickets_since, event.occurred_on.max(event.known_on));
            }
        }
        let mut newest = Day::MIN;
        for day in tracking.newest_use.values_mut() {
            newest = newest.max(*day);
            *day = newest;
        }
        tracking
    }

    /// What was tracked by the end of `day`.
    #[must_use]
    pub fn on(&self, day: Day) -> Tracked {
        let by_then = |since: Option<Day>| since.is_some_and(|since| since <= day);
        Tracked {
            usage: by_then(self.usage_since),
            people: by_then(self.people_since),
            errors: by_then(self.errors_since),
            tickets: by_then(self.tickets_since),
            last_usage_day: self.newest_use.range(..=day).next_back().map(|(_, newest)| *newest),
        }
    }
}

fn earliest(since: &mut Option<Day>, day: Day) {
    *since = Some(since.map_or(day, |since| since.min(day)));
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
        let tracking = Tracking::new([&example.history()]);
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
        let tracking = Tracking::new([&example.history()]);
        let tracked = |text| tracking.on(day(text));
        assert!(!tracked("2026-01-04").usage && tracked("2026-01-05").usage);
        assert!(!tracked("2026-02-28").people && tracked("2026-03-01").people);
        assert!(!tracked("2026-03-01").errors && !tracked("2026-03-01").tickets);
    }
}
