//! A person corrects their own record.

use domain::identifiers::Slug;
use domain::policy::facts::{Facts, named};
use domain::requests::{Right, State as Stands};
use domain::roles::Permission;
use sea_orm::DbErr;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::field::{Field, Wrong, fields};
use super::held::{Held, is_free};
use super::proposal::{Change, Proposal, same_as};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::tenancy::{ReadTx, retrying};
use crate::policies::{State, in_state};
use crate::rights::requests;

/// A record that its person may correct, as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correctable {
    /// The record's category.
    pub category: Slug,
    /// What can be corrected in it.
    pub fields: Vec<Field>,
    /// Which state of the record this is.
    pub seen: String,
}

/// What was done: the requests that tell of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corrected {
    /// What changed at once.
    pub changed: Option<Uuid>,
    /// What waits for staff.
    pub proposed: Option<Uuid>,
}

/// Why nothing was corrected.
#[derive(Debug, thiserror::Error)]
pub enum CorrectError {
    /// Not a record that this person may correct.
    #[error("there is no such record")]
    Unknown,
    /// Nothing is done with the data at the moment but what its freezing is for.
    #[error("the data is frozen")]
    Frozen,
    /// The record was changed since the form was opened.
    #[error("the record was changed meanwhile")]
    Stale,
    /// Everything says what it did.
    #[error("nothing was changed")]
    Nothing,
    /// What is wrong, by field.
    #[error("some values are not right")]
    Wrong(Vec<(String, Wrong)>),
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for CorrectError {
    fn from(error: DbErr) -> CorrectError {
        CorrectError::Failure(error.into())
    }
}

/// The signed-in person's record of that id, to be corrected.
pub async fn correctable(
    engine: &Engine,
    scope: &Scope,
    record: Uuid,
) -> Result<Option<Correctable>, Failure> {
    let subject = scope.own_subject()?;
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    let Some(version) = in_state(&tx, State::Published).await? else { return Ok(None) };
    let opened = open(engine, &tx, (subject, record), &version.document.facts).await?;
    Ok(opened.map(|(held, category, fields)| Correctable { category, fields, seen: held.seen() }))
}

/// Corrects the signed-in person's own record: what the policy lets them edit at
/// once, all else as a proposal (L11, E18). `typed` is by field, as somebody who
/// has `seen` the record left the form. In one transaction: the record, the
/// requests, and what the source is told.
pub async fn correct(
    engine: &Engine,
    scope: &Scope,
    record: Uuid,
    seen: &str,
    typed: &[(String, String)],
) -> Result<Corrected, CorrectError> {
    let subject = scope.own_subject()?;
    let done = retrying(|| correct_once(engine, scope, (subject, record), seen, typed)).await?;
    engine.work.notify_one();
    Ok(done)
}

async fn correct_once(
    engine: &Engine,
    scope: &Scope,
    (subject, record): (Uuid, Uuid),
    seen: &str,
    typed: &[(String, String)],
) -> Result<Corrected, CorrectError> {
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).write().await?;
    let version = in_state(&tx, State::Published)
        .await?
        .ok_or_else(|| Failure::corrupt("no policy in force"))?;
    let facts = (version.number, &version.document.facts);
    if !is_free(&tx, subject).await? {
        return Err(CorrectError::Frozen);
    }
    let (held, category, fields) =
        open(engine, &tx, (subject, record), facts.1).await?.ok_or(CorrectError::Unknown)?;
    if held.seen() != seen {
        return Err(CorrectError::Stale);
    }
    let changes = changes(&held.data(), &fields, typed)?;
    let (at_once, proposed): (Vec<_>, Vec<_>) =
        changes.into_iter().partition(|(field, _)| field.at_once);

    let mut done = Corrected { changed: None, proposed: None };
    if !proposed.is_empty() {
        let changes = proposed.into_iter().map(|(_, change)| change).collect();
        let category = category.to_string();
        let proposal = Proposal { record, category, changes, language: scope.language };
        let id = match same_as(engine, &tx, subject, &proposal).await? {
            // Sent twice, it is proposed once.
            Some(open) => open,
            None => {
                let id = Uuid::now_v7();
                let sealed = requests::seal_envelope(engine, &tx, id, &proposal).await?;
                let open = (id, subject);
                requests::open(&tx, scope, open, Right::Correction, facts, Some(sealed)).await?;
                id
            }
        };
        done.proposed = Some(id);
    }
    if !at_once.is_empty() {
        let id = Uuid::now_v7();
        let opened =
            requests::open(&tx, scope, (id, subject), Right::Correction, facts, None).await?;
        let set = at_once.into_iter().map(|(_, change)| (change.field, change.after)).collect();
        if !held.set(engine, &tx, scope, set, &opened).await? {
            return Err(CorrectError::Stale);
        }
        requests::step(&tx, scope, id, Stands::Fulfilled).await?;
        done.changed = Some(id);
    }
    tx.commit().await?;
    Ok(done)
}

/// A person's own record with its fields, if it is held for the tenant itself.
async fn open(
    engine: &Engine,
    tx: &ReadTx,
    (subject, record): (Uuid, Uuid),
    facts: &Facts,
) -> Result<Option<(Held, Slug, Vec<Field>)>, Failure> {
    let Some(held) = Held::open(engine, tx, subject, record).await? else { return Ok(None) };
    let category: Slug = held.row.category.parse().map_err(Failure::corrupt)?;
    let fields = fields(named(&facts.categories, &category), &held.data());
    Ok(Some((held, category, fields)))
}

/// What is to be changed, or everything that is wrong with it.
fn changes(
    data: &Map<String, Value>,
    fields: &[Field],
    typed: &[(String, String)],
) -> Result<Vec<(Field, Change)>, CorrectError> {
    let (mut changes, mut wrong) = (Vec::new(), Vec::new());
    for field in fields {
        let Some((_, typed)) = typed.iter().find(|(name, _)| *name == field.name) else {
            continue;
        };
        let typed = typed.replace("\r\n", "\n");
        // Space around what was held is no correction of it.
        if typed.trim() == field.value.replace("\r\n", "\n").trim() {
            continue;
        }
        match field.checked(typed.trim()) {
            Err(why) => wrong.push((field.name.clone(), why)),
            Ok(after) => {
                let before = data.get(&field.name).cloned().unwrap_or_default();
                let change = Change { field: field.name.clone(), before, after };
                changes.push((field.clone(), change));
            }
        }
    }
    match (wrong.is_empty(), changes.is_empty()) {
        (false, _) => Err(CorrectError::Wrong(wrong)),
        (true, true) => Err(CorrectError::Nothing),
        (true, false) => Ok(changes),
    }
}
