//! The table `export_chunks`.

use sea_orm::entity::prelude::*;

use crate::platform::tenancy::tenanted;

/// A sealed piece of an export.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "export_chunks")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The export.
    #[sea_orm(primary_key, auto_increment = false)]
    pub export_id: Uuid,
    /// Counted from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// The bytes, sealed.
    pub sealed: Vec<u8>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
