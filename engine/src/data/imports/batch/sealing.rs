//! Sealing what a batch writes, and seeing whether it says anything new.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::platform::failure::Failure;
use crate::platform::keyring::{DataKey, KeyringError, Named, Place};

pub(super) fn key_of<'k>(
    keys: &'k HashMap<Named, DataKey>,
    owner: Uuid,
    label: &str,
) -> Result<&'k DataKey, Failure> {
    keys.get(&(owner, label.to_owned())).ok_or(Failure::Keyring(KeyringError::Gone))
}

pub(super) fn seal(
    key: &DataKey,
    place: Place<'_>,
    value: &impl Serialize,
) -> Result<Vec<u8>, Failure> {
    let plain = serde_json::to_vec(value).map_err(Failure::corrupt)?;
    key.seal(place, &plain).map_err(|e| Failure::Keyring(e.into()))
}

/// What was sealed, if it can be read.
pub(super) fn opened<T: DeserializeOwned>(
    key: &DataKey,
    place: Place<'_>,
    sealed: &[u8],
) -> Option<T> {
    serde_json::from_slice(&key.open(place, sealed).ok()?).ok()
}

pub(super) fn opens_to(
    key: &DataKey,
    place: Place<'_>,
    sealed: &[u8],
    value: &impl Serialize,
) -> bool {
    let plain = serde_json::to_vec(value);
    key.open(place, sealed).is_ok_and(|stored| plain.is_ok_and(|plain| stored.as_slice() == plain))
}
