//! Rows of subscriptions: a whole life, or one of several versions.

use super::{
    cell::{Binder, CellError, Row, Slot},
    refs::AccountCells,
    values,
};
use crate::{
    error::IntakeError,
    mapping::{FileMapping, targets::WordKind},
    refusal::RefusalReason,
    remark::Remark,
};
use laer8_domain::{
    days::Day,
    money::Currency,
    records::{StepRecord, SubscriptionRecord, TermsRecord},
    subscriptions::{BillingPeriod, Price, PriceBasis},
};

pub(super) struct Subscriptions {
    id: Slot,
    account: AccountCells,
    start: Slot,
    effective_from: Slot,
    end: Slot,
    ended: Slot,
    plan: Slot,
    quantity: Slot,
    price: PriceCells,
    trial: Slot,
    term_start: Slot,
    term_months: Slot,
    auto_renew: Slot,
    notice_days: Slot,
    captive_until: Slot,
}

struct PriceCells {
    amount: Slot,
    basis: Slot,
    per: Slot,
    currency: Slot,
    default_currency: Option<Currency>,
}

impl Subscriptions {
    pub(super) fn bind(mapping: &FileMapping, binder: &Binder<'_>) -> Result<Self, IntakeError> {
        let price = PriceCells {
            amount: binder.slot("price")?,
            basis: binder.slot("price_basis")?,
            per: binder.slot("price_per")?,
            currency: binder.slot("currency")?,
            default_currency: mapping.currency,
        };
        Ok(Self {
            id: binder.slot("id")?,
            account: AccountCells::bind(binder)?,
            start: binder.slot("start")?,
            effective_from: binder.slot("effective_from")?,
            end: binder.slot("end")?,
            ended: binder.slot("ended")?,
            plan: binder.slot("plan")?,
            quantity: binder.slot("quantity")?,
            price,
            trial: binder.slot("trial")?,
            term_start: binder.slot("term_start")?,
            term_months: binder.slot("term_months")?,
            auto_renew: binder.slot("auto_renew")?,
            notice_days: binder.slot("notice_days")?,
            captive_until: binder.slot("captive_until")?,
        })
    }

    pub(super) fn read(
        &self,
        row: &Row<'_>,
        remarks: &mut Vec<Remark>,
    ) -> Result<SubscriptionRecord, CellError> {
        let whole = self.start.cell.is_some();
        let from =
            if whole { self.start.required_day(row)? } else { self.effective_from.required_day(row)? };
        let ends_at_once = !whole && self.ended.flag(row)? == Some(true);
        let terms = if ends_at_once { None } else { Some(self.terms(row)?) };
        if terms.as_ref().is_some_and(|terms| terms.price.amount.ten_thousandths() < 0) {
            remarks.push(Remark::NegativePrice);
        }
        let end = self.end.day(row)?.filter(|_| terms.is_some());
        Ok(SubscriptionRecord {
            id: self.id.required_text(row)?,
            account: self.account.read(row)?,
            steps: steps(from, terms, end, remarks),
            whole,
        })
    }

    fn terms(&self, row: &Row<'_>) -> Result<TermsRecord, CellError> {
        let quantity = self.quantity.whole(row)?.unwrap_or(1);
        let notice_days = self.notice_days.whole(row)?.unwrap_or_default();
        Ok(TermsRecord {
            plan: self.plan.required_text(row)?,
            quantity: u32::try_from(quantity).unwrap_or(u32::MAX),
            price: self.price.read(row)?,
            trial: self.trial.flag(row)?.unwrap_or_default(),
            term_start: self.term_start.day(row)?,
            term_months: self.term_months.read(row, values::term)?.flatten(),
            auto_renew: self.auto_renew.flag(row)?.unwrap_or_default(),
            notice_days: u16::try_from(notice_days).unwrap_or(u16::MAX),
            captive_until: self.captive_until.day(row)?,
        })
    }
}

/// A subscription that ends on or before its first day never ran: its one step
/// is the end.
fn steps(
    from: Day,
    terms: Option<TermsRecord>,
    end: Option<Day>,
    remarks: &mut Vec<Remark>,
) -> Vec<StepRecord> {
    let first = StepRecord { from, terms };
    match end {
        None => vec![first],
        Some(end) if end > from => vec![first, StepRecord { from: end, terms: None }],
        Some(_) => {
            remarks.push(Remark::NeverRan);
            vec![StepRecord { from, terms: None }]
        }
    }
}

impl PriceCells {
    fn read(&self, row: &Row<'_>) -> Result<Price, CellError> {
        let basis = |text: &str| match text.to_ascii_lowercase().as_str() {
            "unit" => Some(PriceBasis::Unit),
            "total" => Some(PriceBasis::Total),
            _ => None,
        };
        let basis = self.basis.word(row, WordKind::PriceBasis, basis)?;
        let per = self.per.word(row, WordKind::BillingPeriod, BillingPeriod::from_key)?;
        let currency = self.currency.currency(row)?.or(self.default_currency);
        Ok(Price {
            amount: self.amount.required(self.amount.amount(row, currency)?)?,
            currency: currency
                .ok_or_else(|| self.currency.fault(RefusalReason::Missing { field: "currency" }))?,
            per: self.per.required(per)?,
            basis: self.basis.required(basis)?,
        })
    }
}
