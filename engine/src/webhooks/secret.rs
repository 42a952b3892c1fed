//! The secrets with which an endpoint knows that it is we who tell.

use data_encoding::BASE64;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use standardwebhooks::Webhook;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::Place;
use crate::platform::storage::{Format, Timestamp, webhook_endpoints};
use crate::platform::tenancy::ReadTx;

/// For how long the previous secret still signs: a day, in seconds.
const OVERLAP: i64 = 24 * 3600;

/// A secret as it is shown, once: `whsec_` and 32 random bytes in base64.
pub struct SigningSecret(SecretString);

impl SigningSecret {
    /// A new one.
    pub(super) fn generate() -> Result<SigningSecret, Failure> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(Failure::corrupt)?;
        Ok(SigningSecret(format!("whsec_{}", BASE64.encode(&bytes)).into()))
    }

    /// What the page shows.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// How it is sealed.
const FORMAT: Format = Format::first("a signing secret");

/// What is sealed with an endpoint.
#[derive(Serialize, Deserialize)]
pub(super) struct Secrets {
    current: String,
    previous: Option<Previous>,
}

#[derive(Serialize, Deserialize)]
struct Previous {
    secret: String,
    until: Timestamp,
}

impl Secrets {
    pub(super) fn first(secret: &SigningSecret) -> Secrets {
        Secrets { current: secret.expose().to_owned(), previous: None }
    }

    /// With another one. The one so far signs for a day more; one from before
    /// does not any longer.
    pub(super) fn rotated(self, secret: &SigningSecret, now: Timestamp) -> Secrets {
        let previous = Previous { secret: self.current, until: now.plus_seconds(OVERLAP) };
        Secrets { current: secret.expose().to_owned(), previous: Some(previous) }
    }

    /// The header `webhook-signature`: one signature for each secret that is good.
    pub(super) fn sign(&self, id: &str, now: Timestamp, body: &str) -> Result<String, Failure> {
        let previous = self.previous.as_ref().filter(|previous| previous.until > now);
        let good = [Some(&self.current), previous.map(|previous| &previous.secret)];
        let signatures: Vec<String> = good
            .into_iter()
            .flatten()
            .map(|secret| {
                let signing = Webhook::new(secret);
                signing.and_then(|it| it.sign(id, seconds(now), body.as_bytes()))
            })
            .collect::<Result<_, _>>()
            // What the crate says of it could quote the secret.
            .map_err(|_| Failure::corrupt("a signing secret"))?;
        Ok(signatures.join(" "))
    }
}

/// The header `webhook-timestamp`.
pub(super) fn seconds(now: Timestamp) -> i64 {
    now.0.div_euclid(1000)
}

pub(super) async fn seal(
    engine: &Engine,
    tx: &ReadTx,
    endpoint: Uuid,
    secrets: &Secrets,
) -> Result<Vec<u8>, Failure> {
    let office = engine.keyring.of_tenant(tx).await?.office;
    let plain = FORMAT.write(secrets)?;
    office.seal(place(tx, endpoint), &plain).map_err(|e| Failure::Keyring(e.into()))
}

pub(super) async fn open(
    engine: &Engine,
    tx: &ReadTx,
    row: &webhook_endpoints::Model,
) -> Result<Secrets, Failure> {
    FORMAT.read(&plain(engine, tx, row).await?)
}

/// Opens them to be sealed again.
pub(super) async fn open_to_change(
    engine: &Engine,
    tx: &ReadTx,
    row: &webhook_endpoints::Model,
) -> Result<Secrets, Failure> {
    FORMAT.read_to_change(&plain(engine, tx, row).await?)
}

async fn plain(
    engine: &Engine,
    tx: &ReadTx,
    row: &webhook_endpoints::Model,
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let office = engine.keyring.of_tenant(tx).await?.office;
    office.open(place(tx, row.id), &row.sealed).map_err(|e| Failure::Keyring(e.into()))
}

fn place(tx: &ReadTx, endpoint: Uuid) -> Place<'static> {
    Place {
        tenant: tx.tenant(),
        owner: Uuid::nil(),
        label: "office",
        row: endpoint,
        column: "webhook_endpoints.sealed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_previous_secret_signs_for_a_day() {
        let (one, two) = (SigningSecret::generate().unwrap(), SigningSecret::generate().unwrap());
        assert!(one.expose().starts_with("whsec_") && one.expose() != two.expose());
        let now = Timestamp(1_000_000);
        let secrets = Secrets::first(&one).rotated(&two, now);
        let by = |secret: &SigningSecret, at: Timestamp| {
            Webhook::new(secret.expose()).unwrap().sign("msg_1", seconds(at), b"{}").unwrap()
        };
        let both = format!("{} {}", by(&two, now), by(&one, now));
        assert_eq!(secrets.sign("msg_1", now, "{}").unwrap(), both);
        let later = now.plus_seconds(OVERLAP);
        assert_eq!(secrets.sign("msg_1", later, "{}").unwrap(), by(&two, later));
    }
}
