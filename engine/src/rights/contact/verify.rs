//! Whose a message is, once its sender has shown that the address is theirs.

use domain::roles::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::concerned::the_one;
use super::draft::Reason;
use super::receive::{Claim, unsealable};
use super::report::one_by_one;
use super::vouch;
use crate::data::records::record_place;
use crate::engine::Engine;
use crate::people::accounts::{LinkError, Opened, Purpose, address_hash, good, used};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::jobs;
use crate::platform::keyring::{ForgetKeys, KeyringError};
use crate::platform::scope::Scope;
use crate::platform::storage::{messages, records, subjects};
use crate::platform::tenancy::{WriteTx, retrying};

/// Confirms the address of a message, by the link that was mailed to it. If one
/// person alone has the address, the message is theirs from now on. A report that data
/// is a child's stops its use from now on (L13, E22).
pub async fn verify(engine: &Engine, scope: &Scope, opened: &Opened<'_>) -> Result<(), LinkError> {
    if opened.purpose != Purpose::Message {
        return Err(LinkError::Over);
    }
    retrying(|| verify_once(engine, scope, opened)).await?;
    engine.work.notify_one();
    Ok(())
}

async fn verify_once(engine: &Engine, scope: &Scope, opened: &Opened<'_>) -> Result<(), LinkError> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let proof = good::<Claim>(engine, &tx, scope, opened).await?;
    // First: of two at the same time, the second must not find the message attached.
    used(&tx, scope, proof.id).await?;
    let Claim { message, email, about } = proof.state;
    let which = || messages::Entity::find().filter(messages::Column::Id.eq(message));
    // Deleted meanwhile, as the policy says.
    let mut row = tx.one(which()).await?.ok_or(LinkError::Over)?;
    let is_report = row.reason == Reason::Child.name();
    if is_report {
        one_by_one(&tx).await?;
        // As whoever was before has left it.
        row = tx.one(which()).await?.ok_or(LinkError::Over)?;
    }
    tx.update(
        messages::Entity::update_many()
            .col_expr(messages::Column::VerifiedAt, Expr::value(Some(scope.now)))
            .filter(messages::Column::Id.eq(message)),
    )
    .await?;
    if is_report {
        vouch::proven(engine, &tx, scope, &row, (&email, about.as_ref())).await?;
    }
    let person = the_one(&tx, &address_hash(engine, &tx, &email).await?).await?;
    if let Some(person) = person {
        attach(engine, &tx, scope, row.record_id, person).await?;
    }
    let details = json!({ "attached": person.is_some() });
    audit::enter(&tx, scope, "message.verified", message, details).await?;
    tx.commit().await?;
    Ok(())
}

/// Seals a message anew, for the person whose it is, and lets the unverified
/// sender go.
async fn attach(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    record: Uuid,
    person: Uuid,
) -> Result<(), Failure> {
    let which = records::Entity::find().filter(records::Column::Id.eq(record));
    let Some(row) = tx.one(which).await? else { return Ok(()) };
    let Some(sender) = row.subject_id else { return Ok(()) };
    let label = row.category.as_str();
    let key = engine.keyring.one(tx, sender, label).await?;
    let key = key.ok_or(Failure::Keyring(KeyringError::Gone))?;
    let place = |owner| record_place(scope.tenant, owner, label, record);
    let plain = key.open(place(sender), &row.sealed).map_err(unsealable)?;
    let key = engine.keyring.ensure_one(tx, person, label).await?;
    let sealed = key.seal(place(person), &plain).map_err(unsealable)?;
    tx.update(
        records::Entity::update_many()
            .col_expr(records::Column::Sealed, Expr::value(sealed))
            .col_expr(records::Column::SubjectId, Expr::value(Some(person)))
            .filter(records::Column::Id.eq(record)),
    )
    .await?;
    tx.delete(subjects::Entity::delete_many().filter(subjects::Column::Id.eq(sender))).await?;
    jobs::enqueue(tx, &ForgetKeys(sender), scope.now).await?;
    Ok(())
}
