//! A provider's ID token: believed by its signature, and read for what is needed alone.
//!
//! The library reads every claim that OpenID knows and gives the whole up for one that
//! looks otherwise. So the signature is checked here, over the very bytes that came; then
//! what nobody needs is left out, and the library checks the rest.

use data_encoding::BASE64URL_NOPAD;
use domain::json::{ANSWER, read};
use openidconnect::core::{CoreIdToken, CoreJsonWebKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKey, JsonWebKeyAlgorithm, JsonWebKeyUse};
use serde::Deserialize;
use serde_json::{Map, Number, Value};

use super::reason::Reason;

/// What a provider may sign with: no secret that it shares with us, and never
/// nothing.
const SIGNED: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Where Microsoft's issuers are, which say in a claim of their own whether an address
/// is one of the company's domain (`xms_edov`), and nothing about `email_verified`.
const MICROSOFT: &str = "https://login.microsoftonline.com/";

#[derive(Deserialize)]
struct Head {
    alg: CoreJwsSigningAlgorithm,
    kid: Option<String>,
}

/// The token, if one of these keys has signed it. `None` if none of them can have: the
/// provider has new ones since.
pub(super) fn believed(raw: &str, keys: &[CoreJsonWebKey]) -> Result<Option<CoreIdToken>, Reason> {
    let malformed = || Reason::NotBelieved("token");
    let decoded = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| malformed());
    let (signed, signature) = raw.rsplit_once('.').ok_or_else(malformed)?;
    let (head, claims) = signed.split_once('.').ok_or_else(malformed)?;
    let known: Head = read(&decoded(head)?, &ANSWER).map_err(|_| malformed())?;
    if !SIGNED.contains(&known.alg) {
        return Err(Reason::NotBelieved("signature"));
    }
    let proof = decoded(signature)?;
    let mut candidates = keys.iter().filter(|key| may_have_signed(key, &known)).peekable();
    if candidates.peek().is_none() {
        return Ok(None);
    }
    if !candidates.any(|key| key.verify_signature(&known.alg, signed.as_bytes(), &proof).is_ok()) {
        return Err(Reason::NotBelieved("signature"));
    }
    let claims = read(&decoded(claims)?, &ANSWER).map_err(|_| malformed())?;
    let claims = Value::Object(needed(claims)?).to_string();
    let sifted = format!("{head}.{}.{signature}", BASE64URL_NOPAD.encode(claims.as_bytes()));
    sifted.parse().map(Some).map_err(|_| malformed())
}

fn may_have_signed(key: &CoreJsonWebKey, head: &Head) -> bool {
    let named = match (&head.kid, key.key_id()) {
        (Some(kid), Some(id)) => id.as_str() == kid,
        _ => true,
    };
    let suited = match key.signing_alg() {
        JsonWebKeyAlgorithm::Algorithm(algorithm) => *algorithm == head.alg,
        JsonWebKeyAlgorithm::Unspecified => true,
        JsonWebKeyAlgorithm::Unsupported => false,
    };
    named && suited && key.key_use().is_none_or(JsonWebKeyUse::allows_signature)
}

/// The claims that are needed, each as the standard has it (OpenID Connect Core 1.0,
/// section 2). One that has to be there and is not right is named.
fn needed(mut all: Map<String, Value>) -> Result<Map<String, Value>, Reason> {
    let mut kept = Map::new();
    let mut keep = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            kept.insert(name.to_owned(), value);
        }
    };
    let vouched_by_domain = domain_is_verified(&all);
    let mut take = |name: &str| all.remove(name).filter(|value| !value.is_null());
    for (name, what) in [("iss", "claim “iss”"), ("sub", "claim “sub”")] {
        let text = take(name).filter(Value::is_string);
        keep(name, Some(text.ok_or(Reason::NotBelieved(what))?));
    }
    for (name, what) in [("exp", "claim “exp”"), ("iat", "claim “iat”")] {
        keep(name, Some(take(name).and_then(seconds).ok_or(Reason::NotBelieved(what))?));
    }
    keep("aud", Some(take("aud").ok_or(Reason::NotBelieved("claim “aud”"))?));
    // It is looked at if it is there, so that it is not left out for being odd.
    if let Some(party) = take("azp") {
        let text = Some(party).filter(Value::is_string);
        keep("azp", Some(text.ok_or(Reason::NotBelieved("claim “azp”"))?));
    }
    for name in ["nonce", "acr", "email"] {
        keep(name, take(name).filter(Value::is_string));
    }
    keep("auth_time", take("auth_time").and_then(seconds));
    keep("amr", take("amr").map(texts));
    let verified = take("email_verified").and_then(flag).or(vouched_by_domain);
    keep("email_verified", verified.map(Value::Bool));
    Ok(kept)
}

