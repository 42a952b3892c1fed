//! The table `jobs`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// Work that was promised by a committed change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The [`NAME`](crate::platform::jobs::Job::NAME) of its kind.
    pub kind: String,
    /// In which format the payload is.
    pub format: i64,
    /// Ids only, never personal data.
    pub payload: String,
    /// Not before.
    pub run_at: Timestamp,
    /// Until when a worker has it.
    pub claimed_until: Timestamp,
    /// How often it was begun; the number of the claim that counts.
    pub attempts: i64,
    /// How often it has failed.
    pub failures: i64,
    /// The name of the last failure.
    pub trouble: Option<String>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
