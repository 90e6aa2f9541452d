//! Each verdict from scripted evidence: what is asked, where the way ends, and why.

use super::scenes::*;
use super::*;
use crate::error::{ErrorKind, PollError};
use crate::model::{Service, Site, Span};
use crate::provider::{Catalogue, Grant, ProxyReason};

fn found(case: &Case, evidence: &Evidence) -> (Hop, Cause) {
    diagnose(case, evidence).cause.expect("a cause")
}

#[test]
fn a_way_without_a_fault_is_asked_hop_by_hop_and_found_good() {
    let case = naver();
    let mut evidence = Evidence::default();
    assert_eq!(next(&case, &evidence), Some(Ask::Proxy));
    evidence.proxy = past_proxy().proxy;
    assert_eq!(next(&case, &evidence), Some(Ask::Vendor));
    evidence.vendor = past_vendor().vendor;
    assert_eq!(next(&case, &evidence), Some(Ask::Cluster));
    assert!(!diagnose(&case, &evidence).is_answered() || evidence.signed.is_empty());
    evidence.signed.push(reply(None));
    assert_eq!(next(&case, &evidence), None);
    let diagnosis = diagnose(&case, &evidence);
    assert!(diagnosis.is_answered() && diagnosis.oddity.is_none());
    assert!(diagnosis.marks.iter().all(|(_, mark)| *mark == Mark::Good), "{:?}", diagnosis.marks);
}

#[test]
fn what_a_browser_forbids_is_told_from_a_proxy_that_is_away() {
    let mixed = case_of(Service::HuaweiCss, PAGE, "http://proxy.example/proxy");
    assert_eq!(found(&mixed, &silent()), (Hop::Page, Cause::MixedContent));
    let silence = found(&beside(), &silent());
    assert_eq!(silence, (Hop::Proxy, Cause::ProxySilent), "a loopback address is no mixed content");
    let private = case_of(Service::HuaweiCss, PAGE, "http://192.168.0.9:8787/proxy");
    assert_eq!(found(&private, &silent()), (Hop::Page, Cause::MixedContent), "this browser never asks");
    for (permission, cause) in [
        (Permission::Denied, (Hop::Page, Cause::LocalNetworkDenied)),
        (Permission::NotAsked, (Hop::Page, Cause::LocalNetworkNotAsked)),
        (Permission::Granted, (Hop::Proxy, Cause::ProxySilent)),
    ] {
        let evidence = Evidence { permission, ..silent() };
        assert_eq!((found(&beside(), &evidence), found(&private, &evidence)), (cause, cause));
    }
    let offline = Evidence { is_offline: true, ..silent() };
    assert_eq!(found(&naver(), &offline), (Hop::Page, Cause::Offline));
    assert_eq!(found(&beside(), &offline), (Hop::Proxy, Cause::ProxySilent), "this device needs no network");
    let forbidden = Evidence { proxy: Some(Probe::Failed { is_forbidden: true }), ..Evidence::default() };
    assert_eq!(found(&naver(), &forbidden), (Hop::Page, Cause::PolicyForbids));
    assert_eq!(next(&naver(), &forbidden), None, "the browser would forbid that too");
    assert_eq!(found(&mixed, &forbidden), (Hop::Page, Cause::MixedContent), "another policy would not help");
}

#[test]
fn a_proxy_that_cannot_be_read_is_told_from_none() {
    let case = naver();
    let failed = Evidence { hears: None, ..silent() };
    assert_eq!(next(&case, &failed), Some(Ask::Hears));
    assert_eq!(found(&case, &silent()), (Hop::Proxy, Cause::ProxySilent));
    assert_eq!(next(&case, &silent()), None);
    let heard = Evidence { hears: Some(true), ..silent() };
    assert_eq!(found(&case, &heard), (Hop::Proxy, Cause::ProxyUnreadable));
    let own = case_of(Service::NcpSearchEngine, PAGE, "https://watch.example/proxy");
    assert_eq!(next(&own, &failed), Some(Ask::Hears), "a page to sign in may stand in front of it");
    assert_eq!(found(&own, &heard), (Hop::Proxy, Cause::ProxyUnreadable));
    assert_eq!(found(&own, &silent()), (Hop::Proxy, Cause::OwnProxySilent));
    let late = Evidence { proxy: Some(Probe::Late), ..Evidence::default() };
    assert_eq!(found(&case, &late), (Hop::Proxy, Cause::ProxyLate));
    assert_eq!(next(&case, &late), None);
}

