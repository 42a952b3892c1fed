//! Telling people from programs without asking anybody else: the form says, signed,
//! when it was handed out.

use data_encoding::BASE64URL_NOPAD;
use domain::roles::Permission;
use subtle::ConstantTimeEq;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::Timestamp;

/// Nobody reads a form, writes a message and sends it sooner, in seconds.
const SOONEST: i64 = 3;
/// For how long a form is good, in seconds.
const LATEST: i64 = 24 * 3600;

/// How a form came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// As by a person.
    WellTimed,
    /// Too long after it was handed out.
    Late,
    /// Too soon, or without a signature of this tenant: by a program.
    Unlikely,
}

/// What a form carries along.
pub async fn form_token(engine: &Engine, scope: &Scope) -> Result<String, Failure> {
    let signature = sign(engine, scope, scope.now).await?;
    Ok(format!("{}.{}", scope.now.0, BASE64URL_NOPAD.encode(&signature)))
}

/// How a form came back, by what it carried.
pub async fn look(engine: &Engine, scope: &Scope, token: &str) -> Result<Sent, Failure> {
    let Some((handed_out, signature)) = token.split_once('.') else { return Ok(Sent::Unlikely) };
    let handed_out = handed_out.parse().map(Timestamp);
    let (Ok(handed_out), Ok(signature)) =
        (handed_out, BASE64URL_NOPAD.decode(signature.as_bytes()))
    else {
        return Ok(Sent::Unlikely);
    };
    let genuine = sign(engine, scope, handed_out).await?.ct_eq(&signature);
    if !bool::from(genuine) || scope.now < handed_out.plus_seconds(SOONEST) {
        return Ok(Sent::Unlikely);
    }
    let late = scope.now > handed_out.plus_seconds(LATEST);
    Ok(if late { Sent::Late } else { Sent::WellTimed })
}

async fn sign(engine: &Engine, scope: &Scope, at: Timestamp) -> Result<Vec<u8>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ReadPublic)?).read().await?;
    let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
    Ok(lookup.hash("contact form", at.0.to_string().as_bytes()))
}
