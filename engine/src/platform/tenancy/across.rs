//! What has to look across tenants: hosts and the list of tenants here, jobs in
//! `queue.rs`.
//!
//! A pool and, on PostgreSQL, a role of its own. Easy to grep for, and short.

use std::sync::Arc;

use domain::identifiers::TenantId;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::handle::pool;
use super::outside::Inside;
use crate::platform::storage::{hosts, tenants};

/// The database across tenants.
#[derive(Clone)]
pub struct Across {
    pub(super) connection: DatabaseConnection,
    pub(super) writers: Arc<Mutex<()>>,
}

/// How often something was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Generation {
    /// In all.
    pub number: i64,
    /// How often it was said by whom.
    pub named: i64,
}

impl Generation {
    /// Whether it was said by whom each time since an earlier one. Nodes of an earlier
    /// version do not say it.
    pub fn tells_all_since(self, before: Generation) -> bool {
        self.number - before.number == self.named - before.named
    }
}

impl Across {
    pub(super) fn new(connection: DatabaseConnection, writers: Arc<Mutex<()>>) -> Across {
        Across { connection, writers }
    }

    /// The connections, for who holds none.
    pub(super) fn connection(&self) -> &DatabaseConnection {
        Inside::refuse(pool(&self.writers));
        &self.connection
    }

    /// Every tenant, by number.
    pub async fn tenants(&self) -> Result<Vec<tenants::Model>, DbErr> {
        tenants::Entity::find().order_by_asc(tenants::Column::TenantId).all(self.connection()).await
    }

    /// The tenant of that name.
    pub async fn tenant_named(&self, slug: &str) -> Result<Option<tenants::Model>, DbErr> {
        tenants::Entity::find().filter(tenants::Column::Slug.eq(slug)).one(self.connection()).await
    }

    /// Every host, a tenant's canonical one first.
    pub async fn hosts(&self) -> Result<Vec<hosts::Model>, DbErr> {
        hosts::Entity::find()
            .order_by_asc(hosts::Column::TenantId)
            .order_by_asc(hosts::Column::Position)
            .all(self.connection())
            .await
    }

    /// Creates a tenant with the next free number.
    pub async fn create_tenant(&self, tenant: tenants::Model) -> Result<TenantId, DbErr> {
        let _inside = Inside::enter(pool(&self.writers));
        let _turn = self.writers.lock().await;
        let tx = self
            .connection
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: match self.connection.get_database_backend() {
                    DbBackend::Sqlite => Some(SqliteTransactionMode::Immediate),
                    _ => None,
                },
                ..TransactionOptions::default()
            })
            .await?;
        let last =
            tenants::Entity::find().order_by_desc(tenants::Column::TenantId).one(&tx).await?;
        let number = last.map_or(1, |tenant| tenant.tenant_id + 1);
        let row = tenants::Model { tenant_id: number, ..tenant };
        tenants::Entity::insert(row.into_active_model()).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(TenantId(number))
    }

    /// How often something was published, by whichever tenant.
    pub async fn generation(&self) -> Result<Generation, DbErr> {
        let row = self
            .connection()
            .query_one_raw(Statement::from_string(
                self.connection().get_database_backend(),
                "select number, named from generation",
            ))
            .await?;
        let Some(row) = row else { return Ok(Generation::default()) };
        Ok(Generation { number: row.try_get_by_index(0)?, named: row.try_get_by_index(1)? })
    }

    /// The identity that ties a keyring to this database, if it has one yet.
    pub async fn identity(&self) -> Result<Option<Uuid>, DbErr> {
        let row = self
            .connection()
            .query_one_raw(Statement::from_string(
                self.connection().get_database_backend(),
                "select identity from instance",
            ))
            .await?;
        row.map(|row| row.try_get_by_index(0)).transpose()
    }

    /// Gives the database its identity.
    pub async fn set_identity(&self, identity: Uuid) -> Result<(), DbErr> {
        let backend = self.connection().get_database_backend();
        let sql = match backend {
            DbBackend::Postgres => "insert into instance (id, identity) values (1, $1)",
            _ => "insert into instance (id, identity) values (1, ?)",
        };
        let _turn = self.writers.lock().await;
        self.connection()
            .execute_raw(Statement::from_sql_and_values(backend, sql, [identity.into()]))
            .await?;
        Ok(())
    }
}
