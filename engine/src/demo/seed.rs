//! Seeding.

use std::path::Path;

use domain::identifiers::{EmailAddress, Language, TenantId};
use domain::requests::Right;
use domain::roles::Role;
use jiff::civil::date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::dates::dated;
use super::logins::{Login, Logins};
use crate::data::imports;
use crate::engine::Engine;
use crate::people::accounts::{self, AccountError, Password};
use crate::people::subjects;
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::Timestamp;
use crate::policies;
use crate::rights::requests;
use crate::tenants::{self, ApplyError, TenantFile};

struct Tenant {
    slug: &'static str,
    /// The policy's versions, each with the date on which it was published.
    versions: [(&'static str, jiff::civil::Date); 2],
    people: &'static str,
    accounts: &'static [(Role, &'static str)],
    /// Open requests: whose, for what, and how many days ago.
    requests: &'static [(&'static str, Right, i64)],
}

const TENANTS: [Tenant; 2] = [
    Tenant {
        slug: "lumaire",
        versions: [
            (include_str!("../../../demo/lumaire-1.toml"), date(2025, 11, 3)),
            (include_str!("../../../demo/lumaire-2.toml"), date(2026, 5, 19)),
        ],
        people: include_str!("../../../demo/lumaire.people.ndjson"),
        accounts: &[
            (Role::Customer, "ada.winter@example.org"),
            (Role::Customer, "ben.okafor@example.com"),
            (Role::Customer, "elif.sommer@example.org"),
            (Role::Admin, "admin@lumaire.example"),
            (Role::Support, "support@lumaire.example"),
            (Role::Editor, "editor@lumaire.example"),
            (Role::Approver, "approver@lumaire.example"),
            (Role::Auditor, "auditor@lumaire.example"),
        ],
        requests: &[
            ("u-ben", Right::Correction, 28),
            ("u-carla", Right::Objection, 33),
            ("u-dmitri", Right::Restriction, 4),
        ],
    },
    Tenant {
        slug: "lumina-erp",
        versions: [
            (include_str!("../../../demo/lumina-erp-1.toml"), date(2026, 2, 2)),
            (include_str!("../../../demo/lumina-erp-2.toml"), date(2026, 9, 14)),
        ],
        people: include_str!("../../../demo/lumina-erp.people.ndjson"),
        accounts: &[
            (Role::Customer, "sam.rivera@example.org"),
            (Role::Customer, "mia.tran@example.org"),
            (Role::Customer, "theo.broussard@example.org"),
            (Role::Admin, "admin@lumina-erp.example"),
            (Role::Support, "support@lumina-erp.example"),
            (Role::Editor, "editor@lumina-erp.example"),
            (Role::Approver, "approver@lumina-erp.example"),
            (Role::Auditor, "auditor@lumina-erp.example"),
        ],
        requests: &[("u-jo", Right::Correction, 27), ("u-kit", Right::Objection, 35)],
    },
];

/// Why the demo was not seeded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A file of the demo is wrong.
    #[error("the demo's own files: {0}")]
    File(String),
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl SeedError {
    fn file(error: impl std::fmt::Display) -> SeedError {
        SeedError::File(error.to_string())
    }
}

/// Makes the demo, unless it is complete. Cut off, it goes on where it was.
/// `say` is told what is being done.
pub async fn seed(
    engine: &Engine,
    logins_file: &Path,
    now: Timestamp,
    say: &(dyn Fn(&str) + Send + Sync),
) -> Result<Logins, SeedError> {
    let mut logins = Logins::read_or_create(logins_file).map_err(SeedError::file)?;
    if logins.seeded {
        return Ok(logins);
    }
    for tenant in &TENANTS {
        say(&format!("seeding {}", tenant.slug));
        seed_tenant(engine, tenant, &mut logins, now).await?;
    }
    logins.seeded = true;
    logins.write(logins_file).map_err(SeedError::file)?;
    Ok(logins)
}

