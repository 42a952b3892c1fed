//! Who has decided something already, and when: for whoever comes second.

use domain::identifiers::EmailAddress;
use domain::roles::{Permission, Role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::address::address_of;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, accounts, audit_entries};

/// A decision, as the audit log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Who.
    pub by: By,
    /// When.
    pub at: Timestamp,
    /// Whether it was by the request that asks.
    pub now: bool,
}

/// Who has decided, as far as the reader may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// Whoever asks.
    You,
    /// Somebody else who works for the tenant; the address is for colleagues.
    Staff(Option<EmailAddress>),
    /// The person whose data it is.
    Person,
    /// The portal itself, or who operates it.
    Portal,
}

/// The last decision of one of these kinds about something, by its id; of an account,
/// about one `part` of it.
pub async fn decided(
    engine: &Engine,
    scope: &Scope,
    target: Uuid,
    actions: &[&str],
    part: Option<Uuid>,
) -> Result<Option<Decided>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).read().await?;
    let mut last = audit_entries::Entity::find()
        .filter(audit_entries::Column::Target.eq(target.to_string()))
        .filter(audit_entries::Column::Action.is_in(actions.iter().copied()))
        .order_by_desc(audit_entries::Column::Id)
        .limit(1);
    if let Some(part) = part {
        last = last.filter(audit_entries::Column::Details.contains(part.to_string()));
    }
    let Some(entry) = tx.one(last).await? else { return Ok(None) };
    let account = entry.actor.strip_prefix("account:").and_then(|id| id.parse::<Uuid>().ok());
    let by = match (account, &scope.actor) {
        (None, _) => By::Portal,
        (Some(account), Actor::Account { id, .. }) if account == *id => By::You,
        (Some(account), reader) => {
            let which = accounts::Entity::find().filter(accounts::Column::Id.eq(account));
            match tx.one(which).await? {
                Some(row) if row.role == Role::Customer.name() => By::Person,
                Some(row) if reads_as_colleague(reader) => {
                    By::Staff(address_of(engine, &tx, &row).await?)
                }
                _ => By::Staff(None),
            }
        }
    };
    Ok(Some(Decided { by, at: entry.at, now: entry.request_id == scope.request_id }))
}

fn reads_as_colleague(reader: &Actor) -> bool {
    matches!(reader, Actor::Account { role, .. } if role.is_staff())
}
