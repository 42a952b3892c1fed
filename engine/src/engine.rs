//! The engine as a whole: what its use cases share.

use std::path::PathBuf;
use std::sync::Arc;

use domain::identifiers::{EmailAddress, TenantId};
use tokio::sync::Notify;

use crate::people::accounts::Passwords;
use crate::people::providers::Discovered;
use crate::platform::directory::Directory;
use crate::platform::egress::{Allowed, Egress};
use crate::platform::failure::Failure;
use crate::platform::jobs::Kinds;
use crate::platform::keyring::Keyring;
use crate::platform::ledger::Ledger;
use crate::platform::mail::Transport;
use crate::platform::meters::Meters;
use crate::platform::scope::Scope;
use crate::platform::tenancy::{Database, Permit, TenantDb};
use crate::policies::{self, Published, Version};
use crate::work;

/// How this installation is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What links in mails begin with: `https` and no port, or `http` and the
    /// port of a trial on one's own machine.
    pub scheme: String,
    /// The port in links, if it is not the scheme's own.
    pub port: Option<u16>,
    /// How mail leaves.
    pub mail: Transport,
    /// What mail comes from, if not from each tenant's own address.
    pub mail_from: Option<EmailAddress>,
    /// Private addresses that tenants may have asked.
    pub allowed: Allowed,
    /// This node's copy of the append-only list of erased subjects and destroyed keys.
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
    pub(crate) egress: Egress,
    pub(crate) published: Arc<Published>,
    pub(crate) discovered: Arc<Discovered>,
    /// Which tenant answers on which host.
    pub directory: Arc<Directory>,
    /// How this installation is set up.
    pub settings: Arc<Settings>,
    /// Rung when a job was committed, so that a worker need not wait for its
    /// next look.
    pub work: Arc<Notify>,
    /// What this node counts.
    pub meters: Meters,
    /// The kinds of job that this node knows.
    pub kinds: Arc<Kinds>,
}

impl Engine {
    /// Puts an engine together from what has been opened.
    pub async fn start(
        db: Database,
        keyring: Keyring,
        settings: Settings,
    ) -> Result<Engine, Failure> {
        let directory = Directory::load(&db).await?;
        let ledger = Ledger::new(keyring.clone(), settings.ledger.clone());
        Ok(Engine {
            db,
            keyring,
            passwords: Passwords::new(settings.bcrypt_cost)?,
            egress: Egress::new(settings.allowed.clone()).map_err(Failure::corrupt)?,
            ledger,
            published: Arc::default(),
            discovered: Arc::default(),
            directory: Arc::new(directory),
            settings: Arc::new(settings),
            work: Arc::new(Notify::new()),
            meters: Meters::default(),
            kinds: Arc::new(work::kinds()),
        })
    }

    /// The database as a tenant sees it, for whoever may do something there.
    pub fn tenant(&self, permit: Permit) -> TenantDb {
        self.db.tenant(permit)
    }

    /// Looks whether what is published has changed, on this or another node. The
    /// answer is the number that grows with every change.
    pub async fn refresh(&self) -> Result<i64, Failure> {
        self.directory.refresh(&self.db).await
    }

    /// The version of the tenant's policy that is in force, for those that every
    /// capability stands on.
    pub(crate) async fn policy(&self, scope: &Scope) -> Result<Option<Arc<Version>>, Failure> {
        policies::in_force(self, scope).await
    }

    /// The host that a tenant's links in mails lead to.
    pub fn canonical_host(&self, tenant: TenantId) -> Result<String, Failure> {
        let head = self.directory.tenant(tenant);
        let head = head.ok_or_else(|| Failure::corrupt(format!("tenant {tenant} has no host")))?;
        Ok(head.canonical_host.to_string())
    }

    /// A page of a tenant as a link in a mail: never from a request's own host.
    pub fn link(&self, tenant: TenantId, path: &str) -> Result<String, Failure> {
        let host = self.canonical_host(tenant)?;
        let port = self.settings.port.map(|port| format!(":{port}")).unwrap_or_default();
        Ok(format!("{}://{host}{port}{path}", self.settings.scheme))
    }

    /// What goes out to other servers.
    pub fn egress(&self) -> &Egress {
        &self.egress
    }

    /// The keyring, for the operator's commands.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// The list of what was erased, for the operator's commands.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The database, for the operator's commands.
    pub fn database(&self) -> &Database {
        &self.db
    }
}
