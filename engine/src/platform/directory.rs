//! Which tenant answers on which host, kept in memory.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arc_swap::ArcSwap;
use domain::identifiers::{HostName, TenantId};
use jiff::tz::TimeZone;
use tokio::sync::Mutex;

use crate::platform::failure::Failure;
use crate::platform::tenancy::{Database, Generation};

/// What every page of a tenant needs to know about it.
#[derive(Debug, Clone)]
pub struct TenantHead {
    /// Its number.
    pub id: TenantId,
    /// Its name in commands.
    pub slug: String,
    /// Its name on pages.
    pub name: String,
    /// What it does, in a line.
    pub tagline: String,
    /// Its colour, as `#rrggbb`.
    pub accent: String,
    /// Where its days begin.
    pub zone: TimeZone,
    /// Whether customers may sign up.
    pub sign_up: bool,
    /// Whether staff needs a second factor.
    pub staff_factor: bool,
    /// Whether nobody can sign in for now.
    pub suspended: bool,
    /// The host that links in mails use.
    pub canonical_host: HostName,
    /// A number that grows when this tenant publishes something. What was read after
    /// it was looked up is of that number or later.
    pub generation: i64,
}

/// All hosts, as of the last look.
pub struct Directory {
    known: ArcSwap<Known>,
    /// One look at a time, so that an older one never comes last.
    look: Mutex<()>,
}

/// What one look has found.
#[derive(Default)]
struct Known {
    hosts: HashMap<HostName, Arc<TenantHead>>,
    tenants: BTreeMap<TenantId, Arc<TenantHead>>,
    generation: Option<Generation>,
    /// Before this number anybody may have published.
    since: i64,
}

impl Directory {
    /// Reads the hosts.
    pub async fn load(db: &Database) -> Result<Directory, Failure> {
        let directory = Directory { known: ArcSwap::default(), look: Mutex::default() };
        directory.refresh(db).await?;
        Ok(directory)
    }

    /// The tenant that answers on a host.
    pub fn at(&self, host: &HostName) -> Option<Arc<TenantHead>> {
        self.known.load().hosts.get(host).cloned()
    }

    /// Every tenant once, by number.
    pub fn tenants(&self) -> Vec<Arc<TenantHead>> {
        self.known.load().tenants.values().cloned().collect()
    }

    /// The tenant of that number.
    pub fn tenant(&self, id: TenantId) -> Option<Arc<TenantHead>> {
        self.known.load().tenants.get(&id).cloned()
    }

    /// Reads the hosts again if anything was published since. The answer is the
    /// number that grows with every publication.
    pub async fn refresh(&self, db: &Database) -> Result<i64, Failure> {
        let _turn = self.look.lock().await;
        let known = self.known.load_full();
        // The number first: what is read after it is of that generation or later.
        let generation = db.across().generation().await?;
        if known.generation != Some(generation) {
            let since = match known.generation {
                Some(before) if generation.tells_all_since(before) => known.since,
                _ => generation.number,
            };
            let mut found = read(db, since).await?;
            found.generation = Some(generation);
            self.known.store(Arc::new(found));
        }
        Ok(generation.number)
    }
}

async fn read(db: &Database, since: i64) -> Result<Known, Failure> {
    let tenants = db.across().tenants().await?;
    let mut found = Known { since, ..Known::default() };
    for row in db.across().hosts().await? {
        let host: HostName = row.host.parse().map_err(Failure::corrupt)?;
        let Some(tenant) = tenants.iter().find(|t| t.tenant_id == row.tenant_id) else {
            continue;
        };
        // A tenant's hosts come in order, the canonical one first.
        let head = found.tenants.entry(TenantId(row.tenant_id)).or_insert_with(|| {
            Arc::new(TenantHead {
                id: TenantId(tenant.tenant_id),
                slug: tenant.slug.clone(),
                name: tenant.name.clone(),
                tagline: tenant.tagline.clone(),
                accent: tenant.accent.clone(),
                zone: TimeZone::get(&tenant.time_zone).unwrap_or(TimeZone::UTC),
                sign_up: tenant.sign_up == "open",
                staff_factor: tenant.staff_factor != "offered",
                suspended: tenant.suspended_at.is_some(),
                canonical_host: host.clone(),
                generation: tenant.announced.max(since),
            })
        });
        found.hosts.insert(host, Arc::clone(head));
    }
    Ok(found)
}
