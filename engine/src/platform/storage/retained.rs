//! The table `retained`.

use sea_orm::entity::prelude::*;

use super::Day;
use crate::platform::tenancy::tenanted;

/// What an erasure kept in a category of a person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retained")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// Whose it was.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    /// In which category.
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: String,
    /// The erasure, whose receipt says the same.
    pub request_id: Uuid,
    /// The hold of the policy, or the recorded claim, that kept it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hold: String,
    /// The date that was signed; none if nobody had stated one.
    pub until: Option<Day>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
