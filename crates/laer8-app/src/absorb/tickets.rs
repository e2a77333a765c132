//! Tickets: events that are not known yet are added, events that turn out to
//! have been wrong are withdrawn.

use super::{Absorber, Placed, Refused, Verdict};
use crate::AppError;
use laer8_domain::{
    days::day_of,
    ids::{AccountId, TicketId},
    records::{KnownWhen, TicketEventRecord, TicketRecord},
    tickets::{TicketEvent, TicketEventKind},
};
use laer8_store::{Family, Kind, StoredTicketEvent};
use rustc_hash::FxHashMap;
use std::mem::discriminant;

/// What is known of a ticket.
#[derive(Default)]
struct Life {
    account: Option<AccountId>,
    events: Vec<TicketEvent>,
}

impl Absorber<'_> {
    pub(super) async fn tickets(
        &mut self,
        records: Vec<Placed<TicketRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let references: Vec<_> = records.iter().map(|placed| &placed.record.account).collect();
        self.names.load_account_refs(self.tx, &references).await?;
        let mut accepted = Vec::with_capacity(records.len());
        for placed in records {
            match self.ticket_account(&placed.record) {
                Ok(account) => accepted.push((account, placed)),
                Err(refused) => verdicts[placed.position] = Verdict::Refused(refused),
            }
        }
        let names: Vec<&str> = accepted.iter().map(|(_, placed)| placed.record.id.as_str()).collect();
        let assigned = self.names.assign(self.tx, Kind::Ticket, &names).await?;
        let mut lives: FxHashMap<i64, Life> = assigned.iter().map(|(_, id)| (*id, Life::default())).collect();
        let known =
            accepted.iter().filter_map(|(_, placed)| self.names.find(Kind::Ticket, &placed.record.id));
        let mut known: Vec<TicketId> = known.filter(|id| !lives.contains_key(id)).map(TicketId).collect();
        known.sort_unstable();
        known.dedup();
        for stored in self.tx.ticket_events(&known).await? {
            let life = lives.entry(stored.ticket.0).or_default();
            life.account = Some(stored.account);
            life.events.push(stored.event);
        }

        let (mut fresh, mut new) = (Vec::new(), Vec::new());
        for (account, placed) in accepted {
            let Some(id) = self.names.find(Kind::Ticket, &placed.record.id).map(TicketId) else { continue };
            let life = lives.entry(id.0).or_default();
            if life.account.is_none() {
                fresh.push((id, account));
            }
            if *life.account.get_or_insert(account) != account {
                verdicts[placed.position] = Verdict::Refused(Refused::OtherAccount(placed.record.id));
                continue;
            }
            let was_new = life.events.is_empty();
            let before = life.events.len();
            for event in placed.record.events {
                self.ticket_event(account, life, event, placed.known, placed.row);
            }
            let added = &life.events[before..];
            verdicts[placed.position] = match (was_new, added.is_empty()) {
                (_, true) => Verdict::Unchanged,
                (true, false) => Verdict::New,
                (false, false) => Verdict::Changed,
            };
            new.extend(added.iter().map(|event| StoredTicketEvent {
                account,
                ticket: id,
                event: event.clone(),
            }));
        }
        self.tx.insert_tickets(&fresh).await?;
        Ok(self.tx.insert_ticket_events(new).await?)
    }

    fn ticket_account(&self, record: &TicketRecord) -> Result<AccountId, Refused> {
        for event in &record.events {
            if let TicketEventKind::Rated(rating) = event.kind
                && !(1..=5).contains(&rating)
            {
                let value = i64::from(rating);
                return Err(Refused::OutOfScale { what: "a rating", least: 1, most: 5, value });
            }
        }
        if record.events.is_empty() {
            return Err(Refused::SaysNothing(record.id.clone()));
        }
        self.names.account(&record.account)
    }

    /// Adds an event to a life, unless it is known; withdraws what it
    /// corrects.
    fn ticket_event(
        &mut self,
        account: AccountId,
        life: &mut Life,
        record: TicketEventRecord,
        known: KnownWhen,
        row: u32,
    ) {
        let withdrawn = |revision: u32| {
            life.events.iter().any(|event| event.kind == TicketEventKind::Withdrawn(revision))
        };
        let standing: Vec<&TicketEvent> = life
            .events
            .iter()
            .filter(|event| {
                discriminant(&event.kind) == discriminant(&record.kind) && !withdrawn(event.revision)
            })
            .collect();
        if standing.iter().any(|event| event.kind == record.kind && event.occurred_at == record.at) {
            // Said before; unless another value for the same moment was said since.
            let latest = standing.iter().filter(|event| event.occurred_at == record.at);
            if latest.max_by_key(|event| event.revision).is_some_and(|event| event.kind == record.kind) {
                return;
            }
        }
        // Of some events there is only one; and a solution that moves to an
        // earlier moment was not a second solution.
        let wrong: Vec<(u32, laer8_domain::days::Day, chrono::DateTime<chrono::Utc>)> = standing
            .iter()
            .filter(|event| {
                record.kind.is_unique()
                    || (record.kind == TicketEventKind::Solved && event.occurred_at > record.at)
            })
            .map(|event| (event.revision, event.occurred_on, event.occurred_at))
            .collect();
        let corrects = !wrong.is_empty() || standing.iter().any(|event| event.occurred_at == record.at);
        let corrected_on = self.corrected_on(known);
        let origin = self.origin(row);
        for (revision, occurred_on, occurred_at) in wrong {
            life.events.push(TicketEvent {
                kind: TicketEventKind::Withdrawn(revision),
                occurred_at,
                occurred_on,
                known_on: corrected_on,
                revision: next_revision(&life.events),
                origin,
            });
        }
        let occurred_on = day_of(record.at, self.setting.zone);
        let known_on = if corrects { corrected_on } else { self.known_on("ticket", known, occurred_on) };
        self.came_in(Family::Tickets, account, occurred_on, known_on);
        life.events.push(TicketEvent {
            kind: record.kind,
            occurred_at: record.at,
            occurred_on,
            known_on,
            revision: next_revision(&life.events),
            origin,
        });
    }
}

fn next_revision(events: &[TicketEvent]) -> u32 {
    events.iter().map(|event| event.revision + 1).max().unwrap_or(0)
}
