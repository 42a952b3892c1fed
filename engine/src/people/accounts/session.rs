//! Signed-in browsers.

use domain::roles::{Permission, Role};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    RelationDef,
};
use uuid::Uuid;

use super::ceremony;
use super::factor::FACTOR;
use super::secret::Secret;
use super::task::{Method, Task};
use crate::engine::Engine;
use crate::people::forget;
use crate::people::subjects::locks_out;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, accounts, sessions, subjects};
use crate::platform::tenancy::{Permit, TenantDb, WriteTx, retrying};

/// Unused for so long, a session ends: two hours, in seconds.
pub(crate) const IDLE: i64 = 2 * 3600;
/// After so long it ends in any case: twelve hours, in seconds.
pub(crate) const ABSOLUTE: i64 = 12 * 3600;
/// How exact "last used" is, in seconds: most requests need not write.
const SEEN: i64 = 60;
/// How long a confirmation is good for its task: ten minutes, in seconds.
const CONFIRMED: i64 = 10 * 60;
/// How long having signed in is enough to read what is held: half an hour, in
/// seconds.
const FRESH: i64 = 30 * 60;

/// Whose browser it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its name on pages.
    pub id: Uuid,
    /// The account.
    pub account: Uuid,
    /// Its role.
    pub role: Role,
    /// The subject whose account it is.
    pub subject: Option<Uuid>,
    /// How it began.
    pub method: Method,
    /// Whether more than one factor was shown.
    pub strong: bool,
    /// Whether the browser's Global Privacy Control signal was taken note of.
    pub signal: bool,
    /// Whether other ways into the account wait for a look of whose it is.
    pub review: bool,
    begun: Timestamp,
    confirmed: Option<(Task, Timestamp)>,
}

/// A person has just shown who they are, for this task. Made by
/// [`Session::confirmed`], or for whoever has no session to confirm in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmed(Task);

impl Confirmed {
    /// For what.
    pub fn task(self) -> Task {
        self.0
    }

    /// For the operator, who has the machine, and for the portal itself.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] for everybody else.
    pub fn at_the_machine(scope: &Scope, task: Task) -> Result<Confirmed, Failure> {
        match scope.actor {
            Actor::Operator | Actor::Portal => Ok(Confirmed(task)),
            _ => Err(Failure::Forbidden(Permission::ManageSettings)),
        }
    }

    /// Refuses unless it is this task, and the actor has the permission for it.
    pub(crate) fn permits(
        self,
        scope: &Scope,
        task: Task,
        permission: Permission,
    ) -> Result<Permit, Failure> {
        let permit = scope.permit(permission)?;
        (self.0 == task).then_some(permit).ok_or(Failure::Forbidden(permission))
    }
}

impl Session {
    /// Whether the task was confirmed a short while ago.
    pub fn confirmed(&self, task: Task, now: Timestamp) -> Option<Confirmed> {
        let fresh = task == Task::Disclosure && now < self.begun.plus_seconds(FRESH);
        let asked = self
            .confirmed
            .is_some_and(|(done, at)| done == task && now < at.plus_seconds(CONFIRMED));
        (fresh || asked).then_some(Confirmed(task))
    }
}

/// How a session begins.
pub(crate) struct Beginning {
    pub account: Uuid,
    pub method: Method,
    pub strong: bool,
    /// See [`super::browser_of`].
    pub browser: String,
}

/// Begins a session of an account. The token is always a new one, whatever the browser
/// had before.
pub(crate) async fn begin(
    tx: &WriteTx,
    scope: &Scope,
    beginning: Beginning,
) -> Result<Secret, Failure> {
    let token = Secret::generate()?;
    let id = Uuid::now_v7();
    tx.insert(sessions::ActiveModel {
        token_hash: Set(token.hash()),
        id: Set(id),
        account_id: Set(beginning.account),
        method: Set(beginning.method.name().to_owned()),
        strong: Set(beginning.strong),
        browser: Set(beginning.browser),
        created_at: Set(scope.now),
        seen_at: Set(scope.now),
        signal: Set(false),
        ..Default::default()
    })
    .await?;
    let details = serde_json::json!({ "by": beginning.method.name(), "strong": beginning.strong });
    audit::enter(tx, scope, "session.begun", beginning.account, details).await?;
    forget::promise(tx, scope).await?;
    Ok(token)
}

/// Which sessions have ended by themselves: nobody used them, or they are too old.
pub(crate) fn ended_at(now: Timestamp) -> SimpleExpr {
    let idle = Expr::col(sessions::Column::SeenAt).lte(now.plus_seconds(-IDLE));
    let old = Expr::col(sessions::Column::CreatedAt).lte(now.plus_seconds(-ABSOLUTE));
    idle.or(old)
}

/// A session with the account and the subject that it needs.
#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    method: String,
    strong: bool,
    created_at: Timestamp,
    seen_at: Timestamp,
    confirmed_for: Option<String>,
    confirmed_at: Option<Timestamp>,
    signal: bool,
    role: String,
    subject_id: Option<Uuid>,
    frozen_at: Option<Timestamp>,
    review_since: Option<Timestamp>,
}

