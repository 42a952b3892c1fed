//! Where a request comes from: an address, and the wider networks around it.
//!
//! Whoever has one address of IPv6 has the 2^64 beside it, and most have 256 such
//! networks, some 65,536. So tries are counted at each width, with a larger
//! allowance for a wider one: it is shared by people who do not know each other.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A network, as its first address and how many bits of it are fixed. IPv4 is
/// written as IPv4 in IPv6 (RFC 4291, 2.5.5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Network {
    first: u128,
    bits: u8,
}

/// How wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// One connection: an address of IPv4, a /64 of IPv6.
    Line,
    /// What one customer is usually given: a /28 of IPv4, a /56 of IPv6 (RFC 6177).
    Customer,
    /// What one customer is given at most, or neighbours share: a /24 of IPv4, a /48
    /// of IPv6.
    Neighbourhood,
}

impl Width {
    /// From the narrowest on.
    pub const ALL: [Width; 3] = [Width::Line, Width::Customer, Width::Neighbourhood];

    /// How many times the allowance of a line.
    pub fn shares(self) -> u32 {
        match self {
            Width::Line => 1,
            Width::Customer => 2,
            Width::Neighbourhood => 4,
        }
    }
}

impl Network {
    /// The network around an address.
    pub fn around(address: IpAddr, width: Width) -> Network {
        let (address, bits) = match plain(address) {
            IpAddr::V4(ip) => {
                let bits = match width {
                    Width::Line => 32,
                    Width::Customer => 28,
                    Width::Neighbourhood => 24,
                };
                (ip.to_ipv6_mapped(), 96 + bits)
            }
            IpAddr::V6(ip) => {
                let bits = match width {
                    Width::Line => 64,
                    Width::Customer => 56,
                    Width::Neighbourhood => 48,
                };
                (ip, bits)
            }
        };
        let mask = u128::MAX << (128 - u32::from(bits)).min(127);
        Network { first: u128::from(address) & mask, bits }
    }

    /// As it goes into a hash.
    pub fn bytes(self) -> [u8; 17] {
        let mut bytes = [self.bits; 17];
        bytes.iter_mut().zip(self.first.to_be_bytes()).for_each(|(byte, of)| *byte = of);
        bytes
    }
}

/// An address of IPv4 that is written as one of IPv6 is that of IPv4: mapped (RFC
/// 4291, 2.5.5.2), or translated on the way to us (RFC 6052, 2.1). Else all the
/// world's IPv4 would be one line.
fn plain(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(ip) => match ip.segments() {
            [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
                IpAddr::V4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
            }
            _ => IpAddr::V6(ip),
        },
        v4 @ IpAddr::V4(_) => v4,
    }
}

impl Default for Network {
    /// That of nobody in particular: the unspecified address.
    fn default() -> Network {
        Network::around(IpAddr::V6(Ipv6Addr::UNSPECIFIED), Width::Line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(address: &str, width: Width) -> Network {
        Network::around(address.parse().unwrap(), width)
    }

    #[test]
    fn neighbours_share_what_is_as_wide_as_both() {
        use Width::{Customer, Line, Neighbourhood};
        let rows = [
            // One address, written in several ways.
            ("192.0.2.1", "::ffff:192.0.2.1", [true, true, true]),
            ("192.0.2.1", "64:ff9b::c000:201", [true, true, true]),
            ("192.0.2.1", "64:ff9b::192.0.2.1", [true, true, true]),
            ("192.0.2.1", "192.0.2.2", [false, true, true]),
            ("192.0.2.1", "192.0.2.17", [false, false, true]),
            ("192.0.2.1", "192.0.3.1", [false, false, false]),
            ("64:ff9b::192.0.2.1", "64:ff9b::198.51.100.1", [false, false, false]),
            // IPv4 in the first 96 bits is nobody's but theirs.
            ("192.0.2.1", "::192.0.2.1", [false, false, false]),
            ("192.0.2.1", "64:ff9b:1::192.0.2.1", [false, false, false]),
            ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", [true, true, true]),
            ("2001:db8::1", "2001:db8:0:ff::1", [false, true, true]),
            ("2001:db8::1", "2001:db8:0:100::1", [false, false, true]),
            ("2001:db8::1", "2001:db8:0:ffff::1", [false, false, true]),
            ("2001:db8::1", "2001:db8:1::1", [false, false, false]),
        ];
        for (one, other, same) in rows {
            for (width, same) in [Line, Customer, Neighbourhood].into_iter().zip(same) {
                let is_same = around(one, width) == around(other, width);
                assert_eq!(is_same, same, "{one} and {other}, {width:?}");
            }
        }
    }

    #[test]
    fn networks_of_different_widths_are_different() {
        for address in ["0.0.0.0", "::", "2001:db8::"] {
            let [line, customer, wide] = Width::ALL.map(|width| around(address, width));
            assert!(line != customer && customer != wide, "{address}");
            assert!(line.bytes() != customer.bytes() && customer.bytes() != wide.bytes());
        }
    }
}
