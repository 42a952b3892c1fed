//! The exercise of a right: kinds, regimes, states and their transitions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a person may ask for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// GDPR art. 15.
    Access,
    /// GDPR art. 20.
    Portability,
    /// GDPR art. 16.
    Correction,
    /// GDPR art. 17.
    Erasure,
    /// GDPR art. 18.
    Restriction,
    /// GDPR art. 21.
    Objection,
    /// CCPA 1798.100 and 1798.110, by categories.
    KnowCategories,
    /// CCPA 1798.110, the specific pieces.
    KnowPieces,
    /// CCPA 1798.105.
    Delete,
    /// CCPA 1798.106.
    Correct,
    /// CCPA 1798.120.
    OptOut,
    /// CCPA 1798.121.
    Limit,
    /// GDPR art. 77; UK Data (Use and Access) Act 2025.
    Complaint,
}

impl Right {
    /// Every right.
    pub const ALL: [Right; 13] = [
        Right::Access,
        Right::Portability,
        Right::Correction,
        Right::Erasure,
        Right::Restriction,
        Right::Objection,
        Right::KnowCategories,
        Right::KnowPieces,
        Right::Delete,
        Right::Correct,
        Right::OptOut,
        Right::Limit,
        Right::Complaint,
    ];

    /// The name under which it is stored, shown in files and looked up in texts.
    pub fn name(self) -> &'static str {
        match self {
            Right::Access => "access",
            Right::Portability => "portability",
            Right::Correction => "correction",
            Right::Erasure => "erasure",
            Right::Restriction => "restriction",
            Right::Objection => "objection",
            Right::KnowCategories => "know-categories",
            Right::KnowPieces => "know-pieces",
            Right::Delete => "delete",
            Right::Correct => "correct",
            Right::OptOut => "opt-out",
            Right::Limit => "limit",
            Right::Complaint => "complaint",
        }
    }

    /// The right of that name.
    pub fn named(name: &str) -> Option<Right> {
        Right::ALL.into_iter().find(|right| right.name() == name)
    }
}

/// The law, or promise, under which a right is exercised.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// Regulation (EU) 2016/679.
    Gdpr,
    /// The same as retained in the United Kingdom.
    UkGdpr,
    /// California Civil Code 1798.100 and following.
    Ccpa,
    /// What the company itself promises to everybody.
    Promise,
}

impl Regime {
    /// Every regime.
    pub const ALL: [Regime; 4] = [Regime::Gdpr, Regime::UkGdpr, Regime::Ccpa, Regime::Promise];

    /// The name under which it is stored and looked up in texts.
    pub fn name(self) -> &'static str {
        match self {
            Regime::Gdpr => "gdpr",
            Regime::UkGdpr => "uk-gdpr",
            Regime::Ccpa => "ccpa",
            Regime::Promise => "promise",
        }
    }

    /// The regime of that name.
    pub fn named(name: &str) -> Option<Regime> {
        Regime::ALL.into_iter().find(|regime| regime.name() == name)
    }
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It has arrived.
    Received,
    /// The person's identity is being established.
    Verifying,
    /// It is being carried out.
    InProgress,
    /// The person has to answer first.
    WaitingForPerson,
    /// Done, wholly.
    Fulfilled,
    /// Done in part; the rest is refused with its ground.
    PartlyFulfilled,
    /// Refused with its ground.
    Refused,
    /// The person took it back.
    Withdrawn,
    /// The person never answered.
    Lapsed,
}

impl State {
    /// Every state.
    pub const ALL: [State; 9] = [
        State::Received,
        State::Verifying,
        State::InProgress,
        State::WaitingForPerson,
        State::Fulfilled,
        State::PartlyFulfilled,
        State::Refused,
        State::Withdrawn,
        State::Lapsed,
    ];

    /// The name under which it is stored and looked up in texts.
    pub fn name(self) -> &'static str {
        match self {
            State::Received => "received",
            State::Verifying => "verifying",
            State::InProgress => "in-progress",
            State::WaitingForPerson => "waiting-for-person",
            State::Fulfilled => "fulfilled",
            State::PartlyFulfilled => "partly-fulfilled",
            State::Refused => "refused",
            State::Withdrawn => "withdrawn",
            State::Lapsed => "lapsed",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether nothing more will happen.
    pub fn is_closed(self) -> bool {
        matches!(
            self,
            State::Fulfilled
                | State::PartlyFulfilled
                | State::Refused
                | State::Withdrawn
                | State::Lapsed
        )
    }

    /// The one table of transitions.
    pub fn may_become(self, next: State) -> bool {
        use State::*;
        match self {
            Received => matches!(next, Verifying | InProgress | Withdrawn | Refused),
            Verifying => matches!(next, InProgress | Refused | Withdrawn | Lapsed),
            InProgress => {
                matches!(next, WaitingForPerson | Fulfilled | PartlyFulfilled | Refused | Withdrawn)
            }
            WaitingForPerson => matches!(next, InProgress | Refused | Withdrawn | Lapsed),
            Fulfilled | PartlyFulfilled | Refused | Withdrawn | Lapsed => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for right in Right::ALL {
            assert_eq!(Right::named(right.name()), Some(right));
        }
        for regime in Regime::ALL {
            assert_eq!(Regime::named(regime.name()), Some(regime));
        }
        for state in State::ALL {
            assert_eq!(State::named(state.name()), Some(state));
        }
    }

    #[test]
    fn a_closed_request_stays_closed_and_an_open_one_can_be_closed() {
        for state in State::ALL {
            let leads_on = State::ALL.into_iter().any(|next| state.may_become(next));
            assert_eq!(leads_on, !state.is_closed(), "{state:?}");
        }
    }
}
