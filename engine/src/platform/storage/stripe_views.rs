//! The table `stripe_views`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// What was last seen at Stripe about a person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stripe_views")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    /// The category whose key seals it.
    pub category: String,
    /// Keyed hash of the customer's reference, for events.
    pub customer_hash: Vec<u8>,
    /// What was seen, sealed.
    pub sealed: Vec<u8>,
    /// When it was asked for.
    pub as_of: Timestamp,
    /// How many events were heard about the customer.
    pub changes: i64,
    /// How many of them had been heard when it was asked for.
    pub seen: i64,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
