//! Making a tenant what its file says.

use domain::identifiers::{Language, TenantId};
use domain::policy::Document;
use domain::policy::check::{Severity, check};
use domain::policy::diff::{FactChange, SectionState, fact_changes};
use domain::policy::document::Section;
use domain::policy::schema::content_hash;
use jiff::tz::TimeZone;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{DbErr, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use super::file::{ProviderTable, TenantFile};
use crate::engine::Engine;
use crate::people::accounts::{Deed, tell_admins};
use crate::people::providers::{self, FromFile};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, hosts, tenants};
use crate::platform::tenancy::retrying;
use crate::policies::{self, Ground, PublishError};

/// What applying a file would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Whether the tenant is new.
    pub creates: bool,
    /// What changes about the tenant itself, as "name: A → B".
    pub tenant_changes: Vec<String>,
    /// Whether a new version of the policy is published.
    pub publishes: bool,
    /// What that version changes in the facts.
    pub fact_changes: Vec<FactChange>,
    /// The sections whose text it adds, removes or changes, by their titles.
    pub section_changes: Vec<(String, SectionState)>,
    /// The version in force, if it was published in the studio and not from a file.
    pub over: Option<i64>,
    /// Whether a draft is open in the studio. It stays there.
    pub draft: bool,
    /// What it leaves open: assumptions and gaps.
    pub open_points: usize,
}

/// What applying a file did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The tenant.
    pub tenant: TenantId,
    /// What was planned, and done.
    pub plan: Plan,
    /// The version that is in force now.
    pub version: Option<i64>,
}

/// Why a file was not applied.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// Another tenant answers on one of the hosts.
    #[error("the host {0} belongs to another tenant. Nothing was changed")]
    HostTaken(String),
    /// The policy has errors.
    #[error("the policy has errors. Nothing was changed.\n{}", .0.join("\n"))]
    Policy(Vec<String>),
    /// A provider's secret is not where the file says.
    #[error("provider {0}: {1}. Nothing was changed")]
    Secret(String, String),
    /// The version in force was published in the studio: the file would undo it.
    #[error(
        "version {0} of the policy was published in the studio after this file was last applied. Nothing of the policy was changed. Look at the differences with --dry-run; to replace version {0} all the same, add --over {0}"
    )]
    Newer(i64),
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for ApplyError {
    fn from(error: DbErr) -> ApplyError {
        ApplyError::Failure(error.into())
    }
}

/// Tells what [`apply`] would do.
pub async fn plan(engine: &Engine, file: &TenantFile, now: Timestamp) -> Result<Plan, ApplyError> {
    let errors: Vec<String> = check(&file.policy)
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    if !errors.is_empty() {
        return Err(ApplyError::Policy(errors));
    }
    let open_points = check(&file.policy)
        .iter()
        .filter(|finding| finding.severity == Severity::OpenPoint)
        .count();
    let table = &file.tenant;
    // The hosts first: one that another command has just given this tenant must not be
    // taken for somebody else's.
    let all_hosts = engine.db.across().hosts().await?;
    let existing = engine.db.across().tenant_named(table.slug.as_str()).await?;
    let id = existing.as_ref().map(|tenant| tenant.tenant_id);
    let taken = all_hosts.iter().find(|row| {
        Some(row.tenant_id) != id && table.hosts.iter().any(|host| host.as_str() == row.host)
    });
    if let Some(row) = taken {
        return Err(ApplyError::HostTaken(row.host.clone()));
    }
    let providers = providers_of(file)?;
    let Some(existing) = existing else {
        return Ok(Plan {
            creates: true,
            tenant_changes: Vec::new(),
            publishes: true,
            fact_changes: Vec::new(),
            section_changes: Vec::new(),
            over: None,
            draft: false,
            open_points,
        });
    };
    let old_hosts: Vec<&str> = all_hosts
        .iter()
        .filter(|row| row.tenant_id == existing.tenant_id)
        .map(|row| row.host.as_str())
        .collect();
    let new_hosts: Vec<&str> = table.hosts.iter().map(|host| host.as_str()).collect();
    let compared = [
        ("name", existing.name.clone(), table.name.clone()),
        ("tagline", existing.tagline.clone(), table.brand.tagline.clone()),
        ("accent", existing.accent.clone(), table.brand.accent.clone()),
        ("time zone", existing.time_zone.clone(), table.time_zone.clone()),
        ("sign-up", existing.sign_up.clone(), table.sign_in.sign_up.name().to_owned()),
        (
            "staff's second factor",
            existing.staff_factor.clone(),
            table.sign_in.staff_second_factor.name().to_owned(),
        ),
        ("hosts", old_hosts.join(", "), new_hosts.join(", ")),
    ];
    let mut tenant_changes: Vec<String> = compared
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(what, old, new)| format!("{what}: {old} → {new}"))
        .collect();
    let scope = operator(TenantId(existing.tenant_id), &existing.time_zone, now);
    if let Some(providers) = &providers {
        tenant_changes.extend(providers::changes(engine, &scope, providers).await?);
    }
    let in_force = policies::in_force(engine, &scope).await?;
    let unchanged =
        in_force.as_ref().is_some_and(|version| version.content_hash == content_hash(&file.policy));
    let over = match &in_force {
        Some(version) if !unchanged => {
            let by_file = policies::enacted_by_file(engine, &scope, version.number).await?;
            (!by_file).then_some(version.number)
        }
        _ => None,
    };
    let draft = policies::draft(engine, &scope).await?;
    let before = in_force.as_ref().map(|version| &version.document);
    Ok(Plan {
        creates: false,
        tenant_changes,
        publishes: !unchanged,
        fact_changes: before.map(|before| fact_changes(before, &file.policy)).unwrap_or_default(),
        section_changes: before
            .map(|before| section_changes(before, &file.policy))
            .unwrap_or_default(),
        over,
        draft: draft.is_some(),
        open_points,
    })
}

