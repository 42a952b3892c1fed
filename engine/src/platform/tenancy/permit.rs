//! What a handle on a tenant's data is had for.

use domain::identifiers::TenantId;

/// That somebody may do something in a tenant.
///
/// Only a [`Scope`](crate::Scope) makes one, after it has looked whether its actor may;
/// and only for one is there a handle on the tenant's data. So a use case that forgets
/// to ask does not compile:
///
/// ```no_run
/// # use domain::roles::Permission;
/// # use engine::{Engine, Failure, Scope};
/// # async fn requests(engine: &Engine, scope: &Scope) -> Result<(), Failure> {
/// let tx = engine.tenant(scope.permit(Permission::ReadRequests)?).read().await?;
/// # Ok(()) }
/// ```
///
/// ```compile_fail
/// # use domain::roles::Permission;
/// # use engine::{Engine, Failure, Scope};
/// # async fn requests(engine: &Engine, scope: &Scope) -> Result<(), Failure> {
/// let tx = engine.tenant(scope.tenant).read().await?;
/// # Ok(()) }
/// ```
///
/// Neither is one made by hand, of the tenant's number:
///
/// ```
/// # use domain::{identifiers::TenantId, roles::Permission};
/// # use engine::{Failure, Scope, tenancy::Permit};
/// fn permit(scope: &Scope) -> Result<Permit, Failure> {
///     scope.permit(Permission::ReadRequests)
/// }
/// ```
///
/// ```compile_fail
/// # use domain::{identifiers::TenantId, roles::Permission};
/// # use engine::{Failure, Scope, tenancy::Permit};
/// fn permit(scope: &Scope) -> Result<Permit, Failure> {
///     Ok(Permit { tenant: scope.tenant })
/// }
/// ```
///
/// What everybody may says so as well, by `Permission::ReadPublic` or `SignIn`.
#[derive(Debug, Clone, Copy)]
pub struct Permit {
    tenant: TenantId,
}

impl Permit {
    /// Of an actor that was looked at. Made in `scope.rs` alone.
    pub(in crate::platform) fn checked(tenant: TenantId) -> Permit {
        Permit { tenant }
    }

    /// For the bookkeeping of jobs, before it is known what they are.
    pub(in crate::platform) fn of_the_portal(tenant: TenantId) -> Permit {
        Permit { tenant }
    }

    pub(super) fn tenant(self) -> TenantId {
        self.tenant
    }
}
