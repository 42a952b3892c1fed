//! This tenant, as browsers and authenticators know it.

use domain::identifiers::TenantId;
use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder};

use crate::engine::Engine;
use crate::platform::failure::Failure;

/// The relying party is the tenant's canonical host and nothing above it: its
/// siblings are other tenants. Neither comes from a request.
pub(super) fn relying_party(engine: &Engine, tenant: TenantId) -> Result<Webauthn, Failure> {
    let host = engine.canonical_host(tenant)?;
    let origin = Url::parse(&engine.link(tenant, "")?).map_err(Failure::corrupt)?;
    let head = engine.directory.tenant(tenant);
    let name = head.map_or_else(|| host.clone(), |head| head.name.clone());
    WebauthnBuilder::new(&host, &origin)
        .and_then(|builder| builder.rp_name(&name).build())
        .map_err(Failure::corrupt)
}
