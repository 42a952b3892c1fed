//! The ways into an account, changed in one place: what is written, the entry in
//! the audit and the mail to its owner belong together. A new way in is a new
//! [`Alteration`], and does not compile before there are words for its mail.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::locked::lock;
use super::notice::{Change, tell};
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{accounts, identities, passkeys};
use crate::platform::tenancy::WriteTx;

/// How the ways into an account change.
pub(crate) enum Alteration<'a> {
    /// Another password, as its hash.
    Password(String),
    /// The same, by a mailed link: the other ways in wait for a look.
    Reset(String),
    /// The address, as it is looked up and as it is sealed.
    Address { hash: Vec<u8>, sealed: Vec<u8> },
    /// A second factor, with the step that was used and the recovery codes.
    Factor { sealed: Vec<u8>, step: i64, recovery: String },
    /// None any more.
    NoFactor,
    /// Recovery codes, in place of those before.
    Recovery(String),
    /// One of them was used; what is left, and how many.
    RecoveryUsed(String, usize),
    /// A passkey.
    Passkey(Uuid, passkeys::ActiveModel),
    /// One less.
    NoPasskey(Uuid),
    /// Somebody at a provider of that name.
    Identity(&'a str, Uuid, identities::ActiveModel),
    /// One less.
    NoIdentity(&'a str, Uuid),
}

/// Changes the ways into an account that is locked, and tells its owner. False if
/// somebody was faster: what was to go is gone, or what was to come is there.
pub(crate) async fn alter(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: &accounts::Model,
    alteration: Alteration<'_>,
) -> Result<bool, Failure> {
    let of_account = || accounts::Entity::update_many().filter(accounts::Column::Id.eq(account.id));
    // To an old address before there is a new one.
    if let Alteration::Address { .. } = alteration {
        tell(engine, tx, scope, account, Change::AddressChanged).await?;
    }
    let (written, action, details, change) = match alteration {
        Alteration::Password(hash) => {
            let update = of_account().col_expr(accounts::Column::PasswordHash, some(hash));
            (tx.update(update).await?, "password.changed", json!({}), Change::PasswordChanged)
        }
        Alteration::Reset(hash) => {
            let update = of_account().col_expr(accounts::Column::PasswordHash, some(hash));
            (tx.update(update).await?, "password.reset", json!({}), Change::PasswordReset)
        }
        Alteration::Address { hash, sealed } => {
            let update = of_account()
                .col_expr(accounts::Column::EmailHash, Expr::value(hash))
                .col_expr(accounts::Column::SealedEmail, Expr::value(sealed));
            (tx.update(update).await?, "address.changed", json!({}), Change::AddressChanged)
        }
        Alteration::Factor { sealed, step, recovery } => {
            let update = of_account()
                .col_expr(accounts::Column::SealedTotp, some(sealed))
                .col_expr(accounts::Column::TotpStep, some(step))
                .col_expr(accounts::Column::Recovery, some(recovery));
            let details = json!({ "instead": account.sealed_totp.is_some() });
            (tx.update(update).await?, "factor.added", details, Change::FactorAdded)
        }
        Alteration::NoFactor => {
            let update = of_account()
                .col_expr(accounts::Column::SealedTotp, Expr::value(None::<Vec<u8>>))
                .col_expr(accounts::Column::TotpStep, Expr::value(None::<i64>))
                .col_expr(accounts::Column::Recovery, Expr::value(None::<String>));
            (tx.update(update).await?, "factor.removed", json!({}), Change::FactorRemoved)
        }
        Alteration::Recovery(codes) => {
            let update = of_account().col_expr(accounts::Column::Recovery, some(codes));
            (tx.update(update).await?, "recovery.made", json!({}), Change::RecoveryMade)
        }
        Alteration::RecoveryUsed(codes, left) => {
            let update = of_account()
                .col_expr(accounts::Column::Recovery, some(codes))
                .filter(Expr::col(accounts::Column::Recovery).eq(account.recovery.clone()));
            let details = json!({ "left": left });
            (tx.update(update).await?, "recovery.used", details, Change::RecoveryUsed)
        }
        Alteration::Passkey(id, row) => {
            // A credential belongs to one account (WebAuthn, 7.1, step 26).
            let nothing = OnConflict::new().do_nothing().to_owned();
            let written = tx.insert_or(row, nothing).await?;
            (written, "passkey.added", json!({ "passkey": id }), Change::PasskeyAdded)
        }
        Alteration::NoPasskey(id) => {
            let which = passkeys::Entity::delete_many()
                .filter(passkeys::Column::Id.eq(id))
                .filter(passkeys::Column::AccountId.eq(account.id));
            let details = json!({ "passkey": id });
            (tx.delete(which).await?, "passkey.removed", details, Change::PasskeyRemoved)
        }
        Alteration::Identity(name, id, row) => {
            // An identity belongs to one account.
            let nothing = OnConflict::new().do_nothing().to_owned();
            let written = tx.insert_or(row, nothing).await?;
            (written, "identity.linked", json!({ "identity": id }), Change::ProviderLinked(name))
        }
        Alteration::NoIdentity(name, id) => {
            let which = identities::Entity::delete_many()
                .filter(identities::Column::Id.eq(id))
                .filter(identities::Column::AccountId.eq(account.id));
            let details = json!({ "identity": id });
            (tx.delete(which).await?, "identity.unlinked", details, Change::ProviderUnlinked(name))
        }
    };
    if written == 0 {
        return Ok(false);
    }
    audit::enter(tx, scope, action, account.id, details).await?;
    match lock(tx, account.id).await? {
        Some(now) => tell(engine, tx, scope, &now, change).await?,
        None => return Ok(false),
    }
    Ok(true)
}

fn some<V: Into<sea_orm::Value>>(value: V) -> SimpleExpr {
    Expr::value(value)
}
