//! The table `tenants`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// A tenant, and how its pages look.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenants")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// Its name in commands and files.
    pub slug: String,
    /// Its name on pages.
    pub name: String,
    /// What it does, in a line.
    pub tagline: String,
    /// Its colour, as `#rrggbb`.
    pub accent: String,
    /// The IANA time zone in which its days begin.
    pub time_zone: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// Whether customers may sign up: `open` or `closed`.
    pub sign_up: String,
    /// Whether staff needs a second factor: `required` or `offered`.
    pub staff_factor: String,
    /// Since when nobody can sign in.
    pub suspended_at: Option<Timestamp>,
    /// The number of its last announcement that something of it was published.
    pub announced: i64,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
