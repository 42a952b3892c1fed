//! The table `records`.

use sea_orm::entity::prelude::*;

use super::{Day, Timestamp};
use crate::platform::tenancy::tenanted;

/// One item held, in a category.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whom it is about, if one person alone.
    pub subject_id: Option<Uuid>,
    /// On whose behalf it is held.
    pub organisation_id: Option<Uuid>,
    /// A category of the policy.
    pub category: String,
    /// What it looks like.
    pub kind: String,
    /// Where it came from.
    pub source: String,
    /// Keyed hash of the source's own id.
    pub source_hash: Vec<u8>,
    /// The record's own date.
    pub occurred_on: Day,
    /// When the portal was told of it.
    pub recorded_at: Timestamp,
    /// The payload, sealed.
    pub sealed: Vec<u8>,
    /// Keyed digest of the payload, to see whether an upsert changes anything.
    pub digest: Vec<u8>,
    /// The digest of what the source had said before the person corrected it,
    /// until it says something else.
    pub source_digest: Option<Vec<u8>>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
