//! A tenant's providers, and the sealed secrets by which they know it.

use domain::identifiers::Slug;
use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::settings::{Kind, Settings};
use super::trouble::Trouble;
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Deed, Task, TellUnlinked, tell_admins};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::jobs;
use crate::platform::keyring::Place;
use crate::platform::scope::Scope;
use crate::platform::storage::{Format, identities, providers};
use crate::platform::tenancy::{ReadTx, WriteTx, retrying};

/// How many people one job tells.
const TOLD_AT_ONCE: usize = 200;

/// A provider as everybody may see it: without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its name in addresses.
    pub slug: String,
    /// What the tenant says about it.
    pub settings: Settings,
    /// Whether a secret is stored.
    pub has_secret: bool,
    /// What was wrong the last time that its word was not taken, since it was set up.
    pub trouble: Option<Trouble>,
}

/// What becomes of the secret.
#[derive(Clone)]
pub enum NewSecret {
    /// It stays as it is.
    Keep,
    /// There is none.
    None,
    /// This one.
    This(SecretString),
}

/// Why a provider was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is one of that name already.
    #[error("there is a provider of that name already")]
    Taken,
    /// There is none of that name.
    #[error("there is no provider of that name")]
    Gone,
    /// The stored secret was for another place, and is not sent to a new one.
    #[error("the secret has to be given again for another place")]
    SecretNeeded,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for SaveError {
    fn from(error: DbErr) -> SaveError {
        SaveError::Failure(error.into())
    }
}

/// The tenant's providers, in their order.
pub async fn list(engine: &Engine, scope: &Scope) -> Result<Vec<Provider>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    all(&tx).await
}

/// One of them.
pub async fn find(engine: &Engine, scope: &Scope, slug: &str) -> Result<Option<Provider>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    row(&tx, slug).await?.map(read).transpose()
}

/// How many people sign in with it.
pub async fn linked_people(engine: &Engine, scope: &Scope, slug: &str) -> Result<u64, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ReadSettings)?).read().await?;
    Ok(tx.count(identities::Entity::find().filter(identities::Column::Provider.eq(slug))).await?)
}

/// Adds a provider, or changes one that is there.
pub async fn save(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    (slug, settings): (&Slug, &Settings),
    secret: NewSecret,
    new: bool,
) -> Result<(), SaveError> {
    confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    retrying(|| save_once(engine, scope, (slug, settings), secret.clone(), new)).await
}

