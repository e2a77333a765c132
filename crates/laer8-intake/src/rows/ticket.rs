//! Rows of tickets: a life of dated events in one row.

use super::{
    cell::{Binder, CellError, Row, Slot},
    refs::AccountCells,
    values,
};
use crate::{
    error::IntakeError,
    mapping::targets::{TargetKind, WordKind},
    remark::Remark,
};
use chrono::{DateTime, Utc};
use laer8_domain::{
    days::day_of,
    records::{TicketEventRecord, TicketRecord},
    tickets::{Priority, TicketEventKind},
};

pub(super) struct Tickets {
    id: Slot,
    account: AccountCells,
    opened: Slot,
    subject: Slot,
    priority: Slot,
    responded: Slot,
    solved: Slot,
    reopened: Slot,
    escalated: Slot,
    sla_breached: Slot,
    rating: Slot,
}

/// The moments that the other events of a row are dated by.
#[derive(Clone, Copy)]
struct Life {
    opened: DateTime<Utc>,
    responded: Option<DateTime<Utc>>,
    solved: Option<DateTime<Utc>>,
}

impl Life {
    /// What has no date of its own counts from when the ticket was solved: by
    /// then it had happened. While it is open, from when it came in.
    fn undated(self) -> DateTime<Utc> {
        self.solved.unwrap_or(self.opened)
    }
}

impl Tickets {
    pub(super) fn bind(binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: binder.slot("id")?,
            account: AccountCells::bind(binder)?,
            opened: binder.slot("opened")?,
            subject: binder.slot("subject")?,
            priority: binder.slot("priority")?,
            responded: binder.slot("responded")?,
            solved: binder.slot("solved")?,
            reopened: binder.slot("reopened")?,
            escalated: binder.slot("escalated")?,
            sla_breached: binder.slot("sla_breached")?,
            rating: binder.slot("rating")?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>, remarks: &mut Vec<Remark>) -> Result<TicketRecord, CellError> {
        let id = self.id.required_text(row)?;
        let account = self.account.read(row)?;
        let opened = self.opened.required(self.opened.read(row, values::instant)?)?;
        let after = |slot: &Slot| slot.read(row, |field, found| values::after(field, found, opened));
        let life = Life { opened, responded: after(&self.responded)?, solved: after(&self.solved)? };
        self.remark(row, life, remarks);
        let events = self.events(row, life)?;
        let events = events.into_iter().map(|(kind, at)| TicketEventRecord { kind, at }).collect();
        Ok(TicketRecord { id, account, events })
    }

    fn events(&self, row: &Row<'_>, life: Life) -> Result<Vec<(TicketEventKind, DateTime<Utc>)>, CellError> {
        let subject = self.subject.text(row)?.unwrap_or_default();
        let mut events = vec![(TicketEventKind::Opened(subject), life.opened)];
        let priority = self.priority.word(row, WordKind::Priority, Priority::from_key)?;
        events.extend(priority.map(|priority| (TicketEventKind::Prioritised(priority), life.opened)));
        events.extend(life.responded.map(|at| (TicketEventKind::Responded, at)));
        events.extend(self.happened(&self.escalated, row, life)?.map(|at| (TicketEventKind::Escalated, at)));
        events.extend(
            self.happened(&self.sla_breached, row, life)?.map(|at| (TicketEventKind::SlaBreached, at)),
        );
        events.extend(life.solved.map(|at| (TicketEventKind::Solved, at)));
        let reopened = self.reopened.read(row, values::instant)?;
        events.extend(reopened.map(|at| (TicketEventKind::Reopened, at)));
        let rating = self.rating.whole(row)?.and_then(|rating| u8::try_from(rating).ok());
        events.extend(rating.map(|rating| (TicketEventKind::Rated(rating), life.undated())));
        Ok(events)
    }

    /// When something happened that has a moment of its own or a flag.
    fn happened(&self, slot: &Slot, row: &Row<'_>, life: Life) -> Result<Option<DateTime<Utc>>, CellError> {
        if slot.cell.as_ref().is_some_and(|cell| cell.field.kind == TargetKind::Bool) {
            return Ok((slot.flag(row)? == Some(true)).then(|| life.undated()));
        }
        slot.read(row, values::instant)
    }

    fn remark(&self, row: &Row<'_>, life: Life, remarks: &mut Vec<Remark>) {
        if life.solved.is_some_and(|solved| solved < life.opened) {
            remarks.push(Remark::SolvedBeforeOpened);
        }
        if life.responded.is_some_and(|responded| responded < life.opened) {
            remarks.push(Remark::AnsweredBeforeOpened);
        }
        if life.solved.zip(life.responded).is_some_and(|(solved, responded)| solved < responded) {
            remarks.push(Remark::SolvedBeforeAnswered);
        }
        let zone = self.opened.cell.as_ref().map(|cell| cell.field.zone).unwrap_or_default();
        if day_of(life.opened, zone) > row.imported_on {
            remarks.push(Remark::InFuture);
        }
    }
}
