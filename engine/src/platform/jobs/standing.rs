//! What an operator should know of the queue.

use std::collections::BTreeSet;

use super::run::FAILING;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::tenancy::Failing;

/// What an operator should know of the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Kinds, or newer formats of kinds, that wait for a node of another version.
    pub not_known: Vec<String>,
    /// What fails again and again, and is tried every hour.
    pub failing: Vec<Failing>,
}

/// Looks at the queue of all tenants.
pub async fn standing(engine: &Engine) -> Result<Standing, Failure> {
    let across = engine.db.across();
    let mut not_known = BTreeSet::from_iter(not_known(engine).await?);
    for (kind, format) in across.job_formats().await? {
        if engine.kinds.named(&kind).is_some_and(|known| known.format < format) {
            not_known.insert(kind);
        }
    }
    let failing = across.failing_jobs(FAILING).await?;
    Ok(Standing { not_known: not_known.into_iter().collect(), failing })
}

async fn not_known(engine: &Engine) -> Result<Vec<String>, Failure> {
    let mut kinds = engine.db.across().job_kinds().await?;
    kinds.retain(|kind| engine.kinds.named(kind).is_none());
    Ok(kinds)
}

/// The kinds of which was said that this node does not know them.
#[derive(Default)]
pub(super) struct NotKnown(BTreeSet<String>);

impl NotKnown {
    /// Says it, once for each kind.
    pub async fn tell(&mut self, engine: &Engine) {
        match not_known(engine).await {
            Ok(kinds) => {
                for kind in kinds {
                    if self.0.insert(kind.clone()) {
                        tracing::warn!(kind, "jobs wait for a node of another version");
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "cannot see which jobs wait for another version"),
        }
    }
}
