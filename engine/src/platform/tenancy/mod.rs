//! The only place that holds a database connection.
//!
//! Everything else receives a [`TenantDb`] that is already bound to a tenant:
//! whatever it selects, inserts, updates or deletes carries that tenant by
//! construction. What has to look across tenants goes through [`Across`].

mod across;
mod by_key;
mod contention;
mod database;
mod full;
mod handle;
mod outside;
mod permit;
mod queue;
mod told;

pub use across::{Across, Generation};
pub use contention::{Contention, retrying};
pub use database::{Database, DatabaseUrls, OpenError, migrate};
pub use full::is_full;
pub(crate) use handle::tenanted;
pub use handle::{ReadTx, TenantDb, Tenanted, WriteTx};
pub use outside::beside;
pub use permit::Permit;
pub use queue::{Claimed, Due, Failing, Wanted};
pub(crate) use told::told;
