//! Rows of surveys, churn events and notes.

use super::{
    cell::{Binder, CellError, Row, Slot},
    refs::AccountCells,
};
use crate::{
    error::IntakeError,
    mapping::{FileMapping, targets::WordKind},
    refusal::RefusalReason,
    remark::Remark,
};
use laer8_domain::{
    days::Day,
    money::{Currency, Money},
    notes::NoteKind,
    records::{ChurnEventRecord, NoteRecord, SurveyRecord},
    surveys::SurveyKind,
};

fn remark_future(day: Day, row: &Row<'_>, remarks: &mut Vec<Remark>) {
    if day > row.imported_on {
        remarks.push(Remark::InFuture);
    }
}

pub(super) struct Surveys {
    id: Slot,
    account: AccountCells,
    kind: Slot,
    score: Slot,
    day: Slot,
    comment: Slot,
}

impl Surveys {
    pub(super) fn bind(binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: binder.slot("id")?,
            account: AccountCells::bind(binder)?,
            kind: binder.slot("kind")?,
            score: binder.slot("score")?,
            day: binder.slot("day")?,
            comment: binder.slot("comment")?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>, remarks: &mut Vec<Remark>) -> Result<SurveyRecord, CellError> {
        let kind = self.kind.word(row, WordKind::SurveyKind, SurveyKind::from_key)?;
        let kind = self.kind.required(kind)?;
        let day = self.day.required_day(row)?;
        remark_future(day, row, remarks);
        Ok(SurveyRecord {
            id: self.id.required_text(row)?,
            account: self.account.read(row)?,
            person: self.account.person(row)?,
            kind,
            score: self.score(row, kind)?,
            comment: self.comment.text(row)?.unwrap_or_default(),
            day,
        })
    }

    fn score(&self, row: &Row<'_>, kind: SurveyKind) -> Result<u8, CellError> {
        let score = self.score.required(self.score.whole(row)?)?;
        let scale = kind.scale();
        let fits = u8::try_from(score).ok().filter(|score| scale.contains(score));
        fits.ok_or_else(|| {
            let (low, high) = (i64::from(*scale.start()), i64::from(*scale.end()));
            self.score.fault(RefusalReason::OutOfRange { text: score.to_string(), low, high })
        })
    }
}

pub(super) struct ChurnEvents {
    id: Slot,
    account: AccountCells,
    day: Slot,
    reason: Slot,
    comment: Slot,
    refund: Slot,
    currency: Slot,
    default_currency: Option<Currency>,
}

impl ChurnEvents {
    pub(super) fn bind(mapping: &FileMapping, binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: binder.slot("id")?,
            account: AccountCells::bind(binder)?,
            day: binder.slot("day")?,
            reason: binder.slot("reason")?,
            comment: binder.slot("comment")?,
            refund: binder.slot("refund")?,
            currency: binder.slot("currency")?,
            default_currency: mapping.currency,
        })
    }

    pub(super) fn read(
        &self,
        row: &Row<'_>,
        remarks: &mut Vec<Remark>,
    ) -> Result<ChurnEventRecord, CellError> {
        let day = self.day.required_day(row)?;
        remark_future(day, row, remarks);
        Ok(ChurnEventRecord {
            id: self.id.required_text(row)?,
            account: self.account.read(row)?,
            day,
            reason: self.reason.text(row)?.unwrap_or_default(),
            comment: self.comment.text(row)?.unwrap_or_default(),
            refund: self.refund(row)?,
        })
    }

    fn refund(&self, row: &Row<'_>) -> Result<Option<Money>, CellError> {
        if self.refund.text(row)?.is_none() {
            return Ok(None);
        }
        let currency = self.currency.currency(row)?.or(self.default_currency);
        let Some(amount) = self.refund.amount(row, currency)? else { return Ok(None) };
        let currency =
            currency.ok_or_else(|| self.currency.fault(RefusalReason::Missing { field: "currency" }))?;
        Ok(Some(Money { amount, currency }))
    }
}

pub(super) struct Notes {
    id: Slot,
    account: AccountCells,
    kind: Slot,
    day: Slot,
    two_way: Slot,
    author: Slot,
    text: Slot,
    pulse: Slot,
}

impl Notes {
    pub(super) fn bind(binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: binder.slot("id")?,
            account: AccountCells::bind(binder)?,
            kind: binder.slot("kind")?,
            day: binder.slot("day")?,
            two_way: binder.slot("two_way")?,
            author: binder.slot("author")?,
            text: binder.slot("text")?,
            pulse: binder.slot("pulse")?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>, remarks: &mut Vec<Remark>) -> Result<NoteRecord, CellError> {
        let written = |word: &str| NoteKind::from_key(word).filter(|kind| *kind != NoteKind::Withdrawn);
        let kind = self.kind.word(row, WordKind::NoteKind, written)?;
        let day = self.day.required_day(row)?;
        remark_future(day, row, remarks);
        Ok(NoteRecord {
            id: self.id.required_text(row)?,
            account: self.account.read(row)?,
            kind: self.kind.required(kind)?,
            day,
            two_way: self.two_way.flag(row)?.unwrap_or_default(),
            person: self.account.person(row)?,
            author: self.author.text(row)?.unwrap_or_default(),
            text: self.text.text(row)?.unwrap_or_default(),
            pulse: self.pulse.whole(row)?.and_then(|pulse| u8::try_from(pulse).ok()),
        })
    }
}
