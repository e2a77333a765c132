//! Products, plans, features and entitlements. Configuration: the latest word
//! counts.

use crate::{
    StoreError, Tx,
    entities::{features, plan_features, plans, products},
    rows::code,
};
use laer8_domain::{
    catalog::{Catalog, Entitlement, Feature, Plan, Product},
    ids::{FeatureId, PlanId, ProductId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, sea_query::OnConflict,
};

impl Tx {
    /// Everything that is sold.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn catalog(&self) -> Result<Catalog, StoreError> {
        let products = products::Entity::find().all(&self.db).await?;
        let features = features::Entity::find().all(&self.db).await?;
        let entitlements = plan_features::Entity::find()
            .order_by_asc(plan_features::Column::FeatureId)
            .all(&self.db)
            .await?;
        let mut plans = Vec::new();
        for row in plans::Entity::find().all(&self.db).await? {
            let listed = || {
                let of_plan = entitlements.iter().filter(|entitlement| entitlement.plan_id == row.id);
                of_plan.map(|entitlement| FeatureId(entitlement.feature_id)).collect()
            };
            let entitles = match row.entitles.as_str() {
                "unknown" => Some(Entitlement::Unknown),
                "all" => Some(Entitlement::All),
                "only" => Some(Entitlement::Only(listed())),
                _ => None,
            };
            plans.push(Plan {
                id: PlanId(row.id),
                product: row.product_id.map(ProductId),
                entitles: code(entitles, "plans", &row.entitles)?,
                key: row.key,
                name: row.name,
                upgrade: row.upgrade_id.map(PlanId),
                included_uses: row.included_uses,
            });
        }
        let products = products.into_iter().map(|row| Product { id: ProductId(row.id), name: row.name });
        let features = features.into_iter().map(|row| Feature {
            id: FeatureId(row.id),
            product: row.product_id.map(ProductId),
            key: row.key,
            name: row.name,
            core: row.core,
            depth_target: row.depth_target,
        });
        Ok(Catalog::new(products.collect(), plans, features.collect()))
    }

    /// Adds or replaces a product.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_product(&self, product: &Product) -> Result<(), StoreError> {
        let row = products::ActiveModel { id: Set(product.id.0), name: Set(product.name.clone()) };
        let replace =
            OnConflict::column(products::Column::Id).update_column(products::Column::Name).to_owned();
        products::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Adds or replaces a plan with what it entitles to.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_plan(&self, plan: &Plan) -> Result<(), StoreError> {
        let (entitles, listed) = match &plan.entitles {
            Entitlement::Unknown => ("unknown", &[][..]),
            Entitlement::All => ("all", &[][..]),
            Entitlement::Only(features) => ("only", &features[..]),
        };
        let row = plans::ActiveModel {
            id: Set(plan.id.0),
            product_id: Set(plan.product.map(|product| product.0)),
            key: Set(plan.key.clone()),
            name: Set(plan.name.clone()),
            entitles: Set(entitles.to_owned()),
            upgrade_id: Set(plan.upgrade.map(|upgrade| upgrade.0)),
            included_uses: Set(plan.included_uses),
        };
        let replace =
            OnConflict::column(plans::Column::Id).update_columns(plans::Column::iter().skip(1)).to_owned();
        plans::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        plan_features::Entity::delete_many()
            .filter(plan_features::Column::PlanId.eq(plan.id.0))
            .exec(&self.db)
            .await?;
        let rows = listed.iter().map(|feature| plan_features::ActiveModel {
            plan_id: Set(plan.id.0),
            feature_id: Set(feature.0),
        });
        self.insert_all(rows).await
    }

    /// Adds or replaces a feature.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_feature(&self, feature: &Feature) -> Result<(), StoreError> {
        let row = features::ActiveModel {
            id: Set(feature.id.0),
            product_id: Set(feature.product.map(|product| product.0)),
            key: Set(feature.key.clone()),
            name: Set(feature.name.clone()),
            core: Set(feature.core),
            depth_target: Set(feature.depth_target),
        };
        let replace = OnConflict::column(features::Column::Id)
            .update_columns(features::Column::iter().skip(1))
            .to_owned();
        features::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
