//! Lanes: what waits for what.

/// Where a job waits. Each lane has workers of its own, so that none waits for
/// another. A tenant has few of them, and the last ones go to who has none: so that it
/// takes many tenants that are stuck at the same time before another one waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// What somebody waits for in front of a screen, and keys that must go.
    MailAndKeys,
    /// Erasures.
    Erasures,
    /// What other systems are told and asked.
    Webhooks,
    /// Downloads of everything held.
    Exports,
    /// What goes because its time is over.
    Tidying,
}

impl Lane {
    /// Every lane, the most urgent first: the order in which they are looked at.
    pub const ALL: [Lane; 5] =
        [Lane::MailAndKeys, Lane::Erasures, Lane::Webhooks, Lane::Exports, Lane::Tidying];

    /// How many of its jobs run at once in a process.
    ///
    /// Mails and webhooks mostly wait for other servers, and cost next to nothing.
    pub fn workers(self) -> usize {
        match self {
            Lane::MailAndKeys | Lane::Webhooks => 32,
            Lane::Erasures | Lane::Exports | Lane::Tidying => 4,
        }
    }

    /// How many of them may be one tenant's.
    pub fn share(self) -> usize {
        match self {
            Lane::MailAndKeys | Lane::Webhooks => 4,
            Lane::Erasures | Lane::Exports | Lane::Tidying => 1,
        }
    }

    /// How many are left to tenants that have none.
    pub fn reserve(self) -> usize {
        self.workers() / 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_has_room_for_another_tenant() {
        assert!(Lane::ALL.is_sorted());
        for lane in Lane::ALL {
            let shared = lane.workers() - lane.reserve();
            assert!(lane.share() >= 1 && lane.share() < shared, "{lane:?}");
            assert!(lane.reserve() >= 1, "{lane:?}");
        }
    }
}
