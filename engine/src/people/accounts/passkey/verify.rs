//! Whether a passkey of this tenant has signed a challenge.

use domain::json::{DATA, read};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential, WebauthnError};

use super::keep::{credential_hash, open, seal};
use super::relying_party::relying_party;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::passkeys;
use crate::platform::tenancy::WriteTx;

/// A challenge for whichever passkey of this host the browser offers, and the
/// options that a page hands to the browser, as JSON.
///
/// They name no passkey, so that nobody learns from them who has one. Whoever is
/// signed in already is asked in the same way: that the passkey is theirs is
/// checked afterwards.
pub(super) fn challenge(
    engine: &Engine,
    scope: &Scope,
) -> Result<(String, DiscoverableAuthentication), Failure> {
    let (options, state) = relying_party(engine, scope.tenant)?
        .start_discoverable_authentication()
        .map_err(Failure::corrupt)?;
    // The rest would ask for offering passkeys in a field that is being typed into.
    let options = serde_json::to_string(&options.public_key).map_err(Failure::corrupt)?;
    Ok((options, state))
}

/// Whose passkey signed the challenge; `None` if none did, as it should.
///
/// What the passkey counts is noted. One that counts backwards was copied, or
/// its answer was recorded: it is refused, and that is in the audit (WebAuthn, 7.2,
/// step 22). The caller commits in any case.
pub(super) async fn verify(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    state: DiscoverableAuthentication,
    credential: &str,
) -> Result<Option<Uuid>, Failure> {
    let Ok(credential) = read::<PublicKeyCredential>(credential.as_bytes(), &DATA) else {
        return Ok(None);
    };
    let us = relying_party(engine, scope.tenant)?;
    let Ok((account, id)) = us.identify_discoverable_authentication(&credential) else {
        return Ok(None);
    };
    let row = passkeys::Entity::find()
        .filter(passkeys::Column::CredentialHash.eq(credential_hash(id)))
        .filter(passkeys::Column::AccountId.eq(account));
    let Some(row) = tx.one(row).await? else { return Ok(None) };
    let mut passkey = open(engine, tx, &row).await?;
    let signed = match us.finish_discoverable_authentication_v2(&credential, state, &passkey) {
        Ok(signed) if signed.user_verified() => signed,
        Err(WebauthnError::CredentialPossibleCompromise) => {
            audit::enter(tx, scope, "passkey.refused", row.id, json!({ "why": "counter" })).await?;
            return Ok(None);
        }
        Ok(_) | Err(_) => return Ok(None),
    };
    let sealed = if passkey.update_credential(&signed) == Some(true) {
        seal(engine, tx, row.id, &passkey).await?
    } else {
        row.sealed.clone()
    };
    let noted = tx
        .update(
            passkeys::Entity::update_many()
                .col_expr(passkeys::Column::Sealed, Expr::value(sealed))
                .col_expr(passkeys::Column::UsedAt, Expr::value(Some(scope.now)))
                .filter(passkeys::Column::Id.eq(row.id))
                // Of two answers with the same count one is good.
                .filter(passkeys::Column::Sealed.eq(row.sealed)),
        )
        .await?;
    Ok((noted == 1).then_some(account))
}
