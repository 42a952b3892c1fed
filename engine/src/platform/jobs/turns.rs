//! Whose turn it is.

use std::collections::HashMap;

use domain::identifiers::TenantId;

use super::kind::Kind;
use super::lane::Lane;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::storage::Timestamp;
use crate::platform::tenancy::{Claimed, Due, Wanted};

/// For how long a worker has a job before another may take it, in seconds. It is
/// renewed while the job runs, so that only what a dead worker had is taken.
pub(super) const CLAIM: i64 = 20;
/// How many jobs of a kind are looked at before all tenants that have some are.
const FIRST: u64 = 16;

/// A job that is this process's to run.
pub(super) struct Taken {
    pub kind: Kind,
    pub claimed: Claimed,
}

/// What this process runs, and whose turn was last in each lane.
#[derive(Default)]
pub(super) struct Turns {
    running: HashMap<(Lane, TenantId), usize>,
    last: HashMap<Lane, TenantId>,
}

impl Turns {
    /// Takes the next job: of the most urgent lane that has room, of the tenant
    /// that has the fewest running there, and among several of whoever's turn is
    /// next, the one that has waited longest.
    pub async fn take(
        &mut self,
        engine: &Engine,
        now: Timestamp,
    ) -> Result<Option<Taken>, Failure> {
        let open: Vec<Kind> = engine.kinds.iter().filter(|kind| self.has_room(kind.lane)).collect();
        let across = engine.db.across();
        let all: Vec<Wanted> = open.iter().map(wanted).collect();
        let due = across.due(&all, now, FIRST).await?;
        for lane in Lane::ALL {
            let mut candidates = Vec::new();
            for kind in open.iter().filter(|kind| kind.lane == lane) {
                let mut some: Vec<&Due> = due.iter().filter(|due| due.kind == kind.name).collect();
                let rest = match u64::try_from(some.len()) {
                    // One tenant may have many: look who else has any.
                    Ok(FIRST..) => across.each_due(wanted(kind), now).await?,
                    _ => Vec::new(),
                };
                some.extend(&rest);
                candidates.extend(some.into_iter().map(|due| (due.tenant, due.run_at, *kind)));
            }
            for (tenant, kind) in self.in_turn(lane, candidates) {
                let until = now.plus_seconds(CLAIM);
                // Another node may have been faster.
                if let Some(claimed) = across.claim(wanted(&kind), tenant, now, until).await? {
                    self.last.insert(lane, tenant);
                    return Ok(Some(Taken { kind, claimed }));
                }
            }
        }
        Ok(None)
    }

    /// A job was begun.
    pub fn begun(&mut self, lane: Lane, tenant: TenantId) {
        *self.running.entry((lane, tenant)).or_default() += 1;
    }

    /// A job has ended.
    pub fn ended(&mut self, lane: Lane, tenant: TenantId) {
        if let Some(running) = self.running.get_mut(&(lane, tenant)) {
            *running = running.saturating_sub(1);
        }
        self.running.retain(|_, running| *running > 0);
    }

    fn has_room(&self, lane: Lane) -> bool {
        self.busy(lane) < lane.workers()
    }

    fn busy(&self, lane: Lane) -> usize {
        let all = self.running.iter().filter(|((of, _), _)| *of == lane);
        all.map(|(_, running)| running).sum()
    }

    /// The tenants that may have a job of the lane begun, in the order of their
    /// turns, each with the kind of what it has waited for longest.
    fn in_turn(
        &self,
        lane: Lane,
        mut candidates: Vec<(TenantId, Timestamp, Kind)>,
    ) -> Vec<(TenantId, Kind)> {
        let last = self.last.get(&lane).map_or(i64::MIN, |tenant| tenant.0);
        let running =
            |tenant: TenantId| self.running.get(&(lane, tenant)).copied().unwrap_or_default();
        let only_reserve = self.busy(lane) >= lane.workers() - lane.reserve();
        let share = if only_reserve { 1 } else { lane.share() };
        candidates.retain(|(tenant, ..)| running(*tenant) < share);
        candidates.sort_by_key(|(tenant, run_at, _)| {
            (running(*tenant), tenant.0 <= last, tenant.0, *run_at)
        });
        candidates.dedup_by_key(|(tenant, ..)| *tenant);
        candidates.into_iter().map(|(tenant, _, kind)| (tenant, kind)).collect()
    }
}

fn wanted(kind: &Kind) -> Wanted {
    Wanted { kind: kind.name, format: kind.format }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde::{Deserialize, Serialize};

    use super::super::job::{Job, With};
    use super::*;

    #[derive(Serialize, Deserialize)]
    struct Idle;

    impl Job for Idle {
        const NAME: &'static str = "idle";
        const LANE: Lane = Lane::MailAndKeys;
        const LIMIT: Duration = Duration::from_secs(1);
        async fn run(self, _: With<'_>) -> Result<(), Failure> {
            Ok(())
        }
    }

    const LANE: Lane = Lane::MailAndKeys;

    fn order(turns: &Turns, due: &[(i64, i64)]) -> Vec<i64> {
        let due =
            due.iter().map(|(tenant, at)| (TenantId(*tenant), Timestamp(*at), Kind::of::<Idle>()));
        turns.in_turn(LANE, due.collect()).into_iter().map(|(tenant, _)| tenant.0).collect()
    }

    #[test]
    fn whoever_has_fewest_running_is_next_and_then_it_goes_round() {
        let mut turns = Turns::default();
        let due = [(1, 5), (1, 1), (2, 9), (3, 2)];
        assert_eq!(order(&turns, &due), [1, 2, 3]);
        turns.last.insert(LANE, TenantId(1));
        assert_eq!(order(&turns, &due), [2, 3, 1]);
        turns.begun(LANE, TenantId(2));
        assert_eq!(order(&turns, &due), [3, 1, 2]);
    }

    #[test]
    fn nobody_has_more_than_a_share_and_a_full_lane_has_no_room() {
        let mut turns = Turns::default();
        for _ in 0..LANE.share() {
            turns.begun(LANE, TenantId(1));
        }
        assert_eq!(order(&turns, &[(1, 1), (2, 1)]), [2]);
        assert!(turns.has_room(LANE));
        for _ in LANE.share()..LANE.workers() {
            turns.begun(LANE, TenantId(2));
        }
        assert!(!turns.has_room(LANE) && turns.has_room(Lane::Webhooks));
        turns.ended(LANE, TenantId(2));
        assert!(turns.has_room(LANE));
    }

    #[test]
    fn a_few_that_are_stuck_leave_room_for_who_has_none() {
        for lane in Lane::ALL {
            let mut turns = Turns::default();
            let mut tenants = 0;
            let due = |tenant| vec![(TenantId(tenant), Timestamp(1), Kind::of::<Idle>())];
            // Each has as much to do as it may.
            while lane.workers() - turns.busy(lane) > lane.reserve() {
                tenants += 1;
                while !turns.in_turn(lane, due(tenants)).is_empty() {
                    turns.begun(lane, TenantId(tenants));
                }
            }
            assert!(turns.in_turn(lane, due(1)).is_empty(), "{lane:?}");
            assert!(!turns.in_turn(lane, due(99)).is_empty(), "{lane:?}");
            assert!(tenants >= 2, "{lane:?}");
        }
    }
}
