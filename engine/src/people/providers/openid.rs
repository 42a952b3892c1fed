//! OpenID Connect: the authorization code flow, with PKCE.

use std::time::{Duration, SystemTime};

use domain::identifiers::EmailAddress;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{ExtraTokenFields, StandardRevocableToken, StandardTokenResponse, TokenResponse};
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken,
    CoreIdTokenClaims, CoreIdTokenVerifier, CoreUserInfoClaims,
};
use openidconnect::{
    AccessToken, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope as Asked, UserInfoError,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::discovery::{Metadata, discover, discover_anew};
use super::http::AsksFor;
use super::id_token;
use super::reason::Reason;
use super::settings::Settings;
use super::vouched::{Address, Vouched};
use crate::engine::Engine;
use crate::platform::egress::EgressError;
use crate::platform::scope::Scope;

/// What `acr` says when more than one factor was shown: OpenID's EAP ACR values,
/// REFEDS' and Microsoft's.
const STRONG: [&str; 5] = [
    "phr",
    "phrh",
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    "https://refeds.org/profile/mfa",
    "http://schemas.microsoft.com/claims/multipleauthn",
];

/// What is read of an answer with tokens, and of one about a person.
pub(super) const TOKENS: [&str; 4] = ["access_token", "token_type", "id_token", "error"];
const USER: [&str; 3] = ["sub", "email", "email_verified"];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider that is asked, and how it knows us.
pub(super) struct Peer<'a> {
    pub issuer: &'a str,
    pub settings: &'a Settings,
    pub secret: Option<&'a SecretString>,
    /// Where browsers come back to.
    pub back: String,
}

/// What was sent with the browser, and is looked for in the answer.
pub(super) struct Expected<'a> {
    pub nonce: &'a str,
    pub verifier: &'a str,
    /// Which server answered, if it said so (RFC 9207).
    pub issuer: Option<&'a str>,
}

/// The address at the provider that a browser is sent to. `anew`: the person
/// signs in there once more, whoever is signed in already.
pub(super) fn address(
    peer: &Peer<'_>,
    metadata: &Metadata,
    state: String,
    (nonce, verifier): (&str, &str),
    anew: bool,
) -> Result<String, Reason> {
    let client = client(peer, metadata)?;
    let nonce = Nonce::new(nonce.to_owned());
    let proof = PkceCodeVerifier::new(verifier.to_owned());
    let mut request = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || CsrfToken::new(state),
            move || nonce,
        )
        .add_scopes(peer.settings.scopes.iter().cloned().map(Asked::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&proof));
    if anew {
        request = request.set_max_age(Duration::ZERO).add_prompt(CoreAuthPrompt::Login);
    }
    Ok(request.url().0.to_string())
}

/// Exchanges a code, and checks all that the provider says (OpenID Connect Core
/// 1.0, 3.1.3.7).
pub(super) async fn vouch(
    engine: &Engine,
    scope: &Scope,
    peer: &Peer<'_>,
    code: String,
    expected: Expected<'_>,
) -> Result<Vouched, Reason> {
    let metadata = discover(engine, scope, peer.issuer).await?;
    issued_by(&metadata, expected.issuer)?;
    let tokens = exchanged(engine, peer, &metadata, (code, expected.verifier)).await?;
    let raw = tokens.extra_fields().id_token.as_deref().ok_or(Reason::NotBelieved("token"))?;
    let (metadata, id_token) = match id_token::believed(raw, metadata.jwks().keys())? {
        Some(token) => (metadata, token),
        None => {
            // It has new keys since they were remembered.
            let metadata = discover_anew(engine, scope, peer.issuer).await?;
            let token = id_token::believed(raw, metadata.jwks().keys())?;
            (metadata, token.ok_or(Reason::NotBelieved("signature"))?)
        }
    };
    let client = client(peer, &metadata)?;
    let nonce = Nonce::new(expected.nonce.to_owned());
    let claims =
        checked(&client, &id_token, &nonce, scope).map_err(|error| not_believed(&error))?;
    // Meant for several, it says that it was given to us; said otherwise, it was not.
    let party = claims.authorized_party().map(|party| party.as_str());
    let several = claims.audiences().len() > 1;
    if party.map_or(several, |party| party != peer.settings.client_id) {
        return Err(Reason::NotBelieved("audience"));
    }
    let address = match said_of_address(claims.email(), claims.email_verified()) {
        said @ (Address::Verified(_) | Address::Unverified) => said,
        unsaid => match in_user_info(engine, &client, tokens.access_token(), &claims).await {
            Ok(Address::None) => unsaid,
            Ok(said) => said,
            // Whoever is known by name needs no address.
            Err(reason) => match unsaid {
                Address::Unsaid => unsaid,
                _ => Address::NotHad(reason),
            },
        },
    };
    Ok(Vouched {
        issuer: claims.issuer().to_string(),
        subject: claims.subject().to_string(),
        address,
        strong: is_strong(&claims),
        at: claims.auth_time().map(|time| time.timestamp_millis()),
    })
}

type Tokens = StandardTokenResponse<WithIdToken, BasicTokenType>;

/// What OpenID adds to the tokens of OAuth 2, as it came.
#[derive(Debug, Serialize, Deserialize)]
struct WithIdToken {
    id_token: Option<String>,
}

impl ExtraTokenFields for WithIdToken {}

