//! The one client.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::json::{ANSWER, measure};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Url, redirect};

use super::address::Allowed;

/// How long a whole exchange may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest answer, in bytes.
const LARGEST: usize = 1_000_000;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum EgressError {
    /// Not an address that may be asked: not https, or with a password in it. Only its
    /// scheme and host are told.
    #[error("{0} is not an address that may be asked")]
    Address(String),
    /// It is, or resolves to, an address inside some network.
    #[error("{0} leads to a private address, which the operator has not allowed")]
    Private(String),
    /// Nobody knows the name.
    #[error("{0} cannot be resolved")]
    Unknown(String),
    /// It took longer than five seconds.
    #[error("{0} did not answer in time")]
    Slow(String),
    /// It answered with more than a megabyte, or with JSON of too many parts.
    #[error("{0} answered with more than is accepted")]
    TooLarge(String),
    /// The connection failed.
    #[error("{host} cannot be reached: {reason}")]
    Unreachable {
        /// Which host.
        host: String,
        /// What the network says.
        reason: String,
    },
}

/// Asks addresses that tenants have chosen.
#[derive(Clone)]
pub struct Egress {
    client: reqwest::Client,
    allowed: Arc<Allowed>,
}

impl Egress {
    /// With the private addresses that the operator allows.
    pub fn new(allowed: Allowed) -> Result<Egress, EgressError> {
        // Whoever came first has installed the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let allowed = Arc::new(allowed);
        let client = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(PATIENCE)
            .user_agent("Candor")
            .dns_resolver(Arc::new(Guarded(Arc::clone(&allowed))))
            .build()
            .map_err(|e| EgressError::Unreachable { host: String::new(), reason: e.to_string() })?;
        Ok(Egress { client, allowed })
    }

    /// Sends a request, and answers with all of the response. A redirect is an
    /// answer like any other: it is not followed.
    pub async fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, EgressError> {
        let (parts, body) = request.into_parts();
        let url = self.checked(&parts.uri.to_string()).await?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let failed = |error: reqwest::Error| told(&host, &error.without_url());
        let mut response = self
            .client
            .request(parts.method, url)
            .headers(parts.headers)
            .body(body)
            .send()
            .await
            .map_err(failed)?;
        let mut answer = http::Response::builder().status(response.status());
        if let Some(headers) = answer.headers_mut() {
            *headers = response.headers().clone();
        }
        let mut whole = Vec::new();
        while let Some(some) = response.chunk().await.map_err(failed)? {
            if whole.len() + some.len() > LARGEST {
                return Err(EgressError::TooLarge(host));
            }
            whole.extend_from_slice(&some);
        }
        // Whoever asks may read it with a library that does not look how much there is.
        if measure(&mut serde_json::Deserializer::from_slice(&whole), &ANSWER).is_err() {
            return Err(EgressError::TooLarge(host));
        }
        answer.body(whole).map_err(|e| EgressError::Unreachable { host, reason: e.to_string() })
    }

    /// Whether an address may be asked, by the rules and by what its name resolves
    /// to now; the answer is the address as it is asked.
    pub async fn check(&self, address: &str) -> Result<String, EgressError> {
        self.checked(address).await.map(String::from)
    }

    /// The addresses of a host that may be connected to, for what is not HTTP.
    pub async fn resolve(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, EgressError> {
        let mut found = lookup(host, port).await?;
        found.retain(|address| self.allowed.permits(*address));
        if found.is_empty() { Err(EgressError::Private(host.to_owned())) } else { Ok(found) }
    }

    /// Asks only by HTTPS, but for addresses that the operator has named.
    async fn checked(&self, address: &str) -> Result<Url, EgressError> {
        let url = Url::parse(address).map_err(|_| EgressError::Address("this".to_owned()))?;
        let named = format!("{}://{}", url.scheme(), url.host_str().unwrap_or_default());
        let refused = || EgressError::Address(named.clone());
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused());
        }
        let host = url.host_str().ok_or_else(refused)?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = url.port_or_known_default().ok_or_else(refused)?;
        let addresses = self.resolve(host, port).await?;
        match url.scheme() {
            "https" => Ok(url),
            "http" if addresses.iter().all(|address| self.allowed.names(*address)) => Ok(url),
            _ => Err(refused()),
        }
    }
}

