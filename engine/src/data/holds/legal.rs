//! What a person of the company records: that a claim needs some data (GDPR art.
//! 17(3)(e)).

use domain::holds::Reason;
use domain::identifiers::Slug;
use domain::policy::facts::named;
use domain::roles::Permission;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::begin::{About, Origin, begin};
use super::end::end;
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Deed, Task, tell_admins};
use crate::people::subjects::hold;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, holds};
use crate::platform::tenancy::retrying;
use crate::policies::{State, in_state};

/// Why no claim was recorded.
#[derive(Debug, thiserror::Error)]
pub enum LegalError {
    /// Neither a person nor a category.
    #[error("name a person or a category")]
    Nothing,
    /// Nobody, or nobody whose data is still held.
    #[error("there is no such person")]
    UnknownPerson,
    /// None of the policy in force.
    #[error("the policy in force has no such category")]
    UnknownCategory,
    /// It would be over before it begins.
    #[error("that is in the past")]
    Over,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for LegalError {
    fn from(error: DbErr) -> LegalError {
        LegalError::Failure(error.into())
    }
}

/// Keeps a person's data, a category of theirs or a category of everybody's from
/// being deleted, by whatever, until a time or until it is lifted. The answer is the
/// hold.
pub async fn record(
    engine: &Engine,
    scope: &Scope,
    subject: Option<Uuid>,
    category: Option<Slug>,
    until: Option<Timestamp>,
) -> Result<Uuid, LegalError> {
    let permit = scope.permit(Permission::AnswerRequests)?;
    if until.is_some_and(|until| until <= scope.now) {
        return Err(LegalError::Over);
    }
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        if let Some(subject) = subject {
            let alive = hold(&tx, subject).await?.filter(|row| row.erased_at.is_none());
            alive.ok_or(LegalError::UnknownPerson)?;
        }
        if let Some(category) = &category {
            let version = in_state(&tx, State::Published).await?;
            let known = version.is_some_and(|version| {
                named(&version.document.facts.categories, category).is_some()
            });
            known.then_some(()).ok_or(LegalError::UnknownCategory)?;
        }
        let about = match (subject, category.clone()) {
            (Some(subject), None) => About::Person(subject),
            (Some(subject), Some(category)) => About::PersonsCategory(subject, category),
            (None, Some(category)) => About::Category(category),
            (None, None) => return Err(LegalError::Nothing),
        };
        // Pressed twice, it is one claim: lifted once, it is over.
        let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
        tx.alone_with(&lookup.hash("claims", &[])).await?;
        if let Some(same) = tx.one(same(subject, category.as_ref(), until)).await? {
            return Ok(same.id);
        }
        let id = begin(&tx, scope, Reason::Legal, about, Origin::default(), until).await?;
        tell_admins(engine, &tx, scope, &Deed::ClaimRecorded).await?;
        tx.commit().await?;
        Ok(id)
    })
    .await
}

/// The claim that says exactly this already.
fn same(
    subject: Option<Uuid>,
    category: Option<&Slug>,
    until: Option<Timestamp>,
) -> Select<holds::Entity> {
    use holds::Column;
    let of = |is: Option<SimpleExpr>, column: Column| is.unwrap_or_else(|| column.is_null());
    holds::Entity::find()
        .filter(Column::Reason.eq(Reason::Legal.name()))
        .filter(of(subject.map(|id| Column::SubjectId.eq(id)), Column::SubjectId))
        .filter(of(category.map(|id| Column::Category.eq(id.as_str())), Column::Category))
        .filter(of(until.map(|until| Column::Until.eq(until)), Column::Until))
}

/// Lifts what [`record`] has recorded. False if there is no such hold.
pub async fn lift(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    id: Uuid,
) -> Result<bool, Failure> {
    let permit = confirmed.permits(scope, Task::Release, Permission::AnswerRequests)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let which = holds::Entity::find()
            .filter(holds::Column::Id.eq(id))
            .filter(holds::Column::Reason.eq(Reason::Legal.name()));
        let Some(row) = tx.one(which).await? else { return Ok(false) };
        end(&tx, scope, &[row]).await?;
        tell_admins(engine, &tx, scope, &Deed::ClaimLifted).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(true)
    })
    .await
}
