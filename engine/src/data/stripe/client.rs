//! Asking Stripe's API, version 1.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderValue, Request};
use miniserde::Deserialize;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use stripe_client_core::{
    CustomizedStripeRequest, RequestBuilder, StripeClient, StripeMethod, VERSION,
};

use super::error::{Asking, StripeError};
use crate::platform::egress::Egress;

/// An account at Stripe, seen through the client for all that goes out: no
/// redirects, no private addresses, limits of time and size.
pub(super) struct Client<'a> {
    pub egress: &'a Egress,
    pub base_url: &'a str,
    pub key: &'a SecretString,
}

impl Client<'_> {
    /// Reads something, as no more than the type wants of it.
    pub async fn read<T: Deserialize>(
        &self,
        (asking, path): (Asking, String),
        query: &(impl Serialize + Sync),
    ) -> Result<T, StripeError> {
        let request = RequestBuilder::new(StripeMethod::Get, path).query(query);
        match request.customize::<T>().send(self).await {
            Err(StripeError::Permission(_)) => Err(StripeError::Permission(asking)),
            answer => answer,
        }
    }
}

impl StripeClient for Client<'_> {
    type Err = StripeError;

    async fn execute(&self, request: CustomizedStripeRequest) -> Result<Bytes, StripeError> {
        let (request, _) = request.into_pieces();
        let query = request.query.filter(|query| !query.is_empty());
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let uri = format!("{}/v1{}{query}", self.base_url, request.path);
        let bearer = format!("Bearer {}", self.key.expose_secret());
        let mut bearer = HeaderValue::from_str(&bearer).map_err(|_| StripeError::Key)?;
        bearer.set_sensitive(true);
        // Whatever a request is, here it is a reading one.
        let request = Request::get(uri)
            .header(AUTHORIZATION, bearer)
            .header(ACCEPT, "application/json")
            .header("stripe-version", VERSION.as_str())
            .body(Vec::new())
            .map_err(|_| StripeError::NotUnderstood)?;
        let answer = self.egress.send(request).await?;
        match answer.status().as_u16() {
            200 => Ok(Bytes::from(answer.into_body())),
            401 => Err(StripeError::Key),
            403 => Err(StripeError::Permission(Asking::Customers)),
            404 => Err(StripeError::Unknown),
            429 => Err(StripeError::Busy),
            status @ 500.. => Err(StripeError::Down(status)),
            _ => Err(StripeError::NotUnderstood),
        }
    }
}
