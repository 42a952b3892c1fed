//! Another address of a person, from when it is told until it counts.

use domain::roles::Permission;
use std::time::Duration;

use domain::addresses::WAIT;
use domain::identifiers::{EmailAddress, Language};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::profile::{Profile, open_profile, profile_place};
use crate::engine::Engine;
use crate::people::accounts::{self, LinkError, Opened, Purpose};
use crate::people::subjects::locks_out;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::jobs::{self, Job, Lane, With};
use crate::platform::keyring::{DataKey, IDENTITY, KeyringError, Place};
use crate::platform::mail;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, accounts as account_rows, subjects};
use crate::platform::tenancy::{ReadTx, WriteTx, retrying};

/// What is sealed with the link that stops it.
#[derive(Serialize, Deserialize)]
struct Keeping {
    subject: Uuid,
}

/// Seals the address that a person is to have.
pub(crate) fn seal_next(
    tx: &ReadTx,
    key: &DataKey,
    subject: Uuid,
    next: &Option<EmailAddress>,
) -> Result<Vec<u8>, Failure> {
    let plain = serde_json::to_vec(next).map_err(Failure::corrupt)?;
    key.seal(place(tx, subject), &plain).map_err(|e| Failure::Keyring(e.into()))
}

/// Writes to a person of whom another address was told, and lets it count later.
#[derive(Serialize, Deserialize)]
pub(crate) struct ChangeAddress(pub Uuid);

impl Job for ChangeAddress {
    const NAME: &'static str = "change-address";
    const LANE: Lane = Lane::MailAndKeys;
    const LIMIT: Duration = Duration::from_secs(60);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        change_address(with.engine, with.scope, self.0).await
    }
}

/// The next step of another address: writes to whoever can be reached, from which on it
/// waits; and once it has waited, lets it count. To run it again changes nothing.
async fn change_address(engine: &Engine, scope: &Scope, subject: Uuid) -> Result<(), Failure> {
    let policy = engine.policy(scope).await?;
    let language = policy.map_or(scope.language, |policy| policy.document.language);
    let tx = engine.tenant(scope.portal()?).write().await?;
    let Some(row) = locked(&tx, subject).await? else { return Ok(()) };
    if row.next_email_hash.is_none() {
        return Ok(());
    }
    let profile = open_profile(engine, &tx, subject).await?;
    let Some(profile) = profile.filter(|_| !locks_out(row.frozen_at)) else {
        // Whose data is being deleted gets no other address.
        set(&tx, subject, nothing_waits()).await?;
        tx.commit().await?;
        return Ok(());
    };
    match row.next_counts_at {
        None => {
            tell(engine, &tx, &Scope { language, ..scope.clone() }, &row, &profile).await?;
            let counts_at = scope.now.plus_seconds(WAIT);
            let waits = subjects::ActiveModel {
                next_counts_at: Set(Some(counts_at)),
                ..Default::default()
            };
            set(&tx, subject, waits).await?;
            jobs::enqueue(&tx, &ChangeAddress(subject), counts_at).await?;
        }
        Some(counts_at) if counts_at <= scope.now => {
            adopt(engine, &tx, scope, &row, profile).await?;
        }
        Some(_) => return Ok(()),
    }
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Another address that was told of a person, until it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextAddress {
    /// The address; none if it is that there is to be none.
    pub email: Option<EmailAddress>,
    /// From when it counts; none until the person was written to.
    pub counts_at: Option<Timestamp>,
}

/// The address that waits to be a person's, if there is one.
pub(crate) async fn next_address(
    engine: &Engine,
    tx: &ReadTx,
    subject: Uuid,
) -> Result<Option<NextAddress>, Failure> {
    let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject))).await?;
    let Some(row) = row.filter(|row| row.next_email_hash.is_some()) else { return Ok(None) };
    let Some(key) = engine.keyring.one(tx, subject, IDENTITY).await? else { return Ok(None) };
    let email = open_next(tx, &key, &row)?;
    Ok(Some(NextAddress { email, counts_at: row.next_counts_at }))
}

/// Stops it, as the person who is signed in. False if there is none any more.
pub async fn keep_own_address(engine: &Engine, scope: &Scope) -> Result<bool, Failure> {
    let subject = scope.own_subject()?;
    retrying(|| keep_own_once(engine, scope, subject)).await
}

