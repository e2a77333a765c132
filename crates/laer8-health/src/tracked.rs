//! Which kinds of facts the workspace keeps at all, and since when.
//!
//! "No open tickets" is good news only where tickets are tracked. An account
//! can't tell by itself; the whole workspace can.

use laer8_domain::{
    days::Day,
    feeds::{Feed, Feeds},
    history::AccountHistory,
};
use serde::Serialize;

/// A kind of facts that measures are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Daily usage.
    Usage,
    /// Support tickets.
    Tickets,
    /// Survey responses.
    Surveys,
    /// Notes, interactions, pulses.
    Notes,
    /// Subscriptions.
    Subscriptions,
}

/// Which kinds of facts some account of the workspace has, as known on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tracked {
    /// Daily usage.
    pub usage: bool,
    /// Support tickets.
    pub tickets: bool,
    /// Survey responses.
    pub surveys: bool,
    /// Notes, interactions, pulses.
    pub notes: bool,
}

impl Tracked {
    /// Everything is tracked.
    pub const ALL: Self = Self { usage: true, tickets: true, surveys: true, notes: true };
}

/// Since when each kind of facts is known in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct TrackedSince {
    /// Daily usage.
    pub usage: Option<Day>,
    /// Support tickets.
    pub tickets: Option<Day>,
    /// Survey responses.
    pub surveys: Option<Day>,
    /// Notes, interactions, pulses.
    pub notes: Option<Day>,
}

impl TrackedSince {
    /// As the feeds of the workspace say.
    #[must_use]
    pub fn new(feeds: &Feeds) -> Self {
        Self {
            usage: feeds.since(Feed::Usage),
            tickets: feeds.since(Feed::Tickets),
            surveys: feeds.since(Feed::Surveys),
            notes: feeds.since(Feed::Notes),
        }
    }

    /// As the facts of all accounts of the workspace say.
    #[must_use]
    pub fn of<'a>(accounts: impl IntoIterator<Item = &'a AccountHistory>) -> Self {
        Self::new(&Feeds::of(accounts))
    }

    /// What is tracked by the end of `day`.
    #[must_use]
    pub fn on(&self, day: Day) -> Tracked {
        let by_then = |since: Option<Day>| since.is_some_and(|since| since <= day);
        Tracked {
            usage: by_then(self.usage),
            tickets: by_then(self.tickets),
            surveys: by_then(self.surveys),
            notes: by_then(self.notes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{self, day};

    #[test]
    fn a_family_is_tracked_from_the_day_its_first_fact_is_known() {
        let mut with_notes = examples::account();
        let mut note = examples::note(1, "2026-03-01", true);
        note.known_on = day("2026-03-10");
        with_notes.notes = vec![note];
        let mut with_tickets = examples::account();
        with_tickets.tickets = vec![examples::ticket(1, &[("opened", "2026-02-01T09:00:00Z")])];

        let since = TrackedSince::of([&with_notes, &with_tickets]);
        assert_eq!(since.tickets, Some(day("2026-02-01")));
        assert_eq!(since.on(day("2026-03-09")), Tracked { tickets: true, ..Tracked::default() });
        assert!(since.on(day("2026-03-10")).notes);
    }
}
