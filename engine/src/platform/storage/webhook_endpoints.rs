//! The table `webhook_endpoints`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// An address at which one of the tenant's own systems wants to be told.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_endpoints")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id, in the order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Where it is.
    pub url: String,
    /// What it is, for people.
    pub description: String,
    /// What it is told of: names with spaces between.
    pub events: String,
    /// The secrets that sign, sealed.
    pub sealed: Vec<u8>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Since when it is told nothing.
    pub disabled_at: Option<Timestamp>,
    /// How many messages in a row it has not taken.
    pub misses: i64,
    /// Until when it is left alone.
    pub rests_until: Option<Timestamp>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
