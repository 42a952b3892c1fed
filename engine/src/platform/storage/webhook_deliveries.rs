//! The table `webhook_deliveries`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// Something that an endpoint is told, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id, in the order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who is told.
    pub endpoint_id: Uuid,
    /// The name of a `EventType`.
    pub event: String,
    /// What it is told, sealed; gone when it is delivered.
    pub sealed: Option<Vec<u8>>,
    /// The name of a `Stand`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it happened.
    pub created_at: Timestamp,
    /// When it was tried last, or given up.
    pub tried_at: Option<Timestamp>,
    /// When it is tried next; nothing while its endpoint is left alone.
    pub next_at: Option<Timestamp>,
    /// What the endpoint answered last (RFC 9110, 15).
    pub status: Option<i64>,
    /// Why there was no answer, by name.
    pub trouble: Option<String>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
