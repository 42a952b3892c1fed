//! Asking for a link by mail: to make an account, or to choose a new password.
//!
//! Whether an address is known decides what is mailed to it, and nothing else:
//! it is looked up by a job, so that neither the answer nor its time tells.

use domain::roles::Permission;
use std::time::Duration;

use domain::identifiers::{EmailAddress, Language};
use domain::words::Words;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::address::{address_of, with_address};
use super::create::{has_account, subject_with};
use super::proof::{self, Purpose};
use super::secret::Secret;
use crate::engine::Engine;
use crate::people::subjects::open_profile;
use crate::platform::failure::Failure;
use crate::platform::jobs::{self, Job, Lane, With};
use crate::platform::mail::{self, Letter, Link};
use crate::platform::scope::Scope;
use crate::platform::tenancy::WriteTx;

/// What is sealed until the job runs.
#[derive(Serialize, Deserialize)]
struct Wish {
    email: EmailAddress,
    language: Language,
}

/// What is sealed with the link of somebody who signs up.
#[derive(Serialize, Deserialize)]
pub(super) struct SigningUp {
    pub email: EmailAddress,
}

/// Mails the link that somebody asked for.
#[derive(Serialize, Deserialize)]
pub(crate) struct AnswerWish(pub Uuid);

impl Job for AnswerWish {
    const NAME: &'static str = "answer-wish";
    const LANE: Lane = Lane::MailAndKeys;
    const LIMIT: Duration = Duration::from_secs(60);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        answer(with.engine, with.scope, self.0).await
    }
}

/// Asks for a link. It says nothing about whether the address is known.
pub async fn ask_for_link(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
) -> Result<(), Failure> {
    let wish = Wish { email: email.clone(), language: scope.language };
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let (id, _) = proof::write(engine, &tx, scope, Purpose::Wish, None, &wish).await?;
    jobs::enqueue(&tx, &AnswerWish(id), scope.now).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Mails what fits the address: a link to choose a new password, a link to make
/// an account, or that there is none.
async fn answer(engine: &Engine, scope: &Scope, id: Uuid) -> Result<(), Failure> {
    let tx = engine.tenant(scope.portal()?).write().await?;
    let Some(wish) = proof::by_id::<Wish>(engine, &tx, id).await? else { return Ok(()) };
    let Wish { email, language } = wish.state;
    let scope = &Scope { language, ..scope.clone() };
    let (to, letter) = fitting(engine, &tx, scope, &email).await?;
    mail::post(engine, &tx, scope, to, letter).await?;
    proof::take(&tx, scope, id).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// The letter, and the address that it goes to: the one that is known, where there
/// is one, since another that merely looks the same may be somebody else's.
async fn fitting(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    email: &EmailAddress,
) -> Result<(EmailAddress, Letter), Failure> {
    if let Some(account) = with_address(engine, tx, email).await? {
        // Only the last link counts.
        proof::revoke(tx, account.id, Purpose::Reset).await?;
        let about = Some(account.id);
        let (_, secret) = proof::write(engine, tx, scope, Purpose::Reset, about, &()).await?;
        let to = address_of(engine, tx, &account).await?.unwrap_or_else(|| email.clone());
        return Ok((to, letter(engine, scope, Purpose::Reset, &secret)?));
    }
    let head = engine.directory.tenant(scope.tenant);
    let open = head.is_some_and(|head| head.sign_up);
    let subject = if open { subject_with(engine, tx, email).await? } else { None };
    if let Some(subject) = subject
        && !has_account(tx, subject).await?
        && let Some(to) = open_profile(engine, tx, subject).await?.and_then(|p| p.email)
    {
        let state = SigningUp { email: to.clone() };
        let (_, secret) = proof::write(engine, tx, scope, Purpose::SignUp, None, &state).await?;
        return Ok((to, letter(engine, scope, Purpose::SignUp, &secret)?));
    }
    let words = Words::new(scope.language);
    let unknown = Letter {
        language: words.language(),
        subject: words.text("mail-unknown-subject"),
        paragraphs: vec![words.text("mail-unknown-text"), words.text("mail-unknown-next")],
        code: None,
        link: Some(Link {
            label: words.text("mail-unknown-link"),
            url: engine.link(scope.tenant, "/requests")?,
        }),
        why: words.text("mail-link-why"),
    };
    Ok((email.clone(), unknown))
}

/// The mail with a link of that purpose.
pub(crate) fn letter(
    engine: &Engine,
    scope: &Scope,
    purpose: Purpose,
    secret: &Secret,
) -> Result<Letter, Failure> {
    let words = Words::new(scope.language);
    let name = purpose.name();
    let text = |part: &str| words.text(&format!("mail-{name}-{part}"));
    let path = format!("/confirm/{name}/{}?lang={}", secret.as_str(), scope.language.tag());
    Ok(Letter {
        language: words.language(),
        subject: text("subject"),
        paragraphs: vec![text("text")],
        code: None,
        link: Some(Link { label: text("link"), url: engine.link(scope.tenant, &path)? }),
        why: text("why"),
    })
}
