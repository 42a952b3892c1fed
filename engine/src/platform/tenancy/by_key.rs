//! Finding many rows by what leads to each of them.

use sea_orm::{
    ColumnTrait, DbBackend, DbErr, FromQueryResult, IdenStatic, Iterable, QueryFilter, QuerySelect,
    Statement, Value,
};

use super::handle::{ReadTx, Tenanted, WriteTx};

/// How many keys go into one statement.
const AT_ONCE: usize = 1000;

fn all<E: Tenanted>() -> Vec<E::Column> {
    E::Column::iter().collect()
}

impl ReadTx {
    /// The rows in whose column there is one of these keys; the column is that of
    /// an index after the tenant.
    pub async fn all_by<E: Tenanted>(
        &self,
        column: E::Column,
        keys: impl IntoIterator<Item: Into<Value>>,
    ) -> Result<Vec<E::Model>, DbErr> {
        self.by_key::<E, E::Model>(column, keys, &all::<E>(), "").await
    }

    /// The same with some columns only: a row may hold a megabyte.
    pub async fn rows_by<E: Tenanted, M: FromQueryResult>(
        &self,
        column: E::Column,
        keys: impl IntoIterator<Item: Into<Value>>,
        columns: &[E::Column],
    ) -> Result<Vec<M>, DbErr> {
        self.by_key::<E, M>(column, keys, columns, "").await
    }

    /// One statement for many keys.
    ///
    /// PostgreSQL would rather read all rows of the tenant for a list of keys, as
    /// long as it has no statistics: while a tenant's first import runs, which
    /// would take longer with every line. Looked up one by one inside the
    /// statement, there is no better way than by the index.
    async fn by_key<E: Tenanted, M: FromQueryResult>(
        &self,
        column: E::Column,
        keys: impl IntoIterator<Item: Into<Value>>,
        columns: &[E::Column],
        lock: &str,
    ) -> Result<Vec<M>, DbErr> {
        let (of, by) = (E::tenant_column().as_str().to_owned(), column.as_str());
        let (table, keys) = (E::default().table_name().to_owned(), keys.into_iter());
        let keys: Vec<Value> = keys.map(Into::into).collect();
        let wanted: Vec<String> =
            columns.iter().map(|it| format!("found.{}", it.as_str())).collect();
        let mut found = Vec::new();
        for some in keys.chunks(AT_ONCE) {
            let some = some.iter().cloned();
            found.extend(match self.backend() {
                DbBackend::Postgres => {
                    let marks: Vec<String> =
                        (2..some.len() + 2).map(|n| format!("(${n})")).collect();
                    let sql = format!(
                        "select {} from (values {}) as wanted (key) cross join lateral \
                         (select * from {table} where {of} = $1 and {by} = wanted.key \
                         offset 0{lock}) as found",
                        wanted.join(","),
                        marks.join(",")
                    );
                    let values = std::iter::once(self.tenant().0.into()).chain(some);
                    let sql = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
                    self.raw(M::find_by_statement(sql)).await?
                }
                _ => {
                    let columns = columns.iter().copied();
                    let query = E::find().select_only().columns(columns);
                    self.rows::<E, M>(query.filter(column.is_in(some))).await?
                }
            });
        }
        Ok(found)
    }
}

impl WriteTx {
    /// The same, and nobody else deletes these rows before this transaction ends.
    pub async fn all_kept_by<E: Tenanted>(
        &self,
        column: E::Column,
        keys: impl IntoIterator<Item: Into<Value>>,
    ) -> Result<Vec<E::Model>, DbErr> {
        self.by_key::<E, E::Model>(column, keys, &all::<E>(), " for key share").await
    }

    /// The same, and nobody else changes these rows before this transaction ends.
    /// Whoever locks many does so in the order of their keys: two who did so in
    /// different orders would wait for each other.
    pub async fn all_locked_by<E: Tenanted>(
        &self,
        column: E::Column,
        keys: impl IntoIterator<Item = Vec<u8>>,
    ) -> Result<Vec<E::Model>, DbErr> {
        self.rows_locked_by::<E, E::Model>(column, keys, &all::<E>()).await
    }

    /// The same with some columns only.
    pub async fn rows_locked_by<E: Tenanted, M: FromQueryResult>(
        &self,
        column: E::Column,
        keys: impl IntoIterator<Item = Vec<u8>>,
        columns: &[E::Column],
    ) -> Result<Vec<M>, DbErr> {
        let mut keys: Vec<Vec<u8>> = keys.into_iter().collect();
        keys.sort();
        keys.dedup();
        self.by_key::<E, M>(column, keys, columns, " for no key update").await
    }
}
