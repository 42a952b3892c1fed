//! The table `erasures`.

use sea_orm::entity::prelude::*;

use super::{Day, Timestamp};
use crate::platform::tenancy::tenanted;

/// How far an erasure has come that is under way. No personal data.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasures")]
pub struct Model {
    /// The tenant's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    /// The request, which after a restore need not be there.
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: Uuid,
    /// Whose data.
    pub subject_id: Uuid,
    /// The format of all the rest.
    pub format: i64,
    /// Whether it is repeated after a restore: then nobody waits for a receipt.
    pub again: bool,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// The day by which the rules are read.
    pub erased_on: Day,
    /// The policy version whose rules they are.
    pub policy_number: Option<i64>,
    /// Whether staff was asked to delete the person's customer at Stripe.
    pub asked_at_stripe: bool,
    /// What is to be done, as JSON, once it was counted.
    pub plan: Option<String>,
    /// What is being deleted.
    pub stage: String,
    /// Which step of the plan.
    pub step: i64,
    /// Up to which date it has come there.
    pub after_day: Day,
    /// Behind which record it goes on.
    pub after_id: Uuid,
}

/// None: rows are joined by the use cases, inside one tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tenanted!(Entity);
