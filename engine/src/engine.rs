//! The engine as a whole: what its use cases share.

use std::path::PathBuf;
use std::sync::Arc;

use domain::identifiers::TenantId;
use tokio::sync::Notify;

use crate::accounts::Passwords;
use crate::directory::Directory;
use crate::erasure::Ledger;
use crate::failure::Failure;
use crate::keyring::Keyring;
use crate::policies::Published;
use crate::tenancy::{Database, TenantDb};

/// How this installation is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What links in mails begin with: `https` and no port, or `http` and the
    /// port of a trial on one's own machine.
    pub scheme: String,
    /// The port in links, if it is not the scheme's own.
    pub port: Option<u16>,
    /// Where mails are written in development.
    pub mail_dir: PathBuf,
    /// The append-only list of erased subjects and destroyed keys.
    pub ledger: PathBuf,
    /// The cost of bcrypt: each step doubles the time.
    pub bcrypt_cost: u32,
}

/// Everything that use cases need besides the scope.
#[derive(Clone)]
pub struct Engine {
    pub(crate) db: Database,
    pub(crate) keyring: Keyring,
    pub(crate) passwords: Passwords,
    pub(crate) ledger: Ledger,
    pub(crate) published: Arc<Published>,
    /// Which tenant answers on which host.
    pub directory: Arc<Directory>,
    /// How this installation is set up.
    pub settings: Arc<Settings>,
    /// Rung when a job was committed, so that a worker need not wait for its
    /// next look.
    pub work: Arc<Notify>,
}

impl Engine {
    /// Puts an engine together from what has been opened.
    pub async fn start(
        db: Database,
        keyring: Keyring,
        settings: Settings,
    ) -> Result<Engine, Failure> {
        let directory = Directory::load(&db).await?;
        Ok(Engine {
            db,
            keyring,
            passwords: Passwords::new(settings.bcrypt_cost)?,
            ledger: Ledger::at(settings.ledger.clone()),
            published: Arc::default(),
            directory: Arc::new(directory),
            settings: Arc::new(settings),
            work: Arc::new(Notify::new()),
        })
    }

    /// The database as a tenant sees it.
    pub fn tenant(&self, tenant: TenantId) -> TenantDb {
        self.db.tenant(tenant)
    }

    /// Looks whether what is published has changed, on this or another node. The
    /// answer is the number that grows with every change.
    pub async fn refresh(&self) -> Result<i64, Failure> {
        self.directory.refresh(&self.db).await
    }

    /// The keyring, for the operator's commands.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// The database, for the operator's commands.
    pub fn database(&self) -> &Database {
        &self.db
    }
}
