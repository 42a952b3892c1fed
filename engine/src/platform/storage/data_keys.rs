//! The table `data_keys`.

use sea_orm::entity::prelude::*;

use crate::platform::tenancy::tenanted;

/// Which key of the keyring seals what.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_keys")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// A subject, organisation, request or export; nil for the tenant itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: Uuid,
    /// A category, or what else the key seals.
    #[sea_orm(primary_key, auto_increment = false)]
    pub label: String,
    /// The key in the keyring.
    pub key_id: Uuid,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
