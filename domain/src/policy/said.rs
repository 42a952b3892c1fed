//! What a fact says in one of its fields, and whether the tenant itself says so.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What stands in a field that may be an assumption.
///
/// It is read through its fact, which knows: `rule.period()`, not `rule.period`.
/// Whoever needs the value itself, as the studio does, says so by [`Noted::unproven`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Noted<T>(T);

impl<T> Noted<T> {
    /// The value, whether it is stated or only assumed: for the tenant's own staff and
    /// the check of the policy. What customers read, what is signed and what is carried
    /// out never takes this way.
    pub fn unproven(&self) -> &T {
        &self.0
    }

    pub(super) fn past_the_fact(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Noted<T> {
    fn from(value: T) -> Noted<T> {
        Noted(value)
    }
}

impl From<&str> for Noted<String> {
    fn from(value: &str) -> Noted<String> {
        Noted(value.to_owned())
    }
}

/// What the tenant itself says in a field of a fact.
///
/// An assumption carries no value here, so that none can be printed as a promise,
/// signed or carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<T> {
    /// The tenant's own statement.
    Stated(T),
    /// The portal needed something, and the tenant has not stated it yet.
    Assumed,
    /// The field is not filled in.
    Nothing,
}

impl<T> Said<T> {
    /// The statement.
    pub fn stated(self) -> Option<T> {
        match self {
            Said::Stated(value) => Some(value),
            Said::Assumed | Said::Nothing => None,
        }
    }

    /// Whether the tenant has yet to state it.
    pub fn is_assumed(&self) -> bool {
        matches!(self, Said::Assumed)
    }

    /// The same of what is made of the statement.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Said<U> {
        match self {
            Said::Stated(value) => Said::Stated(make(value)),
            Said::Assumed => Said::Assumed,
            Said::Nothing => Said::Nothing,
        }
    }
}
