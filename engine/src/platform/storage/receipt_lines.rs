//! The table `receipt_lines`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// One signed line of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipt_lines")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The receipt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub receipt_id: Uuid,
    /// Counted from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// The line as JSON; it has no personal data.
    pub body: String,
    /// Ed25519, over all the rest.
    pub signature: Vec<u8>,
    /// The format. Lines of earlier versions have none, and neither time nor the
    /// line before.
    pub format: Option<i64>,
    /// When it was stated.
    pub at: Option<Timestamp>,
    /// The hash of the line before it, in URL-safe Base64.
    pub before: Option<Vec<u8>>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
