//! The table `record_parties`.

use sea_orm::entity::prelude::*;

use crate::platform::tenancy::tenanted;

/// One of several people whom a record is about.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_parties")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    /// The record's own key, sealed for this person.
    pub wrapped_key: Vec<u8>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
