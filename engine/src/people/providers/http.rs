//! How the libraries of OpenID and OAuth 2 ask: through the one client.

use std::pin::Pin;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

use crate::platform::egress::{Egress, EgressError};

/// The portal's client for outgoing requests, as the libraries want it.
pub(super) struct Asks<'e>(pub &'e Egress);

impl<'c> AsyncHttpClient<'c> for Asks<'_> {
    type Error = EgressError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, EgressError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.0.send(request))
    }
}
