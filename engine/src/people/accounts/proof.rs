//! Links in mails: each good once, for a short time, for one purpose at one host.
//!
//! Opening a link changes nothing, since mail scanners open it too; what it
//! stands for happens when its reader confirms it.

use std::time::Duration;

use domain::addresses::WAIT;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::secret::Secret;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::jobs::{self, Job, Lane, With};
use crate::platform::keyring::{PROOF, Place};
use crate::platform::scope::Scope;
use crate::platform::storage::{Format, proofs};
use crate::platform::tenancy::{ReadTx, WriteTx};

/// What confirming a link does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Creates the account that was asked for.
    SignUp,
    /// Lets a new password be chosen.
    Reset,
    /// Changes the account's address to the one that the mail went to.
    Address,
    /// Creates an account for somebody who is to work for the tenant.
    Invitation,
    /// Says that a message from the contact form is by whoever has the address.
    Message,
    /// Stops that a person gets another address that a company's system has told of.
    KeepAddress,
    /// No link: what somebody asked for, until a job has answered it.
    Wish,
}

impl Purpose {
    /// Every purpose of a link.
    pub const LINKS: [Purpose; 6] = [
        Purpose::SignUp,
        Purpose::Reset,
        Purpose::Address,
        Purpose::Invitation,
        Purpose::Message,
        Purpose::KeepAddress,
    ];

    /// All purposes: those of links, and the wish for one.
    pub const ALL: [Purpose; 7] = [
        Purpose::SignUp,
        Purpose::Reset,
        Purpose::Address,
        Purpose::Invitation,
        Purpose::Message,
        Purpose::KeepAddress,
        Purpose::Wish,
    ];

    /// Its name in links and where it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Purpose::SignUp => "sign-up",
            Purpose::Reset => "reset",
            Purpose::Address => "address",
            Purpose::Invitation => "invitation",
            Purpose::Message => "message",
            Purpose::KeepAddress => "keep-address",
            Purpose::Wish => "wish",
        }
    }

    /// The purpose of a link of that name.
    pub fn named(name: &str) -> Option<Purpose> {
        Purpose::LINKS.into_iter().find(|purpose| purpose.name() == name)
    }

    /// For how long its link is good, in seconds.
    pub fn lasts(self) -> i64 {
        match self {
            Purpose::SignUp | Purpose::Address => 24 * 3600,
            // As long as the address waits.
            Purpose::KeepAddress => WAIT,
            Purpose::Reset | Purpose::Wish => 3600,
            Purpose::Invitation | Purpose::Message => 7 * 24 * 3600,
        }
    }
}

/// A link that is still good.
pub(crate) struct Proof<T> {
    pub id: Uuid,
    pub account: Option<Uuid>,
    pub state: T,
}

/// How it is sealed.
const FORMAT: Format = Format::first("a link");

/// What is sealed with a link.
#[derive(Serialize, Deserialize)]
struct Sealed<T> {
    host: String,
    state: T,
}

/// Forgets a mailed link whose time is over.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetProof(pub Uuid);

impl Job for ForgetProof {
    const NAME: &'static str = "forget-proof";
    const LANE: Lane = Lane::Tidying;
    const LIMIT: Duration = Duration::from_secs(60);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        forget(with.engine, with.scope, self.0).await
    }
}

/// Makes a link's secret. The row and its key go when the link's time is over.
pub(crate) async fn write<T: Serialize>(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    purpose: Purpose,
    account: Option<Uuid>,
    state: &T,
) -> Result<(Uuid, Secret), Failure> {
    let id = Uuid::now_v7();
    let secret = Secret::generate()?;
    let key = engine.keyring.ensure_one(tx, id, PROOF).await?;
    let sealed = Sealed { host: engine.canonical_host(scope.tenant)?, state };
    let plain = FORMAT.write(&sealed)?;
    let sealed = key.seal(place(tx, id), &plain).map_err(|e| Failure::Keyring(e.into()))?;
    let expires_at = scope.now.plus_seconds(purpose.lasts());
    tx.insert(proofs::ActiveModel {
        id: Set(id),
        secret_hash: Set(secret.hash()),
        purpose: Set(purpose.name().to_owned()),
        account_id: Set(account),
        sealed: Set(sealed),
        created_at: Set(scope.now),
        expires_at: Set(expires_at),
        ..Default::default()
    })
    .await?;
    jobs::enqueue(tx, &ForgetProof(id), expires_at).await?;
    Ok((id, secret))
}

