//! Opening the database and binding handles to tenants.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};
use tokio::sync::Mutex;

use super::full::is_full;
use super::handle::pool;
use super::outside::Inside;
use super::{Across, Permit, TenantDb};
use crate::platform::private;

/// Where the database is. On SQLite all three are the same file; on PostgreSQL
/// each is a role of its own.
#[derive(Debug, Clone)]
pub struct DatabaseUrls {
    /// For serving tenants: a role that owns nothing, member of `candor_tenant`.
    pub tenant: String,
    /// For looking hosts up and claiming jobs: member of `candor_across`.
    pub across: String,
    /// For migrations: the owner of the tables.
    pub owner: String,
}

/// How many connections serve the tenants of a node.
const CONNECTIONS: u32 = 16;

/// The database of all tenants.
#[derive(Clone)]
pub struct Database {
    connection: DatabaseConnection,
    across: DatabaseConnection,
    writers: Arc<Mutex<()>>,
}

/// Why the database cannot be used. Shown to the operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It does not answer.
    #[error("the database cannot be opened: {0}")]
    Unreachable(#[source] DbErr),
    /// A later version of Candor has migrated it, and this one cannot work with that.
    #[error(
        "the database was migrated by a newer version of Candor (it knows “{0}”, this version \
         does not). Nothing was changed. Run that version, or restore a backup made before it"
    )]
    Newer(String),
    /// It has not been migrated.
    #[error("the database lacks {0} migrations. Run `candor migrate` first")]
    Older(usize),
    /// The role could get round row-level security.
    #[error(
        "the PostgreSQL role “{role}” {why}, so row-level security would not hold it back. \
         Serve with a role that is only a member of candor_tenant, and look across with one that \
         is only a member of candor_across"
    )]
    RoleTooStrong {
        /// The role.
        role: String,
        /// What makes it too strong.
        why: &'static str,
    },
    /// The file or directory cannot be written.
    #[error(
        "the database is read-only: {0}. Nothing was changed. Check the file's owner and permissions, and those of its directory"
    )]
    ReadOnly(String),
    /// There is no room.
    #[error("the disk of the database is full: {0}. Nothing was changed. Make room first")]
    Full(String),
    /// PostgreSQL is copied by its own tools.
    #[error("a database on PostgreSQL is backed up with pg_dump: see docs/OPERATING.md")]
    NotAFile,
}

impl DatabaseUrls {
    /// One URL for everything.
    pub fn same(url: &str) -> DatabaseUrls {
        DatabaseUrls { tenant: url.into(), across: url.into(), owner: url.into() }
    }
}

/// Brings the database to the schema of this version, and says which migrations
/// that took.
pub async fn migrate(urls: &DatabaseUrls) -> Result<Vec<String>, OpenError> {
    let connection = connect(&urls.owner, 1).await?;
    writable(&connection).await?;
    if is_newer(&connection).await? {
        refuse_older(&connection).await?;
        connection.close().await.map_err(OpenError::Unreachable)?;
        return Ok(Vec::new());
    }
    let pending: Vec<String> = Migrator::get_pending_migrations(&connection)
        .await
        .map_err(OpenError::Unreachable)?
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    Migrator::up(&connection, None).await.map_err(OpenError::Unreachable)?;
    connection.close().await.map_err(OpenError::Unreachable)?;
    Ok(pending)
}

impl Database {
    /// Opens a migrated database, after making sure that it is one and that its
    /// roles are as weak as they should be.
    pub async fn open(urls: &DatabaseUrls) -> Result<Database, OpenError> {
        Database::open_with(urls, CONNECTIONS).await
    }

    /// The same with so many connections.
    pub async fn open_with(urls: &DatabaseUrls, connections: u32) -> Result<Database, OpenError> {
        let connection = connect(&urls.tenant, connections).await?;
        let across = if urls.across == urls.tenant {
            connection.clone()
        } else {
            connect(&urls.across, 4).await?
        };
        writable(&connection).await?;
        is_newer(&across).await?;
        refuse_older(&across).await?;
        refuse_strong_role(&connection, false).await?;
        if urls.across != urls.tenant {
            refuse_strong_role(&across, true).await?;
        }
        Ok(Database { connection, across, writers: Arc::new(Mutex::new(())) })
    }

