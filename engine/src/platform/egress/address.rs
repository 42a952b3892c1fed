//! Which addresses may be connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Private addresses that the operator allows, as `127.0.0.1:9000` or, with
/// every port, `10.0.0.7`.
#[derive(Debug, Clone, Default)]
pub struct Allowed(Vec<(IpAddr, Option<u16>)>);

impl Allowed {
    /// Parses a list; the error is the entry that is no address.
    pub fn parse(entries: &[String]) -> Result<Allowed, String> {
        let parse = |entry: &String| {
            let with_port =
                entry.parse::<SocketAddr>().map(|address| (address.ip(), Some(address.port())));
            with_port.or_else(|_| entry.parse().map(|ip| (ip, None))).map_err(|_| entry.clone())
        };
        entries.iter().map(parse).collect::<Result<_, _>>().map(Allowed)
    }

    /// Whether this address may be connected to.
    pub fn permits(&self, address: SocketAddr) -> bool {
        is_public(address.ip().to_canonical()) || self.names(address)
    }

    /// Whether the operator has named this address.
    pub fn names(&self, address: SocketAddr) -> bool {
        let ip = address.ip().to_canonical();
        self.0
            .iter()
            .any(|(allowed, port)| *allowed == ip && port.is_none_or(|port| port == address.port()))
    }

    /// Whether it may be connected to on some port at least.
    pub(super) fn permits_on_some_port(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        is_public(ip) || self.0.iter().any(|(allowed, _)| *allowed == ip)
    }
}

/// Whether anybody on the internet can reach it: what IANA's registries of
/// special-purpose addresses (RFC 6890) do not list.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    // Only 2000::/3 is routed at all. Of it not: 2001::/23 (Teredo and other
    // protocols), documentation, and 6to4, which hides an address of IPv4.
    (0x2000..0x4000).contains(&a)
        && !(a == 0x2001 && (b < 0x200 || b == 0xdb8))
        && a != 0x2002
        && !(a == 0x3fff && b < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_may_be_connected_to() {
        let none = Allowed::default();
        let permits = |text: &str| none.permits(SocketAddr::new(text.parse().unwrap(), 443));
        for public in ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(permits(public), "{public}");
        }
        for special in [
            "127.0.0.1",
            "127.8.8.8",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
        ] {
            assert!(!permits(special), "{special}");
        }
    }

    #[test]
    fn the_operator_may_allow_an_address() {
        let entries = ["127.0.0.1:9000", "10.0.0.7", "::1"].map(str::to_owned);
        let allowed = Allowed::parse(&entries).unwrap();
        for (address, permitted) in [
            ("127.0.0.1:9000", true),
            ("[::ffff:127.0.0.1]:9000", true),
            ("127.0.0.1:9001", false),
            ("10.0.0.7:1", true),
            ("10.0.0.8:1", false),
            ("[::1]:25", true),
        ] {
            assert_eq!(allowed.permits(address.parse().unwrap()), permitted, "{address}");
        }
        assert_eq!(Allowed::parse(&["localhost".into()]).unwrap_err(), "localhost");
    }
}
