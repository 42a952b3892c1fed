//! Tenants as files: created, updated and listed by the operator.

mod apply;
mod file;
mod suspend;

pub use crate::policies::Ground;
pub use apply::{Applied, ApplyError, Plan, apply, apply_over, plan};
pub use file::{Brand, FileError, ProviderTable, TenantFile, TenantTable};
pub use suspend::suspend;
