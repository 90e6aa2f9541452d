//! Which addresses a vendor may have. Names are looked up on connecting and the very addresses that were
//! judged are connected to, so a name that changes its answer between two look-ups gains nothing.

mod connector;
mod lookup;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(crate) use connector::{Egress, VendorConnector, VendorStream};
pub use lookup::Lookup;

/// Whether an address belongs to the public internet: not to this machine, its network, its cloud's metadata
/// service, a carrier's inner network, a group of receivers or a reserved range.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// The blocks of IANA's special-purpose registry that are not globally reachable, multicast, and the rest:
/// first address and length of the prefix.
const CLOSED_V4: [(Ipv4Addr, u32); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    // Carriers' inner networks; Alibaba's metadata service is 100.100.100.200.
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Azure's host service has a public address that leads to the machine's own host.
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    // The metadata service of most clouds is 169.254.169.254.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let inside = |(first, length): &(Ipv4Addr, u32)| {
        let mask = u32::MAX << (32 - length);
        address.to_bits() & mask == first.to_bits() & mask
    };
    !CLOSED_V4.iter().any(inside)
}

/// Only global unicast (2000::/3) is open, without its parts that carry IPv4 addresses in disguise or serve
/// documents. Addresses that stand for IPv4 are judged as that: `::ffff:0:0/96`, and `64:ff9b::/96`, through
/// which a machine without IPv4 reaches vendors that have nothing else.
fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(v4) = address.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let [a, b, ..] = address.segments();
    let bits = address.to_bits();
    if bits >> 32 == 0x0064_ff9b << 64 {
        let [.., w, x, y, z] = address.octets();
        return is_public_v4(Ipv4Addr::new(w, x, y, z));
    }
    let protocols = a == 0x2001 && b < 0x0200;
    let documents = (a == 0x2001 && b == 0x0db8) || (a == 0x3fff && b < 0x1000);
    let through_v4 = a == 0x2002;
    (0x2000..0x4000).contains(&a) && !protocols && !documents && !through_v4
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollwatch_core::provider::Catalogue;

    fn public(text: &str) -> bool {
        is_public(text.parse().expect("an address"))
    }

    #[test]
    fn addresses_of_the_internet_are_public() {
        for open in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "168.63.129.15",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2001:200::1",
            "2400:3200::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(public(open), "{open}");
        }
    }

    #[test]
    fn addresses_of_this_machine_and_its_surroundings_are_not() {
        for closed in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.0",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:10.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!public(closed), "{closed}");
        }
    }

    /// The connector looks only names up; an address in the table would pass unjudged.
    #[test]
    fn every_host_of_the_catalogue_is_a_name() {
        for endpoint in Catalogue::built_in().endpoints() {
            assert!(endpoint.host.parse::<IpAddr>().is_err(), "{}", endpoint.host);
            assert!(endpoint.host.split('.').next_back().is_some_and(|top| top.parse::<u32>().is_err()));
        }
    }
}
