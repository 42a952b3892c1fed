//! Which tenant answers on which host, kept in memory.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arc_swap::ArcSwap;
use domain::identifiers::{HostName, TenantId};
use jiff::tz::TimeZone;

use crate::failure::Failure;
use crate::tenancy::Database;

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
}

/// All hosts, as of the last look.
pub struct Directory {
    hosts: ArcSwap<HashMap<HostName, Arc<TenantHead>>>,
    generation: AtomicI64,
}

impl Directory {
    /// Reads the hosts.
    pub async fn load(db: &Database) -> Result<Directory, Failure> {
        let directory = Directory { hosts: ArcSwap::default(), generation: AtomicI64::new(-1) };
        directory.refresh(db).await?;
        Ok(directory)
    }

    /// The tenant that answers on a host.
    pub fn at(&self, host: &HostName) -> Option<Arc<TenantHead>> {
        self.hosts.load().get(host).cloned()
    }

    /// Every tenant once, by number.
    pub fn tenants(&self) -> Vec<Arc<TenantHead>> {
        let mut tenants: Vec<_> = self.hosts.load().values().cloned().collect();
        tenants.sort_by_key(|tenant| tenant.id);
        tenants.dedup_by_key(|tenant| tenant.id);
        tenants
    }

    /// The tenant of that number.
    pub fn tenant(&self, id: TenantId) -> Option<Arc<TenantHead>> {
        self.hosts.load().values().find(|head| head.id == id).cloned()
    }

    /// The number of the state that is in memory.
    pub fn generation(&self) -> i64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Reads the hosts again if anything was published since.
    pub async fn refresh(&self, db: &Database) -> Result<i64, Failure> {
        let generation = db.across().generation().await?;
        if generation != self.generation() {
            self.hosts.store(Arc::new(read(db).await?));
            self.generation.store(generation, Ordering::Release);
        }
        Ok(generation)
    }
}

async fn read(db: &Database) -> Result<HashMap<HostName, Arc<TenantHead>>, Failure> {
    let tenants = db.across().tenants().await?;
    let mut heads: HashMap<i64, Arc<TenantHead>> = HashMap::new();
    let mut hosts = HashMap::new();
    for row in db.across().hosts().await? {
        let host: HostName = row.host.parse().map_err(Failure::corrupt)?;
        let Some(tenant) = tenants.iter().find(|t| t.tenant_id == row.tenant_id) else {
            continue;
        };
        // A tenant's hosts come in order, the canonical one first.
        let head = heads.entry(row.tenant_id).or_insert_with(|| {
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
            })
        });
        hosts.insert(host, Arc::clone(head));
    }
    Ok(hosts)
}
