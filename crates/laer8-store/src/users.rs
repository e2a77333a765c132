//! People who use Laer8.

use crate::{StoreError, Tx, entities::users, external_ids::Kind, rows::code};
use laer8_domain::{
    ids::UserId,
    users::{Role, User},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

/// A user to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    /// E-mail address; unique.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl Tx {
    /// All users, by e-mail.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        let rows = users::Entity::find().order_by_asc(users::Column::Email).all(&self.db).await?;
        rows.into_iter().map(from_row).collect()
    }

    /// Makes a user.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the address is taken.
    pub async fn insert_user(&self, user: NewUser) -> Result<UserId, StoreError> {
        let id = self.next_ids(Kind::User, 1).await?;
        let row = users::ActiveModel {
            id: Set(id),
            email: Set(user.email),
            name: Set(user.name),
            role: Set(user.role.key().to_owned()),
            password: Set(None),
            active: Set(true),
        };
        users::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(UserId(id))
    }

    /// The user with that id.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        users::Entity::find_by_id(id.0).one(&self.db).await?.map(from_row).transpose()
    }

    /// The user with that address, and the hash of their password where they
    /// have one.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn user_by_email(&self, email: &str) -> Result<Option<(User, Option<String>)>, StoreError> {
        let row = users::Entity::find().filter(users::Column::Email.eq(email)).one(&self.db).await?;
        row.map(|mut row| {
            let password = row.password.take();
            Ok((from_row(row)?, password))
        })
        .transpose()
    }

    /// Which users have a password.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn users_with_password(&self) -> Result<Vec<UserId>, StoreError> {
        let ids: Vec<i64> = users::Entity::find()
            .filter(users::Column::Password.is_not_null())
            .select_only()
            .column(users::Column::Id)
            .order_by_asc(users::Column::Id)
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(ids.into_iter().map(UserId).collect())
    }

    /// Gives a user another password, as its hash.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_password(&self, id: UserId, hash: &str) -> Result<(), StoreError> {
        users::Entity::update_many()
            .col_expr(users::Column::Password, Expr::value(hash))
            .filter(users::Column::Id.eq(id.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Changes what a user may do and whether they may sign in. Returns
    /// whether there is such a user.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn update_user(&self, id: UserId, role: Role, active: bool) -> Result<bool, StoreError> {
        let result = users::Entity::update_many()
            .col_expr(users::Column::Role, Expr::value(role.key()))
            .col_expr(users::Column::Active, Expr::value(active))
            .filter(users::Column::Id.eq(id.0))
            .exec(&self.db)
            .await?;
        Ok(result.rows_affected > 0)
    }
}

fn from_row(row: users::Model) -> Result<User, StoreError> {
    Ok(User {
        id: UserId(row.id),
        role: code(Role::from_key(&row.role), "users", &row.role)?,
        email: row.email,
        name: row.name,
        active: row.active,
    })
}