/// Seconds since 1970 as a number, also where they are written as a text.
fn seconds(value: Value) -> Option<Value> {
    match value {
        Value::Number(_) => Some(value),
        Value::String(text) => text.trim().parse::<Number>().ok().map(Value::Number),
        _ => None,
    }
}

/// A list of texts, also where there is one alone.
fn texts(value: Value) -> Value {
    match value {
        Value::Array(all) => all.into_iter().filter(Value::is_string).collect(),
        Value::String(one) => one.split(' ').filter(|it| !it.is_empty()).collect(),
        _ => Value::Array(Vec::new()),
    }
}

fn flag(value: Value) -> Option<bool> {
    match value {
        Value::Bool(it) => Some(it),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// That Microsoft has seen that the domain of the address is the company's. It is a
/// number, a text or a flag, by the kind of its directory.
fn domain_is_verified(all: &Map<String, Value>) -> Option<bool> {
    let issuer = all.get("iss")?.as_str()?;
    let said = match all.get("xms_edov")? {
        Value::Bool(it) => *it,
        Value::Number(number) => number.as_u64() == Some(1),
        Value::String(text) => text == "1" || text.eq_ignore_ascii_case("true"),
        _ => false,
    };
    (issuer.starts_with(MICROSOFT) && said).then_some(true)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(more: Value) -> Map<String, Value> {
        let mut all = json!({
            "iss": "https://id.example", "sub": "ada", "aud": "portal", "exp": 20, "iat": 10,
        });
        let (Some(all), Some(more)) = (all.as_object_mut(), more.as_object()) else {
            panic!("objects")
        };
        all.extend(more.clone());
        all.clone()
    }

    #[test]
    fn what_is_not_needed_is_not_judged() {
        for (odd, name, expected) in [
            (json!({ "updated_at": "2026-01-01" }), "updated_at", None),
            (json!({ "birthdate": 7, "address": "x" }), "birthdate", None),
            (json!({ "amr": "mfa pwd" }), "amr", Some(json!(["mfa", "pwd"]))),
            (json!({ "amr": ["mfa", 7] }), "amr", Some(json!(["mfa"]))),
            (json!({ "acr": 1 }), "acr", None),
            (json!({ "auth_time": "12" }), "auth_time", Some(json!(12))),
            (json!({ "auth_time": "soon" }), "auth_time", None),
            (json!({ "exp": "20" }), "exp", Some(json!(20))),
            (json!({ "email_verified": "true" }), "email_verified", Some(json!(true))),
            (json!({ "email_verified": 1 }), "email_verified", None),
            (json!({ "email": ["a"] }), "email", None),
            (json!({ "azp": null }), "azp", None),
        ] {
            let kept = needed(claims(odd.clone())).unwrap();
            assert_eq!(kept.get(name), expected.as_ref(), "{odd}");
        }
    }

    #[test]
    fn what_is_needed_is_named() {
        for (odd, expected) in [
            (json!({ "iss": 1 }), "claim “iss”"),
            (json!({ "sub": 7 }), "claim “sub”"),
            (json!({ "aud": null }), "claim “aud”"),
            (json!({ "exp": "soon" }), "claim “exp”"),
            (json!({ "iat": null }), "claim “iat”"),
            (json!({ "azp": ["portal"] }), "claim “azp”"),
        ] {
            let told = needed(claims(odd.clone())).unwrap_err();
            assert!(matches!(told, Reason::NotBelieved(what) if what == expected), "{odd}: {told}");
        }
    }

    #[test]
    fn only_microsoft_vouches_for_a_domain() {
        let at = |issuer: &str, said: Value| {
            let all = claims(json!({ "iss": issuer, "xms_edov": said }));
            needed(all).unwrap().get("email_verified").cloned()
        };
        let entra = "https://login.microsoftonline.com/9/v2.0";
        for yes in [json!(true), json!(1), json!("1"), json!("true")] {
            assert_eq!(at(entra, yes), Some(json!(true)));
        }
        for no in [json!(false), json!(0), json!("no")] {
            assert_eq!(at(entra, no), None);
        }
        assert_eq!(at("https://login.microsoftonline.com.evil.example/", json!(true)), None);
    }
}