/// The tokens that a code is good for.
async fn exchanged(
    engine: &Engine,
    peer: &Peer<'_>,
    metadata: &Metadata,
    (code, verifier): (String, &str),
) -> Result<Tokens, Reason> {
    type Exchange = oauth2::Client<
        BasicErrorResponse,
        Tokens,
        BasicTokenIntrospectionResponse,
        StandardRevocableToken,
        BasicRevocationErrorResponse,
    >;
    let wrong = || Reason::NotBelieved("discovery document");
    let back = RedirectUrl::new(peer.back.clone()).map_err(|_| Reason::NotBelieved("address"))?;
    let client = Exchange::new(ClientId::new(peer.settings.client_id.clone()))
        .set_token_uri(metadata.token_endpoint().cloned().ok_or_else(wrong)?)
        .set_redirect_uri(back)
        .set_auth_type(told_by(metadata));
    let client = match peer.secret {
        Some(secret) => {
            client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()))
        }
        None => client,
    };
    client
        .exchange_code(AuthorizationCode::new(code))
        .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
        .request_async(&AsksFor(&engine.egress, &TOKENS))
        .await
        .map_err(not_exchanged)
}

/// RFC 9207: an answer of another server than the one that was asked is refused.
fn issued_by(metadata: &Metadata, issuer: Option<&str>) -> Result<(), Reason> {
    let says_so = metadata.additional_metadata().authorization_response_iss_parameter_supported;
    match issuer {
        Some(issuer) if issuer == metadata.issuer().as_str() => Ok(()),
        None if !says_so => Ok(()),
        _ => Err(Reason::NotBelieved("issuer")),
    }
}

fn client(peer: &Peer<'_>, metadata: &Metadata) -> Result<Client, Reason> {
    let id = ClientId::new(peer.settings.client_id.clone());
    let secret = peer.secret.map(|secret| ClientSecret::new(secret.expose_secret().to_owned()));
    let back = RedirectUrl::new(peer.back.clone()).map_err(|_| Reason::NotBelieved("address"))?;
    Ok(CoreClient::from_provider_metadata(metadata.clone(), id, secret).set_redirect_uri(back))
}

/// Where the secret stands. Where nothing is said, it is Basic (OpenID Connect Discovery
/// 1.0, section 3).
fn told_by(metadata: &Metadata) -> AuthType {
    let in_body = metadata.token_endpoint_auth_methods_supported().is_some_and(|methods| {
        !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
            && methods.contains(&CoreClientAuthMethod::ClientSecretPost)
    });
    if in_body { AuthType::RequestBody } else { AuthType::BasicAuth }
}

/// Checks what a token says whose signature was checked (see [`id_token`]).
fn checked(
    client: &Client,
    id_token: &CoreIdToken,
    nonce: &Nonce,
    scope: &Scope,
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let now = u64::try_from(scope.now.0).unwrap_or(0);
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(now);
    let verifier: CoreIdTokenVerifier<'_> = client
        .id_token_verifier()
        .insecure_disable_signature_check()
        // Others may be among them, if `azp` says that it was given to us.
        .set_other_audience_verifier_fn(|_| true)
        .set_time_fn(move || now.into());
    id_token.claims(&verifier, nonce).cloned()
}

/// Some say the address only there. What it says must be about the same person.
async fn in_user_info(
    engine: &Engine,
    client: &Client,
    token: &AccessToken,
    claims: &CoreIdTokenClaims,
) -> Result<Address, Reason> {
    let subject = claims.subject().clone();
    let Ok(request) = client.user_info(token.clone(), Some(subject)) else {
        return Ok(Address::None);
    };
    let http = AsksFor(&engine.egress, &USER);
    let info: CoreUserInfoClaims =
        request.request_async(&http).await.map_err(|error| match error {
            UserInfoError::Request(error) => Reason::Unreachable(error),
            _ => Reason::NotBelieved("user info"),
        })?;
    Ok(said_of_address(info.email(), info.email_verified()))
}

fn said_of_address(email: Option<&openidconnect::EndUserEmail>, verified: Option<bool>) -> Address {
    match email.map(|email| email.parse::<EmailAddress>()) {
        Some(Ok(email)) => match verified {
            Some(true) => Address::Verified(email),
            Some(false) => Address::Unverified,
            None => Address::Unsaid,
        },
        _ => Address::None,
    }
}

/// RFC 8176 and OpenID's classes of authentication.
fn is_strong(claims: &CoreIdTokenClaims) -> bool {
    let methods = claims.auth_method_refs();
    let by_method = methods.is_some_and(|methods| methods.iter().any(|by| by.as_str() == "mfa"));
    let class = claims.auth_context_ref().map(|class| class.as_str());
    by_method || class.is_some_and(|class| STRONG.contains(&class))
}

fn not_exchanged(error: RequestTokenError<EgressError, BasicErrorResponse>) -> Reason {
    match error {
        RequestTokenError::Request(error) => Reason::Unreachable(error),
        RequestTokenError::ServerResponse(_) => Reason::NotTaken,
        _ => Reason::NotBelieved("token"),
    }
}

fn not_believed(error: &ClaimsVerificationError) -> Reason {
    Reason::NotBelieved(match error {
        ClaimsVerificationError::Expired(_) => "time",
        ClaimsVerificationError::InvalidAudience(_) => "audience",
        ClaimsVerificationError::InvalidIssuer(_) => "issuer",
        ClaimsVerificationError::InvalidNonce(_) => "nonce",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        _ => "token",
    })
}