/// Resolves names, and leaves out what may not be connected to.
struct Guarded(Arc<Allowed>);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = Arc::clone(&self.0);
        Box::pin(async move {
            // The port is not known here; it was checked with the address before.
            // What is connected to is what this answers, so a name that has
            // changed since leads nowhere new.
            let found = lookup(name.as_str(), 0).await?;
            let may = |address: &SocketAddr| allowed.permits_on_some_port(address.ip());
            let addresses: Vec<SocketAddr> = found.into_iter().filter(may).collect();
            if addresses.is_empty() {
                return Err(EgressError::Private(name.as_str().to_owned()).into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

async fn lookup(host: &str, port: u16) -> Result<Vec<SocketAddr>, EgressError> {
    let found = tokio::net::lookup_host((host, port)).await;
    found.map(Iterator::collect).map_err(|_| EgressError::Unknown(host.to_owned()))
}

fn told(host: &str, error: &reqwest::Error) -> EgressError {
    if error.is_timeout() {
        return EgressError::Slow(host.to_owned());
    }
    // The resolver's own refusal is somewhere among the causes.
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    let mut last = error.to_string();
    while let Some(inner) = cause {
        match inner.downcast_ref::<EgressError>() {
            Some(EgressError::Private(host)) => return EgressError::Private(host.clone()),
            Some(EgressError::Unknown(host)) => return EgressError::Unknown(host.clone()),
            _ => last = inner.to_string(),
        }
        cause = inner.source();
    }
    EgressError::Unreachable { host: host.to_owned(), reason: last }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(address: &str) -> EgressError {
        let egress = Egress::new(Allowed::default()).unwrap();
        let request = http::Request::get(address).body(Vec::new()).unwrap();
        egress.send(request).await.unwrap_err()
    }

    #[tokio::test]
    async fn private_addresses_are_not_asked_however_they_are_written() {
        for address in [
            "https://127.0.0.1/",
            "https://[::1]:9000/",
            "https://[::ffff:127.0.0.1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://localhost/",
            "https://169.254.169.254/latest/meta-data/",
        ] {
            let error = ask(address).await;
            assert!(matches!(error, EgressError::Private(_)), "{address}: {error}");
        }
    }

    #[tokio::test]
    async fn nobody_is_asked_in_the_clear_or_with_a_password() {
        for address in ["http://1.1.1.1/", "ftp://1.1.1.1/", "https://a:b@1.1.1.1/"] {
            let error = ask(address).await;
            assert!(matches!(error, EgressError::Address(_)), "{address}: {error}");
        }
    }

    #[tokio::test]
    async fn what_is_told_of_an_address_is_no_secret_of_it() {
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let allowed = Allowed::parse(&[nobody.to_string()]).unwrap();
        let egress = Egress::new(allowed).unwrap();
        for address in [
            "https://user:hush@1.1.1.1/hush?token=hush".to_owned(),
            "ftp://1.1.1.1/hush?token=hush#hush".to_owned(),
            "hush".to_owned(),
            "https://[hush/".to_owned(),
            format!("http://{nobody}/hush?token=hush"),
            "https://10.0.0.1/hush?token=hush".to_owned(),
        ] {
            let request = http::Request::get("https://a.example").body(Vec::new()).unwrap();
            let request = match address.parse::<http::Uri>() {
                Ok(uri) => http::Request::get(uri).body(Vec::new()).unwrap_or(request),
                Err(_) => request,
            };
            for error in [egress.check(&address).await.err(), egress.send(request).await.err()] {
                let told = error.map(|error| format!("{error} {error:?}")).unwrap_or_default();
                assert!(!told.contains("hush"), "{address}: {told}");
            }
        }
    }
}