/// The session of a token, if it has not ended: one statement, by primary keys.
pub async fn session(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
) -> Result<Option<Session>, Failure> {
    let db = engine.tenant(scope.permit(Permission::SignIn)?);
    let tx = db.read().await?;
    let found: Vec<Row> = tx
        .rows(
            sessions::Entity::find()
                .join(JoinType::InnerJoin, account_of_session())
                .join(JoinType::LeftJoin, subject_of_account())
                .column(accounts::Column::Role)
                .column(accounts::Column::SubjectId)
                .column(accounts::Column::ReviewSince)
                .column(subjects::Column::FrozenAt)
                .filter(sessions::Column::TokenHash.eq(token.hash())),
        )
        .await?;
    drop(tx);
    // Whose data is being deleted is signed out, also if the sign-in was faster.
    let alive =
        |row: &Row| is_alive(row.created_at, row.seen_at, scope.now) && !locks_out(row.frozen_at);
    let Some(row) = found.into_iter().find(alive) else { return Ok(None) };
    if row.seen_at.plus_seconds(SEEN) < scope.now
        && let Err(error) = touch(&db, scope, token).await
    {
        // Reading goes on where writing has to wait.
        tracing::warn!(%error, "when a session was last used could not be noted");
    }
    let role = Role::named(&row.role).ok_or(Failure::Newer("a role"))?;
    let method = Method::named(&row.method).ok_or(Failure::Newer("a session"))?;
    let confirmed = row.confirmed_for.as_deref().and_then(Task::named).zip(row.confirmed_at);
    Ok(Some(Session {
        id: row.id,
        account: row.account_id,
        role,
        subject: row.subject_id,
        method,
        strong: row.strong,
        signal: row.signal,
        review: row.review_since.is_some(),
        begun: row.created_at,
        confirmed,
    }))
}

/// Whose session a token was, also if it has ended by itself.
pub(super) async fn whose(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
) -> Result<Option<Uuid>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    let row = sessions::Entity::find().filter(sessions::Column::TokenHash.eq(token.hash()));
    Ok(tx.one(row).await?.map(|row| row.account_id))
}

fn account_of_session() -> RelationDef {
    sessions::Entity::belongs_to(accounts::Entity)
        .from((sessions::Column::TenantId, sessions::Column::AccountId))
        .to((accounts::Column::TenantId, accounts::Column::Id))
        .into()
}

fn subject_of_account() -> RelationDef {
    accounts::Entity::belongs_to(subjects::Entity)
        .from((accounts::Column::TenantId, accounts::Column::SubjectId))
        .to((subjects::Column::TenantId, subjects::Column::Id))
        .into()
}

async fn touch(db: &TenantDb, scope: &Scope, token: &Secret) -> Result<(), DbErr> {
    let tx = db.write().await?;
    tx.update(
        sessions::Entity::update_many()
            .col_expr(sessions::Column::SeenAt, Expr::value(scope.now))
            .filter(sessions::Column::TokenHash.eq(token.hash())),
    )
    .await?;
    tx.commit().await
}

/// Whether a session that began and was last used at these times goes on.
pub(super) fn is_alive(begun: Timestamp, seen: Timestamp, now: Timestamp) -> bool {
    now < seen.plus_seconds(IDLE) && now < begun.plus_seconds(ABSOLUTE)
}

/// Notes that whoever has this session has just shown who they are, for a task.
pub(crate) async fn confirm(
    tx: &WriteTx,
    scope: &Scope,
    token: &Secret,
    task: Task,
) -> Result<(), Failure> {
    tx.update(
        sessions::Entity::update_many()
            .col_expr(sessions::Column::ConfirmedFor, Expr::value(Some(task.name())))
            .col_expr(sessions::Column::ConfirmedAt, Expr::value(Some(scope.now)))
            .filter(sessions::Column::TokenHash.eq(token.hash())),
    )
    .await?;
    let details = serde_json::json!({ "task": task.name() });
    audit::enter(tx, scope, "session.confirmed", &scope.actor, details).await?;
    Ok(())
}

/// Notes that one more factor was shown in a session, and gives it a new token:
/// whoever learned the old one before has nothing. `None` if it has ended.
pub(crate) async fn strengthen(tx: &WriteTx, token: &Secret) -> Result<Option<Secret>, Failure> {
    let new = Secret::generate()?;
    let changed = tx
        .update(
            sessions::Entity::update_many()
                .col_expr(sessions::Column::TokenHash, Expr::value(new.hash()))
                .col_expr(sessions::Column::Strong, Expr::value(true))
                .filter(sessions::Column::TokenHash.eq(token.hash())),
        )
        .await?;
    Ok((changed == 1).then_some(new))
}

/// Ends the sessions of an account, but for the one that is given, and the
/// sign-ins of it that still wait for a second factor.
pub(crate) async fn end_others(
    tx: &WriteTx,
    account: Uuid,
    keep: Option<&Secret>,
) -> Result<u64, Failure> {
    ceremony::end_all(tx, account, FACTOR).await?;
    let mut ended = sessions::Entity::delete_many().filter(sessions::Column::AccountId.eq(account));
    if let Some(token) = keep {
        ended = ended.filter(sessions::Column::TokenHash.ne(token.hash()));
    }
    Ok(tx.delete(ended).await?)
}

/// Ends a session: signing out.
pub async fn end_session(engine: &Engine, scope: &Scope, token: &Secret) -> Result<(), Failure> {
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
        let ended = tx
            .delete(
                sessions::Entity::delete_many()
                    .filter(sessions::Column::TokenHash.eq(token.hash())),
            )
            .await?;
        if ended > 0 {
            let target = match &scope.actor {
                Actor::Account { id, .. } => id.to_string(),
                other => other.to_string(),
            };
            audit::enter(&tx, scope, "session.ended", target, serde_json::json!({})).await?;
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}
