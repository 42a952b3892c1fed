//! The table `messages`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// A message from the contact form. What it says is in its record.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What people quote.
    pub reference: String,
    /// The name of a `Reason`.
    pub reason: String,
    /// What it says, sealed there; the message goes with it.
    pub record_id: Uuid,
    /// When it arrived.
    pub received_at: Timestamp,
    /// When its sender showed that the address is theirs.
    pub verified_at: Option<Timestamp>,
    /// The request that it opened.
    pub request_id: Option<Uuid>,
    /// Whom a report is about, if that is known.
    pub paused_subject: Option<Uuid>,
    /// Keyed hash of the address that the sender gave.
    pub sender_hash: Option<Vec<u8>>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
