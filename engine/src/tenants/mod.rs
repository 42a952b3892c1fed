//! Tenants as files: created, updated and listed by the operator.

mod apply;
mod file;
mod suspend;

pub use apply::{Applied, ApplyError, Plan, apply, plan};
pub use file::{Brand, FileError, ProviderTable, TenantFile, TenantTable};
pub use suspend::suspend;
