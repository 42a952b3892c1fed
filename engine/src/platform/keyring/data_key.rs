//! One key, and what it seals.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::identifiers::TenantId;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// A key of 256 bits.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

/// Where a sealed value belongs. It is authenticated with the value, so that a
/// value moved to another row, person or tenant does not open.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The tenant.
    pub tenant: TenantId,
    /// The subject, organisation, request or export.
    pub owner: Uuid,
    /// The category, or what else is sealed.
    pub label: &'a str,
    /// The row.
    pub row: Uuid,
    /// The column.
    pub column: &'static str,
}

/// A sealed value that does not open: its key is gone or not its own, or it was
/// changed or moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open")]
pub struct Unsealable;

impl DataKey {
    /// A new random key.
    pub fn generate() -> Result<DataKey, getrandom::Error> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut_slice())?;
        Ok(DataKey(bytes))
    }

    /// The key of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<DataKey, Unsealable> {
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| Unsealable)?;
        Ok(DataKey(Zeroizing::new(bytes)))
    }

    /// The bytes, to wrap them or to derive a signing key.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals a value with XChaCha20-Poly1305: a random nonce, then the text.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| Unsealable)?;
        let payload = Payload { msg: plain, aad: &place.bytes() };
        let sealed =
            self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| Unsealable)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens a sealed value.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealable> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(Unsealable)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Unsealable)?;
        let payload = Payload { msg: sealed, aad: &place.bytes() };
        self.cipher()
            .decrypt(&XNonce::from(nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| Unsealable)
    }

    /// HMAC-SHA256: how something is looked up without being stored.
    pub fn hash(&self, what: &str, text: &[u8]) -> Vec<u8> {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(self.0.as_slice())
            .expect("HMAC takes a key of any length");
        mac.update(what.as_bytes());
        mac.update(&[0]);
        mac.update(text);
        mac.finalize().into_bytes().to_vec()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.0))
    }
}

impl Place<'_> {
    /// Unambiguous: every part is of fixed length or preceded by its length.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(96);
        bytes.extend(self.tenant.0.to_be_bytes());
        bytes.extend(self.owner.as_bytes());
        bytes.extend(self.row.as_bytes());
        for text in [self.label, self.column] {
            bytes.extend((text.len() as u64).to_be_bytes());
            bytes.extend(text.as_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(row: u128) -> Place<'static> {
        Place {
            tenant: TenantId(1),
            owner: Uuid::from_u128(1),
            label: "account",
            row: Uuid::from_u128(row),
            column: "sealed",
        }
    }

    #[test]
    fn a_value_opens_only_where_it_belongs() {
        let key = DataKey::generate().unwrap();
        let sealed = key.seal(place(1), b"hello").unwrap();
        assert_eq!(key.open(place(1), &sealed).unwrap().as_slice(), b"hello");
        let elsewhere = [
            place(2),
            Place { tenant: TenantId(2), ..place(1) },
            Place { owner: Uuid::from_u128(2), ..place(1) },
            Place { label: "payment", ..place(1) },
            Place { column: "other", ..place(1) },
        ];
        for other in elsewhere {
            assert!(key.open(other, &sealed).is_err(), "{other:?}");
        }
        assert!(DataKey::generate().unwrap().open(place(1), &sealed).is_err());
    }

    proptest! {
        #[test]
        fn what_was_changed_does_not_open(byte in 0usize..45, bit in 0u8..8) {
            let key = DataKey::generate().unwrap();
            let mut sealed = key.seal(place(1), b"hello").unwrap();
            sealed[byte] ^= 1 << bit;
            prop_assert!(key.open(place(1), &sealed).is_err());
        }

        #[test]
        fn garbage_does_not_panic(garbage: Vec<u8>) {
            let key = DataKey::generate().unwrap();
            prop_assert!(key.open(place(1), &garbage).is_err());
        }
    }
}
