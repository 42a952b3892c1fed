//! Asking for one's erasure: use stops at once, the work is a job.

use domain::identifiers::Language;
use domain::requests::Right;
use domain::roles::Permission;
use domain::words::Words;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::carry_out::Erase;
use super::receipt::{self, ReceiptCode};
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Task, forget_forms_of};
use crate::people::subjects::{Profile, hold, known_as, open_profile};
use crate::platform::failure::Failure;
use crate::platform::jobs;
use crate::platform::mail::{self, Letter};
use crate::platform::scope::Scope;
use crate::platform::storage::{accounts, requests as table, sessions, subjects};
use crate::platform::tenancy::{WriteTx, retrying};
use crate::policies::{State, Version, in_state};
use crate::rights::requests;
use crate::webhooks::{self, ErasureAsked, Event};

/// An erasure that was asked for.
pub struct Asked {
    /// What people quote.
    pub reference: String,
    /// By when it is done at the latest; it is done within moments.
    pub due_on: Date,
    /// Opens the receipt, without an account. Told once.
    pub receipt: ReceiptCode,
}

/// Why nothing was begun.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// What was confirmed is another task.
    #[error("deleting was not confirmed")]
    NotConfirmed,
    /// Already under way.
    #[error("this erasure is already under way")]
    UnderWay,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for AskError {
    fn from(error: DbErr) -> AskError {
        AskError::Failure(error.into())
    }
}

/// What carrying an erasure out needs when the person's own data is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Envelope {
    pub profile: Profile,
    /// The tenant's other ids of the person: of whoever was joined with them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    pub language: Language,
    /// For the mail that tells of the end; an earlier version kept none.
    #[serde(default)]
    pub receipt: Option<String>,
}

impl Envelope {
    /// Every id by which one of the tenant's systems may know the person.
    pub fn ids(&self) -> impl Iterator<Item = String> {
        [&self.profile.id].into_iter().chain(&self.also).cloned()
    }
}

/// Begins the erasure of the signed-in person's data, once they have shown again
/// who they are (L10, E18). In one transaction: the request, the receipt, the
/// freeze, the end of every session, the job, the mail and what the tenant's own
/// systems are told.
pub async fn ask(engine: &Engine, scope: &Scope, confirmed: Confirmed) -> Result<Asked, AskError> {
    let subject = scope.own_subject()?;
    if confirmed.task() != Task::Deletion {
        return Err(AskError::NotConfirmed);
    }
    let asked = retrying(|| ask_once(engine, scope, subject)).await?;
    engine.work.notify_one();
    Ok(asked)
}

async fn ask_once(engine: &Engine, scope: &Scope, subject: Uuid) -> Result<Asked, AskError> {
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).write().await?;
    let asked = begin(engine, &tx, scope, subject).await?;
    tx.commit().await?;
    Ok(asked)
}

/// The receipt of the erasure that the signed-in person has asked for already: who
/// presses twice is led to the same one.
pub async fn asked_before(engine: &Engine, scope: &Scope) -> Result<Option<ReceiptCode>, Failure> {
    let subject = scope.own_subject()?;
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    let open = table::Entity::find()
        .filter(table::Column::SubjectId.eq(subject))
        .filter(table::Column::ExercisedRight.eq(Right::Erasure.name()))
        .filter(table::Column::ClosedAt.is_null());
    let Some(row) = tx.one(open).await? else { return Ok(None) };
    let envelope: Option<Envelope> = requests::open_envelope(engine, &tx, &row).await?;
    Ok(envelope.and_then(|it| it.receipt).and_then(|code| ReceiptCode::parse(&code)))
}

/// Begins the erasure of a person, whoever has asked for it.
pub(crate) async fn begin(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    subject: Uuid,
) -> Result<Asked, AskError> {
    let version = in_state(tx, State::Published)
        .await?
        .ok_or_else(|| Failure::corrupt("no policy in force"))?;
    hold(tx, subject).await?;
    let language = freeze(tx, scope, subject).await?;
    let profile = open_profile(engine, tx, subject).await?.ok_or(AskError::UnderWay)?;
    let id = Uuid::now_v7();
    let ids = known_as(engine, tx, subject).await?;
    let also = ids.into_iter().filter(|id| *id != profile.id).collect();
    let code = ReceiptCode::generate()?;
    let receipt = Some(code.as_str().to_owned());
    let envelope = Envelope { profile, also, language, receipt };
    let sealed = requests::seal_envelope(engine, tx, id, &envelope).await?;
    let facts = (version.number, &version.document.facts);
    let opened =
        requests::open(tx, scope, (id, subject), Right::Erasure, facts, Some(sealed)).await?;
    receipt::begin(engine, tx, scope, id, &code).await?;
    jobs::enqueue(tx, &Erase(id), scope.now).await?;
    for subject in envelope.ids() {
        let (request, due) = (opened.reference.clone(), opened.due_on);
        let told = Event::ErasureAsked(ErasureAsked { subject, request, due });
        webhooks::tell(tx, engine, scope, &told).await?;
    }
    if let Some(to) = envelope.profile.email.clone() {
        let letter = begun(&version, &envelope, &opened.reference);
        mail::post(engine, tx, scope, to, letter).await?;
    }
    Ok(Asked { reference: opened.reference, due_on: opened.due_on, receipt: code })
}

/// From here on nothing is done with the data but erasing it, and nobody is
/// signed in. The answer is the language in which the person is written to, whoever
/// has asked for it.
async fn freeze(tx: &WriteTx, scope: &Scope, subject: Uuid) -> Result<Language, AskError> {
    let frozen = tx
        .update(
            subjects::Entity::update_many()
                .col_expr(subjects::Column::FrozenAt, Expr::value(Some(scope.now)))
                .filter(subjects::Column::Id.eq(subject))
                .filter(subjects::Column::FrozenAt.is_null()),
        )
        .await?;
    if frozen == 0 {
        return Err(AskError::UnderWay);
    }
    let mut language = scope.language;
    let of_subject = accounts::Entity::find().filter(accounts::Column::SubjectId.eq(subject));
    for account in tx.all(of_subject).await? {
        tx.delete(
            sessions::Entity::delete_many().filter(sessions::Column::AccountId.eq(account.id)),
        )
        .await?;
        forget_forms_of(tx, account.id).await?;
        if scope.own_subject().ok() != Some(subject) {
            language = account.language.parse().unwrap_or(language);
        }
    }
    Ok(language)
}

/// The mail that tells of the beginning.
fn begun(version: &Version, envelope: &Envelope, reference: &str) -> Letter {
    let words = Words::new(envelope.language);
    let values = [
        ("company", version.document.controller.name.clone().into()),
        ("reference", reference.to_owned().into()),
    ];
    Letter {
        language: words.language(),
        subject: words.with("mail-erasure-begun-subject", &values),
        paragraphs: vec![
            words.with("mail-erasure-begun-text", &values),
            words.with("mail-erasure-begun-reference", &values),
        ],
        code: None,
        link: None,
        why: words.text("mail-erasure-begun-why"),
    }
}
