//! `candor tenant …`

use std::path::Path;

use anyhow::{Context, Result};
use engine::tenants::{self, Plan, TenantFile};

use crate::cli::Store;
use crate::clock::now;
use crate::open::{as_operator, read};
use crate::say::say;

/// Makes a tenant what its file says, or says what would change.
pub async fn apply(store: &Store, file: &Path, dry_run: bool) -> Result<()> {
    let text = read(file)?;
    let parsed = TenantFile::parse(&text).with_context(|| file.display().to_string())?;
    let parsed = parsed.beside(file.parent().unwrap_or(Path::new("")));
    let slug = parsed.tenant.slug.clone();
    let engine = store.open(None).await?;
    if dry_run {
        let plan = tenants::plan(&engine, &parsed, now()).await?;
        say!("{slug}: this would happen");
        tell(&plan);
        say!("Nothing was changed.");
    } else {
        let applied = tenants::apply(&engine, &parsed, now()).await?;
        say!("{slug}: done");
        tell(&applied.plan);
        if let Some(version) = applied.version {
            say!("  version {version} of the policy is in force");
        }
    }
    Ok(())
}

fn tell(plan: &Plan) {
    if plan.creates {
        say!("  a new tenant");
    }
    for change in &plan.tenant_changes {
        say!("  {change}");
    }
    if plan.publishes {
        say!("  a new version of the policy, {} facts changed", plan.fact_changes.len());
        for change in &plan.fact_changes {
            say!("    {} {}", change.list.name(), change.id);
        }
    } else {
        say!("  the policy stays as it is");
    }
    say!("  {} open points in the policy", plan.open_points);
}

/// Closes a tenant's portal for a while, or opens it again.
pub async fn suspend(store: &Store, tenant: &str, suspended: bool) -> Result<()> {
    let engine = store.open(None).await?;
    let (head, scope) = as_operator(&engine, tenant).await?;
    tenants::suspend(&engine, &scope, suspended).await?;
    let now = if suspended { "nobody can sign in" } else { "people can sign in" };
    say!("{}: {now}", head.slug);
    Ok(())
}

/// Lists tenants and their hosts.
pub async fn list(store: &Store) -> Result<()> {
    let engine = store.open(None).await?;
    for tenant in engine.directory.tenants() {
        let suspended = if tenant.suspended { "\tsuspended" } else { "" };
        say!("{}\t{}\t{}{suspended}", tenant.slug, tenant.name, tenant.canonical_host);
    }
    Ok(())
}
