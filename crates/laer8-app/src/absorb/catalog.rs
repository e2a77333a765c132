//! Products, features and plans: configuration, where the latest word counts.

use super::{Absorber, Placed, Refused, Verdict};
use crate::AppError;
use laer8_domain::{
    catalog::{Entitlement, Feature, Plan, Product},
    ids::{FeatureId, PlanId, ProductId},
    records::{EntitlementRecord, FeatureRecord, PlanRecord, ProductRecord},
};
use laer8_store::Kind;
use rustc_hash::FxHashMap;

impl Absorber<'_> {
    pub(super) async fn products(
        &mut self,
        records: Vec<Placed<ProductRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = records.iter().map(|placed| placed.record.id.as_str()).collect();
        self.names.assign(self.tx, Kind::Product, &names).await?;
        let catalog = self.tx.catalog().await?;
        let mut known: FxHashMap<ProductId, Product> =
            catalog.products().map(|product| (product.id, product.clone())).collect();
        for placed in records {
            let Some(id) = self.names.find(Kind::Product, &placed.record.id).map(ProductId) else { continue };
            let product = Product { id, name: placed.record.name };
            if known.get(&id) == Some(&product) {
                continue;
            }
            self.tx.put_product(&product).await?;
            verdicts[placed.position] = new_or_changed(known.insert(id, product).is_none());
        }
        Ok(())
    }

    pub(super) async fn features(
        &mut self,
        records: Vec<Placed<FeatureRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let products = records.iter().filter_map(|placed| placed.record.product.as_deref());
        self.look_up(Kind::Product, products.collect()).await?;
        let names: Vec<&str> = records.iter().map(|placed| placed.record.id.as_str()).collect();
        self.names.assign(self.tx, Kind::Feature, &names).await?;
        let catalog = self.tx.catalog().await?;
        let mut known: FxHashMap<FeatureId, Feature> =
            catalog.features().map(|feature| (feature.id, feature.clone())).collect();
        for placed in records {
            let record = placed.record;
            let product = match self.product(record.product.as_deref()) {
                Ok(product) => product,
                Err(refused) => {
                    verdicts[placed.position] = Verdict::Refused(refused);
                    continue;
                }
            };
            let Some(id) = self.names.find(Kind::Feature, &record.id).map(FeatureId) else { continue };
            let feature = Feature {
                id,
                product,
                key: record.id,
                name: record.name,
                core: record.core,
                depth_target: record.depth_target,
            };
            if known.get(&id) == Some(&feature) {
                continue;
            }
            self.tx.put_feature(&feature).await?;
            self.configuration_changed = true;
            verdicts[placed.position] = new_or_changed(known.insert(id, feature).is_none());
        }
        Ok(())
    }

    pub(super) async fn plans(
        &mut self,
        records: Vec<Placed<PlanRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let products = records.iter().filter_map(|placed| placed.record.product.as_deref());
        self.look_up(Kind::Product, products.collect()).await?;
        let entitled = records.iter().flat_map(|placed| match &placed.record.entitles {
            EntitlementRecord::Only(names) => names.as_slice(),
            EntitlementRecord::Unknown | EntitlementRecord::All => &[],
        });
        self.look_up(Kind::Feature, entitled.map(String::as_str).collect()).await?;
        let upgrades = records.iter().filter_map(|placed| placed.record.upgrade.as_deref());
        self.look_up(Kind::Plan, upgrades.collect()).await?;
        // Plans may name each other as upgrades, so all get their ids first.
        let names: Vec<&str> = records.iter().map(|placed| placed.record.id.as_str()).collect();
        self.names.assign(self.tx, Kind::Plan, &names).await?;
        let catalog = self.tx.catalog().await?;
        let mut known: FxHashMap<PlanId, Plan> =
            catalog.plans().map(|plan| (plan.id, plan.clone())).collect();
        for placed in records {
            match self.plan(placed.record) {
                Err(refused) => verdicts[placed.position] = Verdict::Refused(refused),
                Ok(plan) if known.get(&plan.id) == Some(&plan) => {}
                Ok(plan) => {
                    self.tx.put_plan(&plan).await?;
                    self.configuration_changed = true;
                    verdicts[placed.position] = new_or_changed(known.insert(plan.id, plan).is_none());
                }
            }
        }
        Ok(())
    }

    /// Reads names that records use, however names are read.
    async fn look_up(&mut self, kind: Kind, names: Vec<&str>) -> Result<(), AppError> {
        self.names.load(self.tx, kind).await?;
        self.names.want(self.tx, kind, &names).await
    }

    fn plan(&self, record: PlanRecord) -> Result<Plan, Refused> {
        let entitles = match record.entitles {
            EntitlementRecord::Unknown => Entitlement::Unknown,
            EntitlementRecord::All => Entitlement::All,
            EntitlementRecord::Only(names) => {
                let find = |name: String| {
                    let id = self.names.find(Kind::Feature, &name);
                    id.map(FeatureId).ok_or(Refused::UnknownFeature(name))
                };
                let mut features = names.into_iter().map(find).collect::<Result<Vec<_>, _>>()?;
                features.sort_unstable();
                features.dedup();
                Entitlement::Only(features)
            }
        };
        let plan_named = |name: String| {
            let id = self.names.find(Kind::Plan, &name);
            id.map(PlanId).ok_or(Refused::UnknownPlan(name))
        };
        Ok(Plan {
            id: plan_named(record.id.clone())?,
            product: self.product(record.product.as_deref())?,
            key: record.id,
            name: record.name,
            entitles,
            upgrade: record.upgrade.map(plan_named).transpose()?,
            included_uses: record.included_uses,
        })
    }

    fn product(&self, name: Option<&str>) -> Result<Option<ProductId>, Refused> {
        let Some(name) = name else {
            return Ok(None);
        };
        let id = self.names.find(Kind::Product, name);
        id.map(|id| Some(ProductId(id))).ok_or_else(|| Refused::UnknownProduct(name.to_owned()))
    }

    /// The features of these names; one that nobody has told of is added, as a
    /// feature is often first heard of when somebody uses it.
    pub(super) async fn known_features(&mut self, names: &[&str]) -> Result<(), AppError> {
        for (name, id) in self.names.assign(self.tx, Kind::Feature, names).await? {
            let id = FeatureId(id);
            // Others may be entitled to it too.
            self.everything_affected = true;
            let feature =
                Feature { id, product: None, key: name.clone(), name, core: false, depth_target: None };
            self.tx.put_feature(&feature).await?;
        }
        Ok(())
    }

    /// The plans of these names; one that nobody has told of is added with
    /// unknown entitlements.
    pub(super) async fn known_plans(&mut self, names: &[&str]) -> Result<(), AppError> {
        for (name, id) in self.names.assign(self.tx, Kind::Plan, names).await? {
            self.everything_affected = true;
            let plan = Plan {
                id: PlanId(id),
                product: None,
                key: name.clone(),
                name,
                entitles: Entitlement::Unknown,
                upgrade: None,
                included_uses: None,
            };
            self.tx.put_plan(&plan).await?;
        }
        Ok(())
    }
}

fn new_or_changed(is_new: bool) -> Verdict {
    if is_new { Verdict::New } else { Verdict::Changed }
}
