//! Every kind of job, and what runs it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Engine;
use crate::exports::Presenter;
use crate::failure::Failure;
use crate::scope::Scope;
use crate::{accounts, erasure, exports, mail, stripe, subjects, webhooks};

/// A job. It carries ids only: what it needs to know is sealed elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "of", rename_all = "kebab-case")]
pub enum Job {
    /// Hands a mail of the outbox to the mail server.
    DeliverMail(Uuid),
    /// Mails the link that somebody asked for.
    AnswerWish(Uuid),
    /// Forgets a mailed link whose time is over.
    ForgetProof(Uuid),
    /// Makes an export.
    MakeExport(Uuid),
    /// Deletes an export whose time is over.
    ExpireExport(Uuid),
    /// Destroys the keys of what is gone.
    ForgetKeys(Uuid),
    /// Begins an erasure.
    Erase(Uuid),
    /// Carries on with one that was begun.
    GoOnErasing(Uuid),
    /// Destroys the keys of an erasure, and closes its request.
    DestroyKeys {
        /// The erasure.
        request: Uuid,
        /// The keys in the keyring.
        keys: Vec<Uuid>,
    },
    /// Writes to a person of whom another address was told, and lets it count later.
    ChangeAddress(Uuid),
    /// Tells an endpoint what it waits for.
    DeliverWebhook(Uuid),
    /// Takes a line out of an endpoint's log when its time is over.
    ForgetWebhook(Uuid),
    /// Asks Stripe again what it holds about a person, after an event.
    RefreshStripe(Uuid),
    /// Forgets which events of Stripe were heard long ago.
    ForgetStripeEvents,
    /// Takes out what was tried long ago.
    SweepTries,
    /// Tells people that a provider no longer leads to their accounts.
    TellUnlinked {
        /// The provider's name.
        provider: String,
        /// The accounts.
        accounts: Vec<Uuid>,
    },
}

impl Job {
    /// Its name in logs.
    pub fn name(&self) -> &'static str {
        match self {
            Job::DeliverMail(_) => "deliver-mail",
            Job::AnswerWish(_) => "answer-wish",
            Job::ForgetProof(_) => "forget-proof",
            Job::MakeExport(_) => "make-export",
            Job::ExpireExport(_) => "expire-export",
            Job::ForgetKeys(_) => "forget-keys",
            Job::Erase(_) => "erase",
            Job::GoOnErasing(_) => "go-on-erasing",
            Job::DestroyKeys { .. } => "destroy-keys",
            Job::ChangeAddress(_) => "change-address",
            Job::DeliverWebhook(_) => "deliver-webhook",
            Job::ForgetWebhook(_) => "forget-webhook",
            Job::RefreshStripe(_) => "refresh-stripe",
            Job::ForgetStripeEvents => "forget-stripe-events",
            Job::SweepTries => "sweep-tries",
            Job::TellUnlinked { .. } => "tell-unlinked",
        }
    }

    /// Runs it.
    pub(super) async fn run(
        self,
        engine: &Engine,
        scope: &Scope,
        presenter: &dyn Presenter,
    ) -> Result<(), Failure> {
        match self {
            Job::DeliverMail(mail) => mail::deliver(engine, scope, presenter, mail).await,
            Job::AnswerWish(wish) => accounts::answer_wish(engine, scope, wish).await,
            Job::ForgetProof(proof) => accounts::forget_proof(engine, scope, proof).await,
            Job::MakeExport(export) => exports::make(engine, scope, presenter, export).await,
            Job::ExpireExport(export) => exports::expire(engine, scope, export).await,
            Job::ForgetKeys(owner) => {
                engine.keyring.forget(&engine.tenant(scope.tenant), owner).await
            }
            Job::Erase(request) => erasure::hide(engine, scope, request).await,
            Job::GoOnErasing(request) => erasure::go_on(engine, scope, request).await,
            Job::DestroyKeys { request, keys } => {
                erasure::destroy_keys(engine, scope, request, &keys).await
            }
            Job::ChangeAddress(subject) => subjects::change_address(engine, scope, subject).await,
            Job::DeliverWebhook(delivery) => webhooks::deliver(engine, scope, delivery).await,
            Job::ForgetWebhook(delivery) => webhooks::forget(engine, scope, delivery).await,
            Job::RefreshStripe(subject) => stripe::refresh(engine, scope, subject).await,
            Job::ForgetStripeEvents => stripe::forget_events(engine, scope).await,
            Job::SweepTries => accounts::sweep_tries(engine, scope).await,
            Job::TellUnlinked { provider, accounts } => {
                accounts::tell_unlinked(engine, scope, &provider, &accounts).await
            }
        }
    }
}
