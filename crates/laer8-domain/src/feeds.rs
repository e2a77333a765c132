//! Which kinds of facts the workspace keeps at all, and since when.
//!
//! "No open tickets" is good news only where tickets are tracked, and a silent
//! account is a bad sign only where others are heard. An account can't tell by
//! itself; the whole workspace can. What it takes is kept up as facts arrive,
//! so that nobody has to look through all of them to know.

use crate::{
    days::Day,
    history::AccountHistory,
    notes::Note,
    surveys::SurveyResponse,
    tickets::{TicketEvent, TicketEventKind},
    usage::UsageRow,
};
use std::collections::BTreeMap;

/// A kind of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feed {
    /// Daily usage.
    Usage,
    /// Distinct people, counted with usage.
    People,
    /// Errors, counted with usage.
    Errors,
    /// Anything that happens to tickets.
    TicketEvents,
    /// Tickets that were opened.
    Tickets,
    /// Survey responses.
    Surveys,
    /// Notes, interactions, pulses.
    Notes,
}

impl Feed {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Usage,
        Self::People,
        Self::Errors,
        Self::TicketEvents,
        Self::Tickets,
        Self::Surveys,
        Self::Notes,
    ];

    /// The name in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::People => "people",
            Self::Errors => "errors",
            Self::TicketEvents => "ticket_events",
            Self::Tickets => "tickets",
            Self::Surveys => "surveys",
            Self::Notes => "notes",
        }
    }
}

/// Since when which feed is known, and how far behind usage is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feeds {
    since: [Option<Day>; Feed::ALL.len()],
    /// By the day on which it became known, the newest day with use.
    newest_use: BTreeMap<Day, Day>,
}

impl Feeds {
    /// Of all accounts of the workspace.
    #[must_use]
    pub fn of<'a>(accounts: impl IntoIterator<Item = &'a AccountHistory>) -> Self {
        let mut feeds = Self::default();
        for account in accounts {
            account.usage.rows().for_each(|row| feeds.usage(row));
            account.tickets.iter().flat_map(|ticket| ticket.events()).for_each(|event| feeds.ticket(event));
            account.surveys.iter().for_each(|survey| feeds.survey(survey));
            account.notes.iter().for_each(|note| feeds.note(note));
        }
        feeds
    }

    /// The first day on which a fact of `feed` was known.
    #[must_use]
    pub fn since(&self, feed: Feed) -> Option<Day> {
        self.since[feed as usize]
    }

    /// By the day on which it became known, the newest day with use.
    #[must_use]
    pub fn newest_use(&self) -> &BTreeMap<Day, Day> {
        &self.newest_use
    }

    /// Whether nothing was heard.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Notes that a fact of `feed` was known on a day.
    pub fn heard(&mut self, feed: Feed, known: Day) {
        let since = &mut self.since[feed as usize];
        *since = Some(since.map_or(known, |since| since.min(known)));
    }

    /// Notes that use of `day` was known on a day.
    pub fn used(&mut self, known: Day, day: Day) {
        let newest = self.newest_use.entry(known).or_insert(day);
        *newest = day.max(*newest);
    }

    /// Notes a row of usage.
    pub fn usage(&mut self, row: &UsageRow) {
        let known = row.day.max(row.known_on);
        self.heard(Feed::Usage, known);
        if row.people.is_some() {
            self.heard(Feed::People, known);
        }
        if row.errors > 0 {
            self.heard(Feed::Errors, known);
        }
        if row.count > 0 {
            self.used(known, row.day);
        }
    }

    /// Notes what happened to a ticket.
    pub fn ticket(&mut self, event: &TicketEvent) {
        let known = event.occurred_on.max(event.known_on);
        self.heard(Feed::TicketEvents, known);
        if matches!(event.kind, TicketEventKind::Opened(_)) {
            self.heard(Feed::Tickets, known);
        }
    }

    /// Notes an answer to a survey.
    pub fn survey(&mut self, survey: &SurveyResponse) {
        self.heard(Feed::Surveys, survey.answered_on.max(survey.known_on));
    }

    /// Notes a note.
    pub fn note(&mut self, note: &Note) {
        self.heard(Feed::Notes, note.occurred_on.max(note.known_on));
    }

    /// With what others heard.
    pub fn merge(&mut self, other: &Self) {
        for feed in Feed::ALL {
            if let Some(since) = other.since(feed) {
                self.heard(feed, since);
            }
        }
        other.newest_use.iter().for_each(|(known, day)| self.used(*known, *day));
    }
}
