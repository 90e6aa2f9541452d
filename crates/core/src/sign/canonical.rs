//! What the schemes of Huawei and Alibaba share: one layout of the canonical request, one percent-encoding,
//! and the choice of the signed headers.
//!
//! A query is decoded and encoded again, so that any spelling of the same bytes gives the same text, as the
//! vendors' servers see it. `+` is a plus here and never a space: this signer never writes it for one, and
//! the scheme in which other clients do spells it out before.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};

use crate::http::{Header, Request};

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same without the slash, for a whole path.
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// The canonical request of six parts. `method` is a text because official clients sign methods that this
/// product never sends; `path` is already canonical and `payload` is the hash of the body.
pub(super) fn request(
    method: &str,
    path: &str,
    request: &Request,
    names: &[String],
    payload: &str,
) -> String {
    let query = query(&request.query);
    let headers: String =
        names.iter().map(|name| format!("{name}:{}\n", value(request, name).unwrap_or_default())).collect();
    format!("{method}\n{path}\n{query}\n{headers}\n{}\n{payload}", names.join(";"))
}

/// A path with every segment decoded and encoded again.
pub(super) fn path(path: &str) -> String {
    let decoded: Vec<u8> = percent_decode_str(path).collect();
    percent_encode(&decoded, RESERVED_IN_PATH).to_string()
}

/// The parameters sorted by name and then by value, as bytes before encoding. `=` is always written.
fn query(query: &str) -> String {
    if query.is_empty() {
        return String::new();
    }
    let decode = |text: &str| percent_decode_str(text).collect::<Vec<u8>>();
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let pair = (decode(name), decode(value));
        pairs.insert(pairs.partition_point(|other| *other <= pair), pair);
    }
    let encoded: Vec<_> = pairs
        .iter()
        .map(|(name, value)| {
            format!("{}={}", percent_encode(name, RESERVED), percent_encode(value, RESERVED))
        })
        .collect();
    encoded.join("&")
}

/// The value of a header as it is signed: trimmed, and joined by commas where it is repeated. The host is
/// the request's own, which the sender sets. `None` when the request has no such header.
pub(super) fn value<'a>(request: &'a Request, name: &str) -> Option<Cow<'a, str>> {
    if name == "host" {
        return Some(Cow::Borrowed(&request.host));
    }
    let mut joined: Option<Cow<'a, str>> = None;
    for header in request.headers.iter().filter(|header| header.name == name) {
        let value = header.value.trim();
        joined = Some(match joined {
            None => Cow::Borrowed(value),
            Some(before) => Cow::Owned(format!("{before},{value}")),
        });
    }
    joined
}

/// The request with further headers.
pub(super) fn with_headers(request: &Request, added: &[Header]) -> Request {
    let mut complete = request.clone();
    complete.headers.extend_from_slice(added);
    complete
}

/// Names in the order in which they are signed, each once.
pub(super) fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut sorted: Vec<String> = Vec::new();
    for name in names {
        if let Err(at) = sorted.binary_search(&name) {
            sorted.insert(at, name);
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_sorted_by_bytes_before_encoding_and_a_plus_stays_a_plus() {
        assert_eq!(query(""), "");
        assert_eq!(query("b=2&a=1"), "a=1&b=2");
        assert_eq!(query("b&a-b=1&a=x&a=&B=1"), "B=1&a=&a=x&a-b=1&b=");
        assert_eq!(query("q=a+b%20c"), "q=a%2Bb%20c");
        assert_eq!(query("k=%e4%b8%ad&k=~*"), "k=~%2A&k=%E4%B8%AD");
        // `é` sorts after `z` as bytes, and its encoded form would sort before.
        assert_eq!(query("%C3%A9=1&z=1"), "z=1&%C3%A9=1");
        assert_eq!(query("broken=%zz&a=%"), "a=%25&broken=%25zz");
    }

    #[test]
    fn a_path_is_encoded_once_however_it_was_written() {
        assert_eq!(path("/v1.0/a%20b/c%252Fd/%E4%B8%AD"), "/v1.0/a%20b/c%252Fd/%E4%B8%AD");
        assert_eq!(path("/a b/~x(y)!*'"), "/a%20b/~x%28y%29%21%2A%27");
    }
}
