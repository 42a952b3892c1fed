//! Opening what a command works on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use domain::identifiers::Language;
use engine::directory::TenantHead;
use engine::egress::Allowed;
use engine::keyring::{Keyring, MasterKey};
use engine::mail::{SmtpServer, SmtpTls, Transport};
use engine::tenancy::{Database, DatabaseUrls, migrate};
use engine::{Actor, Engine, Scope, Settings};
use uuid::Uuid;

use crate::cli::{self, Store};
use crate::clock::now;

impl Store {
    /// Where the database is.
    pub fn urls(&self) -> Result<DatabaseUrls> {
        match &self.database_url {
            None => {
                let file = self.data_dir.join("candor.db");
                Ok(DatabaseUrls::same(&format!("sqlite://{}?mode=rwc", file.display())))
            }
            Some(url) if url.starts_with("sqlite:") => Ok(DatabaseUrls::same(url)),
            Some(url) if url.starts_with("postgres:") || url.starts_with("postgresql:") => {
                Ok(DatabaseUrls {
                    tenant: url.clone(),
                    across: self.across_url.clone().context(
                        "PostgreSQL needs --across-url (CANDOR_ACROSS_URL): a role that is a member of candor_across",
                    )?,
                    owner: self.owner_url.clone().unwrap_or_default(),
                })
            }
            Some(_) => bail!("the database URL must begin with sqlite: or postgres:"),
        }
    }

    /// Whether the database is a file of this machine.
    pub fn is_sqlite(&self) -> bool {
        self.database_url.as_deref().is_none_or(|url| url.starts_with("sqlite:"))
    }

    fn file(&self, chosen: &Option<PathBuf>, name: &str) -> PathBuf {
        chosen.clone().unwrap_or_else(|| self.data_dir.join(name))
    }

    /// The demo's logins.
    pub fn logins(&self) -> PathBuf {
        self.data_dir.join("demo-logins.json")
    }

    /// Makes the data folder, readable by its owner alone.
    pub fn make_data_dir(&self) -> Result<()> {
        use std::os::unix::fs::DirBuilderExt;
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.data_dir)
            .with_context(|| format!("the data folder {} cannot be made", self.data_dir.display()))
    }

    /// Brings the database to the schema of this version.
    pub async fn migrate(&self) -> Result<Vec<String>> {
        let urls = self.urls()?;
        if urls.owner.is_empty() {
            bail!(
                "migrating PostgreSQL needs --owner-url (CANDOR_OWNER_URL): the owner of the tables"
            );
        }
        Ok(migrate(&urls).await?)
    }

    /// How mail leaves.
    fn mail(&self) -> Result<Transport> {
        let Some(server) = &self.smtp else {
            return Ok(Transport::Folder(self.file(&self.mail_dir, "mail")));
        };
        let place =
            server.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)));
        let (host, port) = place.context("--smtp wants HOST:PORT")?;
        let login = match (&self.smtp_user, &self.smtp_password_file) {
            (Some(user), Some(file)) => {
                Some((user.clone(), read(file)?.trim_end().to_owned().into()))
            }
            (None, None) => None,
            _ => bail!("--smtp-user and --smtp-password-file come together"),
        };
        let tls = match self.smtp_tls {
            cli::SmtpTls::Implicit => SmtpTls::Implicit,
            cli::SmtpTls::Starttls => SmtpTls::Starttls,
            cli::SmtpTls::None => SmtpTls::None,
        };
        Ok(Transport::Smtp(SmtpServer { host: host.to_owned(), port, tls, login }))
    }

    /// Opens database and keyring. SQLite is migrated first: its only user is
    /// this installation.
    pub async fn open(&self, port: Option<u16>) -> Result<Engine> {
        self.make_data_dir()?;
        if self.is_sqlite() {
            self.migrate().await?;
        }
        let db = Database::open(&self.urls()?).await?;
        let master = MasterKey::read_or_create(&self.file(&self.master_key_file, "master.key"))?;
        let keyring =
            Keyring::open(&self.file(&self.keyring, "keyring.db"), master, &db.across()).await?;
        let settings = Settings {
            scheme: if self.https { "https" } else { "http" }.to_owned(),
            port,
            mail: self.mail()?,
            mail_from: self.mail_from.clone(),
            allowed: Allowed::parse(&self.allow_private).map_err(|entry| {
                anyhow!("--allow-private wants ADDRESS or ADDRESS:PORT, and “{entry}” is neither")
            })?,
            ledger: self.file(&self.ledger, "erasures.ledger"),
            bcrypt_cost: self.bcrypt_cost,
        };
        Ok(Engine::start(db, keyring, settings).await?)
    }
}

/// The tenant of that name, and the operator's frame in it.
pub async fn as_operator(engine: &Engine, slug: &str) -> Result<(Arc<TenantHead>, Scope)> {
    engine.refresh().await?;
    let tenants = engine.directory.tenants();
    let Some(tenant) = tenants.iter().find(|tenant| tenant.slug == slug) else {
        let known: Vec<&str> = tenants.iter().map(|tenant| tenant.slug.as_str()).collect();
        bail!("there is no tenant “{slug}”. There are: {}", known.join(", "));
    };
    let scope = Scope {
        tenant: tenant.id,
        zone: tenant.zone.clone(),
        actor: Actor::Operator,
        language: Language::default(),
        now: now(),
        request_id: Uuid::now_v7(),
    };
    Ok((Arc::clone(tenant), scope))
}

/// Reads a file that an operator named.
pub fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}
