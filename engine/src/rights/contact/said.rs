//! What a message says.

use domain::identifiers::EmailAddress;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use super::receive::unsealable;
use crate::data::records::{PAYLOAD, Payload, record_place};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::storage::records;
use crate::platform::tenancy::ReadTx;

/// The fields of the form, as they were taken.
pub(super) struct Said {
    pub name: Option<String>,
    pub email: EmailAddress,
    pub about: Option<EmailAddress>,
    pub text: String,
}

/// What the message in a record says; `None` if it is gone, or its key is.
pub(super) async fn said(
    engine: &Engine,
    tx: &ReadTx,
    record: Uuid,
) -> Result<Option<Said>, Failure> {
    let which = records::Entity::find().filter(records::Column::Id.eq(record));
    let Some(record) = tx.one(which).await? else { return Ok(None) };
    let Some(owner) = record.subject_id else { return Ok(None) };
    let label = record.category.as_str();
    let Some(key) = engine.keyring.one(tx, owner, label).await? else { return Ok(None) };
    let place = record_place(tx.tenant(), owner, label, record.id);
    let plain = key.open(place, &record.sealed).map_err(unsealable)?;
    let corrupt = || Failure::corrupt("a message");
    let payload: Payload = PAYLOAD.read(&plain)?;
    let field = |name: &str| payload.data.get(name).and_then(Value::as_str);
    let address = |name: &str| field(name).map(str::parse::<EmailAddress>).transpose();
    Ok(Some(Said {
        name: field("name").map(str::to_owned),
        email: address("email").map_err(|_| corrupt())?.ok_or_else(corrupt)?,
        about: address("about").map_err(|_| corrupt())?,
        text: field("text").unwrap_or_default().to_owned(),
    }))
}
