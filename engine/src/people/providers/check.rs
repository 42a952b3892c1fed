//! Whether a provider can be used as it is set up: what the studio's test and
//! `candor doctor` tell.

use domain::roles::Permission;
use openidconnect::core::CoreJwsSigningAlgorithm;

use super::discovery::discover_anew;
use super::reason::Reason;
use super::settings::Kind;
use super::store::Provider;
use crate::engine::Engine;
use crate::platform::scope::Scope;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where people are sent.
    pub authorize: String,
    /// Where a code is exchanged.
    pub token: String,
    /// How its tokens are signed; nothing without OpenID.
    pub signed: Vec<String>,
    /// Whether it says that it takes PKCE (RFC 7636).
    pub pkce: Option<bool>,
    /// Whether its answers say whose they are (RFC 9207).
    pub names_itself: Option<bool>,
}

/// Asks the provider. Nothing is changed, and no secret is sent.
pub async fn check(engine: &Engine, scope: &Scope, provider: &Provider) -> Result<Found, Reason> {
    scope.permit(Permission::ManageSettings)?;
    match &provider.settings.kind {
        Kind::OpenId { issuer } => {
            let metadata = discover_anew(engine, scope, issuer).await?;
            let extra = metadata.additional_metadata();
            let signed = metadata.id_token_signing_alg_values_supported();
            Ok(Found {
                authorize: metadata.authorization_endpoint().to_string(),
                token: metadata.token_endpoint().map(|url| url.to_string()).unwrap_or_default(),
                signed: signed.iter().filter_map(name).collect(),
                pkce: Some(extra.code_challenge_methods_supported.iter().any(|by| by == "S256")),
                names_itself: Some(extra.authorization_response_iss_parameter_supported),
            })
        }
        Kind::OAuth2 { authorize_url, token_url, userinfo_url, .. } => {
            // Without a token it says no, which is an answer too.
            let wrong = |_| Reason::NotBelieved("address");
            let request = ::http::Request::get(userinfo_url).body(Vec::new()).map_err(wrong)?;
            let answer = engine.egress.send(request).await?;
            if answer.status().is_server_error() || answer.status() == 404 {
                return Err(Reason::NotBelieved("user info"));
            }
            Ok(Found {
                authorize: authorize_url.clone(),
                token: token_url.clone(),
                signed: Vec::new(),
                pkce: None,
                names_itself: None,
            })
        }
    }
}

fn name(algorithm: &CoreJwsSigningAlgorithm) -> Option<String> {
    let name = serde_json::to_value(algorithm).ok()?;
    name.as_str().map(str::to_owned)
}
