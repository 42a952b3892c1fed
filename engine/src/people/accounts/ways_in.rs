//! By which ways somebody can sign in to an account.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::platform::failure::Failure;
use crate::platform::storage::{accounts, identities, passkeys};
use crate::platform::tenancy::ReadTx;

/// The ways into an account. The last one cannot be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaysIn {
    /// Whether there is a password.
    pub password: bool,
    /// How many accounts at providers are linked.
    pub identities: u64,
    /// How many passkeys there are.
    pub passkeys: u64,
}

impl WaysIn {
    /// How many there are.
    pub fn count(self) -> u64 {
        u64::from(self.password) + self.identities + self.passkeys
    }
}

/// The ways into an account. Whoever removes one locks the account first, so
/// that the last two cannot be removed at the same time.
pub(crate) async fn ways_in(tx: &ReadTx, account: &accounts::Model) -> Result<WaysIn, Failure> {
    let identities =
        identities::Entity::find().filter(identities::Column::AccountId.eq(account.id));
    let passkeys = passkeys::Entity::find().filter(passkeys::Column::AccountId.eq(account.id));
    Ok(WaysIn {
        password: account.password_hash.is_some(),
        identities: tx.count(identities).await?,
        passkeys: tx.count(passkeys).await?,
    })
}
