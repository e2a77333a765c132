//! What the demo company sells.

use crate::told;
use laer8_domain::records::{EntitlementRecord, FeatureRecord, Incoming, PlanRecord, ProductRecord, Record};

/// A plan that is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    Team,
    Business,
    Enterprise,
    /// The analytics add-on.
    Insight,
}

impl Plan {
    pub(crate) const ALL: [Self; 4] = [Self::Team, Self::Business, Self::Enterprise, Self::Insight];

    /// External id.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Business => "business",
            Self::Enterprise => "enterprise",
            Self::Insight => "insight",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Team => "Works Team",
            Self::Business => "Works Business",
            Self::Enterprise => "Works Enterprise",
            Self::Insight => "Insight add-on",
        }
    }

    fn product(self) -> &'static str {
        if self == Self::Insight { "insight" } else { "works" }
    }

    fn upgrade(self) -> Option<Self> {
        match self {
            Self::Team => Some(Self::Business),
            Self::Business => Some(Self::Enterprise),
            Self::Enterprise | Self::Insight => None,
        }
    }

    /// Uses of all features in a month that it includes.
    pub(crate) fn included_uses(self) -> Option<i64> {
        (self == Self::Team).then_some(4_500)
    }

    /// List price of a seat a month, in whole units of either currency; the
    /// add-on is priced by the customer's size instead.
    pub(crate) fn list_price(self) -> i64 {
        match self {
            Self::Team => 32,
            Self::Business => 49,
            Self::Enterprise => 58,
            Self::Insight => 0,
        }
    }

    /// Whether it entitles to a feature.
    pub(crate) fn entitles(self, feature: &Feature) -> bool {
        match self {
            Self::Insight => feature.product == "insight",
            _ => feature.product != "insight" && feature.from <= self as u8,
        }
    }

    fn entitlement(self) -> EntitlementRecord {
        if self == Self::Insight {
            return EntitlementRecord::All;
        }
        let entitled = FEATURES.iter().filter(|feature| self.entitles(feature));
        EntitlementRecord::Only(entitled.map(|feature| feature.id.to_owned()).collect())
    }
}

/// Something the products can do, and how people use it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Feature {
    pub(crate) id: &'static str,
    name: &'static str,
    product: &'static str,
    /// The smallest plan that has it, as the plan's number.
    from: u8,
    core: bool,
    depth_target: Option<f64>,
    /// Share of the active people who use it once it is adopted.
    pub(crate) share: f64,
    /// The adoption (0 to 1) at which an account starts with it.
    pub(crate) threshold: f64,
    /// Chance that it is used at all on a working day.
    pub(crate) often: f64,
    /// Uses by one person on one day.
    pub(crate) uses: f64,
    /// Seconds of one use; 0 for what machines do.
    pub(crate) seconds: f64,
}

/// A feature by id, name, product, first plan, then core and depth target,
/// then how it is used: share, threshold, often, uses, seconds.
const fn feature(
    (id, name, product, from): (&'static str, &'static str, &'static str, u8),
    (core, depth_target): (bool, Option<f64>),
    [share, threshold, often, uses, seconds]: [f64; 5],
) -> Feature {
    Feature { id, name, product, from, core, depth_target, share, threshold, often, uses, seconds }
}

/// Sixteen features, those that matter first.
pub(crate) const FEATURES: [Feature; 16] = [
    feature(("jobs", "Work orders", "works", 0), (true, Some(90.0)), [1.0, 0.02, 1.0, 7.0, 70.0]),
    feature(("schedule", "Schedule board", "works", 0), (true, Some(45.0)), [0.72, 0.10, 0.95, 5.0, 95.0]),
    feature(("mobile", "Mobile app", "works", 0), (true, Some(40.0)), [0.62, 0.18, 0.80, 6.0, 45.0]),
    feature(("checklists", "Checklists", "works", 0), (false, Some(20.0)), [0.48, 0.28, 0.62, 4.0, 60.0]),
    feature(("customers", "Customer file", "works", 0), (false, None), [0.32, 0.35, 0.45, 3.0, 50.0]),
    feature(("documents", "Documents", "works", 0), (false, None), [0.22, 0.46, 0.28, 2.0, 80.0]),
    feature(("invoices", "Invoicing", "works", 0), (false, None), [0.14, 0.58, 0.30, 4.0, 110.0]),
    feature(("inventory", "Spare parts", "works", 1), (false, None), [0.24, 0.44, 0.40, 3.0, 65.0]),
    feature(("automations", "Automations", "flow", 1), (true, Some(6.0)), [0.16, 0.52, 0.48, 3.0, 20.0]),
    feature(("approvals", "Approvals", "flow", 1), (false, None), [0.18, 0.60, 0.34, 2.0, 40.0]),
    feature(("forms", "Forms", "flow", 1), (false, None), [0.30, 0.68, 0.30, 2.0, 75.0]),
    feature(("integrations", "Integrations", "flow", 2), (false, None), [0.08, 0.55, 0.55, 30.0, 0.0]),
    feature(("dashboards", "Dashboards", "insight", 0), (true, Some(4.0)), [0.12, 0.30, 0.50, 2.0, 90.0]),
    feature(("reports", "Reports", "insight", 0), (false, None), [0.07, 0.45, 0.24, 2.0, 150.0]),
    feature(("alerts", "Alerts", "insight", 0), (false, None), [0.10, 0.55, 0.30, 2.0, 15.0]),
    feature(("forecasts", "Forecasts", "insight", 0), (false, None), [0.05, 0.75, 0.12, 1.0, 200.0]),
];

const PRODUCTS: [(&str, &str); 3] =
    [("works", "Almadra Works"), ("flow", "Almadra Flow"), ("insight", "Almadra Insight")];

/// Products, then features, then plans from the largest, so that each plan's
/// upgrade is already there.
pub(crate) fn tell(records: &mut Vec<Incoming>) {
    for (id, name) in PRODUCTS {
        records.push(told(Record::Product(ProductRecord { id: id.into(), name: name.into() })));
    }
    for feature in FEATURES {
        records.push(told(Record::Feature(FeatureRecord {
            id: feature.id.into(),
            name: feature.name.into(),
            product: Some(feature.product.into()),
            core: feature.core,
            depth_target: feature.depth_target,
        })));
    }
    for plan in Plan::ALL.into_iter().rev() {
        records.push(told(Record::Plan(PlanRecord {
            id: plan.id().into(),
            name: plan.name().into(),
            product: Some(plan.product().into()),
            entitles: plan.entitlement(),
            upgrade: plan.upgrade().map(|larger| larger.id().into()),
            included_uses: plan.included_uses(),
        })));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_plan_entitles_to_more() {
        let features = |plan: Plan| FEATURES.iter().filter(|feature| plan.entitles(feature)).count();
        assert_eq!(Plan::ALL.map(features), [7, 11, 12, 4]);
    }

    #[test]
    fn every_plan_has_a_core_feature() {
        for plan in Plan::ALL {
            assert!(FEATURES.iter().any(|feature| feature.core && plan.entitles(feature)), "{plan:?}");
        }
    }
}
