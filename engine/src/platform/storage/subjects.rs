//! The table `subjects`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// A person whom data is about.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subjects")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Keyed hash of the tenant's own id for the person.
    pub source_hash: Vec<u8>,
    /// Keyed hash of the email address.
    pub email_hash: Option<Vec<u8>>,
    /// The organisation that the person works for.
    pub organisation_id: Option<Uuid>,
    /// Whether they see what is held on its behalf.
    pub organisation_admin: bool,
    /// Sealed name, address and id; gone after an erasure.
    pub sealed: Option<Vec<u8>>,
    /// When the person was first told of.
    pub created_at: Timestamp,
    /// Since when an erasure is under way, and the person locked out by it.
    pub frozen_at: Option<Timestamp>,
    /// Since when a hold stops the use of the data: derived from `holds`, for nodes of
    /// the version before them.
    pub paused_at: Option<Timestamp>,
    /// Another address that was told of the person and does not count yet, sealed.
    pub next_address: Option<Vec<u8>>,
    /// Its keyed hash; empty if it is that there is none any more.
    pub next_email_hash: Option<Vec<u8>>,
    /// When it counts; none until whoever can be reached was written to.
    pub next_counts_at: Option<Timestamp>,
    /// The keyed hash of one that the person has said is not theirs.
    pub stopped_email_hash: Option<Vec<u8>>,
    /// When the erasure was carried out, or they were joined with somebody.
    pub erased_at: Option<Timestamp>,
    /// Who they turned out to be: a row without one. Theirs is looked up by the tenant's
    /// own id only, and leads there.
    pub joined_into: Option<Uuid>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
