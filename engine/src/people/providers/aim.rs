//! What somebody was sent to a provider for.

use serde::{Deserialize, Serialize};

use crate::people::accounts::Task;

/// What the provider's word is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// Signing in.
    SignIn,
    /// Signing in with it from now on, for somebody who is signed in.
    Link,
    /// Showing once more who one is.
    Confirm(Task),
}

/// What was begun, as far as a page about it needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// The provider's name in addresses.
    pub slug: String,
    /// Its name on buttons.
    pub name: String,
    /// What for.
    pub aim: Aim,
    /// Where it was to go on, as a path of this portal; may be empty.
    pub next: String,
}

/// What is sealed while somebody is at a provider.
#[derive(Serialize, Deserialize)]
pub(super) struct Sent {
    pub provider: String,
    pub name: String,
    /// `sign-in`, `link`, or the name of a task.
    pub aim: String,
    pub next: String,
    pub state_hash: Vec<u8>,
    pub nonce: String,
    pub verifier: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// The kind of ceremony that this is.
pub(super) const SENT: &str = "provider";

impl Aim {
    pub(super) fn name(self) -> &'static str {
        match self {
            Aim::SignIn => "sign-in",
            Aim::Link => "link",
            Aim::Confirm(task) => task.name(),
        }
    }

    pub(super) fn named(name: &str) -> Option<Aim> {
        match name {
            "sign-in" => Some(Aim::SignIn),
            "link" => Some(Aim::Link),
            task => Task::named(task).map(Aim::Confirm),
        }
    }
}

impl Sent {
    pub fn begun(&self, aim: Aim) -> Begun {
        let (slug, name) = (self.provider.clone(), self.name.clone());
        Begun { slug, name, aim, next: self.next.clone() }
    }
}
