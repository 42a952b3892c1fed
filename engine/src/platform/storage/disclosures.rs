//! The table `disclosures`.

use sea_orm::entity::prelude::*;

use super::{Day, Timestamp};
use crate::platform::tenancy::tenanted;

/// That a person's data was given to somebody.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosures")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Keyed hash of the source's own id.
    pub source_hash: Vec<u8>,
    /// Whose data.
    pub subject_id: Uuid,
    /// A category of the policy.
    pub category: String,
    /// A processor of the policy.
    pub recipient: String,
    /// When.
    pub disclosed_on: Day,
    /// When the portal was told of it.
    pub recorded_at: Timestamp,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
