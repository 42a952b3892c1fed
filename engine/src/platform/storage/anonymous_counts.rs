//! The table `anonymous_counts`.

use sea_orm::entity::prelude::*;

use crate::platform::tenancy::tenanted;

/// What is left of a category that is counted when erased.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "anonymous_counts")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The category.
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: String,
    /// The kind of record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// As `2026-11`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    /// How many records there were.
    pub amount: i64,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