async fn save_once(
    engine: &Engine,
    scope: &Scope,
    (slug, settings): (&Slug, &Settings),
    secret: NewSecret,
    new: bool,
) -> Result<(), SaveError> {
    let tx = engine.tenant(scope.permit(Permission::ManageSettings)?).write().await?;
    let held = providers::Entity::find()
        .filter(providers::Column::Slug.eq(slug.as_str()))
        .lock_exclusive();
    let before = tx.one(held).await?;
    match (&before, new) {
        (Some(_), true) => return Err(SaveError::Taken),
        (None, false) => return Err(SaveError::Gone),
        _ => {}
    }
    let position = match &before {
        Some(row) => row.position,
        None => all(&tx).await?.len().try_into().unwrap_or(i64::MAX),
    };
    put(engine, &tx, scope, (slug.as_str(), settings), secret, (before, position)).await?;
    let name = &settings.name;
    let deed = if new { Deed::ProviderAdded(name) } else { Deed::ProviderChanged(name) };
    tell_admins(engine, &tx, scope, &deed).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Removes a provider, and with it who signs in by it. False if there is none.
pub async fn remove(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    slug: &str,
) -> Result<bool, Failure> {
    let permit = confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    let tx = engine.tenant(permit).write().await?;
    let Some(provider) = row(&tx, slug).await?.map(read).transpose()? else { return Ok(false) };
    let removed = take_out(&tx, scope, slug).await?;
    tell_admins(engine, &tx, scope, &Deed::ProviderRemoved(&provider.settings.name)).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(removed)
}

/// A provider as a tenant file has it, with its secret.
pub(crate) struct FromFile {
    pub slug: Slug,
    pub settings: Settings,
    pub secret: Option<SecretString>,
}

/// What making the list that of a file would change, in words. A secret is never
/// among them.
pub(crate) async fn changes(
    engine: &Engine,
    scope: &Scope,
    wanted: &[FromFile],
) -> Result<Vec<String>, Failure> {
    let tx = engine.tenant(scope.portal()?).read().await?;
    let mut changes = Vec::new();
    let mut there = rows(&tx).await?;
    let before: Vec<String> = there.iter().map(|row| row.slug.clone()).collect();
    for provider in wanted {
        let slug = provider.slug.as_str();
        let Some(at) = there.iter().position(|row| row.slug == slug) else {
            changes.push(format!("provider {slug}: new"));
            continue;
        };
        let row = there.swap_remove(at);
        let secret = open(engine, &tx, &row).await?;
        if read(row)?.settings != provider.settings {
            changes.push(format!("provider {slug}: changed"));
        }
        if exposed(secret.as_ref()) != exposed(provider.secret.as_ref()) {
            changes.push(format!("provider {slug}: another secret"));
        }
    }
    changes.extend(there.iter().map(|row| format!("provider {}: removed", row.slug)));
    let after = wanted.iter().map(|provider| provider.slug.as_str());
    if changes.is_empty() && !after.eq(before.iter().map(String::as_str)) {
        changes.push("providers: another order".to_owned());
    }
    Ok(changes)
}

/// Makes the list that of a file.
pub(crate) async fn set_all(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    wanted: Vec<FromFile>,
) -> Result<(), Failure> {
    for gone in rows(tx).await? {
        if wanted.iter().all(|provider| provider.slug.as_str() != gone.slug) {
            take_out(tx, scope, &gone.slug).await?;
        }
    }
    for (provider, position) in wanted.into_iter().zip(0..) {
        let slug = provider.slug.as_str();
        let before = row(tx, slug).await?;
        let secret = provider.secret.map_or(NewSecret::None, NewSecret::This);
        let put = put(engine, tx, scope, (slug, &provider.settings), secret, (before, position));
        put.await.map_err(|error| match error {
            SaveError::Failure(failure) => failure,
            other => Failure::corrupt(other),
        })?;
    }
    Ok(())
}

/// One with the secret by which it knows us.
pub(super) async fn with_secret(
    engine: &Engine,
    scope: &Scope,
    slug: &str,
) -> Result<Option<(Provider, Option<SecretString>)>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    let Some(row) = row(&tx, slug).await? else { return Ok(None) };
    let secret = open(engine, &tx, &row).await?;
    Ok(Some((read(row)?, secret)))
}

pub(super) async fn all(tx: &ReadTx) -> Result<Vec<Provider>, Failure> {
    let read = rows(tx).await?.into_iter().map(read);
    // One that a newer version has set up is offered by its nodes.
    read.filter(|read| !matches!(read, Err(Failure::Newer(_)))).collect()
}

/// What people call a provider; its name in addresses, if it is gone.
pub(crate) async fn called(tx: &ReadTx, slug: &str) -> Result<String, Failure> {
    let provider = row(tx, slug).await?.map(read).transpose()?;
    Ok(provider.map_or_else(|| slug.to_owned(), |provider| provider.settings.name))
}

async fn rows(tx: &ReadTx) -> Result<Vec<providers::Model>, Failure> {
    let query = providers::Entity::find()
        .order_by_asc(providers::Column::Position)
        .order_by_asc(providers::Column::Slug);
    Ok(tx.all(query).await?)
}

async fn row(tx: &ReadTx, slug: &str) -> Result<Option<providers::Model>, Failure> {
    Ok(tx.one(providers::Entity::find().filter(providers::Column::Slug.eq(slug))).await?)
}

/// How the settings are stored.
const FORMAT: Format = Format::first("a provider");

fn read(row: providers::Model) -> Result<Provider, Failure> {
    Ok(Provider {
        settings: FORMAT.read(row.settings.as_bytes())?,
        has_secret: row.sealed_secret.is_some(),
        trouble: row.trouble.zip(row.trouble_at).map(|(what, at)| Trouble { what, at }),
        slug: row.slug,
    })
}

