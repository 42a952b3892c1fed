//! The end of an erasure: what sealed the data is destroyed.

use domain::requests::State;
use domain::words::Words;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::ask::{Envelope, envelope_place};
use super::receipt::{self, LineBody};
use crate::engine::Engine;
use crate::failure::Failure;
use crate::keyring::ENVELOPE;
use crate::mail::{self, Mail};
use crate::policies;
use crate::requests;
use crate::scope::Scope;
use crate::storage::{data_keys, requests as table};

/// Destroys the keys of an erasure whose rows are gone, then closes its request
/// and tells the person.
///
/// Ledger, keyring and database are three places; the order makes it safe to be
/// killed between any two: to append, destroy and close again changes nothing
/// that matters, and what is closed is not closed twice.
pub async fn destroy_keys(
    engine: &Engine,
    scope: &Scope,
    request: Uuid,
    keys: &[Uuid],
) -> Result<(), Failure> {
    let db = engine.tenant(scope.tenant);
    let tx = db.read().await?;
    let row = tx
        .one(table::Entity::find().filter(table::Column::Id.eq(request)))
        .await?
        .ok_or_else(|| Failure::corrupt(format!("request {request}")))?;
    if row.closed_at.is_some() {
        return forget_envelope(engine, scope, request).await;
    }
    let envelope = open_envelope(engine, &tx, &row).await?;
    drop(tx);
    let version = policies::version(engine, scope, row.policy_number).await?;
    let subject = row.subject_id.unwrap_or_default();

    engine.ledger.append(scope.tenant, (request, subject), keys, scope.now).await?;
    engine.keyring.destroy(scope.tenant, keys).await?;

    let tx = db.write().await?;
    let destroyed = LineBody::KeysDestroyed { keys: keys.len() as u64 };
    receipt::add_lines(engine, &tx, scope, request, vec![destroyed]).await?;
    let whole = receipt::is_whole(&tx, request).await?;
    let end = if whole { State::Fulfilled } else { State::PartlyFulfilled };
    requests::step(&tx, scope, request, end).await?;
    let to = envelope.as_ref().and_then(|envelope| envelope.profile.email.clone());
    if let (Some(envelope), Some(version), Some(to)) = (&envelope, version, to)
        && let Some(contact) = version.document.privacy_contact()
    {
        let words = Words::new(envelope.language);
        let company = &version.document.controller.name;
        let values = [
            ("company", company.clone().into()),
            ("reference", row.reference.clone().into()),
            ("contact", contact.email.to_string().into()),
        ];
        let mail = Mail {
            to,
            from: contact.email.clone(),
            from_name: company.clone(),
            subject: words.with("mail-erasure-done-subject", &values),
            text: words.with("mail-erasure-done-text", &values),
        };
        let office = engine.keyring.of_tenant(&tx).await?.office;
        mail::post(&tx, scope, &office, &mail).await?;
    }
    tx.commit().await?;
    engine.work.notify_one();
    forget_envelope(engine, scope, request).await
}

async fn open_envelope(
    engine: &Engine,
    tx: &crate::tenancy::ReadTx,
    row: &table::Model,
) -> Result<Option<Envelope>, Failure> {
    let Some(sealed) = &row.envelope else { return Ok(None) };
    let Some(key) = engine.keyring.one(tx, row.id, ENVELOPE).await? else { return Ok(None) };
    let plain = key
        .open(envelope_place(tx.tenant(), row.id), sealed)
        .map_err(|e| Failure::Keyring(e.into()))?;
    serde_json::from_slice(&plain).map(Some).map_err(Failure::corrupt)
}

/// The envelope's key goes when its request is closed, at the latest with this
/// job's next run.
async fn forget_envelope(engine: &Engine, scope: &Scope, request: Uuid) -> Result<(), Failure> {
    let db = engine.tenant(scope.tenant);
    let which = data_keys::Column::OwnerId.eq(request);
    let tx = db.read().await?;
    let keys: Vec<Uuid> = tx
        .all(data_keys::Entity::find().filter(which.clone()))
        .await?
        .into_iter()
        .map(|row| row.key_id)
        .collect();
    drop(tx);
    engine.keyring.destroy(scope.tenant, &keys).await?;
    let tx = db.write().await?;
    tx.delete(data_keys::Entity::delete_many().filter(which)).await?;
    tx.commit().await?;
    Ok(())
}
