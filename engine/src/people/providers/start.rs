//! Sending a browser to a provider.

use super::aim::{Aim, SENT, Sent};
use super::answer;
use super::discovery::discover;
use super::identity;
use super::reason::{NotVouched, Reason};
use super::settings::Kind;
use super::store::{Provider, with_secret};
use super::{oauth2, openid};
use crate::engine::Engine;
use crate::people::accounts::{self, Secret, ceremony};
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use domain::roles::Permission;

/// Where a provider's answers come to: one place for all of them.
const BACK: &str = "/sign-in/back";
/// For how long an answer is waited for: ten minutes, in seconds.
const LASTS: i64 = 10 * 60;

/// Where to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Going {
    /// The provider's name.
    pub name: String,
    /// The address there.
    pub url: String,
}

/// Notes what a browser is sent to a provider for, and says where it is to go.
/// `token` is what its one cookie holds, or will.
pub async fn start(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    slug: &str,
    (aim, next): (Aim, &str),
) -> Result<Going, NotVouched> {
    let (provider, _) = known(engine, scope, slug).await?;
    let account = match (aim, &scope.actor) {
        (Aim::SignIn, _) => None,
        (_, Actor::Account { id, .. }) => Some(*id),
        _ => return Err(Reason::NotYours.into()),
    };
    let Provider { settings, .. } = &provider;
    let sent = Sent {
        provider: provider.slug.clone(),
        name: settings.name.clone(),
        aim: aim.name().to_owned(),
        next: next.to_owned(),
        state_hash: Vec::new(),
        nonce: Secret::generate()?.as_str().to_owned(),
        // 43 characters of those that RFC 7636, 4.1 allows.
        verifier: Secret::generate()?.as_str().to_owned(),
        at: scope.now.0,
    };
    let begun = sent.begun(aim);
    go(engine, scope, token, (&provider, aim, account), sent)
        .await
        .map_err(|reason| NotVouched { reason, begun: Some(begun) })
}

async fn go(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    (provider, aim, account): (&Provider, Aim, Option<uuid::Uuid>),
    mut sent: Sent,
) -> Result<Going, Reason> {
    if let Aim::Confirm(task) = aim {
        // Another company's word is not the second factor.
        if accounts::needs_factor(engine, scope, task).await? {
            return Err(Reason::NotYours);
        }
        let able = identity::able_to_confirm(engine, scope).await?;
        if able.iter().all(|(slug, _)| *slug != provider.slug) {
            return Err(Reason::NotYours);
        }
    }
    let secret = Secret::generate()?;
    sent.state_hash = secret.hash();
    let (nonce, verifier) = (sent.nonce.clone(), sent.verifier.clone());
    // The provider is asked before anything is written: it may be slow.
    let metadata = match &provider.settings.kind {
        Kind::OpenId { issuer } => Some((issuer, discover(engine, scope, issuer).await?)),
        Kind::OAuth2 { .. } => None,
    };
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let id = ceremony::begin(engine, &tx, scope, (token, SENT), account, &sent, LASTS).await?;
    let state = answer::state(id, &secret);
    let back = back_address(engine, scope)?;
    let settings = &provider.settings;
    let url = match (&settings.kind, &metadata) {
        (Kind::OAuth2 { .. }, _) => {
            let peer = oauth2::Peer::of(settings, None, back).ok_or(Reason::NoProvider)?;
            oauth2::address(&peer, state, &verifier)?
        }
        (Kind::OpenId { .. }, Some((issuer, metadata))) => {
            let peer = openid::Peer { issuer, settings, secret: None, back };
            let anew = matches!(aim, Aim::Confirm(_));
            openid::address(&peer, metadata, state, (&nonce, &verifier), anew)?
        }
        (Kind::OpenId { .. }, None) => return Err(Reason::NoProvider),
    };
    tx.commit().await?;
    Ok(Going { name: settings.name.clone(), url })
}

/// A provider of a tenant that lets people sign in.
pub(super) async fn known(
    engine: &Engine,
    scope: &Scope,
    slug: &str,
) -> Result<(Provider, Option<secrecy::SecretString>), Reason> {
    let tenant = engine.directory.tenant(scope.tenant);
    if tenant.is_none_or(|tenant| tenant.suspended) {
        return Err(Reason::Suspended);
    }
    with_secret(engine, scope, slug).await?.ok_or(Reason::NoProvider)
}

/// The address that the answers come to.
pub fn back_address(engine: &Engine, scope: &Scope) -> Result<String, Failure> {
    engine.link(scope.tenant, BACK)
}
