//! The table `tries`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// What was tried lately at one thing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tries")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// What kind of thing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Keyed hash of what was tried.
    #[sea_orm(primary_key, auto_increment = false)]
    pub about: Vec<u8>,
    /// See [`domain::tries::Tally::count`].
    pub number: i64,
    /// See [`domain::tries::Tally::at`].
    pub at: Timestamp,
    /// When it can be forgotten.
    pub expires_at: Timestamp,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
