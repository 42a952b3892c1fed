//! The table `api_answers`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// What a request with an idempotency key was answered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_answers")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The token that asked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_id: Uuid,
    /// Keyed hash of the key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: Vec<u8>,
    /// Keyed hash of the request.
    pub request_hash: Vec<u8>,
    /// The answer, once there is one. Without personal data.
    pub answer: Option<String>,
    /// When it was asked.
    pub created_at: Timestamp,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
