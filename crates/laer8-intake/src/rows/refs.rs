//! How a row finds its account.

use super::cell::{Binder, CellError, Row, Slot};
use crate::{error::IntakeError, refusal::RefusalReason};
use laer8_domain::records::AccountRef;

/// By account, else through a subscription, else through a person: the first
/// of them in which the row has a value.
pub(super) struct AccountCells {
    account: Slot,
    subscription: Slot,
    person: Slot,
}

impl AccountCells {
    pub(super) fn bind(binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            account: binder.slot("account")?,
            subscription: binder.slot("subscription")?,
            person: binder.slot("person")?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>) -> Result<AccountRef, CellError> {
        if let Some(id) = self.account.text(row)? {
            return Ok(AccountRef::Account(id));
        }
        if let Some(id) = self.subscription.text(row)? {
            return Ok(AccountRef::Subscription(id));
        }
        if let Some(id) = self.person.text(row)? {
            return Ok(AccountRef::Person(id));
        }
        let first =
            [&self.account, &self.subscription, &self.person].into_iter().find(|slot| slot.cell.is_some());
        Err(match first {
            Some(slot) => slot.fault(RefusalReason::NoAccount),
            None => RefusalReason::NoAccount.into(),
        })
    }

    /// The person that the row names.
    pub(super) fn person(&self, row: &Row<'_>) -> Result<Option<String>, CellError> {
        self.person.text(row)
    }
}
