//! What is sold: products, plans, features, and which plan entitles to which
//! feature.

use crate::ids::{FeatureId, PlanId, ProductId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Something that is sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// What it is called.
    pub name: String,
}

/// Something that a product can do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Feature {
    /// Its id.
    pub id: FeatureId,
    /// The product that it belongs to, where known.
    pub product: Option<ProductId>,
    /// The name in files and events.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Whether customers buy the product for it: a feature that matters.
    pub core: bool,
    /// Uses per paid seat in 28 days at which it counts as used in depth,
    /// where somebody knows.
    pub depth_target: Option<f64>,
}

/// Which features a plan entitles to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Entitlement {
    /// Nobody said; measures that need it have no value.
    Unknown,
    /// Every feature (of the plan's product, where it has one).
    All,
    /// These.
    Only(Vec<FeatureId>),
}

/// A way in which a product is sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// The product, where known.
    pub product: Option<ProductId>,
    /// The name in files.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it entitles to.
    pub entitles: Entitlement,
    /// The next larger plan, to which an account that outgrows this one moves.
    pub upgrade: Option<PlanId>,
    /// Uses of all features in a calendar month that the plan includes, where
    /// it limits them.
    pub included_uses: Option<i64>,
}

/// Everything that is sold, as it is today.
///
/// The catalogue is configuration rather than history: a plan that changes
/// what it entitles to becomes a new plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalog {
    products: BTreeMap<ProductId, Product>,
    plans: BTreeMap<PlanId, Plan>,
    features: BTreeMap<FeatureId, Feature>,
}

impl Catalog {
    /// From its parts.
    #[must_use]
    pub fn new(products: Vec<Product>, plans: Vec<Plan>, features: Vec<Feature>) -> Self {
        Self {
            products: products.into_iter().map(|product| (product.id, product)).collect(),
            plans: plans.into_iter().map(|plan| (plan.id, plan)).collect(),
            features: features.into_iter().map(|feature| (feature.id, feature)).collect(),
        }
    }

    /// All products, by id.
    pub fn products(&self) -> impl Iterator<Item = &Product> {
        self.products.values()
    }

    /// All plans, by id.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.plans.values()
    }

    /// All features, by id.
    pub fn features(&self) -> impl Iterator<Item = &Feature> {
        self.features.values()
    }

    /// One plan.
    #[must_use]
    pub fn plan(&self, id: PlanId) -> Option<&Plan> {
        self.plans.get(&id)
    }

    /// One feature.
    #[must_use]
    pub fn feature(&self, id: FeatureId) -> Option<&Feature> {
        self.features.get(&id)
    }

    /// The features that any of `plans` entitles to, sorted and without
    /// repeats; `None` when no plan's entitlement is known.
    #[must_use]
    pub fn entitled(&self, plans: impl IntoIterator<Item = PlanId>) -> Option<Vec<FeatureId>> {
        let mut known = false;
        let mut entitled = Vec::new();
        for plan in plans.into_iter().filter_map(|id| self.plans.get(&id)) {
            match &plan.entitles {
                Entitlement::Unknown => continue,
                Entitlement::Only(features) => entitled.extend(features.iter().copied()),
                Entitlement::All => entitled.extend(
                    self.features
                        .values()
                        .filter(|feature| plan.product.is_none() || feature.product == plan.product)
                        .map(|feature| feature.id),
                ),
            }
            known = true;
        }
        entitled.sort_unstable();
        entitled.dedup();
        known.then_some(entitled)
    }
}
