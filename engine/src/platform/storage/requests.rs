//! The table `requests`.

use sea_orm::entity::prelude::*;

use super::{Day, Timestamp};
use crate::platform::tenancy::tenanted;

/// The exercise of a right.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "requests")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What people quote.
    pub reference: String,
    /// Whose request it is.
    pub subject_id: Option<Uuid>,
    /// The name of a [`domain::requests::Right`].
    pub exercised_right: String,
    /// The name of a [`domain::requests::Regime`].
    pub regime: String,
    /// The name of a [`domain::requests::State`].
    pub state: String,
    /// The policy version in force when it was received.
    pub policy_number: i64,
    /// When.
    pub received_at: Timestamp,
    /// When the identity was established.
    pub verified_at: Option<Timestamp>,
    /// The earliest deadline that applies.
    pub due_on: Day,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// What carrying it out needs, sealed; gone when it is closed.
    pub envelope: Option<Vec<u8>>,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