async fn put(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    (slug, settings): (&str, &Settings),
    secret: NewSecret,
    (before, position): (Option<providers::Model>, i64),
) -> Result<(), SaveError> {
    let sealed = match &secret {
        NewSecret::None => None,
        NewSecret::This(secret) => Some(seal(engine, tx, slug, secret).await?),
        NewSecret::Keep => before.as_ref().and_then(|row| row.sealed_secret.clone()),
    };
    let text = FORMAT.write_text(settings)?;
    let kept = matches!(secret, NewSecret::Keep);
    if let Some(before) = before {
        let before: Settings = FORMAT.read_to_change(before.settings.as_bytes())?;
        // Whoever may change where it leads could else have the secret sent to
        // themselves.
        if kept && sealed.is_some() && places(&before) != places(settings) {
            return Err(SaveError::SecretNeeded);
        }
        // Other names: nobody could sign in by the ones that are known.
        if names(&before) != names(settings) {
            unlink_all(tx, scope, slug, &before.name).await?;
        }
        tx.update(
            providers::Entity::update_many()
                .col_expr(providers::Column::Settings, Expr::value(text))
                .col_expr(providers::Column::SealedSecret, Expr::value(sealed))
                .col_expr(providers::Column::Position, Expr::value(position))
                .col_expr(providers::Column::Trouble, Expr::value(None::<String>))
                .filter(providers::Column::Slug.eq(slug)),
        )
        .await?;
    } else {
        tx.insert(providers::ActiveModel {
            slug: Set(slug.to_owned()),
            position: Set(position),
            settings: Set(text),
            sealed_secret: Set(sealed),
            ..Default::default()
        })
        .await?;
    }
    let details = json!({ "trusted-email": settings.trusted_email, "new-secret": !kept });
    audit::enter(tx, scope, "provider.saved", slug, details).await?;
    Ok(())
}

async fn take_out(tx: &WriteTx, scope: &Scope, slug: &str) -> Result<bool, Failure> {
    let name = called(tx, slug).await?;
    let people = unlink_all(tx, scope, slug, &name).await?;
    let which = providers::Column::Slug.eq(slug);
    let removed = tx.delete(providers::Entity::delete_many().filter(which)).await?;
    if removed > 0 {
        audit::enter(tx, scope, "provider.removed", slug, json!({ "people": people })).await?;
    }
    Ok(removed > 0)
}

/// Ends that a provider leads to anybody's account. They are told by jobs: there may
/// be many.
async fn unlink_all(tx: &WriteTx, scope: &Scope, slug: &str, name: &str) -> Result<usize, Failure> {
    let which = || identities::Column::Provider.eq(slug);
    let rows = tx.all(identities::Entity::find().filter(which())).await?;
    let people: Vec<Uuid> = rows.iter().map(|row| row.account_id).collect();
    tx.delete(identities::Entity::delete_many().filter(which())).await?;
    for some in people.chunks(TOLD_AT_ONCE) {
        let job = TellUnlinked { provider: name.to_owned(), accounts: some.to_vec() };
        jobs::enqueue(tx, &job, scope.now).await?;
    }
    Ok(people.len())
}

/// Where a browser and the secret are sent.
fn places(settings: &Settings) -> [&str; 2] {
    match &settings.kind {
        Kind::OpenId { issuer } => [issuer, issuer],
        Kind::OAuth2 { authorize_url, token_url, .. } => [authorize_url, token_url],
    }
}

/// Whose names it vouches for.
fn names(settings: &Settings) -> &str {
    match &settings.kind {
        Kind::OpenId { issuer } => issuer,
        Kind::OAuth2 { userinfo_url, .. } => userinfo_url,
    }
}

fn exposed(secret: Option<&SecretString>) -> Option<&str> {
    secret.map(|secret| secret.expose_secret())
}

async fn seal(
    engine: &Engine,
    tx: &ReadTx,
    slug: &str,
    secret: &SecretString,
) -> Result<Vec<u8>, Failure> {
    let office = engine.keyring.of_tenant(tx).await?.office;
    let sealed = office.seal(place(tx, slug), secret.expose_secret().as_bytes());
    sealed.map_err(|e| Failure::Keyring(e.into()))
}

async fn open(
    engine: &Engine,
    tx: &ReadTx,
    row: &providers::Model,
) -> Result<Option<SecretString>, Failure> {
    let Some(sealed) = &row.sealed_secret else { return Ok(None) };
    let office = engine.keyring.of_tenant(tx).await?.office;
    let plain =
        office.open(place(tx, &row.slug), sealed).map_err(|e| Failure::Keyring(e.into()))?;
    let secret = std::str::from_utf8(&plain).map_err(|_| Failure::corrupt("a client's secret"))?;
    Ok(Some(secret.to_owned().into()))
}

/// The row has a name and no number: its hash stands for it.
fn place<'a>(tx: &ReadTx, slug: &str) -> Place<'a> {
    let mut row = [0; 16];
    row.iter_mut().zip(Sha256::digest(slug)).for_each(|(byte, hashed)| *byte = hashed);
    Place {
        tenant: tx.tenant(),
        owner: Uuid::nil(),
        label: "office",
        row: Uuid::from_bytes(row),
        column: "sealed_secret",
    }
}
