//! The table `receipts`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// What an erasure did, for whoever holds the code.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipts")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The erasure.
    pub request_id: Uuid,
    /// SHA-256 of the 128-bit code.
    pub code_hash: Vec<u8>,
    /// When.
    pub created_at: Timestamp,
    /// The format of its signed end. Receipts of earlier versions have none.
    pub head_format: Option<i64>,
    /// Whether more lines follow: `open` or `closed`.
    pub head_state: Option<String>,
    /// How many lines there were.
    pub head_lines: Option<i64>,
    /// When the end was signed.
    pub head_at: Option<Timestamp>,
    /// Ed25519, over all that and the last line.
    pub head_signature: Option<Vec<u8>>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
