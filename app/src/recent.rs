//! A table that remembers what was used last, and forgets what was not.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Values by key, at most so many: beyond that, the one goes that was not used for
/// the longest time.
pub struct Recent<K, V> {
    most: usize,
    /// Grows with every use.
    turn: u64,
    values: HashMap<K, (u64, V)>,
    used: BTreeMap<u64, K>,
}

impl<K: Copy + Eq + Hash, V: Copy + Default> Recent<K, V> {
    /// An empty one.
    pub fn at_most(most: usize) -> Recent<K, V> {
        Recent { most, turn: 0, values: HashMap::new(), used: BTreeMap::new() }
    }

    /// What is known of a key.
    pub fn get(&self, key: K) -> V {
        self.values.get(&key).map(|(_, value)| *value).unwrap_or_default()
    }

    /// Remembers a value: its key was used just now.
    pub fn set(&mut self, key: K, value: V) {
        self.turn += 1;
        if let Some((before, _)) = self.values.insert(key, (self.turn, value)) {
            self.used.remove(&before);
        }
        self.used.insert(self.turn, key);
        while self.values.len() > self.most {
            let Some((_, oldest)) = self.used.pop_first() else { return };
            self.values.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_for_the_longest_time_goes_first() {
        let mut recent = Recent::at_most(3);
        for key in [1, 2, 3, 1, 4] {
            recent.set(key, key * 10);
        }
        assert_eq!([1, 2, 3, 4].map(|key| recent.get(key)), [10, 0, 30, 40]);
        for key in 0..10_000 {
            recent.set(key, key);
        }
        assert_eq!((recent.values.len(), recent.used.len()), (3, 3));
        assert_eq!(recent.get(9_999), 9_999);
    }
}
