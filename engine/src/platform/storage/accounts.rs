//! The table `accounts`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

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
    /// When it was created.
    pub created_at: Timestamp,
    /// bcrypt (L1); an account of a provider may do without.
    pub password_hash: Option<String>,
    /// The tag of the language that its mails are written in.
    pub language: String,
    /// The secret of the second factor (RFC 6238), sealed.
    pub sealed_totp: Option<Vec<u8>>,
    /// The last time step whose code was used.
    pub totp_step: Option<i64>,
    /// Keyed hashes of the recovery codes that are left, as JSON.
    pub recovery: Option<String>,
    /// Since when no other way in than the password opens it: a reset whose other
    /// ways nobody has looked at yet.
    pub review_since: Option<Timestamp>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
