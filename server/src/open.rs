//! Opening what a command works on.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, anyhow, bail};
use domain::identifiers::Language;
use engine::directory::TenantHead;
use engine::egress::Allowed;
use engine::erasure::{self, Replayed};
use engine::keyring::{Keyring, MasterKey};
use engine::mail::{SmtpServer, SmtpTls, Transport};
use engine::private;
use engine::tenancy::{Database, DatabaseUrls, migrate};
use engine::{Actor, Engine, Scope, Settings};
use uuid::Uuid;

use crate::cli::{self, Store};
use crate::clock::now;
use crate::say::complain;

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

    /// The URL of the keyring.
    pub fn keyring_url(&self) -> Result<String> {
        let file = |file: &Path| format!("sqlite://{}?mode=rwc", file.display());
        Ok(match self.keyring.as_deref() {
            None => file(&self.data_dir.join("keyring.db")),
            Some(url) if ["postgres://", "postgresql://"].iter().any(|it| url.starts_with(it)) => {
                url.to_owned()
            }
            Some(url) if url.starts_with("sqlite://") && url.contains("mode=") => url.to_owned(),
            Some(url) if url.starts_with("sqlite://") => {
                file(Path::new(url.trim_start_matches("sqlite://")))
            }
            Some(url) if url.contains("://") => {
                bail!("--keyring wants a file, sqlite://FILE or postgres://USER@HOST/NAME")
            }
            Some(path) => file(Path::new(path)),
        })
    }

    /// The file of the master key.
    pub fn master_key(&self) -> PathBuf {
        self.file(&self.master_key_file, "master.key")
    }

    /// The file of the ledger.
    pub fn ledger(&self) -> PathBuf {
        self.file(&self.ledger, "erasures.ledger")
    }

    fn file(&self, chosen: &Option<PathBuf>, name: &str) -> PathBuf {
        chosen.clone().unwrap_or_else(|| self.data_dir.join(name))
    }

    /// Takes the data folder for this process, so that nothing is put back under
    /// it; or, `alone`, takes it from all others. Held until the file is closed.
    pub fn take_data_dir(&self, alone: bool) -> Result<File> {
        let folder = File::open(&self.data_dir)?;
        if alone {
            folder.try_lock().ok().context(
                "another Candor is using the data folder: stop `serve` and `worker` first. Nothing was changed",
            )?;
        } else {
            folder.try_lock_shared().ok().context(
                "a backup is being put back into the data folder right now. Nothing was changed",
            )?;
        }
        Ok(folder)
    }

    /// The demo's logins.
    pub fn logins(&self) -> PathBuf {
        self.data_dir.join("demo-logins.json")
    }

    /// Makes the data folder, for those who may have none yet.
    pub fn make_data_dir(&self) -> Result<()> {
        private::folder(&self.data_dir)
            .with_context(|| format!("the data folder {} cannot be made", self.data_dir.display()))
    }

    /// That there is something to work on: a folder that was mistyped is not filled with
    /// another, empty installation.
    pub fn expect_data(&self) -> Result<()> {
        let makes = "`candor migrate` makes a new one. Nothing was made";
        if !self.data_dir.is_dir() {
            bail!("there is no data folder {}. {makes}", self.data_dir.display());
        }
        let database = sqlite_file(&self.urls()?.tenant);
        if let Some(file) = database.filter(|file| !file.exists()) {
            bail!("there is no database {}. {makes}", file.display());
        }
        Ok(())
    }

    /// Makes the data folder and what is in it readable by their owner alone.
    fn mend_data_dir(&self) {
        private::mend(&self.data_dir);
        let files = [self.ledger(), self.logins(), self.file(&self.mail_dir, "mail")];
        files.iter().for_each(|file| private::mend(file));
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
    /// this installation. What the ledger names is erased before anything else is
    /// done, in case a backup was put back.
    pub async fn open(&self, port: Option<u16>) -> Result<Engine> {
        let (engine, replayed) = self.open_and_replay(port).await?;
        if replayed != Replayed::default() {
            let Replayed { people, keys } = replayed;
            tracing::warn!(people, keys, "erased again what an older backup had brought back");
        }
        Ok(engine)
    }

    /// The same, and tells what was erased again.
    pub async fn open_and_replay(&self, port: Option<u16>) -> Result<(Engine, Replayed)> {
        self.expect_data()?;
        let taken = self.take_data_dir(false)?;
        self.mend_data_dir();
        // Until the process ends, and no longer; a second one of the same process is let go.
        let _ = IN_USE.set(taken);
        if self.is_sqlite() {
            self.migrate().await?;
        }
        let db = Database::open(&self.urls()?).await?;
        let file = self.master_key();
        if !file.exists() && db.across().identity().await?.is_some() {
            bail!(
                "{} is missing, and the database has a keyring: name the folder or the file that \
                 has its master key. Nothing was made",
                file.display()
            );
        }
        let master = MasterKey::read_or_create(&file)?;
        let keyring = Keyring::open_at(&self.keyring_url()?, master, &db.across()).await?;
        let settings = Settings {
            scheme: if self.https { "https" } else { "http" }.to_owned(),
            port,
            mail: self.mail()?,
            mail_from: self.mail_from.clone(),
            allowed: Allowed::parse(&self.allow_private).map_err(|entry| {
                anyhow!("--allow-private wants ADDRESS or ADDRESS:PORT, and “{entry}” is neither")
            })?,
            ledger: self.ledger(),
            bcrypt_cost: self.bcrypt_cost,
        };
        let engine = Engine::start(db, keyring, settings).await?;
        let replayed = erasure::replay(&engine, now()).await?;
        for odd in engine.ledger().odd() {
            if tracing::dispatcher::has_been_set() {
                tracing::warn!("ledger: {odd}");
            } else {
                // A command that keeps no log.
                complain!("candor: ledger: {odd}");
            }
        }
        Ok((engine, replayed))
    }
}

/// The data folder, taken for this process.
static IN_USE: OnceLock<File> = OnceLock::new();

/// The file of an SQLite URL.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let file = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    file.split('?').next().map(PathBuf::from)
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
