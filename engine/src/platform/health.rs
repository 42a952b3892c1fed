//! Whether what everything stands on is there.

use crate::engine::Engine;

/// What a node needs to answer anybody, and whether it has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// The database answers.
    pub database: bool,
    /// It is of a schema that this version can work with.
    pub migrations: bool,
    /// The keyring answers.
    pub keyring: bool,
}

impl Health {
    /// Whether nothing is missing.
    pub fn is_whole(self) -> bool {
        self.database && self.migrations && self.keyring
    }
}

/// Asks the database and the keyring, which takes as long as they take.
pub async fn health(engine: &Engine) -> Health {
    Health {
        database: engine.db.answers().await,
        migrations: engine.db.is_migrated().await,
        keyring: engine.keyring.chain_head().await.is_ok(),
    }
}
