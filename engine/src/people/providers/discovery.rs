//! What OpenID providers publish about themselves, remembered for a few minutes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::identifiers::TenantId;
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, DiscoveryError, IssuerUrl, ProviderMetadata};
use serde::{Deserialize, Serialize};

use super::http::Asks;
use super::reason::Reason;
use super::settings::is_safe_url;
use crate::engine::Engine;
use crate::platform::scope::Scope;
use crate::platform::storage::Timestamp;

/// For how long it is remembered: five minutes, in seconds.
const LASTS: i64 = 5 * 60;
/// How many providers are remembered at most.
const MOST: usize = 1000;

/// The document of a provider, with its keys.
pub(super) type Metadata = ProviderMetadata<
    Extra,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What the library does not know of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Extra {
    /// RFC 9207: its answers name the issuer.
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
    /// RFC 8414: how it takes a proof of the code (RFC 7636).
    #[serde(default)]
    pub code_challenge_methods_supported: Vec<String>,
}

impl AdditionalProviderMetadata for Extra {}

/// The documents in memory. Tenants do not share them, so that none notices who
/// else uses a provider.
#[derive(Default)]
pub(crate) struct Discovered(Mutex<HashMap<Key, Known>>);

/// A tenant and an issuer.
type Key = (TenantId, String);
/// What it said, and when.
type Known = (Timestamp, Arc<Metadata>);

impl Discovered {
    fn find(&self, key: &Key, now: Timestamp) -> Option<Arc<Metadata>> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, metadata) = found.get(key)?;
        (now < at.plus_seconds(LASTS)).then(|| Arc::clone(metadata))
    }

    fn keep(&self, key: Key, now: Timestamp, metadata: Arc<Metadata>) {
        let mut found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() >= MOST {
            found.retain(|_, (at, _)| now < at.plus_seconds(LASTS));
        }
        if found.len() >= MOST {
            found.clear();
        }
        found.insert(key, (now, metadata));
    }
}

/// What a provider publishes, as of the last minutes.
pub(super) async fn discover(
    engine: &Engine,
    scope: &Scope,
    issuer: &str,
) -> Result<Arc<Metadata>, Reason> {
    let key = (scope.tenant, issuer.to_owned());
    match engine.discovered.find(&key, scope.now) {
        Some(metadata) => Ok(metadata),
        None => discover_anew(engine, scope, issuer).await,
    }
}

/// What it publishes now.
pub(super) async fn discover_anew(
    engine: &Engine,
    scope: &Scope,
    issuer: &str,
) -> Result<Arc<Metadata>, Reason> {
    let url = IssuerUrl::new(issuer.to_owned()).map_err(|_| Reason::NotBelieved("address"))?;
    let http = Asks(&engine.egress);
    let metadata = Metadata::discover_async(url, &http).await.map_err(|error| match error {
        DiscoveryError::Request(error) => Reason::Unreachable(error),
        DiscoveryError::Validation(_) => Reason::NotBelieved("issuer"),
        _ => Reason::NotBelieved("discovery document"),
    })?;
    let token = metadata.token_endpoint().map(|url| url.as_str());
    let safe =
        is_safe_url(metadata.authorization_endpoint().as_str()) && token.is_some_and(is_safe_url);
    if !safe {
        return Err(Reason::NotBelieved("discovery document"));
    }
    let metadata = Arc::new(metadata);
    engine.discovered.keep((scope.tenant, issuer.to_owned()), scope.now, Arc::clone(&metadata));
    Ok(metadata)
}