async fn seed_tenant(
    engine: &Engine,
    tenant: &Tenant,
    logins: &mut Logins,
    now: Timestamp,
) -> Result<(), SeedError> {
    let scope = publish(engine, tenant, now).await?;
    let people = dated(tenant.people, scope.today()).map_err(SeedError::file)?;
    let imported = imports::import(engine, &scope, &mut people.as_bytes(), true, &|_| {})
        .await
        .map_err(SeedError::file)?;
    debug_assert_eq!(imported.refused, 0);

    for (role, email) in tenant.accounts {
        let address: EmailAddress = email.parse().map_err(SeedError::file)?;
        let password = Password::choose(logins.password.clone()).map_err(SeedError::file)?;
        let made = match role {
            Role::Customer => accounts::create_customer(engine, &scope, &address, password).await,
            // The portal's own deed: none of the others is told.
            _ => {
                let portal = scope.as_portal();
                accounts::create_staff(engine, &portal, &address, *role, password).await
            }
        };
        match made {
            // It was there already when an earlier run was cut off.
            Ok(_) | Err(AccountError::Taken) => {}
            Err(error) => return Err(SeedError::file(error)),
        }
        let login = Login {
            tenant: tenant.slug.to_owned(),
            role: role.name().to_owned(),
            email: address.to_string(),
        };
        if !logins.accounts.contains(&login) {
            logins.accounts.push(login);
        }
    }
    ask(engine, &scope, tenant).await
}

/// Publishes the versions that are not there yet, each on its own day.
async fn publish(engine: &Engine, tenant: &Tenant, now: Timestamp) -> Result<Scope, SeedError> {
    let mut scope = None;
    for ((text, day), number) in tenant.versions.iter().zip(1..) {
        let file = TenantFile::parse(text).map_err(SeedError::file)?;
        let zone = TimeZone::get(&file.tenant.time_zone).map_err(SeedError::file)?;
        let at = day
            .at(9, 0, 0, 0)
            .to_zoned(zone.clone())
            .map_or(now, |zoned| Timestamp::from(zoned.timestamp()));
        let id = match engine.directory.tenants().iter().find(|t| t.slug == tenant.slug) {
            Some(head) => {
                let known = operator(head.id, zone.clone(), now);
                let published = policies::history(engine, &known).await?.len();
                if published >= number {
                    scope = Some(known);
                    continue;
                }
                apply(engine, &file, at.min(now)).await?
            }
            None => apply(engine, &file, at.min(now)).await?,
        };
        scope = Some(operator(id, zone, now));
    }
    scope.ok_or_else(|| SeedError::file("a tenant without a policy"))
}

async fn apply(engine: &Engine, file: &TenantFile, at: Timestamp) -> Result<TenantId, SeedError> {
    match tenants::apply(engine, file, at).await {
        Ok(applied) => Ok(applied.tenant),
        Err(ApplyError::Failure(failure)) => Err(failure.into()),
        Err(error) => Err(SeedError::file(error)),
    }
}

/// Opens the requests that the desk shows, as the people whose they are.
async fn ask(engine: &Engine, scope: &Scope, tenant: &Tenant) -> Result<(), SeedError> {
    let open = requests::request_rows(engine, scope, true, None, 1).await?;
    if !open.rows.is_empty() || !open.newer.is_empty() {
        return Ok(());
    }
    for (who, right, days_ago) in tenant.requests {
        let subject = subjects::find(engine, scope, who)
            .await?
            .ok_or_else(|| SeedError::file(format!("no subject {who}")))?;
        let person = Scope {
            actor: Actor::Account { id: Uuid::nil(), role: Role::Customer, subject: Some(subject) },
            now: scope.now.plus_seconds(-days_ago * 24 * 3600),
            ..scope.clone()
        };
        requests::ask(engine, &person, *right).await?;
    }
    Ok(())
}

fn operator(tenant: TenantId, zone: TimeZone, now: Timestamp) -> Scope {
    Scope {
        tenant,
        zone,
        actor: Actor::Operator,
        language: Language::default(),
        now,
        request_id: Uuid::now_v7(),
    }
}
