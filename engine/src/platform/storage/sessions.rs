//! The table `sessions`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// SHA-256 of the cookie's token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    /// Its name on pages, which is no secret.
    pub id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// How it began: the name of a `Method`.
    pub method: String,
    /// Whether more than one factor was shown.
    pub strong: bool,
    /// Browser and system in words, coarse enough to be anybody's.
    pub browser: String,
    /// When it began; its absolute limit counts from here.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// The name of the `Task` that was confirmed last.
    pub confirmed_for: Option<String>,
    /// When that was.
    pub confirmed_at: Option<Timestamp>,
    /// Whether the browser's Global Privacy Control signal was taken note of.
    pub signal: bool,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
