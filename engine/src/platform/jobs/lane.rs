//! Lanes: what waits for what.

/// Where a job waits. Each lane has workers of its own, so that none waits for
/// another, and a tenant has at most half of them, so that no tenant waits for
/// another either.
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
    pub fn workers(self) -> usize {
        match self {
            Lane::MailAndKeys | Lane::Webhooks => 4,
            Lane::Erasures | Lane::Exports | Lane::Tidying => 2,
        }
    }

    /// How many of them may be one tenant's.
    pub fn share(self) -> usize {
        self.workers() / 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_has_room_for_another_tenant() {
        assert!(Lane::ALL.is_sorted());
        for lane in Lane::ALL {
            assert!(lane.share() >= 1 && lane.share() < lane.workers(), "{lane:?}");
        }
    }
}
