//! What stands still, and why: one table.
//!
//! Two things are called a hold. The [`Hold`](crate::policy::facts::Hold) of a policy
//! is a law that demands to keep some categories for a stated time, of everybody. A
//! hold here is about one person, or one category, because something has happened: a
//! request, a report, a decision. It begins, and it ends when that is over.

use crate::requests::{Right, State};

/// Why something stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// An erasure is under way (GDPR art. 17; L10). What is left is only for it, so it
    /// stops everything but itself, and nobody is signed in any more.
    Erasure,
    /// An erasure was asked for, and can still be taken back. Nothing more is done with
    /// the data; the person can look, take the wish back, or have it done now.
    ErasurePutOff,
    /// Somebody says that the data is a child's, and nobody knows who says so (L13,
    /// E22). Anybody can write that, so it only keeps rules from deleting what is to be
    /// looked at.
    ChildReported,
    /// The same once the reporter's address is shown to be theirs, or a person at the
    /// desk agrees (L13, E22): the company's use stops.
    ChildVouched,
    /// Somebody waits for an answer about what is held (art. 15 and 20; CCPA 1798.110).
    /// What they asked for is not swept away before; "delete now" is their own wish, and
    /// does not wait.
    Access,
    /// The person wants the data kept and not used (art. 18(1)). Stored it may be
    /// (art. 18(2)), and what arrives is stored too.
    Restriction,
    /// An objection is not decided yet (art. 21(1) with 18(1)(d)).
    Objection,
    /// A person of the company has recorded that a claim needs the data (art. 17(3)(e)).
    Legal,
    /// A backup was put back, and with it data whose time was over. A person decides
    /// before it is used or swept; that it is held is not kept from whose it is.
    Restored,
}

/// What may have to stand still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// Taking in what the company's systems tell anew.
    NewData,
    /// The company's own use, as it asks before each.
    Use,
    /// Deleting by a rule of the policy whose time has run.
    Sweep,
    /// Deleting because the person, or the company for them, wants it.
    Erasure,
    /// Showing and giving the person what is held about them, and all that they do
    /// with it themselves: signing in, the dashboard, exports, corrections.
    Disclosure,
    /// Deleting everything, when the company stops using the portal.
    Offboarding,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 9] = [
        Reason::Erasure,
        Reason::ErasurePutOff,
        Reason::ChildReported,
        Reason::ChildVouched,
        Reason::Access,
        Reason::Restriction,
        Reason::Objection,
        Reason::Legal,
        Reason::Restored,
    ];

    /// The name under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Erasure => "erasure",
            Reason::ErasurePutOff => "erasure-put-off",
            Reason::ChildReported => "child-reported",
            Reason::ChildVouched => "child-vouched",
            Reason::Access => "access",
            Reason::Restriction => "restriction",
            Reason::Objection => "objection",
            Reason::Legal => "legal",
            Reason::Restored => "restored",
        }
    }

    /// The reason of that name.
    pub fn named(name: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// The one table of what stops what.
    pub fn blocks(self, act: Act) -> bool {
        use Act::{Erasure, NewData, Offboarding, Sweep, Use};
        match self {
            Reason::Erasure => act != Erasure,
            // Its time may run on: what is due is due, whether the wish is kept or not.
            Reason::ErasurePutOff => matches!(act, NewData | Use | Offboarding),
            Reason::ChildReported => act == Sweep,
            Reason::ChildVouched => matches!(act, NewData | Use | Sweep),
            Reason::Access => matches!(act, Sweep | Offboarding),
            Reason::Restriction | Reason::Objection => matches!(act, Use | Sweep | Offboarding),
            Reason::Legal => matches!(act, Sweep | Erasure | Offboarding),
            Reason::Restored => matches!(act, Use | Sweep),
        }
    }

    /// What a request of the person makes stand still as soon as it is open.
    pub fn of(right: Right) -> Option<Reason> {
        match right {
            Right::Erasure => Some(Reason::Erasure),
            Right::Access | Right::Portability | Right::KnowCategories | Right::KnowPieces => {
                Some(Reason::Access)
            }
            Right::Restriction => Some(Reason::Restriction),
            Right::Objection => Some(Reason::Objection),
            Right::Correction
            | Right::Delete
            | Right::Correct
            | Right::OptOut
            | Right::Limit
            | Right::Complaint => None,
        }
    }

    /// Whether it goes on when the request that it came from is closed so. A
    /// restriction that was granted has only begun (art. 18(3)).
    pub fn outlives(self, closed: State) -> bool {
        self == Reason::Restriction && matches!(closed, State::Fulfilled | State::PartlyFulfilled)
    }
}

