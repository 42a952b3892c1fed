//! The table `ceremonies`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// Something that a browser has begun and not finished.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ceremonies")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the cookie's token.
    pub token_hash: Vec<u8>,
    /// What was begun.
    pub kind: String,
    /// Whose account it is about, once that is known.
    pub account_id: Option<Uuid>,
    /// What finishing it needs, sealed.
    pub sealed: Vec<u8>,
    /// How often finishing it has failed.
    pub attempts: i64,
    /// When it can no longer be finished.
    pub expires_at: Timestamp,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
