//! Who may do what: one table.

use serde::{Deserialize, Serialize};

/// The role of an account inside its tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Someone whose data is held.
    Customer,
    /// Runs the tenant: policy, settings, staff.
    Admin,
    /// Writes the policy, and leaves publishing to others.
    Editor,
    /// Reads what editors wrote, and publishes it.
    Approver,
    /// Handles requests.
    Support,
    /// Reads everything that staff can read, and changes nothing.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 6] =
        [Role::Customer, Role::Admin, Role::Editor, Role::Approver, Role::Support, Role::Auditor];

    /// The name under which it is stored and typed.
    pub fn name(self) -> &'static str {
        match self {
            Role::Customer => "customer",
            Role::Admin => "admin",
            Role::Editor => "editor",
            Role::Approver => "approver",
            Role::Support => "support",
            Role::Auditor => "auditor",
        }
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether the role works for the tenant.
    pub fn is_staff(self) -> bool {
        self != Role::Customer
    }
}

/// What a route or a use case asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Read what is published. Everybody may.
    ReadPublic,
    /// Sign in, or do what leads there. Everybody may, unless the tenant is
    /// suspended.
    SignIn,
    /// End one's own session. Everybody who is signed in may.
    EndOwnSession,
    /// See and change how one signs in oneself: password, second factor,
    /// sessions. Everybody who is signed in may.
    ManageOwnSignIn,
    /// See, export and delete what is held about oneself.
    ControlOwnData,
    /// Read drafts and checks of the policy.
    ReadDrafts,
    /// Change the draft of the policy.
    EditPolicy,
    /// Publish the draft.
    PublishPolicy,
    /// Read the list of requests.
    ReadRequests,
    /// Answer requests and messages.
    AnswerRequests,
    /// See who works for the tenant, and how people may sign in.
    ReadSettings,
    /// Invite staff, change their roles, remove them, and set how people sign in.
    ManageSettings,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Permission; 12] = [
        Permission::ReadPublic,
        Permission::SignIn,
        Permission::EndOwnSession,
        Permission::ManageOwnSignIn,
        Permission::ControlOwnData,
        Permission::ReadDrafts,
        Permission::EditPolicy,
        Permission::PublishPolicy,
        Permission::ReadRequests,
        Permission::AnswerRequests,
        Permission::ReadSettings,
        Permission::ManageSettings,
    ];

    /// Whether it may be used by someone in this role; `None` is a visitor.
    pub fn granted_to(self, role: Option<Role>) -> bool {
        let is = |among: &[Role]| role.is_some_and(|role| among.contains(&role));
        match self {
            Permission::ReadPublic | Permission::SignIn => true,
            Permission::EndOwnSession | Permission::ManageOwnSignIn => role.is_some(),
            Permission::ControlOwnData => is(&[Role::Customer]),
            Permission::ReadDrafts => {
                is(&[Role::Admin, Role::Editor, Role::Approver, Role::Auditor])
            }
            Permission::EditPolicy => is(&[Role::Admin, Role::Editor]),
            Permission::PublishPolicy => is(&[Role::Admin, Role::Approver]),
            Permission::ReadRequests => is(&[Role::Admin, Role::Support, Role::Auditor]),
            Permission::AnswerRequests => is(&[Role::Admin, Role::Support]),
            Permission::ReadSettings => is(&[Role::Admin, Role::Auditor]),
            Permission::ManageSettings => is(&[Role::Admin]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table, so that a change of it is a change of this test.
    #[test]
    fn permissions() {
        // A visitor, then the roles in their order: customer, admin, editor,
        // approver, support, auditor.
        let table = [
            (Permission::ReadPublic, "vcaepsu"),
            (Permission::SignIn, "vcaepsu"),
            (Permission::EndOwnSession, "-caepsu"),
            (Permission::ManageOwnSignIn, "-caepsu"),
            (Permission::ControlOwnData, "-c-----"),
            (Permission::ReadDrafts, "--aep-u"),
            (Permission::EditPolicy, "--ae---"),
            (Permission::PublishPolicy, "--a-p--"),
            (Permission::ReadRequests, "--a--su"),
            (Permission::AnswerRequests, "--a--s-"),
            (Permission::ReadSettings, "--a---u"),
            (Permission::ManageSettings, "--a----"),
        ];
        assert_eq!(table.len(), Permission::ALL.len());
        let roles = std::iter::once(None).chain(Role::ALL.map(Some)).zip("vcaepsu".chars());
        for (permission, expected) in table {
            let granted: String = roles
                .clone()
                .map(|(role, letter)| if permission.granted_to(role) { letter } else { '-' })
                .collect();
            assert_eq!(granted, expected, "{permission:?}");
        }
    }

    #[test]
    fn role_names_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("root"), None);
    }
}
