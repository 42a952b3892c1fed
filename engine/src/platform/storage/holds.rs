//! The table `holds`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// That something stands still, for a person or a category.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "holds")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whom it is about; everybody, if it names a category, and else whoever has the
    /// address.
    pub subject_id: Option<Uuid>,
    /// The category that it is about; every category, if none.
    pub category: Option<String>,
    /// Keyed hash of the address that a report names, for as long as nobody, or
    /// nobody alone, has it.
    pub address_hash: Option<Vec<u8>>,
    /// The name of a [`domain::holds::Reason`].
    pub reason: String,
    /// The request that it came from, and ends with.
    pub request_id: Option<Uuid>,
    /// The report that it came from, which may be gone.
    pub message_id: Option<Uuid>,
    /// Who acted then, as in the audit log.
    pub opened_by: String,
    /// When it began.
    pub since: Timestamp,
    /// When it ends, or has ended.
    pub until: Option<Timestamp>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
