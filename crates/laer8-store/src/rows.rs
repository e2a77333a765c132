//! Small things that every area needs: inserting many rows, reading codes.

use crate::{StoreError, Tx};
use futures_util::future::BoxFuture;
use laer8_domain::{
    ids::{ImportId, SourceId},
    provenance::Origin,
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable, Statement};
use std::fmt::Write as _;

/// What to do with a row whose key is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// It is an error. The transaction can only be given up then: on SQLite, the
    /// rows before it are in.
    Refuse,
    /// It is left out.
    LeaveOut,
    /// This is done with it: SQL that follows `ON CONFLICT`. No key may stand
    /// twice among the rows.
    Do(&'static str),
}

/// The most values that one statement carries: many enough that a statement
/// costs little beside its rows, and far below what the databases take.
const VALUES: usize = 8_192;

/// How many rows of `columns` values fit into one statement.
pub(crate) fn rows_in_a_statement(columns: usize) -> usize {
    (VALUES / columns.max(1)).max(1)
}

impl Tx {
    /// Inserts rows, none of which may be there.
    pub(crate) fn insert_all<'r, A: ActiveModelTrait + Send + 'r>(
        &'r self,
        rows: impl IntoIterator<Item = A, IntoIter: Send + 'r>,
    ) -> BoxFuture<'r, Result<(), StoreError>> {
        let inserted = self.insert_rows(rows, Known::Refuse);
        Box::pin(async move { inserted.await.map(|_| ()) })
    }

    /// Inserts rows in as few statements as the database takes; answers how
    /// many went in. All rows set the same columns.
    ///
    /// The statement is put together here, as its text is the same for every
    /// full batch: the ORM's own way builds a tree of expressions for each row,
    /// which takes longer than the database does.
    ///
    /// The future is boxed: the compiler can't tell that one which holds a
    /// closure over borrowed rows may move between threads.
    pub(crate) fn insert_rows<'r, A: ActiveModelTrait + Send + 'r>(
        &'r self,
        rows: impl IntoIterator<Item = A, IntoIter: Send + 'r>,
        known: Known,
    ) -> BoxFuture<'r, Result<u64, StoreError>> {
        Box::pin(self.insert_each(rows.into_iter(), known))
    }

    async fn insert_each<A: ActiveModelTrait + Send>(
        &self,
        rows: impl Iterator<Item = A> + Send,
        known: Known,
    ) -> Result<u64, StoreError> {
        type Column<A> = <<A as ActiveModelTrait>::Entity as EntityTrait>::Column;
        let mut rows = rows.peekable();
        let Some(first) = rows.peek() else { return Ok(0) };
        let columns: Vec<Column<A>> =
            Column::<A>::iter().filter(|column| !first.get(*column).is_not_set()).collect();
        let size = rows_in_a_statement(columns.len());
        let backend = self.db.get_database_backend();
        let mut full = None;
        let mut values = Vec::new();
        let mut next = || {
            if values.is_empty() {
                values.reserve(rows.size_hint().0.min(size) * columns.len());
                for mut row in rows.by_ref().take(size) {
                    values.extend(columns.iter().filter_map(|column| row.take(*column).into_value()));
                }
            }
            debug_assert_eq!(values.len() % columns.len(), 0, "all rows set the same columns");
            let count = statement_rows(values.len() / columns.len(), size);
            let rest = values.split_off(count * columns.len());
            let these = std::mem::replace(&mut values, rest);
            let text = || insert_sql::<A::Entity>(backend, &columns, count, known);
            let sql = if count == size { full.get_or_insert_with(text).clone() } else { text() };
            (count > 0).then(|| Statement::from_sql_and_values(backend, sql, these))
        };
        let mut inserted = 0;
        let mut statement = next();
        while let Some(current) = statement {
            // The next is put together while the database works on this one.
            let (done, following) = tokio::join!(self.db.execute_raw(current), async { next() });
            inserted += done?.rows_affected();
            statement = following;
        }
        Ok(inserted)
    }
}

/// How many of `left` rows the next statement inserts, where a full one inserts
/// `full`.
///
/// Connections keep statements that were prepared, and one of thousands of values
/// takes megabytes: of few sizes few are kept.
fn statement_rows(left: usize, full: usize) -> usize {
    const FEW: usize = 8;
    match left {
        left if left >= full => full,
        left if left <= FEW => left,
        left => 1 << left.ilog2(),
    }
}

/// `INSERT INTO … VALUES …` for so many rows of these columns.
fn insert_sql<E: EntityTrait>(
    backend: DbBackend,
    columns: &[E::Column],
    rows: usize,
    known: Known,
) -> String {
    let names: Vec<&str> = columns.iter().map(IdenStatic::as_str).collect();
    let mut number = 0;
    // The whole transaction is rolled back after an error, so that SQLite need
    // not be able to take back a single statement, for which it keeps copies of pages.
    let insert = if backend == DbBackend::Sqlite { "INSERT OR FAIL" } else { "INSERT" };
    let mut sql =
        format!("{insert} INTO {} (\"{}\") VALUES ", E::default().table_name(), names.join("\", \""));
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns.len() {
            number += 1;
            sql.push_str(if column == 0 { "" } else { ", " });
            match backend {
                DbBackend::Postgres => {
                    let _ = write!(sql, "${number}"); // a text takes everything
                }
                _ => sql.push('?'),
            }
        }
        sql.push(')');
    }
    match known {
        Known::Refuse => {}
        Known::LeaveOut => sql.push_str(" ON CONFLICT DO NOTHING"),
        Known::Do(what) => {
            sql.push_str(" ON CONFLICT ");
            sql.push_str(what);
        }
    }
    sql
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_inserted_by_statements_of_few_sizes() {
        let sizes = |mut left: usize| {
            let mut sizes = Vec::new();
            while left > 0 {
                sizes.push(statement_rows(left, 600));
                left -= sizes[sizes.len() - 1];
            }
            sizes
        };
        assert_eq!(sizes(7), [7], "few at once");
        assert_eq!(sizes(1_423), [600, 600, 128, 64, 16, 8, 7]);
        let all: std::collections::BTreeSet<usize> = (1..2_000).flat_map(sizes).collect();
        assert!(all.len() < 20, "{all:?}");
    }
}
