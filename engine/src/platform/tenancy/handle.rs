//! A tenant's view of the database.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use domain::identifiers::TenantId;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    AccessMode, ActiveModelTrait, ColumnTrait, ConnAcquireErr, ConnectionTrait, DatabaseConnection,
    DatabaseTransaction, DbBackend, DbErr, DeleteMany, EntityTrait, FromQueryResult,
    IntoActiveModel, Iterable, PaginatorTrait, QueryFilter, Select, SelectModel, SelectorRaw,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, UpdateMany,
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::outside::Inside;
use crate::platform::storage::tenants;

/// An entity whose rows belong to a tenant.
pub trait Tenanted: EntityTrait {
    /// The column that says which.
    fn tenant_column() -> Self::Column;
}

/// Says that an entity's rows belong to the tenant in their `tenant_id`.
macro_rules! tenanted {
    ($entity:ident) => {
        impl $crate::platform::tenancy::Tenanted for $entity {
            fn tenant_column() -> Column {
                Column::TenantId
            }
        }
    };
}
pub(crate) use tenanted;

/// The database as one tenant sees it.
///
/// There is no way to run a query but through a transaction of this handle, and
/// no query of such a transaction that is not limited to the tenant:
///
/// ```no_run
/// # use engine::{storage::subjects, tenancy::TenantDb};
/// use sea_orm::EntityTrait;
/// # async fn f(db: TenantDb) -> Result<(), sea_orm::DbErr> {
/// let tx = db.read().await?;
/// let subjects = tx.all(subjects::Entity::find()).await?;
/// # Ok(()) }
/// ```
///
/// The same query, run past the handle, does not compile:
///
/// ```compile_fail
/// # use engine::{storage::subjects, tenancy::TenantDb};
/// use sea_orm::EntityTrait;
/// # async fn f(db: TenantDb) -> Result<(), sea_orm::DbErr> {
/// let tx = db.read().await?;
/// let subjects = subjects::Entity::find().all(&tx).await?;
/// # Ok(()) }
/// ```
///
/// A reading transaction does not write:
///
/// ```no_run
/// # use engine::{storage::subjects, tenancy::TenantDb};
/// use sea_orm::EntityTrait;
/// # async fn f(db: TenantDb) -> Result<(), sea_orm::DbErr> {
/// let tx = db.write().await?;
/// tx.delete(subjects::Entity::delete_many()).await?;
/// # Ok(()) }
/// ```
///
/// ```compile_fail
/// # use engine::{storage::subjects, tenancy::TenantDb};
/// use sea_orm::EntityTrait;
/// # async fn f(db: TenantDb) -> Result<(), sea_orm::DbErr> {
/// let tx = db.read().await?;
/// tx.delete(subjects::Entity::delete_many()).await?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct TenantDb {
    connection: DatabaseConnection,
    writers: Arc<Mutex<()>>,
    tenant: TenantId,
}

/// How many values go into one statement; SQLite takes 32,766.
const VALUES: usize = 30_000;

/// How long a writer waits for its turn on SQLite.
const TURN: Duration = Duration::from_secs(30);

/// Whose transaction it is, for row-level security; how long a statement waits for
/// what another transaction holds, and how long it runs at all.
const SETTINGS: &str = "select set_config('candor.tenant', $1, true), \
     set_config('lock_timeout', '10s', true), set_config('statement_timeout', '60s', true)";

/// A reading transaction of one tenant.
pub struct ReadTx {
    tx: DatabaseTransaction,
    tenant: TenantId,
    _inside: Inside,
}

/// A writing transaction of one tenant. Dropped without [`WriteTx::commit`], it
/// is rolled back.
pub struct WriteTx {
    tx: ReadTx,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl TenantDb {
    pub(super) fn new(
        connection: DatabaseConnection,
        writers: Arc<Mutex<()>>,
        tenant: TenantId,
    ) -> TenantDb {
        TenantDb { connection, writers, tenant }
    }

    /// Begins a reading transaction.
    pub async fn read(&self) -> Result<ReadTx, DbErr> {
        let options = match self.connection.get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions::default(),
        };
        self.begin(options).await
    }

