//! The table `exports`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// A download that a person asked for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exports")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose data it is.
    pub subject_id: Uuid,
    /// The request that it answers.
    pub request_id: Uuid,
    /// In which language it is written.
    pub language: String,
    /// `making` or `ready`.
    pub state: String,
    /// Records written.
    pub done: i64,
    /// Records to write.
    pub total: i64,
    /// Bytes of the ZIP.
    pub size: i64,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it is deleted.
    pub expires_at: Timestamp,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
