//! Whose request it is: the address at the other end of the connection, or the one that a front names.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName};
use rollwatch_policy::{Client, client_named};

/// The client of a request with these headers, which came over a connection with this peer.
pub(crate) fn of(headers: &HeaderMap, peer: IpAddr, named_in: Option<&HeaderName>) -> Client {
    let named = named_in.and_then(|name| client_named(headers, name));
    Client::from(named.unwrap_or(peer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

    fn client(named_in: Option<&HeaderName>, values: &[&'static str]) -> Client {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(value));
        }
        of(&headers, IpAddr::from([192, 0, 2, 1]), named_in)
    }

    fn address(text: &str) -> Client {
        Client::from(text.parse::<IpAddr>().expect("an address"))
    }

    #[test]
    fn a_header_names_the_client_only_where_the_operator_says_so() {
        assert!(client(None, &["198.51.100.7"]) == address("192.0.2.1"));
        assert!(client(Some(&FORWARDED_FOR), &["198.51.100.7"]) == address("198.51.100.7"));
    }

    #[test]
    fn what_the_front_added_counts_and_not_what_the_client_wrote() {
        let named = |values: &[&'static str]| client(Some(&FORWARDED_FOR), values);
        assert!(named(&["10.0.0.1, 198.51.100.7"]) == address("198.51.100.7"));
        assert!(named(&["10.0.0.1", "198.51.100.7"]) == address("198.51.100.7"));
        assert!(named(&["x", "198.51.100.7:4711"]) == address("198.51.100.7"));
        assert!(named(&["[2001:db8::1]:4711"]) == address("2001:db8::1"));
        assert!(named(&["[2001:db8::1]"]) == address("2001:db8::1"));
    }

    #[test]
    fn a_header_that_names_nobody_leaves_the_connection() {
        for values in [&[][..], &[""], &["unknown"], &["198.51.100.7, "], &["_hidden"]] {
            assert!(client(Some(&FORWARDED_FOR), values) == address("192.0.2.1"), "{values:?}");
        }
    }
}
