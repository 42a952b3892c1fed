//! Telling people from programs without asking anybody else: the form says, signed,
//! when it was handed out. Who looks like a program is asked once more, and nothing
//! that they wrote is lost.

use data_encoding::BASE64URL_NOPAD;
use domain::roles::Permission;
use subtle::ConstantTimeEq;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::Timestamp;

/// Hardly anybody reads a form, writes a message and sends it sooner, in seconds.
const SOONEST: i64 = 3;
/// For how long a form is good, in seconds.
const LATEST: i64 = 24 * 3600;

/// How a form came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// As by a person.
    WellTimed,
    /// By whoever was asked once more already.
    Again,
    /// Too soon for most people.
    Soon,
    /// Too long after it was handed out, or without a signature of this tenant.
    Late,
}

/// For which time a form is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handing {
    /// For the first.
    First,
    /// Once more, after something was odd.
    Again,
}

impl Handing {
    fn mark(self) -> &'static str {
        match self {
            Handing::First => "",
            Handing::Again => "again",
        }
    }
}

/// What a form carries along.
pub async fn form_token(
    engine: &Engine,
    scope: &Scope,
    handing: Handing,
) -> Result<String, Failure> {
    let signature = sign(engine, scope, scope.now, handing).await?;
    Ok(format!("{}{}.{}", scope.now.0, handing.mark(), BASE64URL_NOPAD.encode(&signature)))
}

/// How a form came back, by what it carried.
pub async fn look(engine: &Engine, scope: &Scope, token: &str) -> Result<Sent, Failure> {
    let Some((when, signature)) = token.split_once('.') else { return Ok(Sent::Late) };
    let (when, handing) = match when.strip_suffix(Handing::Again.mark()) {
        Some(when) => (when, Handing::Again),
        None => (when, Handing::First),
    };
    let (Ok(when), Ok(signature)) =
        (when.parse().map(Timestamp), BASE64URL_NOPAD.decode(signature.as_bytes()))
    else {
        return Ok(Sent::Late);
    };
    let genuine = sign(engine, scope, when, handing).await?.ct_eq(&signature);
    if !bool::from(genuine) || scope.now > when.plus_seconds(LATEST) {
        return Ok(Sent::Late);
    }
    Ok(match handing {
        Handing::Again => Sent::Again,
        Handing::First if scope.now < when.plus_seconds(SOONEST) => Sent::Soon,
        Handing::First => Sent::WellTimed,
    })
}

async fn sign(
    engine: &Engine,
    scope: &Scope,
    at: Timestamp,
    handing: Handing,
) -> Result<Vec<u8>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ReadPublic)?).read().await?;
    let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
    Ok(lookup.hash("contact form", format!("{}{}", at.0, handing.mark()).as_bytes()))
}
