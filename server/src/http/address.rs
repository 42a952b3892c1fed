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
    // As bytes: what a stranger has put before must not hide what the proxy has added.
    let hops =
        request.headers().get_all("x-forwarded-for").iter().rev().flat_map(|header| {
            header.as_bytes().rsplit(|byte| *byte == b',').map(<[u8]>::trim_ascii)
        });
    for hop in hops.filter(|hop| !hop.is_empty()).take(MOST_HOPS) {
        match std::str::from_utf8(hop).ok().and_then(address_in) {
            // Nobody's word is taken for what stands before.
            None => return peer,
            Some(address) if proxies.contains(&address) => {}
            Some(address) => return address,
        }
    }
    peer
}

/// How many proxies one after the other are looked at.
const MOST_HOPS: usize = 20;

/// An address as proxies write it: alone, with a port, or in brackets.
fn address_in(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = match bare {
        Some(inner) => IpAddr::V6(inner.parse().ok()?),
        None => hop
            .parse::<IpAddr>()
            .or_else(|_| hop.parse::<SocketAddr>().map(|with_port| with_port.ip()))
            .ok()?,
    };
    Some(address.to_canonical())
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

    #[test]
    fn however_a_proxy_writes_an_address_it_is_read_and_nonsense_is_not() {
        let proxies: [IpAddr; 2] = ["127.0.0.1".parse().unwrap(), "2001:db8::1".parse().unwrap()];
        let of = |lines: &[&[u8]]| {
            let mut request = Request::new(Body::empty());
            let peer: SocketAddr = "127.0.0.1:5".parse().unwrap();
            request.extensions_mut().insert(ConnectInfo(peer));
            for line in lines {
                let line = axum::http::HeaderValue::from_bytes(line).unwrap();
                request.headers_mut().append("x-forwarded-for", line);
            }
            address_of(&request, &proxies).to_string()
        };
        for (lines, address) in [
            (&[b"9.9.9.9:51000" as &[u8]] as &[&[u8]], "9.9.9.9"),
            (&[b"[2001:db8::9]:443"], "2001:db8::9"),
            (&[b"[2001:db8::9]"], "2001:db8::9"),
            (&[b"2001:db8::9"], "2001:db8::9"),
            (&[b"::ffff:9.9.9.9"], "9.9.9.9"),
            (&[b"[::ffff:9.9.9.9]:1"], "9.9.9.9"),
            (&[b" 9.9.9.9 ,\t127.0.0.1:80, [2001:db8::1]:1 "], "9.9.9.9"),
            (&[b"9.9.9.9,"], "9.9.9.9"),
            (&[b"6.6.6.6", b"9.9.9.9"], "9.9.9.9"),
            (&[b"\xff\xfe, 9.9.9.9"], "9.9.9.9"),
            (&[b"\xff", b"9.9.9.9"], "9.9.9.9"),
            (&[b"9.9.9.9", b"\xff"], "127.0.0.1"),
            (&[b"9.9.9.9, unknown"], "127.0.0.1"),
            (&[b"9.9.9.9, 1.2.3"], "127.0.0.1"),
            (&[b"9.9.9.9:99999"], "127.0.0.1"),
            (&[b"[9.9.9.9]"], "127.0.0.1"),
            (&[b"fe80::1%eth0"], "127.0.0.1"),
            (&[b"[]"], "127.0.0.1"),
            (&[b"["], "127.0.0.1"),
            (&[b""], "127.0.0.1"),
            (&[b",,,"], "127.0.0.1"),
            (&[], "127.0.0.1"),
            (&[b"127.0.0.1, 127.0.0.1"], "127.0.0.1"),
        ] {
            assert_eq!(of(lines), address, "{lines:?}");
        }
    }

    #[test]
    fn a_long_chain_is_not_followed_for_ever() {
        let proxies: [IpAddr; 1] = ["127.0.0.1".parse().unwrap()];
        let mut request = Request::new(Body::empty());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 5))));
        let chain = format!("9.9.9.9{}", ", 127.0.0.1".repeat(5_000));
        request.headers_mut().insert("x-forwarded-for", chain.parse().unwrap());
        assert_eq!(address_of(&request, &proxies).to_string(), "127.0.0.1");
    }
}