/// What a link stands for, if it is still good at this host.
pub(crate) async fn read<T: DeserializeOwned>(
    engine: &Engine,
    tx: &ReadTx,
    scope: &Scope,
    (purpose, secret): (Purpose, &Secret),
    host: &str,
) -> Result<Option<Proof<T>>, Failure> {
    let row = tx
        .one(
            proofs::Entity::find()
                .filter(proofs::Column::SecretHash.eq(secret.hash()))
                .filter(proofs::Column::Purpose.eq(purpose.name()))
                .filter(proofs::Column::ExpiresAt.gt(scope.now)),
        )
        .await?;
    let found = open(engine, tx, row).await?;
    Ok(found.filter(|(at, _)| at == host).map(|(_, proof)| proof))
}

/// The one of that id, wherever its link leads.
pub(crate) async fn by_id<T: DeserializeOwned>(
    engine: &Engine,
    tx: &ReadTx,
    id: Uuid,
) -> Result<Option<Proof<T>>, Failure> {
    let row = tx.one(proofs::Entity::find().filter(proofs::Column::Id.eq(id))).await?;
    Ok(open(engine, tx, row).await?.map(|(_, proof)| proof))
}

async fn open<T: DeserializeOwned>(
    engine: &Engine,
    tx: &ReadTx,
    row: Option<proofs::Model>,
) -> Result<Option<(String, Proof<T>)>, Failure> {
    let Some(row) = row else { return Ok(None) };
    let Some(key) = engine.keyring.one(tx, row.id, PROOF).await? else { return Ok(None) };
    let plain = key.open(place(tx, row.id), &row.sealed).map_err(|e| Failure::Keyring(e.into()))?;
    let sealed: Sealed<T> = FORMAT.read(&plain)?;
    let proof = Proof { id: row.id, account: row.account_id, state: sealed.state };
    Ok(Some((sealed.host, proof)))
}

/// Uses a link up. False if somebody was faster.
pub(crate) async fn take(tx: &WriteTx, scope: &Scope, id: Uuid) -> Result<bool, Failure> {
    let taken = tx.delete(proofs::Entity::delete_many().filter(proofs::Column::Id.eq(id))).await?;
    jobs::enqueue(tx, &ForgetProof(id), scope.now).await?;
    Ok(taken == 1)
}

/// Takes back the links of an account that are for a purpose.
pub(crate) async fn revoke(tx: &WriteTx, account: Uuid, purpose: Purpose) -> Result<(), Failure> {
    tx.delete(
        proofs::Entity::delete_many()
            .filter(proofs::Column::AccountId.eq(account))
            .filter(proofs::Column::Purpose.eq(purpose.name())),
    )
    .await?;
    Ok(())
}

/// Forgets a link, used or not, and what it had sealed.
async fn forget(engine: &Engine, scope: &Scope, id: Uuid) -> Result<(), Failure> {
    let tx = engine.tenant(scope.portal()?).write().await?;
    tx.delete(proofs::Entity::delete_many().filter(proofs::Column::Id.eq(id))).await?;
    tx.commit().await?;
    engine.keyring.forget(&engine.tenant(scope.portal()?), id).await
}

fn place(tx: &ReadTx, id: Uuid) -> Place<'static> {
    Place { tenant: tx.tenant(), owner: id, label: PROOF, row: id, column: "proofs" }
}
