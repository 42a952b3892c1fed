//! How the libraries of OpenID and OAuth 2 ask: through the one client.

use std::pin::Pin;

use domain::json::ANSWER;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use serde_json::{Map, Value};

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

/// The same, of whose answers these fields alone are read: an odd one that nobody needs
/// refuses no sign-in.
pub(super) struct AsksFor<'e>(pub &'e Egress, pub &'static [&'static str]);

impl<'c> AsyncHttpClient<'c> for AsksFor<'_> {
    type Error = EgressError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, EgressError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let mut answer = self.0.send(request).await?;
            // What is no object is left to the library, which tells what it is.
            if let Ok(mut all) = domain::json::read::<Map<String, Value>>(answer.body(), &ANSWER) {
                all.retain(|name, value| self.1.contains(&name.as_str()) && !value.is_null());
                *answer.body_mut() = Value::Object(all).to_string().into_bytes();
            }
            Ok(answer)
        })
    }
}
