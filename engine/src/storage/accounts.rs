//! The table `accounts`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::tenancy::tenanted;

/// A sign-in, of a subject or of staff.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name of a [`domain::roles::Role`].
    pub role: String,
    /// The subject whose account this is; staff has none.
    pub subject_id: Option<Uuid>,
    /// Keyed hash of the address.
    pub email_hash: Vec<u8>,
    /// The address, sealed.
    pub sealed_email: Vec<u8>,
    /// bcrypt (L1).
    pub password_hash: String,
    /// When it was created.
    pub created_at: Timestamp,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
