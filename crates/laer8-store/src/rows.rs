//! Small things that every area needs: inserting many rows, reading codes.

use crate::{StoreError, Tx};
use laer8_domain::{
    ids::{ImportId, SourceId},
    provenance::Origin,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable};

impl Tx {
    /// Inserts rows in as few statements as the database takes.
    pub(crate) async fn insert_all<A>(&self, rows: Vec<A>) -> Result<(), StoreError>
    where
        A: ActiveModelTrait + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        let columns = <A::Entity as EntityTrait>::Column::iter().count();
        let size = self.rows_in_a_statement(columns);
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let batch: Vec<A> = rows.by_ref().take(size).collect();
            A::Entity::insert_many(batch).exec_without_returning(&self.db).await?;
        }
        Ok(())
    }
}

/// Ids in one `IN (…)`: well below what a statement may carry.
pub(crate) const IDS_IN_A_QUERY: usize = 2_000;

/// The origin columns as one.
pub(crate) fn origin(source: i64, import: Option<i64>, line: i32) -> Origin {
    Origin { source: SourceId(source), import: import.map(ImportId), row: line.unsigned_abs() }
}

/// A line number as the database keeps it.
pub(crate) fn line(row: u32) -> i32 {
    i32::try_from(row).unwrap_or(i32::MAX)
}

/// A count as the domain keeps it; what is negative was not written by us.
pub(crate) fn unsigned<T: TryInto<u32>>(value: T, table: &'static str) -> Result<u32, StoreError> {
    value.try_into().map_err(|_| StoreError::corrupt(table, "a negative number"))
}

/// A code that must be one of ours.
pub(crate) fn code<T>(found: Option<T>, table: &'static str, text: &str) -> Result<T, StoreError> {
    found.ok_or_else(|| StoreError::corrupt(table, format!("the code \"{text}\"")))
}
