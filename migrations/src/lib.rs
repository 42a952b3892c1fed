//! The database schema of Candor, one file per change.
//!
//! A migration is written SQL for both databases. Where SQLite and PostgreSQL
//! name a type differently, [`sql`] puts the right name in.

use std::collections::BTreeSet;

pub use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

mod m0001_tenants;
mod m0002_accounts;
mod m0003_policies;
mod m0004_held_data;
mod m0005_requests;
mod m0006_exports;
mod m0007_work;
mod m0008_row_level_security;
mod m0009_sign_in;
mod m0010_api;
mod m0011_webhooks;
mod m0012_stripe;
mod m0013_messages;
mod m0014_retained;
mod m0015_holds;
mod m0016_receipts_and_steps;
mod m0017_joined;
mod m0018_jobs;
mod m0019_grants;
mod m0020_tries;
mod m0021_announcements;
mod m0022_consents;
mod m0023_provider_troubles;
mod m0024_lost_mails;
mod sql;

/// Every table whose rows belong to a tenant.
pub fn tenant_tables() -> BTreeSet<&'static str> {
    m0008_row_level_security::TABLES
        .into_iter()
        .chain(m0009_sign_in::TABLES)
        .chain(m0010_api::TABLES)
        .chain(m0011_webhooks::TABLES)
        .chain(m0012_stripe::TABLES)
        .chain(m0013_messages::TABLES)
        .chain(m0014_retained::TABLES)
        .chain(m0015_holds::TABLES)
        .chain(m0020_tries::TABLES)
        .chain(m0016_receipts_and_steps::TABLES)
        .collect()
}

/// The migrations in the order in which they are applied.
pub struct Migrator;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_tenants::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_policies::Migration),
            Box::new(m0004_held_data::Migration),
            Box::new(m0005_requests::Migration),
            Box::new(m0006_exports::Migration),
            Box::new(m0007_work::Migration),
            Box::new(m0008_row_level_security::Migration),
            Box::new(m0009_sign_in::Migration),
            Box::new(m0010_api::Migration),
            Box::new(m0011_webhooks::Migration),
            Box::new(m0012_stripe::Migration),
            Box::new(m0013_messages::Migration),
            Box::new(m0014_retained::Migration),
            Box::new(m0015_holds::Migration),
            Box::new(m0016_receipts_and_steps::Migration),
            Box::new(m0018_jobs::Migration),
            Box::new(m0021_announcements::Migration),
            Box::new(m0020_tries::Migration),
            Box::new(m0019_grants::Migration),
            Box::new(m0017_joined::Migration),
            Box::new(m0022_consents::Migration),
            Box::new(m0023_provider_troubles::Migration),
            Box::new(m0024_lost_mails::Migration),
        ]
    }
}
