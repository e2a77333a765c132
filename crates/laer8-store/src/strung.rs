//! Many rows at once.
//!
//! Handing a row over from the database's thread costs many times what
//! reading it does. So the database strings the rows of an account together
//! as JSON arrays, and one text is handed over for each account.

use crate::{IdRange, StoreError, Tx};
use futures_util::TryStreamExt;
use sea_orm::{
    ColumnTrait, ColumnType, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable, Statement,
    StreamTrait, Value,
};
use serde::de::DeserializeOwned;

/// The rows of which accounts.
pub(crate) enum Which<'i> {
    /// Those with ids in a range.
    Range(IdRange),
    /// Those with these ids.
    Ids(&'i [i64]),
}

impl Which<'_> {
    /// As a condition of SQL. However many ids there are, they are one value, so
    /// that the statement is the same.
    pub(crate) fn condition(&self, backend: DbBackend) -> &'static str {
        match (self, backend) {
            (Self::Range(_), _) => "account_id BETWEEN $1 AND $2",
            (Self::Ids(_), DbBackend::Postgres) => {
                "account_id = ANY(CAST(string_to_array($1, ',') AS BIGINT[]))"
            }
            (Self::Ids(_), _) => "account_id IN (SELECT value FROM json_each('[' || $1 || ']'))",
        }
    }

    /// Its values.
    fn values(&self) -> Vec<Value> {
        match self {
            Self::Range(range) => vec![range.first.0.into(), range.last.0.into()],
            Self::Ids(ids) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                vec![ids.join(",").into()]
            }
        }
    }
}

impl Tx {
    /// The rows of `E` of these accounts, a list for each account, in
    /// no order; those that meet `condition`, a piece of SQL, when there is one.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub(crate) async fn strung<E>(
        &self,
        which: &Which<'_>,
        condition: Option<&'static str>,
    ) -> Result<Vec<Vec<E::Model>>, StoreError>
    where
        E: EntityTrait,
        E::Model: DeserializeOwned,
    {
        let backend = ConnectionTrait::get_database_backend(&self.db);
        let table = E::default().table_name();
        let columns: Vec<String> = E::Column::iter().map(|column| told::<E>(backend, column)).collect();
        let row = match backend {
            DbBackend::Postgres => format!("CAST(json_build_array({}) AS TEXT)", columns.join(", ")),
            _ => format!("json_array({})", columns.join(", ")),
        };
        let and = condition.map(|condition| format!(" AND {condition}")).unwrap_or_default();
        let sql = format!(
            "SELECT string_agg({row}, ',') FROM {table} WHERE {}{and} GROUP BY account_id",
            which.condition(backend)
        );
        let mut strung = Vec::new();
        self.each_text(sql, which, |text| {
            let of_account = serde_json::from_str(&format!("[{text}]"));
            strung.push(of_account.map_err(|error| StoreError::corrupt(table, error))?);
            Ok(())
        })
        .await?;
        Ok(strung)
    }

    /// Runs a query with the values of `which`, and hands over the
    /// text that each row is, while the database goes on with the next.
    ///
    /// # Errors
    /// When the database can't; what `take` answers.
    pub(crate) async fn each_text(
        &self,
        sql: String,
        which: &Which<'_>,
        mut take: impl FnMut(&str) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        let backend = ConnectionTrait::get_database_backend(&self.db);
        let statement = Statement::from_sql_and_values(backend, sql, which.values());
        let mut rows = self.db.stream_raw(statement).await?;
        while let Some(row) = rows.try_next().await? {
            let text: String = row.try_get_by_index(0)?;
            take(&text)?;
        }
        Ok(())
    }
}

/// A column as JSON has it; SQLite knows no booleans.
fn told<E: EntityTrait>(backend: DbBackend, column: E::Column) -> String {
    let name = column.as_str();
    let is_flag = matches!(column.def().get_column_type(), ColumnType::Boolean);
    if is_flag && backend == DbBackend::Sqlite {
        return format!("CASE {name} WHEN 1 THEN json('true') WHEN 0 THEN json('false') END");
    }
    name.to_owned()
}