/// The sections that differ in any language, in the order of the newer document.
fn section_changes(old: &Document, new: &Document) -> Vec<(String, SectionState)> {
    let languages = [new.language].into_iter().chain(new.translations.keys().copied());
    let titles = |document: &Document, language: Language| {
        let own = |section: &&Section| (section.id.clone(), (*section).clone());
        document.sections_in(language).iter().map(own).collect::<Vec<_>>()
    };
    let mut changes = Vec::new();
    for language in languages {
        let (before, after) = (titles(old, language), titles(new, language));
        for (id, section) in &after {
            match before.iter().find(|(other, _)| other == id) {
                None => changes.push((section.title.clone(), SectionState::Added)),
                Some((_, other)) if other != section => {
                    changes.push((section.title.clone(), SectionState::Changed));
                }
                Some(_) => {}
            }
        }
        let gone = before.iter().filter(|(id, _)| after.iter().all(|(other, _)| other != id));
        changes.extend(gone.map(|(_, it)| (it.title.clone(), SectionState::Removed)));
    }
    changes.dedup();
    changes
}

/// Creates or updates the tenant, and publishes its policy if it says something
/// new. To apply the same file again changes nothing, and what was published in the
/// studio since is not overwritten.
pub async fn apply(
    engine: &Engine,
    file: &TenantFile,
    now: Timestamp,
) -> Result<Applied, ApplyError> {
    apply_over(engine, file, Ground::Enacted, now).await
}

/// The same, also over a version that somebody has looked at.
pub async fn apply_over(
    engine: &Engine,
    file: &TenantFile,
    ground: Ground,
    now: Timestamp,
) -> Result<Applied, ApplyError> {
    // Two commands at the same time end as one after the other; what the first has
    // taken, such as a host, the second is told.
    retrying(|| apply_once(engine, file, ground, now)).await
}