#[test]
fn each_reason_of_the_proxy_has_its_own_cause() {
    for (reason, cause) in [
        ("", Cause::NotTheProxy),
        ("origin-not-allowed", Cause::OriginNotAllowed),
        ("unknown-endpoint", Cause::RegionUnknown),
        ("overloaded", Cause::ProxyBusy),
        ("bad-request", Cause::ProxyRefuses),
        ("a-reason-of-tomorrow", Cause::ProxyRefuses),
    ] {
        let evidence = answers(reason);
        assert_eq!(found(&naver(), &evidence), (Hop::Proxy, cause), "{reason}");
        assert_eq!(next(&naver(), &evidence), None, "nothing goes on behind {reason}");
    }
    for (kind, reason, expected) in [
        (ErrorKind::ProxyRefused, ProxyReason::RouteNotAllowed, (Hop::Proxy, Cause::OtherVersion)),
        (ErrorKind::ProxyBusy, ProxyReason::Overloaded, (Hop::Proxy, Cause::ProxyBusy)),
        (
            ErrorKind::VendorUnreachable,
            ProxyReason::VendorUnreachable,
            (Hop::Vendor, Cause::VendorUnreachable),
        ),
        (ErrorKind::VendorUnreachable, ProxyReason::VendorTimeout, (Hop::Vendor, Cause::VendorLate)),
        (ErrorKind::Malformed, ProxyReason::AnswerTooLarge, (Hop::Vendor, Cause::AnswerTooLarge)),
    ] {
        let unsigned = Evidence { vendor: Some(by_proxy(kind, reason)), ..past_proxy() };
        assert_eq!(found(&naver(), &unsigned), expected);
        assert_eq!(next(&naver(), &unsigned), None, "nothing is signed after {reason:?}");
        assert_eq!(found(&naver(), &asked(by_proxy(kind, reason))), expected);
    }
}

#[test]
fn an_answer_that_broke_off_is_no_silence() {
    let at_once =
        Evidence { proxy: Some(Probe::BrokenOff { status: 200 }), hears: None, ..Evidence::default() };
    assert_eq!(found(&naver(), &at_once), (Hop::Proxy, Cause::AnswerBrokenOff));
    assert_eq!(next(&naver(), &at_once), None, "that something answers is known");
    let unsigned = Evidence { vendor: Some(broken_off()), ..past_proxy() };
    for evidence in [unsigned, asked(broken_off())] {
        assert_eq!(found(&naver(), &evidence), (Hop::Vendor, Cause::AnswerBrokenOff));
        assert_eq!(next(&naver(), &evidence), None);
    }
}

#[test]
fn a_vendor_that_fails_is_not_asked_with_a_key() {
    for (kind, cause) in [
        (ErrorKind::VendorDown, Cause::VendorDown),
        (ErrorKind::Throttled, Cause::Throttled),
        (ErrorKind::Timeout, Cause::VendorLate),
    ] {
        let evidence = Evidence { vendor: Some(failed(kind)), ..past_proxy() };
        assert_eq!(found(&naver(), &evidence), (Hop::Vendor, cause));
        assert_eq!(next(&naver(), &evidence), None);
    }
}

#[test]
fn without_a_usable_key_nothing_is_signed() {
    for (key, cause) in
        [(Key::Missing, Cause::NoKey), (Key::Over, Cause::KeyEnded), (Key::NotAgreed, Cause::NotAgreed)]
    {
        let evidence = Evidence { key, ..past_vendor() };
        assert_eq!(next(&naver(), &evidence), None);
        let diagnosis = diagnose(&naver(), &evidence);
        assert_eq!(diagnosis.cause, Some((Hop::Signature, cause)));
        let marks = diagnosis.marks.map(|(_, mark)| mark);
        use Mark::{Bad, Good, NotReached};
        assert_eq!(marks, [Good, Good, Good, Good, Bad, NotReached, NotReached]);
    }
}

