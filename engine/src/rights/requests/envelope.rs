//! What a request itself needs to be carried out: sealed under a key of its own,
//! gone when it is closed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::{ENVELOPE, Place};
use crate::platform::storage::{Format, requests};
use crate::platform::tenancy::{ReadTx, WriteTx};

/// How an envelope is sealed, whatever is in it.
const FORMAT: Format = Format::first("an envelope");

/// Seals what a request carries.
pub(crate) async fn seal_envelope(
    engine: &Engine,
    tx: &WriteTx,
    request: Uuid,
    envelope: &(impl Serialize + Sync),
) -> Result<Vec<u8>, Failure> {
    let key = engine.keyring.ensure_one(tx, request, ENVELOPE).await?;
    let plain = FORMAT.write(envelope)?;
    key.seal(place(tx, request), &plain).map_err(|e| Failure::Keyring(e.into()))
}

/// Opens it, as long as the request is open.
pub(crate) async fn open_envelope<E: DeserializeOwned>(
    engine: &Engine,
    tx: &ReadTx,
    row: &requests::Model,
) -> Result<Option<E>, Failure> {
    let Some(sealed) = &row.envelope else { return Ok(None) };
    let Some(key) = engine.keyring.one(tx, row.id, ENVELOPE).await? else { return Ok(None) };
    let plain = key.open(place(tx, row.id), sealed).map_err(|e| Failure::Keyring(e.into()))?;
    FORMAT.read(&plain).map(Some)
}

fn place(tx: &ReadTx, request: Uuid) -> Place<'static> {
    Place {
        tenant: tx.tenant(),
        owner: request,
        label: ENVELOPE,
        row: request,
        column: "requests.envelope",
    }
}
