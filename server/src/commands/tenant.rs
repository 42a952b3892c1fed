//! `candor tenant …`

use std::path::Path;

use anyhow::{Context, Result};
use app::ui::fact_change::sentence;
use app::ui::reader::Reader;
use domain::identifiers::Language;
use domain::policy::Document;
use domain::policy::diff::SectionState;
use domain::words::Words;
use engine::tenants::{self, Ground, Plan, TenantFile};

use crate::cli::Store;
use crate::clock::now;
use crate::open::{as_operator, read};
use crate::say::say;

/// Makes a tenant what its file says, or says what would change.
///
/// `over` is the version of the policy that may be replaced though it was published in
/// the studio.
pub async fn apply(store: &Store, file: &Path, dry_run: bool, over: Option<i64>) -> Result<()> {
    let text = read(file)?;
    let parsed = TenantFile::parse(&text).with_context(|| file.display().to_string())?;
    let parsed = parsed.beside(file.parent().unwrap_or(Path::new("")));
    let slug = parsed.tenant.slug.clone();
    let engine = store.open(None).await?;
    if dry_run {
        let plan = tenants::plan(&engine, &parsed, now()).await?;
        say!("{slug}: this would happen");
        tell(&plan, &parsed.policy);
        if let Some(version) = plan.over.filter(|version| over != Some(*version)) {
            say!(
                "  Version {version} was published in the studio, and what it says would be replaced: add --over {version} to do so."
            );
        }
        say!("Nothing was changed.");
    } else {
        let ground = over.map_or(Ground::Enacted, Ground::Over);
        let applied = tenants::apply_over(&engine, &parsed, ground, now()).await?;
        say!("{slug}: done");
        tell(&applied.plan, &parsed.policy);
        if let Some(version) = applied.version {
            say!("  version {version} of the policy is in force");
        }
    }
    Ok(())
}

fn tell(plan: &Plan, policy: &Document) {
    if plan.creates {
        say!("  a new tenant");
    }
    for change in &plan.tenant_changes {
        say!("  {change}");
    }
    if plan.publishes {
        let reader = Reader { document: policy, words: Words::new(Language::En) };
        say!("  a new version of the policy, {} facts changed", plan.fact_changes.len());
        for change in &plan.fact_changes {
            say!("    {}", sentence(reader, change));
        }
        for (title, state) in &plan.section_changes {
            let what = match state {
                SectionState::Added => "new",
                SectionState::Removed => "gone",
                SectionState::Changed | SectionState::Same => "other text",
            };
            say!("    section “{title}”: {what}");
        }
        if plan.draft {
            say!("  the draft in the studio stays; it is published after this version");
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
