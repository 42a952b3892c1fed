//! Seeing that nobody takes a second connection inside a transaction.
//!
//! Whoever holds one connection and waits for another may wait for ever: all who
//! hold the others may be waiting as well. Such a wait shows only under load, so
//! builds with debug assertions, and so all tests, fail at the first one.
//! (The keyring is another database, whose connections are held by nobody who
//! waits for this one.)

#[cfg(debug_assertions)]
pub(super) use watched::Inside;
#[cfg(debug_assertions)]
pub use watched::beside;

#[cfg(not(debug_assertions))]
pub(super) use unwatched::Inside;
#[cfg(not(debug_assertions))]
pub use unwatched::beside;

#[cfg(debug_assertions)]
mod watched {
    use std::collections::HashSet;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
    use std::thread::ThreadId;

    tokio::task_local! { static FLOW: u64; }

    /// Who holds a transaction: a task, a flow beside others in one, or a thread
    /// that runs a future by itself.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    enum Who {
        Flow(u64),
        Task(tokio::task::Id),
        Thread(ThreadId),
    }

    static OPEN: LazyLock<Mutex<HashSet<(usize, Who)>>> = LazyLock::new(Mutex::default);

    /// That somebody has a transaction open, for as long as it is kept.
    pub struct Inside((usize, Who));

    impl Inside {
        /// Fails if whoever calls has a transaction of this pool open.
        #[expect(clippy::panic, reason = "a defect that tests are to show")]
        pub fn refuse(pool: usize) {
            if open().contains(&(pool, who())) {
                panic!("a second connection is taken inside a transaction");
            }
        }

        /// The same, and from now on there is one.
        pub fn enter(pool: usize) -> Inside {
            Inside::refuse(pool);
            open().insert((pool, who()));
            Inside((pool, who()))
        }
    }

    impl Drop for Inside {
        fn drop(&mut self) {
            open().remove(&self.0);
        }
    }

    fn open() -> MutexGuard<'static, HashSet<(usize, Who)>> {
        OPEN.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something that goes on beside the rest of its task, and for which nothing in
    /// the task waits: it may take a connection of its own.
    pub async fn beside<F: Future>(flow: F) -> F::Output {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        FLOW.scope(NEXT.fetch_add(1, Ordering::Relaxed), flow).await
    }

    fn who() -> Who {
        if let Ok(flow) = FLOW.try_with(|flow| *flow) {
            return Who::Flow(flow);
        }
        tokio::task::try_id().map_or_else(|| Who::Thread(std::thread::current().id()), Who::Task)
    }
}

#[cfg(not(debug_assertions))]
mod unwatched {
    /// Nothing: nobody looks.
    pub struct Inside;

    impl Inside {
        pub fn refuse(_: usize) {}

        pub fn enter(_: usize) -> Inside {
            Inside
        }
    }

    /// It itself.
    pub async fn beside<F: Future>(flow: F) -> F::Output {
        flow.await
    }
}
