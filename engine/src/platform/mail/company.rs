//! Letters to the company itself.

use domain::policy::Document;

use super::letter::Letter;
use super::outbox::post;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::tenancy::WriteTx;

/// Posts a letter to the first contact of a policy, and answers whether the policy
/// has one.
pub async fn post_to_company(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    document: &Document,
    letter: Letter,
) -> Result<bool, Failure> {
    let Some(contact) = document.privacy_contact() else { return Ok(false) };
    post(engine, tx, scope, contact.email.clone(), letter).await?;
    Ok(true)
}
