//! Forms that came before it was known who sent them: their session had ended, or
//! something had to be confirmed first. What was typed is kept for the browser that
//! typed it, so that nobody writes it twice, and is never carried out from here.

use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ceremony::{self, Ceremony};
use super::secret::Secret;
use super::session;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::ceremonies;
use crate::platform::tenancy::{ReadTx, WriteTx, retrying};

/// The kind of ceremony.
const UNSENT: &str = "unsent-form";
/// For how long it is kept, in seconds: as long as it takes to find a password again.
pub(crate) const LASTS: i64 = 3600;
/// The largest, in bytes of names and values; twice the longest section of a policy.
const LARGEST: usize = 450_000;
/// How many one browser has at most; the oldest goes first.
const OF_BROWSER: usize = 5;
/// How many a tenant has at most.
const OF_TENANT: u64 = 500;
/// How many of them may be of browsers whose session is not known any more.
const OF_NOBODY: u64 = 100;

/// A form as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsentForm {
    /// The path that it was sent to.
    pub action: String,
    /// The path of the page that it stands on.
    pub page: String,
    /// Names and values in the order of the page, without passwords and codes.
    pub fields: Vec<(String, String)>,
}

impl UnsentForm {
    fn bytes(&self) -> usize {
        self.fields.iter().map(|(name, value)| name.len() + value.len()).sum()
    }
}

/// Keeps a form for the browser with this token; in place of what it has sent to the
/// same path before. It comes back to whoever the token's session was of, where that
/// is known. False if it is too large, or too many are kept already.
pub async fn keep_form(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    form: &UnsentForm,
) -> Result<bool, Failure> {
    if form.bytes() > LARGEST {
        return Ok(false);
    }
    let account = session::whose(engine, scope, token).await?;
    retrying(|| keep_once(engine, scope, token, account, form)).await
}

async fn keep_once(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    account: Option<Uuid>,
    form: &UnsentForm,
) -> Result<bool, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let before = of_browser(engine, &tx, scope, token).await?;
    for (place, kept) in before.iter().enumerate() {
        if kept.state.action == form.action || place + 1 >= OF_BROWSER {
            ceremony::finish(&tx, kept.id).await?;
        }
    }
    let all = ceremonies::Entity::find()
        .filter(ceremonies::Column::Kind.eq(UNSENT))
        .filter(ceremonies::Column::ExpiresAt.gt(scope.now));
    let nobodys = all.clone().filter(ceremonies::Column::AccountId.is_null());
    if tx.count(all).await? >= OF_TENANT
        || (account.is_none() && tx.count(nobodys).await? >= OF_NOBODY)
    {
        return Ok(false);
    }
    ceremony::begin(engine, &tx, scope, (token, UNSENT), account, form, LASTS).await?;
    tx.commit().await?;
    Ok(true)
}

/// Whether a browser is known to have been signed in, now or before.
pub async fn was_signed_in(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
) -> Result<bool, Failure> {
    Ok(session::whose(engine, scope, token).await?.is_some())
}

/// What this browser has sent last from a page and that was not taken, if it was
/// this account that sent it, or nobody knows who did.
pub async fn unsent_form(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    account: Uuid,
    page: &str,
) -> Result<Option<UnsentForm>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    let kept = of_browser(engine, &tx, scope, token).await?;
    Ok(kept
        .into_iter()
        .filter(|kept| kept.account.is_none_or(|theirs| theirs == account))
        .map(|kept| kept.state)
        .find(|form| form.page == page))
}

/// Forgets what this browser has sent to a path: it has been sent again.
pub async fn forget_form(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    action: &str,
) -> Result<(), Failure> {
    let db = engine.tenant(scope.permit(Permission::SignIn)?);
    let tx = db.read().await?;
    let kept = of_browser(engine, &tx, scope, token).await?;
    drop(tx);
    let Some(sent) = kept.iter().find(|kept| kept.state.action == action) else { return Ok(()) };
    let tx = db.write().await?;
    ceremony::finish(&tx, sent.id).await?;
    Ok(tx.commit().await?)
}

/// Gives what a browser has sent to its new token: it has signed in, or come a step
/// nearer to it.
pub async fn hand_over_forms(
    engine: &Engine,
    scope: &Scope,
    from: &Secret,
    to: &Secret,
) -> Result<(), Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    ceremony::hand_over(&tx, UNSENT, (from, to)).await?;
    Ok(tx.commit().await?)
}

/// Forgets all that a browser has sent: whoever signs out leaves nothing behind.
pub async fn forget_forms(engine: &Engine, scope: &Scope, token: &Secret) -> Result<(), Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let all = ceremonies::Entity::delete_many()
        .filter(ceremonies::Column::TokenHash.eq(token.hash()))
        .filter(ceremonies::Column::Kind.eq(UNSENT));
    tx.delete(all).await?;
    Ok(tx.commit().await?)
}

/// Forgets all that an account has sent, in every browser.
pub(crate) async fn forget_forms_of(tx: &WriteTx, account: Uuid) -> Result<(), Failure> {
    ceremony::end_all(tx, account, UNSENT).await
}

/// The newest first.
async fn of_browser(
    engine: &Engine,
    tx: &ReadTx,
    scope: &Scope,
    token: &Secret,
) -> Result<Vec<Ceremony<UnsentForm>>, Failure> {
    let rows = ceremonies::Entity::find()
        .filter(ceremonies::Column::TokenHash.eq(token.hash()))
        .filter(ceremonies::Column::Kind.eq(UNSENT))
        .filter(ceremonies::Column::ExpiresAt.gt(scope.now))
        .order_by_desc(ceremonies::Column::Id);
    ceremony::opened(engine, tx, tx.all(rows).await?).await
}
