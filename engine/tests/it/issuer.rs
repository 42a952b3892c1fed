//! A provider of our own on a loopback port, which says what a test wants.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::bed::NOW;

/// What it says next.
pub struct Says {
    /// Put over the claims of the next tokens; null takes one away.
    pub claims: Value,
    /// Put over the answer that they are in.
    pub tokens: Value,
    /// Put over the discovery document.
    pub discovery: Value,
    /// The seed of the key that signs, and that it publishes.
    pub key: u8,
    pub published_key: u8,
    /// What the user info and the list of addresses answer.
    pub user: Value,
    pub emails: Value,
    /// How often the discovery document was asked for.
    pub asked: usize,
    /// The secret that came with the last code.
    pub secret: Option<String>,
    codes: HashMap<String, Granted>,
}

struct Granted {
    nonce: String,
    challenge: String,
}

pub struct Issuer {
    pub url: String,
    says: Arc<Mutex<Says>>,
}

impl Issuer {
    pub async fn start() -> Issuer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let says = Arc::new(Mutex::new(Says {
            claims: json!({}),
            tokens: json!({}),
            discovery: json!({}),
            key: 1,
            published_key: 1,
            user: json!({ "id": 7 }),
            emails: json!([]),
            asked: 0,
            secret: None,
            codes: HashMap::new(),
        }));
        let (shared, own) = (Arc::clone(&says), url.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared), own.clone()));
            }
        });
        Issuer { url, says }
    }

    pub fn says(&self) -> MutexGuard<'_, Says> {
        self.says.lock().unwrap()
    }

    /// What the person does there: signs in and agrees. The answer is the query
    /// that the browser comes back with.
    pub fn agree(&self, address: &str) -> Vec<(String, String)> {
        assert!(address.starts_with(&self.url), "{address}");
        let sent = query(address.split_once('?').unwrap().1);
        assert_eq!(sent.get("response_type").map(String::as_str), Some("code"));
        assert_eq!(sent.get("code_challenge_method").map(String::as_str), Some("S256"));
        let code = format!("code-{}", sent["state"]);
        let granted = Granted {
            nonce: sent.get("nonce").cloned().unwrap_or_default(),
            challenge: sent["code_challenge"].clone(),
        };
        self.says().codes.insert(code.clone(), granted);
        let back = [("code", code), ("state", sent["state"].clone())];
        back.map(|(name, value)| (name.to_owned(), value)).to_vec()
    }
}

pub fn query(text: &str) -> HashMap<String, String> {
    let url = reqwest::Url::parse(&format!("http://x/?{text}")).unwrap();
    url.query_pairs().into_owned().collect()
}

async fn serve(mut stream: TcpStream, says: Arc<Mutex<Says>>, url: String) -> Option<()> {
    let mut bytes = Vec::new();
    let (head, length) = loop {
        let mut some = [0; 4096];
        let read = stream.read(&mut some).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&some[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, _)) = text.split_once("\r\n\r\n") else { continue };
        let length = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(0, |(_, value)| value.trim().parse::<usize>().unwrap());
        if bytes.len() >= head.len() + 4 + length {
            break (head.to_owned(), length);
        }
    };
    let body = String::from_utf8_lossy(&bytes[bytes.len() - length..]).into_owned();
    let path = head.split(' ').nth(1)?.to_owned();
    let (status, answer) = answer(&mut says.lock().unwrap(), &url, &path, (&head, &body));
    let answer = answer.to_string();
    let whole = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}",
        answer.len()
    );
    stream.write_all(whole.as_bytes()).await.ok()
}

fn answer(says: &mut Says, url: &str, path: &str, (head, body): (&str, &str)) -> (u16, Value) {
    match path {
        "/.well-known/openid-configuration" => {
            says.asked += 1;
            let document = json!({
                "issuer": url,
                "authorization_endpoint": format!("{url}/authorize"),
                "token_endpoint": format!("{url}/token"),
                "userinfo_endpoint": format!("{url}/user"),
                "jwks_uri": format!("{url}/keys"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["EdDSA"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            });
            (200, over(document, &says.discovery))
        }
        "/keys" => {
            let key = signing(says.published_key).verifying_key();
            let x = BASE64URL_NOPAD.encode(key.as_bytes());
            let kid = format!("key-{}", says.published_key);
            let key = json!({ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid, "use": "sig" });
            (200, json!({ "keys": [key] }))
        }
        "/token" => {
            let form = query(body);
            says.secret = form.get("client_secret").cloned();
            let Some(granted) = form.get("code").and_then(|code| says.codes.remove(code)) else {
                return (400, json!({ "error": "invalid_grant" }));
            };
            let proof = Sha256::digest(form["code_verifier"].as_bytes());
            assert_eq!(BASE64URL_NOPAD.encode(&proof), granted.challenge, "RFC 7636");
            let claims = json!({
                "iss": url,
                "sub": "ada-at-acme",
                "aud": "portal",
                "exp": NOW.0 / 1000 + 300,
                "iat": NOW.0 / 1000,
                "auth_time": NOW.0 / 1000,
                "nonce": granted.nonce,
                "email": "ada@example.org",
                "email_verified": true,
            });
            let id_token = signed(&over(claims, &says.claims), says.key);
            let tokens =
                json!({ "access_token": "at", "token_type": "Bearer", "id_token": id_token });
            (200, over(tokens, &says.tokens))
        }
        "/user" | "/emails" if !head.to_lowercase().contains("authorization: bearer at") => {
            (401, json!({}))
        }
        "/user" => (200, says.user.clone()),
        "/emails" => (200, says.emails.clone()),
        _ => (404, json!({})),
    }
}

fn over(mut value: Value, more: &Value) -> Value {
    for (name, each) in more.as_object().unwrap() {
        match each {
            Value::Null => value.as_object_mut().unwrap().remove(name),
            each => value.as_object_mut().unwrap().insert(name.clone(), each.clone()),
        };
    }
    value
}

fn signing(key: u8) -> SigningKey {
    SigningKey::from_bytes(&[key; 32])
}

/// A token by that key, or by no key at all (0).
fn signed(claims: &Value, key: u8) -> String {
    let encode = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    if key == 0 {
        return format!("{}.{}.", encode(&json!({ "alg": "none" })), encode(claims));
    }
    let head = json!({ "alg": "EdDSA", "typ": "JWT", "kid": format!("key-{key}") });
    let text = format!("{}.{}", encode(&head), encode(claims));
    let signature = signing(key).sign(text.as_bytes()).to_bytes();
    format!("{text}.{}", BASE64URL_NOPAD.encode(&signature))
}
