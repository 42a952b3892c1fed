//! Who works for the tenant: inviting, changing roles, removing.

use domain::identifiers::EmailAddress;
use domain::roles::{Permission, Role};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::address::{address_hash, address_of, with_address};
use super::deeds::{Deed, tell_admins};
use super::locked::lock;
use super::proof::{self, Purpose};
use super::session::{self, Confirmed};
use super::task::Task;
use super::wish::letter;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::mail;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, accounts, proofs, tenants};
use crate::platform::tenancy::{ReadTx, WriteTx, retrying};

/// Somebody who works for the tenant.
#[derive(Debug, Clone)]
pub struct Member {
    /// The account.
    pub id: Uuid,
    /// The address.
    pub email: Option<EmailAddress>,
    /// What they may do.
    pub role: Role,
    /// Whether they have a second factor.
    pub has_factor: bool,
    /// Whether it is whoever asks.
    pub own: bool,
}

/// Somebody who was invited and has not answered.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Its name in addresses.
    pub id: Uuid,
    /// The address.
    pub email: EmailAddress,
    /// What they will be allowed to do.
    pub role: Role,
    /// Until when they can answer.
    pub until: Timestamp,
}

/// What is sealed with the link of an invitation.
#[derive(Serialize, Deserialize)]
pub(super) struct Invited {
    pub email: EmailAddress,
    pub role: String,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// Somebody has to be able to do what only admins do.
    #[error("the last admin stays")]
    LastAdmin,
    /// Nobody of staff, or not any more.
    #[error("nobody of staff")]
    Unknown,
    /// The address has an account already.
    #[error("there is an account with this address already")]
    Taken,
    /// A role that staff does not have.
    #[error("not a role of staff")]
    NotStaff,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for StaffError {
    fn from(error: DbErr) -> StaffError {
        StaffError::Failure(error.into())
    }
}

/// Everybody who works for the tenant, and who is invited to.
pub async fn staff(
    engine: &Engine,
    scope: &Scope,
) -> Result<(Vec<Member>, Vec<Invitation>), Failure> {
    let permit = scope.permit(Permission::ReadSettings)?;
    let tx = engine.tenant(permit).read().await?;
    let rows = tx
        .all(
            accounts::Entity::find()
                .filter(accounts::Column::Role.ne(Role::Customer.name()))
                .order_by_asc(accounts::Column::Id),
        )
        .await?;
    let mut members = Vec::with_capacity(rows.len());
    for row in rows {
        members.push(Member {
            id: row.id,
            email: address_of(engine, &tx, &row).await?,
            role: Role::named(&row.role).ok_or(Failure::Newer("a role"))?,
            has_factor: row.sealed_totp.is_some(),
            own: matches!(scope.actor, Actor::Account { id, .. } if id == row.id),
        });
    }
    let invitations = open_invitations(engine, &tx, scope)
        .await?
        .into_iter()
        .filter_map(|(row, Invited { email, role })| {
            let role = Role::named(&role)?;
            Some(Invitation { id: row.id, email, role, until: row.expires_at })
        })
        .collect();
    Ok((members, invitations))
}

async fn open_invitations(
    engine: &Engine,
    tx: &ReadTx,
    scope: &Scope,
) -> Result<Vec<(proofs::Model, Invited)>, Failure> {
    let rows = tx
        .all(
            proofs::Entity::find()
                .filter(proofs::Column::Purpose.eq(Purpose::Invitation.name()))
                .filter(proofs::Column::ExpiresAt.gt(scope.now))
                .order_by_asc(proofs::Column::Id),
        )
        .await?;
    let mut open = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(proof) = proof::by_id::<Invited>(engine, tx, row.id).await? {
            open.push((row, proof.state));
        }
    }
    Ok(open)
}

/// Mails an invitation, good for a week.
pub async fn invite(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    email: &EmailAddress,
    role: Role,
) -> Result<(), StaffError> {
    confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    if !role.is_staff() {
        return Err(StaffError::NotStaff);
    }
    retrying(|| invite_once(engine, scope, email, role)).await?;
    engine.work.notify_one();
    Ok(())
}

