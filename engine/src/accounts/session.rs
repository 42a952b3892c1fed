//! Signed-in browsers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::roles::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::audit;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::{Actor, Scope};
use crate::storage::{Timestamp, accounts, sessions, subjects};
use crate::tenancy::{TenantDb, WriteTx};

/// Unused for so long, a session ends: two hours, in seconds.
const IDLE: i64 = 2 * 3600;
/// After so long it ends in any case: twelve hours, in seconds.
const ABSOLUTE: i64 = 12 * 3600;
/// How exact "last used" is, in seconds: most requests need not write.
const SEEN: i64 = 60;

/// The secret in the session cookie. Only its SHA-256 is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// Parses a cookie's value.
    pub fn parse(text: &str) -> Option<SessionToken> {
        let wellformed = text.len() == 43
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        wellformed.then(|| SessionToken(text.to_owned()))
    }

    /// The cookie's value.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn generate() -> Result<SessionToken, Failure> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(Failure::corrupt)?;
        Ok(SessionToken(URL_SAFE_NO_PAD.encode(bytes)))
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// Whose browser it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The account.
    pub account: Uuid,
    /// Its role.
    pub role: Role,
    /// The subject whose account it is.
    pub subject: Option<Uuid>,
}

/// Begins a session of an account, and forgets those of it that have ended by
/// themselves.
pub(super) async fn begin(
    tx: &WriteTx,
    scope: &Scope,
    account: Uuid,
) -> Result<SessionToken, Failure> {
    let idle = Expr::col(sessions::Column::SeenAt).lte(scope.now.plus_seconds(-IDLE));
    let old = Expr::col(sessions::Column::CreatedAt).lte(scope.now.plus_seconds(-ABSOLUTE));
    tx.delete(
        sessions::Entity::delete_many()
            .filter(sessions::Column::AccountId.eq(account))
            .filter(idle.or(old)),
    )
    .await?;
    let token = SessionToken::generate()?;
    tx.insert(sessions::ActiveModel {
        token_hash: Set(token.hash()),
        account_id: Set(account),
        created_at: Set(scope.now),
        seen_at: Set(scope.now),
        ..Default::default()
    })
    .await?;
    Ok(token)
}

/// The session of a token, if it has not ended. A look-up by primary key.
pub async fn session(
    engine: &Engine,
    scope: &Scope,
    token: &SessionToken,
) -> Result<Option<Session>, Failure> {
    let db = engine.tenant(scope.tenant);
    let tx = db.read().await?;
    let found = tx
        .one(sessions::Entity::find().filter(sessions::Column::TokenHash.eq(token.hash())))
        .await?
        .filter(|row| is_alive(row, scope.now));
    let Some(row) = found else { return Ok(None) };
    let account =
        tx.one(accounts::Entity::find().filter(accounts::Column::Id.eq(row.account_id))).await?;
    let Some(account) = account else { return Ok(None) };
    if let Some(subject) = account.subject_id {
        let subject =
            tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject))).await?;
        // Whose data is being deleted is signed out, also if the sign-in was faster.
        if subject.is_none_or(|subject| subject.frozen_at.is_some()) {
            return Ok(None);
        }
    }
    drop(tx);
    if row.seen_at.plus_seconds(SEEN) < scope.now
        && let Err(error) = touch(&db, scope, row.token_hash).await
    {
        // Reading goes on where writing has to wait.
        tracing::warn!(%error, "when a session was last used could not be noted");
    }
    let role = Role::named(&account.role)
        .ok_or_else(|| Failure::corrupt(format!("role {}", account.role)))?;
    Ok(Some(Session { account: account.id, role, subject: account.subject_id }))
}

async fn touch(db: &TenantDb, scope: &Scope, token_hash: Vec<u8>) -> Result<(), DbErr> {
    let tx = db.write().await?;
    tx.update(
        sessions::Entity::update_many()
            .col_expr(sessions::Column::SeenAt, Expr::value(scope.now))
            .filter(sessions::Column::TokenHash.eq(token_hash)),
    )
    .await?;
    tx.commit().await
}

fn is_alive(row: &sessions::Model, now: Timestamp) -> bool {
    now < row.seen_at.plus_seconds(IDLE) && now < row.created_at.plus_seconds(ABSOLUTE)
}

/// Ends a session: signing out.
pub async fn end_session(
    engine: &Engine,
    scope: &Scope,
    token: &SessionToken,
) -> Result<(), Failure> {
    let tx = engine.tenant(scope.tenant).write().await?;
    let ended = tx
        .delete(
            sessions::Entity::delete_many().filter(sessions::Column::TokenHash.eq(token.hash())),
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
}
