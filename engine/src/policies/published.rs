//! What is published, kept in memory until something else is.

use domain::roles::Permission;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use domain::endings::Endings;
use domain::identifiers::TenantId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::sync::OnceCell;

use super::state::State;
use super::versions::{Head, Version, in_state};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::policy_versions;

/// Of how many tenants the published versions are remembered.
const MOST: usize = 500;

/// The published versions of the tenants that were asked for last.
#[derive(Default)]
pub struct Published {
    known: RwLock<HashMap<TenantId, Remembered>>,
    asked: AtomicU64,
}

struct Remembered {
    shown: Arc<Shown>,
    /// When it was last asked for, counted in questions.
    last: AtomicU64,
}

/// What a tenant has published, as of a generation.
pub(super) struct Shown {
    generation: i64,
    pub in_force: Option<Arc<Version>>,
    pub heads: Vec<Head>,
    /// Read when the first event is told of.
    pub endings: OnceCell<Arc<Endings>>,
}

impl Published {
    pub(super) async fn of(&self, engine: &Engine, scope: &Scope) -> Result<Arc<Shown>, Failure> {
        // Mostly it is in memory: that must not hide where it may not be.
        engine.db.outside();
        // The number first: what is read after it is of that generation or later.
        let Some(head) = engine.directory.tenant(scope.tenant) else {
            // On no host yet: nobody tells when it publishes.
            return Ok(Arc::new(read(engine, scope, 0).await?));
        };
        if let Some(shown) = self.known(scope.tenant, head.generation) {
            return Ok(shown);
        }
        let shown = Arc::new(read(engine, scope, head.generation).await?);
        self.remember(scope.tenant, Arc::clone(&shown));
        Ok(shown)
    }

    fn known(&self, tenant: TenantId, generation: i64) -> Option<Arc<Shown>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let found = known.get(&tenant).filter(|found| found.shown.generation == generation)?;
        found.last.store(self.asked.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        Some(Arc::clone(&found.shown))
    }

    fn remember(&self, tenant: TenantId, shown: Arc<Shown>) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let last = AtomicU64::new(self.asked.fetch_add(1, Ordering::Relaxed));
        known.insert(tenant, Remembered { shown, last });
        let last = |found: &Remembered| found.last.load(Ordering::Relaxed);
        if known.len() > MOST
            && let Some(oldest) = known.iter().min_by_key(|(_, found)| last(found))
        {
            let oldest = *oldest.0;
            known.remove(&oldest);
        }
    }
}

async fn read(engine: &Engine, scope: &Scope, generation: i64) -> Result<Shown, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ReadPublic)?).read().await?;
    let heads = policy_versions::Entity::find()
        .select_only()
        .columns([
            policy_versions::Column::Number,
            policy_versions::Column::State,
            policy_versions::Column::PublishedAt,
        ])
        .filter(policy_versions::Column::State.ne(State::Draft.name()))
        .order_by_desc(policy_versions::Column::Number);
    Ok(Shown {
        generation,
        in_force: in_state(&tx, State::Published).await?.map(Arc::new),
        heads: tx.rows(heads).await?,
        endings: OnceCell::new(),
    })
}

/// The events that the rules of any version wait for that is or was in force.
pub(crate) async fn endings(engine: &Engine, scope: &Scope) -> Result<Arc<Endings>, Failure> {
    let shown = engine.published.of(engine, scope).await?;
    let endings = shown.endings.get_or_try_init(async || {
        let tx = engine.tenant(scope.permit(Permission::ReadPublic)?).read().await?;
        let versions = policy_versions::Entity::find()
            .filter(policy_versions::Column::State.ne(State::Draft.name()));
        let mut endings = Endings::default();
        for version in tx.all(versions).await? {
            endings.add(&version.document).map_err(Failure::corrupt)?;
        }
        Ok::<_, Failure>(Arc::new(endings))
    });
    Ok(Arc::clone(endings.await?))
}