async fn keep_own_once(engine: &Engine, scope: &Scope, subject: Uuid) -> Result<bool, Failure> {
    let tx = engine.tenant(scope.about(subject)?).write().await?;
    let kept = stop(&tx, scope, subject).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Lets it wait no more, and takes it from nobody again.
async fn stop(tx: &WriteTx, scope: &Scope, subject: Uuid) -> Result<bool, Failure> {
    let row = locked(tx, subject).await?;
    let Some(stopped) = row.and_then(|row| row.next_email_hash) else { return Ok(false) };
    let kept = subjects::ActiveModel { stopped_email_hash: Set(Some(stopped)), ..nothing_waits() };
    set(tx, subject, kept).await?;
    audit::enter(tx, scope, "address.kept", subject, json!({})).await?;
    Ok(true)
}

/// Stops it, by the link that was mailed to the address that is known.
pub async fn keep_address(
    engine: &Engine,
    scope: &Scope,
    opened: &Opened<'_>,
) -> Result<(), LinkError> {
    if opened.purpose != Purpose::KeepAddress {
        return Err(LinkError::Over);
    }
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
        let proof = accounts::good::<Keeping>(engine, &tx, scope, opened).await?;
        let subject = proof.state.subject;
        if !stop(&tx, scope, subject).await? {
            return Err(LinkError::Over);
        }
        accounts::used(&tx, scope, proof.id).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(())
    })
    .await
}

/// Writes to the address that is known, and to the one that the person signs in with.
async fn tell(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    row: &subjects::Model,
    profile: &Profile,
) -> Result<(), Failure> {
    let mut told = Vec::new();
    told.extend(profile.email.clone().map(|email| (email, scope.language)));
    let theirs = account_rows::Entity::find().filter(account_rows::Column::SubjectId.eq(row.id));
    if let Some(account) = tx.one(theirs).await?
        && let Some(email) = accounts::address_of(engine, tx, &account).await?
    {
        let language = account.language.parse::<Language>().unwrap_or(scope.language);
        told.retain(|(known, _)| known.folded() != email.folded());
        told.push((email, language));
    }
    for (to, language) in told {
        let scope = &Scope { language, ..scope.clone() };
        let keeping = Keeping { subject: row.id };
        let purpose = Purpose::KeepAddress;
        let (_, secret) = accounts::write_proof(engine, tx, scope, purpose, None, &keeping).await?;
        let letter = accounts::link_letter(engine, scope, purpose, &secret)?;
        mail::post(engine, tx, scope, to, letter).await?;
    }
    audit::enter(tx, scope, "address.told", row.id, json!({})).await?;
    Ok(())
}

async fn adopt(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    row: &subjects::Model,
    profile: Profile,
) -> Result<(), Failure> {
    let key = engine.keyring.one(tx, row.id, IDENTITY).await?;
    let key = key.ok_or(Failure::Keyring(KeyringError::Gone))?;
    let email = open_next(tx, &key, row)?;
    let email_hash = row.next_email_hash.clone().filter(|hash| !hash.is_empty());
    let profile = Profile { email, ..profile };
    let plain = serde_json::to_vec(&profile).map_err(Failure::corrupt)?;
    let sealed = key.seal(profile_place(tx, row.id), &plain);
    let adopted = subjects::ActiveModel {
        sealed: Set(Some(sealed.map_err(|e| Failure::Keyring(e.into()))?)),
        email_hash: Set(email_hash),
        ..nothing_waits()
    };
    set(tx, row.id, adopted).await?;
    audit::enter(tx, scope, "address.counts", row.id, json!({})).await?;
    Ok(())
}

fn open_next(
    tx: &ReadTx,
    key: &DataKey,
    row: &subjects::Model,
) -> Result<Option<EmailAddress>, Failure> {
    let sealed = row.next_address.as_ref().ok_or_else(|| Failure::corrupt("an address"))?;
    let plain = key.open(place(tx, row.id), sealed).map_err(|e| Failure::Keyring(e.into()))?;
    // What serde says of it could quote it.
    serde_json::from_slice(&plain).map_err(|_| Failure::corrupt("an address"))
}

fn nothing_waits() -> subjects::ActiveModel {
    subjects::ActiveModel {
        next_address: Set(None),
        next_email_hash: Set(None),
        next_counts_at: Set(None),
        ..Default::default()
    }
}

async fn locked(tx: &WriteTx, subject: Uuid) -> Result<Option<subjects::Model>, Failure> {
    let row = subjects::Entity::find().filter(subjects::Column::Id.eq(subject)).lock_exclusive();
    Ok(tx.one(row).await?)
}

async fn set(tx: &WriteTx, subject: Uuid, columns: subjects::ActiveModel) -> Result<(), Failure> {
    let which = subjects::Column::Id.eq(subject);
    tx.update(subjects::Entity::update_many().set(columns).filter(which)).await?;
    Ok(())
}

fn place(tx: &ReadTx, subject: Uuid) -> Place<'static> {
    Place {
        tenant: tx.tenant(),
        owner: subject,
        label: IDENTITY,
        row: subject,
        column: "subjects.next_address",
    }
}
