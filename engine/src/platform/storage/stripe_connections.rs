//! The table `stripe_connections`.

use sea_orm::entity::prelude::*;

use super::Timestamp;
use crate::platform::tenancy::tenanted;

/// A tenant's own account at Stripe.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stripe_connections")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// Where it is asked and in which mode, as JSON.
    pub settings: String,
    /// The key by which it knows us, sealed.
    pub sealed_key: Vec<u8>,
    /// The secret that signs its webhooks, sealed.
    pub sealed_secret: Option<Vec<u8>>,
    /// The one before, sealed.
    pub sealed_previous: Option<Vec<u8>>,
    /// When it was connected.
    pub connected_at: Timestamp,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
