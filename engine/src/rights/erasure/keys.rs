//! The end of an erasure: what sealed the data is destroyed.

use std::time::Duration;

use data_encoding::HEXLOWER;
use domain::requests::State;
use domain::words::Words;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ask::Envelope;
use super::receipt::{self, HeadState, LineBody};
use crate::engine::Engine;
use crate::people::subjects::joined_into;
use crate::platform::failure::Failure;
use crate::platform::jobs::{Job, Lane, With};
use crate::platform::ledger::Entry;
use crate::platform::mail::{self, Letter, Link};
use crate::platform::scope::Scope;
use crate::platform::storage::{requests as table, subjects};
use crate::policies::{self, Version};
use crate::rights::requests;
use crate::webhooks::{self, ErasureDone, Event};

/// Destroys the keys of an erasure, and closes its request.
#[derive(Serialize, Deserialize)]
pub(crate) struct DestroyKeys {
    /// The erasure.
    pub request: Uuid,
    /// The keys in the keyring.
    pub keys: Vec<Uuid>,
}

impl Job for DestroyKeys {
    const NAME: &'static str = "destroy-keys";
    const LANE: Lane = Lane::MailAndKeys;
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        destroy_keys(with.engine, with.scope, self.request, &self.keys).await
    }
}

/// Destroys the keys of an erasure whose rows are gone, then closes its request
/// and tells the person.
///
/// Ledger, keyring and database are three places; the order makes it safe to be
/// killed between any two: to append, destroy and close again changes nothing
/// that matters, and what is closed is not closed twice.
pub async fn destroy_keys(
    engine: &Engine,
    scope: &Scope,
    request: Uuid,
    keys: &[Uuid],
) -> Result<(), Failure> {
    let db = engine.tenant(scope.portal()?);
    let tx = db.read().await?;
    let row = tx
        .one(table::Entity::find().filter(table::Column::Id.eq(request)))
        .await?
        .ok_or_else(|| Failure::corrupt(format!("request {request}")))?;
    if row.closed_at.is_some() {
        drop(tx);
        return engine.keyring.forget(&db, request).await;
    }
    let envelope: Option<Envelope> = requests::open_envelope(engine, &tx, &row).await?;
    let subject = row.subject_id.unwrap_or_default();
    let source = tx
        .one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject)))
        .await?
        .map(|subject| HEXLOWER.encode(&subject.source_hash));
    let joined = tx.all(joined_into(subject)).await?;
    drop(tx);
    let version = policies::version(engine, scope, row.policy_number).await?;

    let (tenant, keys) = (scope.tenant, keys.to_vec());
    let entry = Entry { tenant, request, subject, keys, source, at: scope.now };
    engine.ledger.append(&entry).await?;
    for row in joined {
        // A backup from before they were joined has two people to erase. Each has a
        // request of their own, which is nobody's.
        let source = Some(HEXLOWER.encode(&row.source_hash));
        let (request, subject, at) = (row.id, row.id, scope.now);
        engine.ledger.append(&Entry { tenant, request, subject, keys: vec![], source, at }).await?;
    }
    let Entry { keys, .. } = entry;
    engine.keyring.destroy(tenant, &keys).await?;

    let tx = db.write().await?;
    let destroyed = LineBody::KeysDestroyed { keys: keys.len() as u64 };
    receipt::add_lines(engine, &tx, scope, request, vec![destroyed], HeadState::Closed).await?;
    let whole = receipt::is_whole(&tx, request).await?;
    let end = if whole { State::Fulfilled } else { State::PartlyFulfilled };
    requests::step(&tx, scope, request, end).await?;
    // The envelope is the last that knows the tenant's own ids.
    if let Some(envelope) = &envelope {
        for subject in envelope.ids() {
            let (request, complete) = (row.reference.clone(), whole);
            let told = Event::ErasureDone(ErasureDone { subject, request, complete });
            webhooks::tell(&tx, engine, scope, &told).await?;
        }
    }
    let to = envelope.as_ref().and_then(|envelope| envelope.profile.email.clone());
    if let (Some(envelope), Some(version), Some(to)) = (&envelope, version, to) {
        let letter = done(engine, scope, (&version, envelope), &row.reference)?;
        mail::post(engine, &tx, scope, to, letter).await?;
    }
    tx.commit().await?;
    engine.work.notify_one();
    // At the latest with this job's next run.
    engine.keyring.forget(&db, request).await
}

/// The mail that tells of the end.
fn done(
    engine: &Engine,
    scope: &Scope,
    (version, envelope): (&Version, &Envelope),
    reference: &str,
) -> Result<Letter, Failure> {
    let words = Words::new(envelope.language);
    let values = [
        ("company", version.document.controller.name.clone().into()),
        ("reference", reference.to_owned().into()),
    ];
    let link = envelope.receipt.as_ref().map(|code| {
        let path = format!("/receipts/{code}?lang={}", envelope.language.tag());
        let url = engine.link(scope.tenant, &path)?;
        Ok::<_, Failure>(Link { label: words.text("mail-erasure-done-link"), url })
    });
    Ok(Letter {
        language: words.language(),
        subject: words.with("mail-erasure-done-subject", &values),
        paragraphs: vec![
            words.with("mail-erasure-done-text", &values),
            words.with("mail-erasure-done-reference", &values),
        ],
        code: None,
        link: link.transpose()?,
        why: words.text("mail-erasure-done-why"),
    })
}
