//! The table `hosts`.

use sea_orm::entity::prelude::*;

use crate::platform::tenancy::tenanted;

/// A host name that a tenant answers on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hosts")]
pub struct Model {
    /// The name, in lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub host: String,
    /// The tenant's number.
    pub tenant_id: i64,
    /// 0 for the canonical host, which links in mails use.
    pub position: i64,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
