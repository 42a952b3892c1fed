//! The address of an account.

use domain::identifiers::EmailAddress;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::{DataKey, IDENTITY, KeyringError, Place};
use crate::platform::storage::accounts;
use crate::platform::tenancy::{ReadTx, WriteTx};

/// The address of an account; `None` if the key that opens it was destroyed.
pub(crate) async fn address_of(
    engine: &Engine,
    tx: &ReadTx,
    account: &accounts::Model,
) -> Result<Option<EmailAddress>, Failure> {
    let (owner, label) = seal_of(account.subject_id);
    let Some(key) = engine.keyring.one(tx, owner, label).await? else { return Ok(None) };
    let place = place(tx, owner, label, account.id);
    let plain = key.open(place, &account.sealed_email).map_err(|e| Failure::Keyring(e.into()))?;
    let text = std::str::from_utf8(&plain).map_err(|_| Failure::corrupt("an address"))?;
    text.parse().map(Some).map_err(|_| Failure::corrupt("an address"))
}

/// Seals an address: a customer's with the key of who they are, which goes with
/// them; staff's with the tenant's own.
pub(crate) async fn seal_address(
    engine: &Engine,
    tx: &WriteTx,
    subject: Option<Uuid>,
    account: Uuid,
    email: &EmailAddress,
) -> Result<Vec<u8>, Failure> {
    let (owner, label) = seal_of(subject);
    let key: DataKey = engine.keyring.ensure_one(tx, owner, label).await?;
    key.seal(place(tx, owner, label, account), email.as_str().as_bytes())
        .map_err(|e| Failure::Keyring(e.into()))
}

/// Gives the account of somebody who is joined with another to the one who stays, with
/// all its ways in: its address is sealed with the key of who they are.
pub(crate) async fn pass_on(
    engine: &Engine,
    tx: &WriteTx,
    from: Uuid,
    to: Uuid,
) -> Result<(), Failure> {
    let theirs =
        accounts::Entity::find().filter(accounts::Column::SubjectId.eq(from)).lock_exclusive();
    for account in tx.all(theirs).await? {
        let email = address_of(engine, tx, &account).await?;
        let email = email.ok_or(Failure::Keyring(KeyringError::Gone))?;
        let sealed = seal_address(engine, tx, Some(to), account.id, &email).await?;
        let update = accounts::Entity::update_many()
            .col_expr(accounts::Column::SubjectId, Expr::value(Some(to)))
            .col_expr(accounts::Column::SealedEmail, Expr::value(sealed))
            .filter(accounts::Column::Id.eq(account.id));
        tx.update(update).await?;
    }
    Ok(())
}

fn seal_of(subject: Option<Uuid>) -> (Uuid, &'static str) {
    subject.map_or((Uuid::nil(), "office"), |subject| (subject, IDENTITY))
}

fn place<'a>(tx: &ReadTx, owner: Uuid, label: &'a str, row: Uuid) -> Place<'a> {
    Place { tenant: tx.tenant(), owner, label, row, column: "sealed_email" }
}

/// The account with this address.
pub(crate) async fn with_address(
    engine: &Engine,
    tx: &ReadTx,
    email: &EmailAddress,
) -> Result<Option<accounts::Model>, Failure> {
    let hash = address_hash(engine, tx, email).await?;
    Ok(tx.one(accounts::Entity::find().filter(accounts::Column::EmailHash.eq(hash))).await?)
}

/// What an address is looked up by.
pub(crate) async fn address_hash(
    engine: &Engine,
    tx: &ReadTx,
    email: &EmailAddress,
) -> Result<Vec<u8>, Failure> {
    let lookup = engine.keyring.of_tenant(tx).await?.lookup;
    Ok(lookup.hash("email", email.folded().as_bytes()))
}
