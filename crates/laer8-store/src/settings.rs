//! What is set for the whole workspace.

use crate::{StoreError, Tx, entities::settings};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

impl Tx {
    /// The value of a setting, where one was made.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(settings::Entity::find_by_id(name.to_owned()).one(&self.db).await?.map(|row| row.value))
    }

    /// Makes a setting.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let row = settings::ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
        let replace =
            OnConflict::column(settings::Column::Name).update_column(settings::Column::Value).to_owned();
        settings::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
