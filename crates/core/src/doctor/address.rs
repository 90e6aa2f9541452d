//! What the text of an address tells of the way to it.

/// How far away the server of an address is, as its name tells. A name that is resolved to an address of this
/// network counts as public: a page cannot look behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Reach {
    /// On this device.
    Loopback,
    /// In this network.
    Private,
    #[default]
    Public,
}

/// The parts of an absolute address that decide whether a browser lets a page go there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// Scheme, host and port as a browser writes them: `https://watch.example:8443`.
    pub origin: String,
    pub is_encrypted: bool,
    pub reach: Reach,
}

impl Address {
    /// Reads an absolute address as a browser writes it. A text that is none has itself as its origin.
    pub fn parse(text: &str) -> Self {
        let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let authority = rest.get(..end).unwrap_or(rest);
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => authority,
        };
        let origin = if scheme.is_empty() { authority.to_owned() } else { format!("{scheme}://{authority}") };
        Address { origin, is_encrypted: scheme == "https", reach: reach(&host.to_ascii_lowercase()) }
    }
}

fn reach(host: &str) -> Reach {
    let name = host.trim_end_matches('.');
    if name == "localhost" || name.ends_with(".localhost") || name == "[::1]" {
        return Reach::Loopback;
    }
    let numbers: Option<Vec<u8>> = name.split('.').map(|part| part.parse().ok()).collect();
    match numbers.as_deref() {
        Some([127, _, _, _]) => Reach::Loopback,
        Some([10, ..] | [192, 168, ..] | [169, 254, ..] | [172, 16..=31, ..]) if numbers_of(name) == 4 => {
            Reach::Private
        }
        Some(_) => Reach::Public,
        None if name.ends_with(".local") || is_private_v6(name) => Reach::Private,
        None => Reach::Public,
    }
}

fn numbers_of(name: &str) -> usize {
    name.split('.').count()
}

/// Unique local and link-local addresses.
fn is_private_v6(name: &str) -> bool {
    ["[fc", "[fd", "[fe8", "[fe9", "[fea", "[feb"].iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_its_origin_and_how_far_away_it_is() {
        for (text, origin, is_encrypted, reach) in [
            ("https://watch.example/rollwatch/#/add", "https://watch.example", true, Reach::Public),
            ("http://localhost:8787/proxy", "http://localhost:8787", false, Reach::Loopback),
            ("http://127.0.0.1:80", "http://127.0.0.1:80", false, Reach::Loopback),
            ("http://[::1]:8787/proxy", "http://[::1]:8787", false, Reach::Loopback),
            ("https://[fd00::5]/proxy", "https://[fd00::5]", true, Reach::Private),
            ("http://192.168.0.9/proxy", "http://192.168.0.9", false, Reach::Private),
            ("http://172.31.0.9/proxy", "http://172.31.0.9", false, Reach::Private),
            ("http://172.32.0.9/proxy", "http://172.32.0.9", false, Reach::Public),
            ("http://printer.local/", "http://printer.local", false, Reach::Private),
            ("http://10.example.com/", "http://10.example.com", false, Reach::Public),
            ("https://Proxy.Example:8443/x?y", "https://Proxy.Example:8443", true, Reach::Public),
            ("nonsense", "nonsense", false, Reach::Public),
            ("", "", false, Reach::Public),
        ] {
            let expected = Address { origin: origin.to_owned(), is_encrypted, reach };
            assert_eq!(Address::parse(text), expected, "{text}");
        }
    }
}
