//! Databases that can be copied, so that each measurement begins with the same.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use engine::tenancy::{DatabaseUrls, migrate};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use server::cli::Store;

use crate::place;

/// A kind of database, and where those of this run are.
pub struct Databases {
    folder: PathBuf,
    postgres: Option<Postgres>,
}

/// A server that only this run uses.
struct Postgres {
    server: DatabaseConnection,
    /// Everything of a URL but the role and the name.
    superuser: String,
    host: String,
}

/// One of them.
pub struct Copyable {
    /// As the portal opens it.
    pub store: Store,
    /// As somebody opens it whom nothing is in the way of, not even row-level
    /// security.
    pub url: String,
}

impl Databases {
    /// SQLite, and PostgreSQL where there is a server.
    pub async fn all(folder: &Path) -> Result<Vec<Databases>> {
        std::fs::create_dir_all(folder)?;
        let mut all = vec![Databases { folder: folder.to_owned(), postgres: None }];
        if let Ok(url) = std::env::var("CANDOR_TEST_POSTGRES") {
            let (superuser, _) = url.rsplit_once('/').context("postgres://USER@HOST/NAME")?;
            let (_, host) = superuser.split_once('@').context("postgres://USER@HOST/NAME")?;
            let server = Database::connect(&url).await?;
            server.execute_unprepared("create role candor_bench_owner login createrole").await?;
            let (superuser, host) = (superuser.to_owned(), host.to_owned());
            let postgres = Some(Postgres { server, superuser, host });
            all.push(Databases { folder: folder.to_owned(), postgres });
        }
        Ok(all)
    }

    /// As figures are named.
    pub fn name(&self) -> &'static str {
        if self.postgres.is_some() { "postgres" } else { "sqlite" }
    }

    /// A new one, with the schema.
    pub async fn create(&self, name: &str) -> Result<Copyable> {
        let Some(postgres) = &self.postgres else { return Ok(self.named(name)) };
        let server = &postgres.server;
        let create = format!("create database {name} owner candor_bench_owner");
        server.execute_unprepared(&create).await?;
        let created = self.named(name);
        let schema = Database::connect(&created.url).await?;
        schema.execute_unprepared("alter schema public owner to candor_bench_owner").await?;
        schema.close().await?;
        let owner = postgres.url("owner", name);
        migrate(&DatabaseUrls { tenant: String::new(), across: String::new(), owner }).await?;
        for kind in ["tenant", "across"] {
            let role = format!(
                "do $$ begin
                    if not exists (select from pg_roles where rolname = 'candor_bench_{kind}') then
                        create role candor_bench_{kind} login in role candor_{kind};
                    end if;
                 end $$"
            );
            server.execute_unprepared(&role).await?;
        }
        Ok(created)
    }

    /// A copy of one that nobody has open, with its keyring.
    pub async fn copy(&self, from: &Copyable, name: &str) -> Result<Copyable> {
        let copy = self.named(name);
        std::fs::create_dir_all(&copy.store.data_dir)?;
        for file in std::fs::read_dir(&from.store.data_dir)? {
            let file = file?;
            let name = file.file_name();
            ensure!(!name.to_string_lossy().ends_with("-wal"), "{name:?} is still in use");
            if file.file_type()?.is_file() {
                std::fs::copy(file.path(), copy.store.data_dir.join(name))?;
            }
        }
        if let Some(postgres) = &self.postgres {
            let (_, template) = from.url.rsplit_once('/').context("a URL")?;
            let create = format!("create database {name} template {template}");
            postgres.server.execute_unprepared(&create).await?;
        }
        Ok(copy)
    }

    fn named(&self, name: &str) -> Copyable {
        let store = place::sqlite(self.folder.join(format!("{}-{name}", self.name())));
        match &self.postgres {
            None => {
                let url = format!("sqlite://{}", store.data_dir.join("candor.db").display());
                Copyable { store, url }
            }
            Some(postgres) => {
                let database_url = Some(postgres.url("tenant", name));
                let across_url = Some(postgres.url("across", name));
                let url = format!("{}/{name}", postgres.superuser);
                Copyable { store: Store { database_url, across_url, ..store }, url }
            }
        }
    }
}

impl Postgres {
    fn url(&self, role: &str, name: &str) -> String {
        format!("postgres://candor_bench_{role}@{}/{name}", self.host)
    }
}

impl Copyable {
    /// One connection, as durable as the portal's own.
    pub async fn plainly(&self) -> Result<DatabaseConnection> {
        let mut options = ConnectOptions::new(&self.url);
        options.max_connections(1).sqlx_logging(false);
        let connection = Database::connect(options).await?;
        if self.store.is_sqlite() {
            for pragma in ["journal_mode = wal", "synchronous = full", "foreign_keys = on"] {
                connection.execute_unprepared(&format!("pragma {pragma}")).await?;
            }
        }
        Ok(connection)
    }
}