    /// The database as one tenant sees it, for whoever may do something there.
    pub fn tenant(&self, permit: Permit) -> TenantDb {
        TenantDb::new(self.connection.clone(), Arc::clone(&self.writers), permit.tenant())
    }

    /// The database across tenants.
    pub fn across(&self) -> Across {
        Across::new(self.across.clone(), Arc::clone(&self.writers))
    }

    /// For what reads by a connection of its own, though only now and then: in a
    /// build with debug assertions, fails if whoever calls has a transaction open.
    pub fn outside(&self) {
        Inside::refuse(pool(&self.writers));
    }

    /// Copies the database, as it is at one moment, into a new file while it is
    /// used. For SQLite only.
    pub async fn copy_to(&self, file: &Path) -> Result<(), OpenError> {
        if self.connection.get_database_backend() != DbBackend::Sqlite {
            return Err(OpenError::NotAFile);
        }
        // SQLite takes an empty file for none.
        private::file(file).map_err(|error| OpenError::ReadOnly(error.to_string()))?;
        let name = file.display().to_string();
        let copy =
            Statement::from_sql_and_values(DbBackend::Sqlite, "vacuum into ?", [name.into()]);
        self.connection.execute_raw(copy).await.map_err(OpenError::Unreachable)?;
        Ok(())
    }

    /// Whether it answers whoever serves tenants, and whoever looks across them.
    pub async fn answers(&self) -> bool {
        for connection in [&self.connection, &self.across] {
            if connection.execute_unprepared("select 1").await.is_err() {
                return false;
            }
        }
        true
    }

    /// How many connections are used and idle, by what they are for.
    pub fn connections(&self) -> Vec<(&'static str, usize, usize)> {
        let counted = |connection: &DatabaseConnection| {
            let (all, idle) = match connection.get_database_backend() {
                DbBackend::Postgres => {
                    let pool = connection.get_postgres_connection_pool();
                    (pool.size(), pool.num_idle())
                }
                _ => {
                    let pool = connection.get_sqlite_connection_pool();
                    (pool.size(), pool.num_idle())
                }
            };
            ((all as usize).saturating_sub(idle), idle)
        };
        let mut found = vec![("tenant", counted(&self.connection))];
        if self.connection.get_database_backend() == DbBackend::Postgres {
            found.push(("across", counted(&self.across)));
        }
        found.into_iter().map(|(role, (used, idle))| (role, used, idle)).collect()
    }

    /// Whether this version can work with its schema.
    pub async fn is_migrated(&self) -> bool {
        is_newer(&self.across).await.is_ok() && refuse_older(&self.across).await.is_ok()
    }

    /// Ends all connections.
    pub async fn close(self) {
        let _ = self.connection.close().await;
        let _ = self.across.close().await;
    }
}

/// Connects. SQLite: WAL, every commit on disk, foreign keys checked.
async fn connect(url: &str, connections: u32) -> Result<DatabaseConnection, OpenError> {
    private::database(url).map_err(|error| OpenError::ReadOnly(error.to_string()))?;
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .connect_timeout(Duration::from_secs(10))
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .journal_mode(sqlx_sqlite::SqliteJournalMode::Wal)
                .synchronous(sqlx_sqlite::SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(30))
        });
    sea_orm::Database::connect(options).await.map_err(|error| {
        let text = error.to_string();
        if text.contains("readonly") || text.contains("read-only") {
            OpenError::ReadOnly(text)
        } else {
            OpenError::Unreachable(error)
        }
    })
}

async fn writable(connection: &DatabaseConnection) -> Result<(), OpenError> {
    if connection.get_database_backend() == DbBackend::Sqlite {
        // Sets a number that nothing reads to the value that it has.
        connection.execute_unprepared("pragma user_version = 0").await.map_err(|error| {
            match is_full(&error) {
                true => OpenError::Full(error.to_string()),
                false => OpenError::ReadOnly(error.to_string()),
            }
        })?;
    }
    Ok(())
}

