//! OAuth 2 without OpenID, as GitHub does it: who has signed in is asked for
//! with the access token.

use domain::identifiers::EmailAddress;
use domain::json::ANSWER;
use oauth2::basic::BasicClient;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    Scope as Asked, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::http::AsksFor;
use super::openid::TOKENS;
use super::reason::Reason;
use super::settings::{Kind, Settings};
use super::vouched::{Address, Vouched};
use crate::engine::Engine;

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// A provider that is asked, and how it knows us.
pub(super) struct Peer<'a> {
    pub settings: &'a Settings,
    pub authorize: &'a str,
    pub token: &'a str,
    pub user_info: &'a str,
    pub emails: Option<&'a str>,
    pub secret: Option<&'a SecretString>,
    /// Where browsers come back to.
    pub back: String,
}

impl<'a> Peer<'a> {
    /// None if it is of the other kind.
    pub fn of(
        settings: &'a Settings,
        secret: Option<&'a SecretString>,
        back: String,
    ) -> Option<Peer<'a>> {
        let Kind::OAuth2 { authorize_url, token_url, userinfo_url, emails_url } = &settings.kind
        else {
            return None;
        };
        Some(Peer {
            settings,
            authorize: authorize_url,
            token: token_url,
            user_info: userinfo_url,
            emails: emails_url.as_deref(),
            secret,
            back,
        })
    }
}

/// One of the addresses that GitHub lists.
#[derive(Deserialize)]
struct Listed {
    email: String,
    #[serde(default)]
    primary: bool,
    #[serde(default)]
    verified: bool,
}

/// The address at the provider that a browser is sent to.
pub(super) fn address(peer: &Peer<'_>, state: String, verifier: &str) -> Result<String, Reason> {
    let proof = PkceCodeVerifier::new(verifier.to_owned());
    let (url, _) = client(peer)?
        .authorize_url(move || CsrfToken::new(state))
        .add_scopes(peer.settings.scopes.iter().cloned().map(Asked::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&proof))
        .url();
    Ok(url.to_string())
}

/// Exchanges a code, and asks who it is about.
pub(super) async fn vouch(
    engine: &Engine,
    peer: &Peer<'_>,
    code: String,
    verifier: &str,
) -> Result<Vouched, Reason> {
    let http = AsksFor(&engine.egress, &TOKENS);
    let tokens = client(peer)?
        .exchange_code(AuthorizationCode::new(code))
        .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
        .request_async(&http)
        .await
        .map_err(|error| match error {
            RequestTokenError::Request(error) => Reason::Unreachable(error),
            // GitHub says no with status 200, so that it reads like no token.
            RequestTokenError::ServerResponse(_) | RequestTokenError::Parse(..) => Reason::NotTaken,
            RequestTokenError::Other(_) => Reason::NotBelieved("token"),
        })?;
    let token = tokens.access_token().secret();
    let info: Value = asked(engine, peer.user_info, token).await?;
    let address = match peer.emails {
        Some(emails) => primary(asked(engine, emails, token).await?),
        None => Address::None,
    };
    Ok(Vouched {
        // Whose names these are: there is nothing else that says so.
        issuer: peer.user_info.to_owned(),
        subject: name(&info).ok_or(Reason::NotBelieved("user info"))?,
        address,
        strong: false,
        at: None,
    })
}

fn client(peer: &Peer<'_>) -> Result<Client, Reason> {
    let wrong = |_| Reason::NotBelieved("address");
    let client = BasicClient::new(ClientId::new(peer.settings.client_id.clone()))
        .set_auth_uri(AuthUrl::new(peer.authorize.to_owned()).map_err(wrong)?)
        .set_token_uri(TokenUrl::new(peer.token.to_owned()).map_err(wrong)?)
        .set_redirect_uri(RedirectUrl::new(peer.back.clone()).map_err(wrong)?)
        // What those without OpenID commonly take, GitHub among them.
        .set_auth_type(AuthType::RequestBody);
    Ok(match peer.secret {
        Some(secret) => {
            client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()))
        }
        None => client,
    })
}

async fn asked<T: DeserializeOwned>(engine: &Engine, url: &str, token: &str) -> Result<T, Reason> {
    let wrong = || Reason::NotBelieved("user info");
    let request = ::http::Request::get(url)
        .header("accept", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .body(Vec::new())
        .map_err(|_| wrong())?;
    let answer = engine.egress.send(request).await?;
    if answer.status() != ::http::StatusCode::OK {
        return Err(wrong());
    }
    domain::json::read(answer.body(), &ANSWER).map_err(|_| wrong())
}

/// The `id`: a number or a text, and never a name that its owner can change and
/// another take.
fn name(info: &Value) -> Option<String> {
    match info.get("id")? {
        Value::Number(id) => Some(id.to_string()),
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        _ => None,
    }
}

fn primary(listed: Vec<Listed>) -> Address {
    let Some(primary) = listed.into_iter().find(|listed| listed.primary) else {
        return Address::None;
    };
    match primary.email.parse::<EmailAddress>() {
        Ok(email) if primary.verified => Address::Verified(email),
        Ok(_) => Address::Unverified,
        Err(_) => Address::None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_primary_address_counts_and_only_verified() {
        let read = |value: Value| primary(serde_json::from_value(value).unwrap());
        let verified = json!({ "email": "a@b.example", "primary": true, "verified": true });
        assert!(matches!(read(json!([verified])), Address::Verified(_)));
        let unverified = json!([
            { "email": "a@b.example", "primary": true, "verified": false },
            { "email": "c@b.example", "primary": false, "verified": true },
        ]);
        assert!(matches!(read(unverified), Address::Unverified));
        assert!(matches!(
            read(json!([{ "email": "a@b.example", "verified": true }])),
            Address::None
        ));
    }

    #[test]
    fn the_name_is_the_id() {
        assert_eq!(name(&json!({ "id": 7, "login": "ada" })).as_deref(), Some("7"));
        assert_eq!(name(&json!({ "id": "x-7" })).as_deref(), Some("x-7"));
        for none in
            [json!({ "login": "ada" }), json!({ "id": "" }), json!({ "id": null }), json!([])]
        {
            assert_eq!(name(&none), None);
        }
    }
}
