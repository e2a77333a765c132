//! Rows of products, plans, features and exchange rates.

use super::{
    cell::{Binder, CellError, Row, Slot},
    values,
};
use crate::{error::IntakeError, mapping::FileMapping, refusal::RefusalReason};
use laer8_domain::{
    money::Currency,
    records::{EntitlementRecord, ExchangeRateRecord, FeatureRecord, PlanRecord, ProductRecord},
};

pub(super) struct Products {
    id: Slot,
    name: Slot,
}

impl Products {
    pub(super) fn bind(binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self { id: binder.slot("id")?, name: binder.slot("name")? })
    }

    pub(super) fn read(&self, row: &Row<'_>) -> Result<ProductRecord, CellError> {
        let id = self.id.required_text(row)?;
        let name = self.name.text(row)?.unwrap_or_else(|| id.clone());
        Ok(ProductRecord { id, name })
    }
}

pub(super) struct Plans {
    id: Slot,
    name: Slot,
    product: Slot,
    entitles: Slot,
    upgrade: Slot,
    included_uses: Slot,
}

impl Plans {
    pub(super) fn bind(binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: binder.slot("id")?,
            name: binder.slot("name")?,
            product: binder.slot("product")?,
            entitles: binder.slot("entitles")?,
            upgrade: binder.slot("upgrade")?,
            included_uses: binder.slot("included_uses")?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>) -> Result<PlanRecord, CellError> {
        let id = self.id.required_text(row)?;
        Ok(PlanRecord {
            name: self.name.text(row)?.unwrap_or_else(|| id.clone()),
            product: self.product.text(row)?,
            entitles: self.entitles.text(row)?.map_or(EntitlementRecord::Unknown, |text| entitlement(&text)),
            upgrade: self.upgrade.text(row)?,
            included_uses: self.included_uses.whole(row)?,
            id,
        })
    }
}

fn entitlement(text: &str) -> EntitlementRecord {
    if text.eq_ignore_ascii_case("all") {
        return EntitlementRecord::All;
    }
    let ids = text.split([',', ';', '|']).map(str::trim).filter(|id| !id.is_empty());
    EntitlementRecord::Only(ids.map(str::to_owned).collect())
}

pub(super) struct Features {
    id: Slot,
    name: Slot,
    product: Slot,
    core: Slot,
    depth_target: Slot,
}

impl Features {
    pub(super) fn bind(binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            id: binder.slot("id")?,
            name: binder.slot("name")?,
            product: binder.slot("product")?,
            core: binder.slot("core")?,
            depth_target: binder.slot("depth_target")?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>) -> Result<FeatureRecord, CellError> {
        let id = self.id.required_text(row)?;
        Ok(FeatureRecord {
            name: self.name.text(row)?.unwrap_or_else(|| id.clone()),
            product: self.product.text(row)?,
            core: self.core.flag(row)?.unwrap_or_default(),
            depth_target: self.depth_target.number(row)?,
            id,
        })
    }
}

pub(super) struct ExchangeRates {
    from: Slot,
    to: Slot,
    day: Slot,
    rate: Slot,
    reporting: Option<Currency>,
}

impl ExchangeRates {
    pub(super) fn bind(mapping: &FileMapping, binder: &Binder<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            from: binder.slot("from")?,
            to: binder.slot("to")?,
            day: binder.slot("day")?,
            rate: binder.slot("rate")?,
            reporting: mapping.currency,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>) -> Result<ExchangeRateRecord, CellError> {
        let to = self.to.currency(row)?.or(self.reporting);
        Ok(ExchangeRateRecord {
            from: self.from.required(self.from.currency(row)?)?,
            to: to.ok_or_else(|| self.to.fault(RefusalReason::Missing { field: "to" }))?,
            day: self.day.required_day(row)?,
            billionths: self.rate.required(self.rate.read(row, values::rate)?)?,
        })
    }
}
