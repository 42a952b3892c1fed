//! The table `events`.

use sea_orm::entity::prelude::*;

use super::Day;
use crate::platform::tenancy::tenanted;

/// Something that starts or stops a retention period.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Keyed hash of the source's own id.
    pub source_hash: Vec<u8>,
    /// The person it concerns.
    pub subject_id: Option<Uuid>,
    /// The organisation it concerns.
    pub organisation_id: Option<Uuid>,
    /// As a retention rule names it.
    pub name: String,
    /// When it happened.
    pub occurred_on: Day,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
