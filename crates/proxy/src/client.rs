//! Whose request it is: the address at the other end of the connection, or the one that a front names.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::HeaderName;
use axum::http::request::Parts;
use rollwatch_policy::{Client, client_named};

/// The client of a request. Without a connection, as in a test of the router alone, all are one.
pub(crate) fn of(head: &Parts, named_in: Option<&HeaderName>) -> Client {
    let peer = head.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let named = named_in.and_then(|name| client_named(&head.headers, name));
    Client::from(named.or(peer).unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, Request};

    const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

    fn client(named_in: Option<&HeaderName>, values: &[&'static str]) -> Client {
        let (mut head, ()) = Request::new(()).into_parts();
        head.extensions.insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 7))));
        for value in values {
            head.headers.append(FORWARDED_FOR, HeaderValue::from_static(value));
        }
        of(&head, named_in)
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
