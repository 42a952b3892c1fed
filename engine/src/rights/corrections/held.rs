//! A record that is about one person alone, opened to be changed.

use data_encoding::HEXLOWER;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::data::records::{PAYLOAD, Payload, record_place};
use crate::engine::Engine;
use crate::people::subjects::locks_out;
use crate::people::subjects::{hold, open_profile, rename};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::keyring::{DataKey, KeyringError};
use crate::platform::scope::Scope;
use crate::platform::storage::records;
use crate::platform::tenancy::{ReadTx, WriteTx};
use crate::rights::requests::Opened as Request;
use crate::webhooks::{self, CorrectionMade, Event};

/// The kind of record that says who somebody is, and its field for the name: what heads
/// mails and downloads says the same.
const PROFILE: &str = "profile";
const NAME: &str = "name";

/// A record with what it says.
pub(super) struct Held {
    pub row: records::Model,
    pub payload: Payload,
    subject: Uuid,
    key: DataKey,
}

/// Whether a person may have their data corrected; an erasure, and whoever else
/// corrects it, waits until the transaction is over.
pub(super) async fn is_free(tx: &WriteTx, subject: Uuid) -> Result<bool, Failure> {
    let row = hold(tx, subject).await?;
    Ok(row.is_some_and(|row| !locks_out(row.frozen_at) && row.erased_at.is_none()))
}

impl Held {
    /// A person's own record; `None` if it is somebody else's, about others too, or
    /// held on behalf of an organisation.
    pub async fn open(
        engine: &Engine,
        tx: &ReadTx,
        subject: Uuid,
        record: Uuid,
    ) -> Result<Option<Held>, Failure> {
        let query = records::Entity::find()
            .filter(records::Column::Id.eq(record))
            .filter(records::Column::SubjectId.eq(subject))
            .filter(records::Column::OrganisationId.is_null());
        let Some(row) = tx.one(query).await? else { return Ok(None) };
        let key = engine
            .keyring
            .one(tx, subject, &row.category)
            .await?
            .ok_or(Failure::Keyring(KeyringError::Gone))?;
        let place = record_place(tx.tenant(), subject, &row.category, row.id);
        let plain = key.open(place, &row.sealed).map_err(|e| Failure::Keyring(e.into()))?;
        let payload = PAYLOAD.read_to_change(&plain)?;
        Ok(Some(Held { row, payload, subject, key }))
    }

    /// What it says, by field.
    pub fn data(&self) -> Map<String, Value> {
        match &self.payload.data {
            Value::Object(map) => map.clone(),
            _ => Map::new(),
        }
    }

    /// Which state of it somebody has seen.
    pub fn seen(&self) -> String {
        let mut seen = HEXLOWER.encode(&self.row.digest);
        seen.truncate(16);
        seen
    }

    /// Sets fields, null taking one away, and tells the source. False if the record
    /// was changed meanwhile.
    pub async fn set(
        mut self,
        engine: &Engine,
        tx: &WriteTx,
        scope: &Scope,
        set: Map<String, Value>,
        request: &Request,
    ) -> Result<bool, Failure> {
        let mut data = self.data();
        for (name, value) in &set {
            if value.is_null() {
                data.remove(name);
            } else {
                data.insert(name.clone(), value.clone());
            }
        }
        self.payload.data = Value::Object(data);
        let plain = serde_json::to_vec(&self.payload).map_err(Failure::corrupt)?;
        let digest = engine.keyring.of_tenant(tx).await?.lookup.hash("payload", &plain);
        let place = record_place(tx.tenant(), self.subject, &self.row.category, self.row.id);
        let sealed = self.key.seal(place, &plain).map_err(|e| Failure::Keyring(e.into()))?;
        // What the source has said last; it is heard again when it says something else.
        let source_digest = self.row.source_digest.unwrap_or_else(|| self.row.digest.clone());
        let source_digest = Some(source_digest).filter(|said| *said != digest);
        let fields: Vec<&String> = set.keys().collect();
        let details = json!({ "category": self.row.category, "fields": fields.len() });
        let update = records::Entity::update_many()
            .col_expr(records::Column::Sealed, Expr::value(sealed))
            .col_expr(records::Column::Digest, Expr::value(digest))
            .col_expr(records::Column::SourceDigest, Expr::value(source_digest))
            .filter(records::Column::Id.eq(self.row.id))
            .filter(records::Column::Digest.eq(self.row.digest));
        if tx.update(update).await? == 0 {
            return Ok(false);
        }
        audit::enter(tx, scope, "record.corrected", self.row.id, details).await?;
        if let Some(name) = set.get(NAME).filter(|_| self.row.kind == PROFILE) {
            rename(engine, tx, self.subject, name.as_str().map(str::to_owned)).await?;
        }
        if let Some(profile) = open_profile(engine, tx, self.subject).await? {
            let told = Event::CorrectionMade(CorrectionMade {
                subject: profile.id,
                source: self.row.source,
                record: self.payload.id,
                category: self.row.category,
                set,
                request: request.reference.clone(),
            });
            webhooks::tell(tx, engine, scope, &told).await?;
        }
        Ok(true)
    }
}
