//! Taking turns: so many at a time for each, so that nobody's many keep the others
//! waiting.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Turns by whose they are: a tenant's, an address's. Those of whom nobody has a
/// turn or waits for one take no memory.
pub struct Turns<K> {
    each: usize,
    waiting: usize,
    queues: Mutex<HashMap<K, Arc<Queue>>>,
}

struct Queue {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// A turn, until it is dropped: given back before its place goes.
pub struct Turn<K: Eq + Hash + Clone> {
    _permit: OwnedSemaphorePermit,
    _place: Place<K>,
}

/// A place in a queue, which is forgotten with its last place.
struct Place<K: Eq + Hash + Clone> {
    turns: Arc<Turns<K>>,
    key: K,
    queue: Arc<Queue>,
}

impl<K: Eq + Hash + Clone> Turns<K> {
    /// So many for each at a time, while as many as `waiting` wait.
    pub fn new(each: usize, waiting: usize) -> Arc<Turns<K>> {
        Arc::new(Turns { each: each.max(1), waiting, queues: Mutex::default() })
    }

    /// A turn, if there is one now.
    pub fn try_take(self: &Arc<Self>, key: K) -> Option<Turn<K>> {
        let place = self.place(key);
        let permit = Arc::clone(&place.queue.turns).try_acquire_owned().ok()?;
        Some(Turn { _permit: permit, _place: place })
    }

    /// A turn, once there is one; none if too many wait already.
    pub async fn take(self: &Arc<Self>, key: K) -> Option<Turn<K>> {
        let place = self.place(key);
        if let Ok(permit) = Arc::clone(&place.queue.turns).try_acquire_owned() {
            return Some(Turn { _permit: permit, _place: place });
        }
        let waiting = Waiting(Arc::clone(&place.queue));
        if waiting.0.waiting.fetch_add(1, Ordering::AcqRel) >= self.waiting {
            return None;
        }
        let permit = Arc::clone(&place.queue.turns).acquire_owned().await.ok()?;
        Some(Turn { _permit: permit, _place: place })
    }

    fn place(self: &Arc<Self>, key: K) -> Place<K> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || {
            let turns = Arc::new(Semaphore::new(self.each));
            Arc::new(Queue { turns, waiting: AtomicUsize::new(0) })
        };
        let queue = Arc::clone(queues.entry(key.clone()).or_insert_with(fresh));
        Place { turns: Arc::clone(self), key, queue }
    }
}

struct Waiting(Arc<Queue>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

impl<K: Eq + Hash + Clone> Drop for Place<K> {
    fn drop(&mut self) {
        let mut queues = self.turns.queues.lock().unwrap_or_else(PoisonError::into_inner);
        // Places are made under this lock: besides the map's there is only this one.
        if Arc::strong_count(&self.queue) == 2 {
            queues.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn each_has_its_own_and_nothing_is_left_behind() {
        let turns = Turns::new(2, 0);
        let taken = [turns.try_take('a'), turns.try_take('a')];
        assert!(taken.iter().all(Option::is_some) && turns.try_take('a').is_none());
        assert!(turns.try_take('b').is_some(), "others are not concerned");
        drop(taken);
        assert!(turns.queues.lock().unwrap().is_empty());
        assert!(turns.try_take('a').is_some());
    }

    #[test]
    fn only_so_many_wait() {
        let turns = Turns::new(1, 1);
        let first = turns.try_take('a').unwrap();
        let mut second = Box::pin(turns.take('a'));
        assert!(second.as_mut().now_or_never().is_none(), "it waits");
        assert!(turns.take('a').now_or_never().unwrap().is_none(), "one more is one too many");
        drop(first);
        let second = second.now_or_never().unwrap();
        assert!(second.is_some() && turns.try_take('a').is_none());
        drop(second);
        // Whoever gives up waiting leaves no trace.
        let first = turns.try_take('a').unwrap();
        let mut given_up = Box::pin(turns.take('a'));
        assert!(given_up.as_mut().now_or_never().is_none());
        drop((given_up, first));
        assert!(turns.queues.lock().unwrap().is_empty());
    }
}
