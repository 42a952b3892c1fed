//! The table `policy_versions`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// A version of a policy.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_versions")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// 1 for the first.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// The name of a `State`.
    pub state: String,
    /// In which format the document is.
    pub format: i64,
    /// The [`domain::policy::Document`] as JSON.
    pub document: String,
    /// SHA-256 of its canonical form.
    pub content_hash: Vec<u8>,
    /// Grows with every save of a draft, so that two editors notice each other.
    pub revision: i64,
    /// When it was last changed.
    pub saved_at: Timestamp,
    /// When it came into force.
    pub published_at: Option<Timestamp>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
