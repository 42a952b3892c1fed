//! Where a policy version stands.

/// The state of a policy version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Being written; only staff sees it.
    Draft,
    /// In force.
    Published,
    /// Was in force; stays readable, unchanged.
    Superseded,
}

impl State {
    /// The name under which it is stored and looked up in texts.
    pub fn name(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Published => "published",
            State::Superseded => "superseded",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<State> {
        [State::Draft, State::Published, State::Superseded]
            .into_iter()
            .find(|state| state.name() == name)
    }
}