async fn apply_once(
    engine: &Engine,
    file: &TenantFile,
    ground: Ground,
    now: Timestamp,
) -> Result<Applied, ApplyError> {
    let plan = plan(engine, file, now).await?;
    if let Some(number) = plan.over.filter(|number| ground != Ground::Over(*number)) {
        return Err(ApplyError::Newer(number));
    }
    let table = &file.tenant;
    let slug = table.slug.as_str();
    let tenant = match engine.db.across().tenant_named(slug).await? {
        Some(existing) => TenantId(existing.tenant_id),
        None => {
            let row = tenants::Model {
                tenant_id: 0,
                slug: slug.to_owned(),
                name: table.name.clone(),
                tagline: table.brand.tagline.clone(),
                accent: table.brand.accent.clone(),
                time_zone: table.time_zone.clone(),
                created_at: now,
                sign_up: table.sign_in.sign_up.name().to_owned(),
                staff_factor: table.sign_in.staff_second_factor.name().to_owned(),
                suspended_at: None,
                announced: 0,
            };
            engine.db.across().create_tenant(row).await?
        }
    };
    let scope = operator(tenant, &table.time_zone, now);
    dress(engine, &scope, file, !plan.tenant_changes.is_empty()).await?;
    let version = if plan.publishes {
        Some(publish(engine, &scope, file, ground).await?)
    } else {
        policies::in_force(engine, &scope).await?.map(|version| version.number)
    };
    engine.refresh().await?;
    Ok(Applied { tenant, plan, version })
}

/// Sets name, look and hosts, and makes the keys of a new tenant.
async fn dress(
    engine: &Engine,
    scope: &Scope,
    file: &TenantFile,
    changes: bool,
) -> Result<(), ApplyError> {
    let table = &file.tenant;
    let tx = engine.tenant(scope.portal()?).write().await?;
    engine.keyring.found(&tx).await?;
    tx.update(
        tenants::Entity::update_many()
            .col_expr(tenants::Column::Name, Expr::value(table.name.as_str()))
            .col_expr(tenants::Column::Tagline, Expr::value(table.brand.tagline.as_str()))
            .col_expr(tenants::Column::Accent, Expr::value(table.brand.accent.as_str()))
            .col_expr(tenants::Column::TimeZone, Expr::value(table.time_zone.as_str()))
            .col_expr(tenants::Column::SignUp, Expr::value(table.sign_in.sign_up.name()))
            .col_expr(
                tenants::Column::StaffFactor,
                Expr::value(table.sign_in.staff_second_factor.name()),
            ),
    )
    .await?;
    let names = table.hosts.iter().map(|host| host.as_str());
    tx.delete(hosts::Entity::delete_many()).await?;
    tx.insert_many(names.zip(0..).map(|(host, position)| hosts::ActiveModel {
        host: Set(host.to_owned()),
        position: Set(position),
        ..Default::default()
    }))
    .await?;
    if let Some(providers) = providers_of(file)? {
        providers::set_all(engine, &tx, scope, providers).await?;
    }
    tx.announce().await?;
    audit::enter(&tx, scope, "tenant.applied", scope.tenant, json!({})).await?;
    if changes {
        tell_admins(engine, &tx, scope, &Deed::Applied).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The providers that the file names, with their secrets; none if it says
/// nothing of them.
fn providers_of(file: &TenantFile) -> Result<Option<Vec<FromFile>>, ApplyError> {
    let Some(tables) = &file.tenant.sign_in.provider else { return Ok(None) };
    let read = |table: &ProviderTable| {
        let wrong = |what: String| ApplyError::Secret(table.slug.clone(), what);
        let (slug, settings) = table.checked().map_err(|mistakes| {
            wrong(mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        })?;
        Ok(FromFile { slug, settings, secret: table.secret(&file.folder).map_err(wrong)? })
    };
    tables.iter().map(read).collect::<Result<_, _>>().map(Some)
}

async fn publish(
    engine: &Engine,
    scope: &Scope,
    file: &TenantFile,
    ground: Ground,
) -> Result<i64, ApplyError> {
    policies::enact(engine, scope, &file.policy, ground).await.map_err(|error| match error {
        PublishError::Failure(failure) => failure.into(),
        // Somebody has published since the plan was made.
        PublishError::Newer(number) => ApplyError::Newer(number),
        PublishError::Errors(errors) => {
            ApplyError::Policy(errors.iter().map(ToString::to_string).collect())
        }
        error => Failure::corrupt(error).into(),
    })
}

fn operator(tenant: TenantId, zone: &str, now: Timestamp) -> Scope {
    Scope {
        tenant,
        zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
        actor: Actor::Operator,
        language: Language::default(),
        now,
        request_id: Uuid::now_v7(),
    }
}
