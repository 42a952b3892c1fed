//! The table `providers`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// Another place to sign in with, as the tenant has set it up.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "providers")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// Its name in addresses.
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    /// Its place among the others.
    pub position: i64,
    /// What is public about it, as JSON.
    pub settings: String,
    /// The client's secret, sealed.
    pub sealed_secret: Option<Vec<u8>>,
    /// What was wrong the last time that its word was not taken.
    pub trouble: Option<String>,
    /// When.
    pub trouble_at: Option<Timestamp>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
