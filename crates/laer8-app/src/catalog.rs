//! What is sold, by the ids that everything else names it with.

use crate::{Actor, App, AppError};
use laer8_domain::{
    catalog::{Feature, Plan, Product},
    users::Role,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Everything that is sold, as it is today.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CatalogView {
    /// The products, by id.
    pub products: Vec<Product>,
    /// The plans, by id.
    pub plans: Vec<Plan>,
    /// The features, by id.
    pub features: Vec<Feature>,
}

impl App {
    /// Everything that is sold. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn catalog(&self, actor: &Actor) -> Result<CatalogView, AppError> {
        actor.must_be(Role::Viewer)?;
        let catalog = self.store.read().await?.catalog().await?;
        Ok(CatalogView {
            products: catalog.products().cloned().collect(),
            plans: catalog.plans().cloned().collect(),
            features: catalog.features().cloned().collect(),
        })
    }
}
