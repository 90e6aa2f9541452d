//! Properties over arbitrary requests: signing is total, and a verifier accepts just what was signed.

use proptest::prelude::*;

use super::super::{Credential, claim, sign, verify};
use super::{credential, request};
use crate::http::{Method, Request};
use crate::model::{Provider, Timestamp};

fn providers() -> impl Strategy<Value = Provider> {
    prop_oneof![Just(Provider::Ncp), Just(Provider::Huawei), Just(Provider::Alibaba)]
}

fn requests() -> impl Strategy<Value = Request> {
    let name = "x-(project-id|acs-[a-z]{1,6}|other)";
    let headers = prop::collection::btree_map(name, "[!-~]([ -~]{0,12}[!-~])?", 0..4);
    let method = prop_oneof![Just(Method::Get), Just(Method::Post)];
    let query = "([A-Za-z~.]{1,4}=([a-z0-9*+]|%2F|%20|%E4%B8%AD){0,6}(&[a-z]{1,3}=[0-9]{1,4}){0,3})?";
    (method, "(/([A-Za-z0-9_.~-]|%20|%2A){1,8}){1,5}", query, headers, "[ -~]{0,20}").prop_map(
        |(method, path, query, headers, body)| {
            let headers: Vec<_> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            request(method, &path, &query, &headers, &body)
        },
    )
}

fn signed(provider: Provider, request: &Request, token: Option<&str>, millis: i64) -> Request {
    let credential = credential("AKEXAMPLE", "an invented secret", token);
    let mut signed = request.clone();
    signed.headers.extend(sign(
        provider,
        request,
        &Credential::Key(credential),
        Timestamp::from_millis(millis),
        "nonce-1",
    ));
    signed
}

fn tokens() -> impl Strategy<Value = Option<String>> {
    prop::option::of("[A-Za-z0-9+/=]{1,40}")
}

/// Instants up to the year 2100.
fn instants() -> std::ops::Range<i64> {
    0..4_102_444_800_000
}

/// `text` with the byte at `place` changed, where that byte stands for itself: another letter within a
/// percent-encoded triplet may be another spelling of the same byte.
fn changed(text: &str, place: prop::sample::Index) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let at = place.index(text.len());
    let mut bytes = text.as_bytes().to_vec();
    if bytes[at.saturating_sub(2)..=at].contains(&b'%') {
        return None;
    }
    bytes[at] = if bytes[at] == b'q' { b'Q' } else { b'q' };
    String::from_utf8(bytes).ok()
}

proptest! {
    #[test]
    fn signing_and_verifying_never_panic(
        provider in providers(),
        (path, query, body, host) in any::<(String, String, String, String)>(),
        headers in prop::collection::vec(any::<(String, String)>(), 0..5),
        (key, secret, nonce) in any::<(String, String, String)>(),
        token in any::<Option<String>>(),
        millis in any::<i64>(),
    ) {
        let headers: Vec<_> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let mut request = request(Method::Post, &path, &query, &headers, &body);
        request.host = host;
        let credential = credential(&key, &secret, token.as_deref());
        let added = sign(provider, &request, &Credential::Key(credential.clone()), Timestamp::from_millis(millis), &nonce);
        request.headers.extend(added);
        let _ = verify(provider, &request, &credential);
    }

    #[test]
    fn a_claim_of_arbitrary_headers_never_panics(
        provider in providers(),
        date in "[0-9TZ:가-]{0,20}",
        authorization in "(SDK|ACS3)-HMAC-SHA256 (Access|AccessKey)=.{0,8},.{0,30}",
    ) {
        let headers = ["x-sdk-date", "x-acs-date", "x-ncp-apigw-timestamp"].map(|name| (name, date.as_str()));
        let mut request = request(Method::Get, "/", "", &headers, "");
        request.headers.push(crate::http::Header::new("authorization", authorization));
        let _ = claim(provider, &request);
    }

    #[test]
    fn what_was_signed_is_accepted(
        provider in providers(), request in requests(), token in tokens(), millis in instants(),
    ) {
        let received = signed(provider, &request, token.as_deref(), millis);
        let credential = credential("AKEXAMPLE", "an invented secret", token.as_deref());
        prop_assert_eq!(verify(provider, &received, &credential), Ok(()));
    }

    #[test]
    fn any_changed_byte_of_the_target_is_refused(
        provider in providers(), request in requests(), place in any::<prop::sample::Index>(),
    ) {
        let received = signed(provider, &request, None, 1_742_803_781_000);
        let credential = credential("AKEXAMPLE", "an invented secret", None);
        let target = changed(&received.target(), place);
        prop_assume!(target.is_some());
        let target = target.unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let other = Request { path: path.to_owned(), query: query.to_owned(), ..received };
        prop_assert!(verify(provider, &other, &credential).is_err(), "{}", target);
    }

    #[test]
    fn any_changed_byte_of_a_signed_header_is_refused(
        provider in providers(), request in requests(), token in tokens(),
        which in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(),
    ) {
        let mut received = signed(provider, &request, token.as_deref(), 1_742_803_781_000);
        let credential = credential("AKEXAMPLE", "an invented secret", token.as_deref());
        let mut names = claim(provider, &received).map(|claim| claim.signed_headers).unwrap_or_default();
        names.push("authorization".to_owned());
        names.extend(received.headers.iter().map(|h| h.name.clone()).filter(|n| n.starts_with("x-ncp-")));
        let name = which.get(&names);
        let value = if name == "host" {
            Some(&mut received.host)
        } else {
            received.headers.iter_mut().find(|header| header.name == *name).map(|header| &mut header.value)
        };
        prop_assume!(value.is_some());
        if let Some(value) = value {
            let other = changed(value, place);
            prop_assume!(other.is_some());
            *value = other.unwrap_or_default();
        }
        prop_assert!(verify(provider, &received, &credential).is_err(), "{}", name);
    }

    #[test]
    fn a_changed_body_is_refused_where_the_scheme_signs_it(request in requests(), added in "[ -~]{1,5}") {
        let credential = credential("AKEXAMPLE", "an invented secret", None);
        for provider in [Provider::Ncp, Provider::Huawei, Provider::Alibaba] {
            let mut received = signed(provider, &request, None, 1_742_803_781_000);
            received.body.push_str(&added);
            prop_assert_eq!(verify(provider, &received, &credential).is_ok(), provider == Provider::Ncp);
        }
    }
}
