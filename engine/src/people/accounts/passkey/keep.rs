//! Passkeys in the database: sealed, and found by the hash of their id.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use webauthn_rs::prelude::Passkey;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::Place;
use crate::platform::storage::{Format, passkeys};
use crate::platform::tenancy::ReadTx;

/// How a passkey is sealed.
const FORMAT: Format = Format::first("a passkey");

/// The passkeys of an account, the oldest first.
pub(super) async fn of_account(
    tx: &ReadTx,
    account: Uuid,
) -> Result<Vec<passkeys::Model>, Failure> {
    let rows = passkeys::Entity::find()
        .filter(passkeys::Column::AccountId.eq(account))
        .order_by_asc(passkeys::Column::Id);
    Ok(tx.all(rows).await?)
}

/// How a credential is found by the id that its authenticator gave it.
pub(super) fn credential_hash(id: &[u8]) -> Vec<u8> {
    Sha256::digest(id).to_vec()
}

pub(super) async fn seal(
    engine: &Engine,
    tx: &ReadTx,
    id: Uuid,
    passkey: &Passkey,
) -> Result<Vec<u8>, Failure> {
    let plain = FORMAT.write(passkey)?;
    let office = engine.keyring.of_tenant(tx).await?.office;
    office.seal(place(tx, id), &plain).map_err(|e| Failure::Keyring(e.into()))
}

pub(super) async fn open(
    engine: &Engine,
    tx: &ReadTx,
    row: &passkeys::Model,
) -> Result<Passkey, Failure> {
    let office = engine.keyring.of_tenant(tx).await?.office;
    let plain =
        office.open(place(tx, row.id), &row.sealed).map_err(|e| Failure::Keyring(e.into()))?;
    // It is sealed again when its counter has moved.
    FORMAT.read_to_change(&plain)
}

fn place(tx: &ReadTx, id: Uuid) -> Place<'static> {
    Place { tenant: tx.tenant(), owner: Uuid::nil(), label: "office", row: id, column: "passkeys" }
}
