//! Whether an event was sent by Stripe.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::platform::storage::Timestamp;

/// For how long a signature is good, in seconds, to either side.
pub const TOLERANCE: i64 = 300;

/// How many hexadecimal digits a signature has.
const DIGITS: usize = 64;

/// The header `Stripe-Signature`, taken apart: `t=…,v1=…,v1=…`.
pub(super) struct Signed<'a> {
    time: &'a str,
    signatures: Vec<Vec<u8>>,
}

impl<'a> Signed<'a> {
    /// Takes a header apart, if it was signed just now.
    pub fn parse(header: &'a str, now: Timestamp) -> Option<Signed<'a>> {
        let mut time = None;
        let mut signatures = Vec::new();
        // While a secret is being changed there are two; nobody sends twenty.
        for (name, value) in header.split(',').take(20).filter_map(|part| part.split_once('=')) {
            match name.trim() {
                "t" => time = Some(value.trim()),
                "v1" if value.trim().len() == DIGITS => {
                    signatures.extend(HEXLOWER_PERMISSIVE.decode(value.trim().as_bytes()));
                }
                _ => {}
            }
        }
        let time = time?;
        let seconds: i64 = time.parse().ok()?;
        let apart = now.0.div_euclid(1000).checked_sub(seconds)?;
        (apart.checked_abs()? <= TOLERANCE).then_some(Signed { time, signatures })
    }

    /// Whether one of these secrets has signed it. Comparing takes the same time
    /// whatever differs.
    pub fn is_by(&self, secrets: &[SecretString], body: &[u8]) -> bool {
        secrets.iter().any(|secret| {
            let mac = mac(secret, self.time, body);
            self.signatures.iter().any(|theirs| mac.clone().verify_slice(theirs).is_ok())
        })
    }
}

/// The header that Stripe would send, for those who play it in tests.
pub fn signature(secret: &str, at: Timestamp, body: &[u8]) -> String {
    let time = at.0.div_euclid(1000).to_string();
    let bytes = mac(&secret.to_owned().into(), &time, body).finalize().into_bytes();
    format!("t={time},v1={}", HEXLOWER.encode(&bytes))
}

fn mac(secret: &SecretString, time: &str, body: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac =
        <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(secret.expose_secret().as_bytes())
            .expect("HMAC takes a key of any length");
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp(1_492_774_577_000);

    fn secret(text: &str) -> SecretString {
        text.to_owned().into()
    }

    fn is_good(header: &str, now: Timestamp, secrets: &[SecretString], body: &[u8]) -> bool {
        Signed::parse(header, now).is_some_and(|signed| signed.is_by(secrets, body))
    }

    #[test]
    fn a_signature_is_good_for_its_body_its_secret_and_five_minutes() {
        let secrets = [secret("whsec_new"), secret("whsec_old")];
        let header = signature("whsec_old", NOW, b"{}");
        let at = |seconds| NOW.plus_seconds(seconds);
        for skew in [-300, 0, 300] {
            assert!(is_good(&header, at(skew), &secrets, b"{}"), "{skew}");
        }
        for skew in [-301, 301, 86_400] {
            assert!(!is_good(&header, at(skew), &secrets, b"{}"), "{skew}");
        }
        assert!(!is_good(&header, NOW, &secrets, b"{ }"));
        assert!(!is_good(&header, NOW, &secrets[..1], b"{}"));
        assert!(!is_good(&header, NOW, &[], b"{}"));
        // Another time than the one that was signed.
        assert!(!is_good(&header.replace("t=1492774577", "t=1492774578"), NOW, &secrets, b"{}"));
        // Beside others, as while a secret is being changed.
        let (time, own) = header.split_once(',').unwrap();
        let among = format!("{time},v1={},{own},v0={}", "0".repeat(64), "1".repeat(64));
        assert!(is_good(&among, NOW, &secrets, b"{}"));
        assert!(!is_good(&header.replace("v1=", "v0="), NOW, &secrets, b"{}"));
    }

    #[test]
    fn the_hash_is_the_one_that_stripe_computes() {
        // echo -n '1492774577.{}' | openssl dgst -sha256 -hmac whsec_test
        let expected =
            "t=1492774577,v1=0d0602f6611bd2252dd4b74b58a4528355a7380639a15e6cc21e3059d56d5b8b";
        assert_eq!(signature("whsec_test", NOW, b"{}"), expected);
    }

    proptest! {
        #[test]
        fn garbage_is_no_signature(header: String, body: Vec<u8>) {
            prop_assert!(!is_good(&header, NOW, &[secret("whsec_test")], &body));
        }

        #[test]
        fn a_changed_byte_is_noticed(body in proptest::collection::vec(any::<u8>(), 1..80), at: proptest::sample::Index, bit in 0u8..8) {
            let header = signature("whsec_test", NOW, &body);
            let mut other = body.clone();
            other[at.index(body.len())] ^= 1 << bit;
            prop_assert!(!is_good(&header, NOW, &[secret("whsec_test")], &other));
        }
    }

    /// Headers and bodies of any kind: none is too strange, and none is signed.
    #[test]
    fn nothing_strange_is_taken_for_signed() {
        bolero::check!().with_type::<(String, Vec<u8>)>().for_each(|(header, body)| {
            let at = NOW.0.div_euclid(1000);
            for header in
                [header.clone(), format!("t={at},v1={header}"), format!("t={header},v1=00")]
            {
                assert!(!is_good(&header, NOW, &[secret("whsec_1")], body));
            }
        });
    }
}
