//! The table `proofs`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// What a mailed link proves, once it is opened and confirmed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proofs")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id; its key in the keyring goes by it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the link's secret.
    pub secret_hash: Vec<u8>,
    /// The name of a `Purpose`.
    pub purpose: String,
    /// The account that it is about, if there is one already.
    pub account_id: Option<Uuid>,
    /// Address, host and whatever else confirming needs, sealed.
    pub sealed: Vec<u8>,
    /// When the mail was written.
    pub created_at: Timestamp,
    /// When the link is no longer good.
    pub expires_at: Timestamp,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
