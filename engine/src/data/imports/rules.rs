//! By what lines are taken.

use std::sync::Arc;

use domain::endings::Endings;

use super::line::{Line, LineError};
use super::run::ImportError;
use crate::engine::Engine;
use crate::platform::scope::Scope;
use crate::policies::{self, Version};

/// By what lines are taken: read before their transaction begins.
#[derive(Clone)]
pub struct Rules {
    /// The policy in force.
    pub policy: Arc<Version>,
    /// The events that its rules and those of earlier ones wait for.
    pub endings: Arc<Endings>,
}

impl Rules {
    /// Those of now.
    pub async fn of(engine: &Engine, scope: &Scope) -> Result<Rules, ImportError> {
        let policy = policies::in_force(engine, scope).await?.ok_or(ImportError::NoPolicy)?;
        Ok(Rules { policy, endings: policies::endings(engine, scope).await? })
    }

    /// Whether a line may be taken, as far as that can be told without the database.
    pub(super) fn check(&self, scope: &Scope, line: &Line) -> Result<(), LineError> {
        scope.tells(line.telling(&self.endings)).map_err(LineError::NotGranted)?;
        line.check(&self.policy.document.facts, &self.endings, scope.today())
    }
}
