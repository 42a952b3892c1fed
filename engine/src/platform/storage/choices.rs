//! The table `choices`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// What a person has chosen for a purpose.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "choices")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    /// A purpose of the policy, or the sale and sharing of data.
    #[sea_orm(primary_key, auto_increment = false)]
    pub purpose: String,
    /// Whether their data must not be used for it.
    pub refused: bool,
    /// Whether a browser's signal said so, rather than the person on a page.
    pub by_signal: bool,
    /// When.
    pub chosen_at: Timestamp,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
