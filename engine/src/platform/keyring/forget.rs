//! Destroying the keys of what is gone.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::platform::failure::Failure;
use crate::platform::jobs::{Job, Lane, With};

/// Destroys the keys of what is gone.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetKeys(pub Uuid);

impl Job for ForgetKeys {
    const NAME: &'static str = "forget-keys";
    const LANE: Lane = Lane::MailAndKeys;
    const LIMIT: Duration = Duration::from_secs(60);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        with.engine.keyring.forget(&with.engine.tenant(with.scope.portal()?), self.0).await
    }
}
