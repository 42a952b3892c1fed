//! How somebody signed in, and for what they have to show once more who they
//! are.

/// How a session began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Address and password.
    Password,
    /// A passkey.
    Passkey,
    /// Another place that vouches for them.
    Provider,
}

/// What is confirmed once per task, just before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    /// Reading what is held.
    Disclosure,
    /// Downloading what is held.
    Export,
    /// Deleting what is held.
    Deletion,
    /// Changing how one signs in.
    Credentials,
    /// Putting a policy into force: what is kept how long, and what is deleted.
    Publication,
    /// Changing who gets in and where data goes: staff, providers, tokens, webhooks,
    /// Stripe.
    Settings,
    /// Letting data be used and deleted again that waited for a look.
    Release,
    /// Joining two people who are one.
    Joining,
}

impl Method {
    /// The name under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Method::Password => "password",
            Method::Passkey => "passkey",
            Method::Provider => "provider",
        }
    }

    /// The method of that name.
    pub fn named(name: &str) -> Option<Method> {
        [Method::Password, Method::Passkey, Method::Provider]
            .into_iter()
            .find(|method| method.name() == name)
    }
}

impl Task {
    /// Every task.
    pub const ALL: [Task; 8] = [
        Task::Disclosure,
        Task::Export,
        Task::Deletion,
        Task::Credentials,
        Task::Publication,
        Task::Settings,
        Task::Release,
        Task::Joining,
    ];

    /// Its name in addresses and where it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Task::Disclosure => "disclosure",
            Task::Export => "export",
            Task::Deletion => "deletion",
            Task::Credentials => "credentials",
            Task::Publication => "publication",
            Task::Settings => "settings",
            Task::Release => "release",
            Task::Joining => "joining",
        }
    }

    /// Whether nothing less than the second factor confirms it, for whoever has one:
    /// who could do it by the password alone could go on to have everything.
    pub fn needs_factor(self) -> bool {
        match self {
            Task::Disclosure | Task::Export | Task::Deletion => false,
            Task::Credentials
            | Task::Publication
            | Task::Settings
            | Task::Release
            | Task::Joining => true,
        }
    }

    /// The task of that name.
    pub fn named(name: &str) -> Option<Task> {
        Task::ALL.into_iter().find(|task| task.name() == name)
    }
}