async fn applied(connection: &DatabaseConnection) -> Result<Vec<String>, OpenError> {
    let rows = connection
        .query_all_raw(Statement::from_string(
            connection.get_database_backend(),
            "select version from seaql_migrations",
        ))
        .await
        // Without the table nothing was applied.
        .unwrap_or_default();
    rows.iter().map(|row| row.try_get_by_index(0).map_err(OpenError::Unreachable)).collect()
}

fn known() -> Vec<String> {
    Migrator::migrations().iter().map(|m| m.name().to_owned()).collect()
}

/// Whether a later version has migrated the database. Refuses it if that has taken
/// away what this version needs; as long as it only added, both can work with it.
async fn is_newer(connection: &DatabaseConnection) -> Result<bool, OpenError> {
    let known = known();
    let later = applied(connection).await?.into_iter().find(|name| !known.contains(name));
    let Some(name) = later else { return Ok(false) };
    let oldest = connection
        .query_one_raw(Statement::from_string(
            connection.get_database_backend(),
            "select number from oldest_schema",
        ))
        .await
        // Without the table nobody has said so.
        .unwrap_or_default()
        .and_then(|row| row.try_get_by_index::<i64>(0).ok());
    // Migrations are numbered in their names.
    let number = |name: &String| name.get(1..5).and_then(|number| number.parse::<i64>().ok());
    let ours = known.iter().filter_map(number).max();
    if oldest.is_some() && oldest <= ours { Ok(true) } else { Err(OpenError::Newer(name)) }
}

async fn refuse_older(connection: &DatabaseConnection) -> Result<(), OpenError> {
    let applied = applied(connection).await?;
    match known().iter().filter(|name| !applied.contains(name)).count() {
        0 => Ok(()),
        missing => Err(OpenError::Older(missing)),
    }
}

/// Whether this role, or one that it is a member of, however far, could get round
/// row-level security: what `SET ROLE` reaches counts like what is its own.
const STRENGTHS: &str = "with recursive mine (oid) as (
        select oid from pg_roles where rolname = current_user
        union select roleid from pg_auth_members m join mine on m.member = mine.oid
    ), roles as (select r.* from pg_roles r join mine using (oid))
    select current_user::text,
        exists (select from roles where rolsuper),
        exists (select from roles where rolbypassrls),
        exists (select from pg_class c join mine on c.relowner = mine.oid
            where c.relkind in ('r', 'p', 'v', 'm'))
            or exists (select from pg_database d join mine on d.datdba = mine.oid
                where d.datname = current_database()),
        exists (select from roles where rolname = 'candor_across'),
        exists (select from roles where rolname ~ '^pg_'),
        exists (select from roles where rolcreaterole),
        exists (select from roles where rolreplication),
        exists (select from pg_class c, mine where c.relkind in ('r', 'p')
            and c.relnamespace = current_schema()::regnamespace
            and has_table_privilege(mine.oid, c.oid, 'TRUNCATE, TRIGGER'))";

async fn refuse_strong_role(
    connection: &DatabaseConnection,
    looks_across: bool,
) -> Result<(), OpenError> {
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let row = connection
        .query_one_raw(Statement::from_string(DbBackend::Postgres, STRENGTHS))
        .await
        .map_err(OpenError::Unreachable)?;
    let Some(row) = row else { return Ok(()) };
    let is = |index: usize| row.try_get_by_index::<bool>(index).unwrap_or(true);
    let reasons = [
        (1, "is a superuser, or a member of one"),
        (2, "bypasses row-level security, or is a member of a role that does"),
        (3, "owns tables, or is a member of a role that does"),
        (4, "is a member of candor_across, and serves tenants"),
        (5, "is a member of a predefined role of PostgreSQL"),
        (6, "may make roles, or is a member of a role that may"),
        (7, "may copy the whole server by replication, or is a member of a role that may"),
        (8, "may empty tables or put triggers on them, past row-level security"),
    ];
    let matters = |index: usize| !(looks_across && index == 4);
    match reasons.into_iter().find(|(index, _)| matters(*index) && is(*index)) {
        Some((_, why)) => {
            Err(OpenError::RoleTooStrong { role: row.try_get_by_index(0).unwrap_or_default(), why })
        }
        None => Ok(()),
    }
}
