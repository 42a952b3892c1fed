//! Keys by what they are for: a person's category, a request's envelope, the
//! tenant's own.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::data_key::DataKey;
use super::ring::{Keyring, KeyringError};
use crate::platform::failure::Failure;
use crate::platform::storage::data_keys;
use crate::platform::tenancy::{ReadTx, TenantDb, WriteTx};

/// The label of the key that seals a subject's name and address.
pub const IDENTITY: &str = "identity";
/// The label of the key that seals what a request needs to be carried out.
pub const ENVELOPE: &str = "envelope";
/// The label of the key that seals an export.
pub const EXPORT: &str = "export";

/// The label of the key that seals what a mailed link stands for.
pub const PROOF: &str = "proof";
/// The label of the key that seals a mail until it is delivered.
pub const MAIL: &str = "mail";
/// The label of the key that seals what an endpoint is told until it is told.
pub const WEBHOOK: &str = "webhook";

/// An owner (subject, organisation, request, export; nil for the tenant) and a
/// label (a category, or one of the constants above).
pub type Named = (Uuid, String);

/// The keys of a tenant itself.
#[derive(Clone)]
pub struct TenantKeys {
    /// Hashes addresses and source ids, so that they can be looked up.
    pub lookup: DataKey,
    /// Seals mails on their way out, and the addresses of staff.
    pub office: DataKey,
    /// The seed of the Ed25519 key that signs receipts.
    pub signing: DataKey,
}

impl Keyring {
    /// The keys of these names; those that were never made or are destroyed are
    /// not among them.
    pub async fn named(
        &self,
        tx: &ReadTx,
        names: &[Named],
    ) -> Result<HashMap<Named, DataKey>, Failure> {
        let ids = ids_of(tx, names).await?;
        self.opened(tx, ids).await
    }

    async fn opened(
        &self,
        tx: &ReadTx,
        ids: HashMap<Named, Uuid>,
    ) -> Result<HashMap<Named, DataKey>, Failure> {
        let all: Vec<Uuid> = ids.values().copied().collect();
        let mut keys = self.keys(tx.tenant(), &all).await?;
        Ok(ids
            .into_iter()
            .filter_map(|(name, id)| keys.remove(&id).map(|key| (name, key)))
            .collect())
    }

    /// The keys of these names, made where they are missing.
    ///
    /// A key is in the keyring before the transaction that names it commits:
    /// killed in between, it is merely never used.
    pub async fn ensure(
        &self,
        tx: &WriteTx,
        names: &[Named],
    ) -> Result<HashMap<Named, DataKey>, Failure> {
        let known = ids_of(tx, names).await?;
        let mut missing: Vec<&Named> = names.iter().filter(|n| !known.contains_key(*n)).collect();
        missing.sort();
        missing.dedup();
        let made = self.create(tx.tenant(), missing.len()).await?;
        let mut mine = HashMap::with_capacity(names.len());
        for (name, (id, key)) in missing.into_iter().zip(made) {
            let row = data_keys::ActiveModel {
                owner_id: Set(name.0),
                label: Set(name.1.clone()),
                key_id: Set(id),
                ..Default::default()
            };
            // Somebody else may have been faster: then theirs stays, and is read below.
            if tx.insert_or(row, OnConflict::new().do_nothing().to_owned()).await? > 0 {
                mine.insert(name.clone(), key);
            }
        }
        let theirs: Vec<Named> = names
            .iter()
            .filter(|name| !mine.contains_key(*name) && !known.contains_key(*name))
            .cloned()
            .collect();
        let mut keys = self.opened(tx, known).await?;
        keys.extend(mine);
        if !theirs.is_empty() {
            keys.extend(self.named(tx, &theirs).await?);
        }
        if let Some(gone) = names.iter().find(|name| !keys.contains_key(*name)) {
            tracing::error!(owner = %gone.0, label = gone.1, "a key is not in the keyring");
            return Err(KeyringError::Gone.into());
        }
        Ok(keys)
    }

    /// One key by name, if it was made and not destroyed.
    pub async fn one(
        &self,
        tx: &ReadTx,
        owner: Uuid,
        label: &str,
    ) -> Result<Option<DataKey>, Failure> {
        let name = (owner, label.to_owned());
        Ok(self.named(tx, std::slice::from_ref(&name)).await?.remove(&name))
    }

    /// One key by name, made where it is missing.
    pub async fn ensure_one(
        &self,
        tx: &WriteTx,
        owner: Uuid,
        label: &str,
    ) -> Result<DataKey, Failure> {
        let name = (owner, label.to_owned());
        let mut keys = self.ensure(tx, std::slice::from_ref(&name)).await?;
        keys.remove(&name).ok_or(Failure::Keyring(KeyringError::Gone))
    }

    /// Destroys the keys of an owner that has done its work: a request's
    /// envelope, an export, a mail. To do it again changes nothing.
    pub async fn forget(&self, db: &TenantDb, owner: Uuid) -> Result<(), Failure> {
        let which = data_keys::Column::OwnerId.eq(owner);
        let tx = db.read().await?;
        let rows = tx.all(data_keys::Entity::find().filter(which.clone())).await?;
        let keys: Vec<Uuid> = rows.into_iter().map(|row| row.key_id).collect();
        self.destroy(tx.tenant(), &keys).await?;
        drop(tx);
        let tx = db.write().await?;
        tx.delete(data_keys::Entity::delete_many().filter(which)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Makes the keys of a new tenant.
    pub async fn found(&self, tx: &WriteTx) -> Result<(), Failure> {
        self.ensure(tx, &tenant_names()).await?;
        Ok(())
    }

    /// The keys of the tenant itself.
    pub async fn of_tenant(&self, tx: &ReadTx) -> Result<TenantKeys, Failure> {
        let names = tenant_names();
        let mut keys = self.named(tx, &names).await?;
        let mut take = |name| keys.remove(name).ok_or(Failure::Keyring(KeyringError::Gone));
        let [lookup, office, signing] = &names;
        Ok(TenantKeys { lookup: take(lookup)?, office: take(office)?, signing: take(signing)? })
    }
}

fn tenant_names() -> [Named; 3] {
    ["lookup", "office", "signing"].map(|label| (Uuid::nil(), label.to_owned()))
}

async fn ids_of(tx: &ReadTx, names: &[Named]) -> Result<HashMap<Named, Uuid>, Failure> {
    let wanted: HashSet<&Named> = names.iter().collect();
    let mut owners: Vec<Uuid> = names.iter().map(|(owner, _)| *owner).collect();
    owners.sort();
    owners.dedup();
    let mut ids = HashMap::with_capacity(names.len());
    for row in tx.all_by::<data_keys::Entity>(data_keys::Column::OwnerId, owners).await? {
        let name = (row.owner_id, row.label);
        if wanted.contains(&name) {
            ids.insert(name, row.key_id);
        }
    }
    Ok(ids)
}