#[test]
fn a_wrong_secret_an_unknown_key_and_an_ended_one_are_told_apart_where_the_vendor_does() {
    let huawei = case_of(Service::HuaweiCss, PAGE, PROXY);
    for (case, kind, expected) in [
        (&naver(), ErrorKind::Signature, (Hop::Signature, Cause::WrongSecretOrKey)),
        (&huawei, ErrorKind::Signature, (Hop::Signature, Cause::WrongSecret)),
        (&huawei, ErrorKind::KeyUnknown, (Hop::Signature, Cause::KeyUnknown)),
        (&huawei, ErrorKind::KeyExpired, (Hop::Signature, Cause::KeyEnded)),
        (&huawei, ErrorKind::Permission, (Hop::Permission, Cause::NotPermitted)),
        (&huawei, ErrorKind::Refused, (Hop::Cluster, Cause::RequestRefused)),
        (&huawei, ErrorKind::Malformed, (Hop::Cluster, Cause::NotUnderstood)),
        (&huawei, ErrorKind::Clock, (Hop::Clock, Cause::ClockRefused)),
    ] {
        assert_eq!(found(case, &asked(failed(kind))), expected, "{kind:?}");
    }
    let signed_in_time = asked(failed(ErrorKind::Clock));
    assert_eq!(found(&naver(), &signed_in_time), (Hop::Signature, Cause::WrongSecretOrKey));
}

#[test]
fn a_cluster_that_is_not_known_is_looked_for_among_the_others() {
    let absent = asked(failed(ErrorKind::NotFound));
    assert_eq!(next(&naver(), &absent), Some(Ask::List));
    for (listed, cause) in [
        (Listed::Among, Cause::OnlyListed),
        (Listed::NotAmong { others: 3, more: false }, Cause::NotAmongOthers),
        (Listed::NotAmong { others: 0, more: false }, Cause::NotFound),
        (Listed::Unknown(PollError::new(ErrorKind::Permission)), Cause::NotFound),
    ] {
        let evidence = Evidence { listed: Some(listed), ..absent.clone() };
        assert_eq!(next(&naver(), &evidence), None);
        assert_eq!(found(&naver(), &evidence), (Hop::Cluster, cause));
    }
}

#[test]
fn a_clock_that_is_off_is_odd_where_the_corrected_request_is_answered() {
    let six_minutes = Some(Span::minutes(-6));
    let off = Reply { offset: six_minutes, ..failed(ErrorKind::Signature) };
    let answered = Reply { offset: six_minutes, ..reply(None) };
    let evidence = Evidence { vendor: Some(off), signed: vec![answered], ..past_proxy() };
    let diagnosis = diagnose(&naver(), &evidence);
    assert!(diagnosis.is_answered());
    assert_eq!(diagnosis.oddity, Some((Hop::Clock, Cause::ClockOff)));
    assert!(diagnosis.marks.contains(&(Hop::Clock, Mark::Odd)));
    assert_eq!(evidence.vendor_offset(), six_minutes);
    let unmeasured =
        Evidence { vendor: Some(Reply { offset: None, ..failed(ErrorKind::Signature) }), ..past_proxy() };
    assert_eq!(diagnose(&naver(), &unmeasured).oddity, Some((Hop::Clock, Cause::ClockUnknown)));
}

#[test]
fn a_case_names_the_call_and_the_permission_that_it_needs() {
    let case = naver();
    assert_eq!(case.call, "POST /api/v2/cluster/getRollingUpgradeProgress");
    assert_eq!(case.grant, Grant::Unnamed);
    assert_eq!(case.probe_address(), format!("{PROXY}/ncp_search_engine.public.KR/"));
    let huawei = case_of(Service::HuaweiCss, PAGE, PROXY);
    assert_eq!(huawei.grant, Grant::Documented("css:cluster:listUpgradeCluster"));
    let catalogue = Catalogue::built_in();
    let endpoint = catalogue.find(Service::HuaweiCss, Site::Public, &huawei.region).expect("an endpoint");
    assert_eq!(huawei.endpoint, endpoint.id());
    assert!(beside().enters_local_network() && !huawei.enters_local_network());
}

#[test]
fn no_endpoint_has_a_call_that_the_first_question_could_be_taken_for() {
    for endpoint in Catalogue::built_in().endpoints() {
        assert!(endpoint.route(crate::http::Method::Get, "/").is_err(), "{}", endpoint.id());
    }
}