    /// Begins a writing transaction. SQLite has one writer at a time: this waits
    /// for its turn without polling the file lock.
    pub async fn write(&self) -> Result<WriteTx, DbErr> {
        let (turn, mode) = match self.connection.get_database_backend() {
            DbBackend::Postgres => (None, None),
            _ => (Some(self.turn().await?), Some(SqliteTransactionMode::Immediate)),
        };
        let options =
            TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
        Ok(WriteTx { tx: self.begin(options).await?, _turn: turn })
    }

    async fn turn(&self) -> Result<OwnedMutexGuard<()>, DbErr> {
        Inside::refuse(pool(&self.writers));
        let turn = Arc::clone(&self.writers).lock_owned();
        let turn = tokio::time::timeout(TURN, turn).await;
        turn.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))
    }

    async fn begin(&self, options: TransactionOptions) -> Result<ReadTx, DbErr> {
        let inside = Inside::enter(pool(&self.writers));
        let tx = self.connection.begin_with_options(options).await?;
        if tx.get_database_backend() == DbBackend::Postgres {
            tx.query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                SETTINGS,
                [self.tenant.0.to_string().into()],
            ))
            .await?;
        }
        Ok(ReadTx { tx, tenant: self.tenant, _inside: inside })
    }
}

/// What tells the pools of a process from each other.
pub(super) fn pool(writers: &Arc<Mutex<()>>) -> usize {
    Arc::as_ptr(writers).addr()
}

impl ReadTx {
    /// Whose rows it sees.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The rows that a query selects.
    pub async fn all<E: Tenanted>(&self, query: Select<E>) -> Result<Vec<E::Model>, DbErr> {
        self.own::<E, _>(query).all(&self.tx).await
    }

    /// The first row that a query selects.
    pub async fn one<E: Tenanted>(&self, query: Select<E>) -> Result<Option<E::Model>, DbErr> {
        self.own::<E, _>(query).one(&self.tx).await
    }

    /// How many rows a query selects.
    pub async fn count<E>(&self, query: Select<E>) -> Result<u64, DbErr>
    where
        E: Tenanted,
        E::Model: Sync,
    {
        self.own::<E, _>(query).count(&self.tx).await
    }

    /// The rows that a query selects, as something else than whole models: for
    /// chosen columns, groups and sums.
    pub async fn rows<E: Tenanted, M: FromQueryResult>(
        &self,
        query: Select<E>,
    ) -> Result<Vec<M>, DbErr> {
        self.own::<E, _>(query).into_model::<M>().all(&self.tx).await
    }

    pub(super) fn backend(&self) -> DbBackend {
        self.tx.get_database_backend()
    }

    /// The rows of a statement that names the tenant by itself.
    pub(super) async fn raw<M: FromQueryResult>(
        &self,
        statement: SelectorRaw<SelectModel<M>>,
    ) -> Result<Vec<M>, DbErr> {
        statement.all(&self.tx).await
    }

    fn own<E: Tenanted, Q: QueryFilter>(&self, query: Q) -> Q {
        query.filter(E::tenant_column().eq(self.tenant.0))
    }
}

impl Deref for WriteTx {
    type Target = ReadTx;
    fn deref(&self) -> &ReadTx {
        &self.tx
    }
}

