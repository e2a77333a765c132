//! Rows of usage.

use super::{
    cell::{Binder, CellError, Row, Slot},
    refs::AccountCells,
    values,
};
use crate::{error::IntakeError, remark::Remark};
use laer8_domain::records::UsageRecord;

pub(super) struct Usage {
    id: Slot,
    account: AccountCells,
    feature: Slot,
    day: Slot,
    count: Slot,
    seconds: Slot,
    errors: Slot,
    people: Slot,
}

impl Usage {
    pub(super) fn bind(binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: binder.slot("id")?,
            account: AccountCells::bind(binder)?,
            feature: binder.slot("feature")?,
            day: binder.slot("day")?,
            count: binder.slot("count")?,
            seconds: binder.slot("seconds")?,
            errors: binder.slot("errors")?,
            people: binder.slot("people")?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>, remarks: &mut Vec<Remark>) -> Result<UsageRecord, CellError> {
        let record = UsageRecord {
            id: self.id.text(row)?,
            account: self.account.read(row)?,
            feature: self.feature.required_text(row)?,
            day: self.day.required_day(row)?,
            count: self.count.whole(row)?.unwrap_or(i64::from(self.count.cell.is_none())),
            seconds: self.seconds.read(row, values::seconds)?.unwrap_or_default(),
            errors: self.errors.whole(row)?.unwrap_or_default(),
            people: self.people.whole(row)?.and_then(|people| u32::try_from(people).ok()),
        };
        if record.count < 0 || record.seconds < 0 || record.errors < 0 {
            remarks.push(Remark::NegativeCount);
        }
        if record.day > row.imported_on {
            remarks.push(Remark::InFuture);
        }
        Ok(record)
    }
}