async fn invite_once(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
    role: Role,
) -> Result<(), StaffError> {
    let tx = engine.tenant(scope.permit(Permission::ManageSettings)?).write().await?;
    // Of two invitations at the same time, the second takes the first one back.
    tx.alone_with(&address_hash(engine, &tx, email).await?).await?;
    if with_address(engine, &tx, email).await?.is_some() {
        return Err(StaffError::Taken);
    }
    // The last invitation counts, with the role that it names.
    for (earlier, invited) in open_invitations(engine, &tx, scope).await? {
        if invited.email.folded() == email.folded() {
            proof::take(&tx, scope, earlier.id).await?;
        }
    }
    let state = Invited { email: email.clone(), role: role.name().to_owned() };
    let (id, secret) = proof::write(engine, &tx, scope, Purpose::Invitation, None, &state).await?;
    let letter = letter(engine, scope, Purpose::Invitation, &secret)?;
    mail::post(engine, &tx, scope, email.clone(), letter).await?;
    audit::enter(&tx, scope, "staff.invited", id, json!({ "role": role.name() })).await?;
    tell_admins(engine, &tx, scope, &Deed::StaffInvited(email.clone(), role)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an invitation back: at once, since nobody gets in by that.
pub async fn revoke(engine: &Engine, scope: &Scope, id: Uuid) -> Result<(), StaffError> {
    let permit = scope.permit(Permission::ManageSettings)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let which = proofs::Entity::find()
            .filter(proofs::Column::Id.eq(id))
            .filter(proofs::Column::Purpose.eq(Purpose::Invitation.name()));
        if tx.one(which).await?.is_none() || !proof::take(&tx, scope, id).await? {
            return Err(StaffError::Unknown);
        }
        audit::enter(&tx, scope, "staff.uninvited", id, json!({})).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Gives somebody another role. They sign in anew, so that no page of the old
/// role stays open.
pub async fn change_role(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    id: Uuid,
    role: Role,
) -> Result<(), StaffError> {
    confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    if !role.is_staff() {
        return Err(StaffError::NotStaff);
    }
    retrying(|| change_role_once(engine, scope, id, role)).await
}

async fn change_role_once(
    engine: &Engine,
    scope: &Scope,
    id: Uuid,
    role: Role,
) -> Result<(), StaffError> {
    let tx = engine.tenant(scope.permit(Permission::ManageSettings)?).write().await?;
    let before = member(&tx, id).await?;
    if before.role == role.name() {
        return Ok(());
    }
    if before.role == Role::Admin.name() {
        one_of_several_admins(&tx).await?;
    }
    tx.update(
        accounts::Entity::update_many()
            .col_expr(accounts::Column::Role, Expr::value(role.name()))
            .filter(accounts::Column::Id.eq(id)),
    )
    .await?;
    session::end_others(&tx, id, None).await?;
    let details = json!({ "from": before.role, "to": role.name() });
    audit::enter(&tx, scope, "staff.changed", id, details).await?;
    let email = address_of(engine, &tx, &before).await?;
    tell_admins(engine, &tx, scope, &Deed::RoleChanged(email, role)).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Removes somebody from staff; whatever they have open stops working at once.
pub async fn remove(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    id: Uuid,
) -> Result<(), StaffError> {
    confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    retrying(|| remove_once(engine, scope, id)).await
}

async fn remove_once(engine: &Engine, scope: &Scope, id: Uuid) -> Result<(), StaffError> {
    let tx = engine.tenant(scope.permit(Permission::ManageSettings)?).write().await?;
    let before = member(&tx, id).await?;
    if before.role == Role::Admin.name() {
        one_of_several_admins(&tx).await?;
    }
    let email = address_of(engine, &tx, &before).await?;
    // Sessions, passkeys and links go with it.
    tx.delete(accounts::Entity::delete_many().filter(accounts::Column::Id.eq(id))).await?;
    audit::enter(&tx, scope, "staff.removed", id, json!({ "role": before.role })).await?;
    tell_admins(engine, &tx, scope, &Deed::StaffRemoved(email)).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Somebody of staff. The tenant's row is locked first: what two admins do to each
/// other, or to the same one, at the same time is done one after the other.
async fn member(tx: &WriteTx, id: Uuid) -> Result<accounts::Model, StaffError> {
    let same = Expr::col(tenants::Column::Name);
    tx.update(tenants::Entity::update_many().col_expr(tenants::Column::Name, same)).await?;
    let found = lock(tx, id).await?;
    found.filter(|row| row.role != Role::Customer.name()).ok_or(StaffError::Unknown)
}

/// Refuses if there is only one admin.
async fn one_of_several_admins(tx: &WriteTx) -> Result<(), StaffError> {
    let admins = accounts::Entity::find().filter(accounts::Column::Role.eq(Role::Admin.name()));
    if tx.count(admins).await? > 1 { Ok(()) } else { Err(StaffError::LastAdmin) }
}