impl WriteTx {
    /// Inserts a row.
    pub async fn insert<A>(&self, row: A) -> Result<(), DbErr>
    where
        A: ActiveModelTrait + Send,
        A::Entity: Tenanted,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        self.insert_many([row]).await
    }

    /// Inserts rows, in as few statements as the databases allow.
    pub async fn insert_many<A>(&self, rows: impl IntoIterator<Item = A>) -> Result<(), DbErr>
    where
        A: ActiveModelTrait + Send,
        A::Entity: Tenanted,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        for some in self.chunked(rows) {
            A::Entity::insert_many(some).exec_without_returning(&self.tx.tx).await?;
        }
        Ok(())
    }

    /// Inserts a row, or does what `on_conflict` says if it exists. The answer
    /// is how many rows were touched.
    pub async fn insert_or<A>(&self, row: A, on_conflict: OnConflict) -> Result<u64, DbErr>
    where
        A: ActiveModelTrait + Send,
        A::Entity: Tenanted,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        A::Entity::insert(self.owned(row))
            .on_conflict(on_conflict)
            .exec_without_returning(&self.tx.tx)
            .await
    }

    /// Updates the rows that a statement names; the answer is how many.
    pub async fn update<E: Tenanted>(&self, update: UpdateMany<E>) -> Result<u64, DbErr> {
        let done = self.own::<E, _>(update).exec(&self.tx.tx).await?;
        Ok(done.rows_affected)
    }

    /// Deletes the rows that a statement names; the answer is how many.
    pub async fn delete<E: Tenanted>(&self, delete: DeleteMany<E>) -> Result<u64, DbErr> {
        let done = self.own::<E, _>(delete).exec(&self.tx.tx).await?;
        Ok(done.rows_affected)
    }

    /// Waits until nobody else, on any node, is at what has this keyed hash, and
    /// keeps others waiting until this transaction ends: for what is looked up
    /// before it is inserted, where no unique index can refuse the second one. SQLite
    /// has one writer anyway.
    pub async fn alone_with(&self, hash: &[u8]) -> Result<(), DbErr> {
        if self.backend() != DbBackend::Postgres {
            return Ok(());
        }
        // The hashes of two tenants have nothing in common, since their keys have not.
        let mut number = [0; 8];
        number.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = *hashed);
        let lock = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "select pg_advisory_xact_lock($1)",
            [i64::from_be_bytes(number).into()],
        );
        self.tx.tx.execute_raw(lock).await?;
        Ok(())
    }

    /// Inserts rows, or updates these columns of the ones that are there.
    pub async fn put_many<A>(
        &self,
        rows: impl IntoIterator<Item = A>,
        on_conflict: &OnConflict,
    ) -> Result<(), DbErr>
    where
        A: ActiveModelTrait + Send,
        A::Entity: Tenanted,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        for some in self.chunked(rows) {
            A::Entity::insert_many(some)
                .on_conflict(on_conflict.clone())
                .exec_without_returning(&self.tx.tx)
                .await?;
        }
        Ok(())
    }

    /// Tells every node that what this tenant has published has changed.
    pub async fn announce(&self) -> Result<(), DbErr> {
        let count = "update generation set number = number + 1, named = named + 1";
        self.tx.tx.execute_unprepared(count).await?;
        let number = Expr::cust("(select number from generation)");
        let update = tenants::Entity::update_many().col_expr(tenants::Column::Announced, number);
        self.update(update).await?;
        Ok(())
    }

    /// Makes the changes lasting.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.tx.tx.commit().await
    }

    /// Own rows, as many at a time as go into one statement.
    fn chunked<A>(&self, rows: impl IntoIterator<Item = A>) -> Vec<Vec<A>>
    where
        A: ActiveModelTrait,
        A::Entity: Tenanted,
    {
        let mut rest: Vec<A> = rows.into_iter().map(|row| self.owned(row)).collect();
        // Both databases take a bounded number of values in one statement.
        let columns = <A::Entity as EntityTrait>::Column::iter().count();
        let at_once = VALUES / columns.max(1);
        let mut chunks = Vec::new();
        while !rest.is_empty() {
            let more = rest.split_off(at_once.min(rest.len()));
            chunks.push(rest);
            rest = more;
        }
        chunks
    }

    fn owned<A>(&self, mut row: A) -> A
    where
        A: ActiveModelTrait,
        A::Entity: Tenanted,
    {
        row.set(A::Entity::tenant_column(), self.tenant.0.into());
        row
    }
}
