//! What is published, kept in memory until something else is.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::identifiers::TenantId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::state::State;
use super::versions::{Head, Version, in_state};
use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::Scope;
use crate::storage::policy_versions;

/// The published versions of the tenants that were asked for.
#[derive(Default)]
pub struct Published(RwLock<HashMap<TenantId, Arc<Shown>>>);

/// What a tenant has published, as of a generation.
pub(super) struct Shown {
    generation: i64,
    pub in_force: Option<Arc<Version>>,
    pub heads: Vec<Head>,
}

impl Published {
    pub(super) async fn of(&self, engine: &Engine, scope: &Scope) -> Result<Arc<Shown>, Failure> {
        // The number first: what is read after it is of that generation or later.
        let generation = engine.directory.generation();
        let known =
            self.0.read().unwrap_or_else(PoisonError::into_inner).get(&scope.tenant).cloned();
        if let Some(shown) = known.filter(|shown| shown.generation == generation) {
            return Ok(shown);
        }
        let shown = Arc::new(read(engine, scope, generation).await?);
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(scope.tenant, Arc::clone(&shown));
        Ok(shown)
    }
}

async fn read(engine: &Engine, scope: &Scope, generation: i64) -> Result<Shown, Failure> {
    let tx = engine.tenant(scope.tenant).read().await?;
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
    })
}