impl Act {
    /// Every act.
    pub const ALL: [Act; 6] =
        [Act::NewData, Act::Use, Act::Sweep, Act::Erasure, Act::Disclosure, Act::Offboarding];
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table, so that a change of it is a change of this test.
    #[test]
    fn what_stops_what() {
        // New data, use, sweep, erasure, disclosure, offboarding.
        let table = [
            (Reason::Erasure, "nus-do"),
            (Reason::ErasurePutOff, "nu---o"),
            (Reason::ChildReported, "--s---"),
            (Reason::ChildVouched, "nus---"),
            (Reason::Access, "--s--o"),
            (Reason::Restriction, "-us--o"),
            (Reason::Objection, "-us--o"),
            (Reason::Legal, "--se-o"),
            (Reason::Restored, "-us---"),
        ];
        assert_eq!(table.map(|(reason, _)| reason), Reason::ALL);
        for (reason, expected) in table {
            let stopped: String = Act::ALL
                .into_iter()
                .zip("nusedo".chars())
                .map(|(act, letter)| if reason.blocks(act) { letter } else { '-' })
                .collect();
            assert_eq!(stopped, expected, "{reason:?}");
        }
    }

    #[test]
    fn every_reason_stops_something_and_everything_is_stopped_by_something() {
        for reason in Reason::ALL {
            assert!(Act::ALL.into_iter().any(|act| reason.blocks(act)), "{reason:?}");
        }
        for act in Act::ALL {
            assert!(Reason::ALL.into_iter().any(|reason| reason.blocks(act)), "{act:?}");
        }
    }

    #[test]
    fn an_erasure_stops_for_nothing_but_a_recorded_claim() {
        for reason in Reason::ALL {
            assert_eq!(reason.blocks(Act::Erasure), reason == Reason::Legal, "{reason:?}");
        }
    }

    #[test]
    fn nothing_is_kept_from_a_person_but_by_their_own_erasure() {
        for reason in Reason::ALL {
            assert_eq!(reason.blocks(Act::Disclosure), reason == Reason::Erasure, "{reason:?}");
        }
    }

    #[test]
    fn what_is_not_taken_in_is_not_used_and_what_is_not_erased_is_not_swept() {
        for reason in Reason::ALL {
            assert!(!reason.blocks(Act::NewData) || reason.blocks(Act::Use), "{reason:?}");
            // What may not go at the person's wish does not go by a rule either.
            assert!(!reason.blocks(Act::Erasure) || reason.blocks(Act::Sweep), "{reason:?}");
        }
    }

    #[test]
    fn l13_e22_a_report_alone_delays_rules_and_nothing_else() {
        for act in Act::ALL {
            assert_eq!(Reason::ChildReported.blocks(act), act == Act::Sweep, "{act:?}");
            // Vouched for, it stops more, never less.
            assert!(!Reason::ChildReported.blocks(act) || Reason::ChildVouched.blocks(act));
        }
        for act in [Act::Erasure, Act::Disclosure] {
            assert!(!Reason::ChildVouched.blocks(act), "{act:?}");
        }
    }

    #[test]
    fn what_a_request_stops_ends_with_it_unless_it_was_granted_a_restriction() {
        for right in Right::ALL {
            let Some(reason) = Reason::of(right) else { continue };
            for state in State::ALL {
                let granted = matches!(state, State::Fulfilled | State::PartlyFulfilled);
                let goes_on = right == Right::Restriction && granted;
                assert_eq!(reason.outlives(state), goes_on, "{right:?} {state:?}");
            }
        }
        assert_eq!(Reason::of(Right::Erasure), Some(Reason::Erasure));
        assert_eq!(Reason::of(Right::KnowPieces), Some(Reason::Access));
        assert_eq!(Reason::of(Right::Objection), Some(Reason::Objection));
        assert_eq!(Reason::of(Right::Complaint), None);
    }

    #[test]
    fn names_read_back() {
        for reason in Reason::ALL {
            assert_eq!(Reason::named(reason.name()), Some(reason));
        }
        assert_eq!(Reason::named("tax"), None);
    }
}
