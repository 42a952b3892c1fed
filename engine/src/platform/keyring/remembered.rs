//! People's keys that a long request has read already.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::data_key::DataKey;
use super::named::Named;
use super::ring::Keyring;
use crate::platform::failure::Failure;
use crate::platform::tenancy::WriteTx;

/// How many are remembered.
const MOST: usize = 10_000;

/// Keys by name, for as long as a request lasts and all its transactions commit:
/// some may have been made in them.
///
/// It may be asked only about people whose rows the transaction holds and who are
/// not erased, because a key is destroyed only after its person was.
#[derive(Default)]
pub struct Remembered(Mutex<HashMap<Named, DataKey>>);

impl Keyring {
    /// The same as [`Keyring::ensure`], but what was read before is not read again.
    pub async fn ensure_remembered(
        &self,
        tx: &WriteTx,
        names: &[Named],
        remembered: &Remembered,
    ) -> Result<HashMap<Named, DataKey>, Failure> {
        let mut keys = remembered.some_of(names);
        let missing: Vec<Named> =
            names.iter().filter(|name| !keys.contains_key(*name)).cloned().collect();
        if !missing.is_empty() {
            let read = self.ensure(tx, &missing).await?;
            remembered.add(&read);
            keys.extend(read);
        }
        Ok(keys)
    }
}

impl Remembered {
    /// Forgets everything: a transaction did not commit, and what was made in it is
    /// nobody's key.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn some_of(&self, names: &[Named]) -> HashMap<Named, DataKey> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = |name: &Named| Some((name.clone(), known.get(name)?.clone()));
        names.iter().filter_map(found).collect()
    }

    fn add(&self, keys: &HashMap<Named, DataKey>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST.saturating_sub(known.len());
        known.extend(keys.iter().take(room).map(|(name, key)| (name.clone(), key.clone())));
    }
}
