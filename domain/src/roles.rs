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
    /// Handles requests.
    Support,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Customer, Role::Admin, Role::Support];

    /// The name under which it is stored and typed.
    pub fn name(self) -> &'static str {
        match self {
            Role::Customer => "customer",
            Role::Admin => "admin",
            Role::Support => "support",
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
    /// End one's own session. Everybody who is signed in may.
    EndOwnSession,
    /// See, export and delete what is held about oneself.
    ControlOwnData,
    /// Read drafts, change and publish the policy.
    EditPolicy,
    /// Read the list of requests.
    ReadRequests,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Permission; 5] = [
        Permission::ReadPublic,
        Permission::EndOwnSession,
        Permission::ControlOwnData,
        Permission::EditPolicy,
        Permission::ReadRequests,
    ];

    /// Whether it may be used by someone in this role; `None` is a visitor.
    pub fn granted_to(self, role: Option<Role>) -> bool {
        match self {
            Permission::ReadPublic => true,
            Permission::EndOwnSession => role.is_some(),
            Permission::ControlOwnData => role == Some(Role::Customer),
            Permission::EditPolicy => role == Some(Role::Admin),
            Permission::ReadRequests => matches!(role, Some(Role::Support | Role::Admin)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table, so that a change of it is a change of this test.
    #[test]
    fn permissions() {
        let roles = [None, Some(Role::Customer), Some(Role::Admin), Some(Role::Support)];
        let table = [
            (Permission::ReadPublic, [true, true, true, true]),
            (Permission::EndOwnSession, [false, true, true, true]),
            (Permission::ControlOwnData, [false, true, false, false]),
            (Permission::EditPolicy, [false, false, true, false]),
            (Permission::ReadRequests, [false, false, true, true]),
        ];
        assert_eq!(table.len(), Permission::ALL.len());
        for (permission, expected) in table {
            assert_eq!(roles.map(|role| permission.granted_to(role)), expected, "{permission:?}");
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
