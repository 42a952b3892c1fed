//! The table `audit_entries`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// Who did what, committed with the change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id, in the order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who: an account id, the operator, a visitor or the portal.
    pub actor: String,
    /// What, as `policy.published`.
    pub action: String,
    /// To what, by id.
    pub target: String,
    /// Without personal data, as JSON.
    pub details: String,
    /// The HTTP request or command that it came from.
    pub request_id: Uuid,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
