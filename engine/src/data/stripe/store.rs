//! The connection as it is stored: its key and secrets sealed.

use domain::roles::Permission;
use sea_orm::EntityTrait;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::client::Client;
use super::settings::Settings;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::{DataKey, Place};
use crate::platform::scope::Scope;
use crate::platform::storage::{Format, Timestamp, stripe_connections};
use crate::platform::tenancy::ReadTx;

/// A tenant's connection as staff may see it: without key and secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Which account, and how it is asked.
    pub settings: Settings,
    /// Whether its events can be told from forged ones.
    pub has_secret: bool,
    /// Whether the secret before is still taken.
    pub has_previous: bool,
    /// When it was connected.
    pub connected_at: Timestamp,
}

/// The connection with its key.
pub(super) struct WithKey {
    pub settings: Settings,
    pub key: SecretString,
    pub connected_at: Timestamp,
}

impl WithKey {
    pub fn client<'a>(&'a self, engine: &'a Engine) -> Client<'a> {
        Client { egress: engine.egress(), base_url: &self.settings.base_url, key: &self.key }
    }
}

/// The tenant's connection, if there is one.
pub async fn connection(engine: &Engine, scope: &Scope) -> Result<Option<Connection>, Failure> {
    let permit = scope
        .permit(Permission::ControlOwnData)
        .or_else(|_| scope.permit(Permission::ReadSettings))?;
    let tx = engine.tenant(permit).read().await?;
    let Some(row) = row(&tx).await? else { return Ok(None) };
    Ok(Some(Connection {
        settings: settings(&row)?,
        has_secret: row.sealed_secret.is_some(),
        has_previous: row.sealed_previous.is_some(),
        connected_at: row.connected_at,
    }))
}

pub(super) async fn with_key(engine: &Engine, tx: &ReadTx) -> Result<Option<WithKey>, Failure> {
    let Some(row) = row(tx).await? else { return Ok(None) };
    let office = engine.keyring.of_tenant(tx).await?.office;
    Ok(Some(WithKey {
        settings: settings(&row)?,
        key: open(&office, tx, "sealed_key", &row.sealed_key)?,
        connected_at: row.connected_at,
    }))
}

pub(super) async fn row(tx: &ReadTx) -> Result<Option<stripe_connections::Model>, Failure> {
    Ok(tx.one(stripe_connections::Entity::find()).await?)
}

/// The secrets that sign events: the current one, and the one before.
pub(super) async fn secrets(
    engine: &Engine,
    tx: &ReadTx,
    row: &stripe_connections::Model,
) -> Result<Vec<SecretString>, Failure> {
    let office = engine.keyring.of_tenant(tx).await?.office;
    // Both are sealed for the same place: the current one becomes the one before.
    [&row.sealed_secret, &row.sealed_previous]
        .into_iter()
        .flatten()
        .map(|sealed| open(&office, tx, "sealed_secret", sealed))
        .collect()
}

/// How the settings are stored.
pub(super) const FORMAT: Format = Format::first("the connection to Stripe");

pub(super) fn settings(row: &stripe_connections::Model) -> Result<Settings, Failure> {
    FORMAT.read(row.settings.as_bytes())
}

pub(super) async fn seal(
    engine: &Engine,
    tx: &ReadTx,
    column: &'static str,
    secret: &SecretString,
) -> Result<Vec<u8>, Failure> {
    let office = engine.keyring.of_tenant(tx).await?.office;
    let sealed = office.seal(place(tx, column), secret.expose_secret().as_bytes());
    sealed.map_err(|e| Failure::Keyring(e.into()))
}

fn open(
    office: &DataKey,
    tx: &ReadTx,
    column: &'static str,
    sealed: &[u8],
) -> Result<SecretString, Failure> {
    let plain = office.open(place(tx, column), sealed).map_err(|e| Failure::Keyring(e.into()))?;
    let secret = std::str::from_utf8(&plain).map_err(|_| Failure::corrupt("a key of Stripe"))?;
    Ok(secret.to_owned().into())
}

/// A tenant has one row.
fn place(tx: &ReadTx, column: &'static str) -> Place<'static> {
    let (owner, row) = (Uuid::nil(), Uuid::nil());
    Place { tenant: tx.tenant(), owner, label: "office", row, column }
}
