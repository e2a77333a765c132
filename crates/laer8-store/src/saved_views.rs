//! Ways of looking at the accounts that people keep.

use crate::{StoreError, Tx, entities::saved_views, external_ids::Kind};
use chrono::{DateTime, Utc};
use laer8_domain::ids::SavedViewId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

/// A way of looking at the accounts that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Which; when one is made, the store hands it out.
    pub id: SavedViewId,
    /// Whose it is, as the audit log names them.
    pub owner: String,
    /// What it is called; an owner has no two of the same name.
    pub name: String,
    /// Whether everybody sees it.
    pub shared: bool,
    /// Whether its owner's accounts page opens with it; at most one of each
    /// owner's does.
    pub opens: bool,
    /// Filter, columns and order, as an address writes them.
    pub query: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
}

impl Tx {
    /// The views that somebody sees: their own and those that are shared. By
    /// name, then id.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn saved_views(&self, owner: &str) -> Result<Vec<SavedView>, StoreError> {
        let is_seen = saved_views::Column::Owner.eq(owner).or(saved_views::Column::Shared.eq(true));
        let rows = saved_views::Entity::find()
            .filter(is_seen)
            .order_by_asc(saved_views::Column::Name)
            .order_by_asc(saved_views::Column::Id)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(from_row).collect())
    }

    /// One view.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn saved_view(&self, id: SavedViewId) -> Result<Option<SavedView>, StoreError> {
        Ok(saved_views::Entity::find_by_id(id.0).one(&self.db).await?.map(from_row))
    }

    /// Keeps a view; its id is given anew.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the owner has one of that name.
    pub async fn insert_saved_view(&self, view: SavedView) -> Result<SavedViewId, StoreError> {
        let id = SavedViewId(self.next_ids(Kind::SavedView, 1).await?);
        let row = to_row(SavedView { id, ..view });
        saved_views::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(id)
    }

    /// Changes a view that is there.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the owner has another of that name.
    pub async fn update_saved_view(&self, view: SavedView) -> Result<(), StoreError> {
        saved_views::Entity::update(to_row(view)).exec(&self.db).await?;
        Ok(())
    }

    /// No view opens somebody's accounts page any more.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn close_saved_views(&self, owner: &str) -> Result<(), StoreError> {
        saved_views::Entity::update_many()
            .col_expr(saved_views::Column::Opens, Expr::value(false))
            .filter(saved_views::Column::Owner.eq(owner))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Throws a view away.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn delete_saved_view(&self, id: SavedViewId) -> Result<(), StoreError> {
        saved_views::Entity::delete_by_id(id.0).exec(&self.db).await?;
        Ok(())
    }
}

fn to_row(view: SavedView) -> saved_views::ActiveModel {
    saved_views::ActiveModel {
        id: Set(view.id.0),
        owner: Set(view.owner),
        name: Set(view.name),
        shared: Set(view.shared),
        opens: Set(view.opens),
        query: Set(view.query),
        created_at: Set(view.created_at),
        updated_at: Set(view.updated_at),
    }
}

fn from_row(row: saved_views::Model) -> SavedView {
    SavedView {
        id: SavedViewId(row.id),
        owner: row.owner,
        name: row.name,
        shared: row.shared,
        opens: row.opens,
        query: row.query,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
