//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};

/// The address at the other end of the connection; if that is a proxy of the
/// operator's, the last one in `X-Forwarded-For` that is not. What stands before
/// that may be made up by whoever sends it.
pub fn address_of(request: &Request, proxies: &[IpAddr]) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip().to_canonical());
    if !proxies.contains(&peer) {
        return peer;
    }
    let forwarded: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(','))
        .collect();
    forwarded
        .iter()
        .rev()
        .map_while(|text| text.trim().parse::<IpAddr>().ok())
        .find(|address| !proxies.contains(address))
        .unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn only_the_operators_proxies_are_believed() {
        let proxies: [IpAddr; 2] = ["127.0.0.1".parse().unwrap(), "10.0.0.1".parse().unwrap()];
        let of = |peer: &str, forwarded: &str| {
            let peer: SocketAddr = peer.parse().unwrap();
            let mut request = Request::new(Body::empty());
            request.extensions_mut().insert(ConnectInfo(peer));
            request.headers_mut().insert("x-forwarded-for", forwarded.parse().unwrap());
            address_of(&request, &proxies).to_string()
        };
        assert_eq!(of("1.2.3.4:5", "9.9.9.9"), "1.2.3.4");
        assert_eq!(of("127.0.0.1:5", "9.9.9.9"), "9.9.9.9");
        assert_eq!(of("127.0.0.1:5", "6.6.6.6, 9.9.9.9, 10.0.0.1"), "9.9.9.9");
        assert_eq!(of("127.0.0.1:5", "9.9.9.9, nonsense"), "127.0.0.1");
        assert_eq!(of("[::ffff:127.0.0.1]:5", "9.9.9.9"), "9.9.9.9");
    }
}
