//! The words of an examination, from scripted evidence.

use super::*;
use crate::doctor::scenes::{
    PAGE, answers, asked, beside, broken_off, by_proxy, case_of, failed, naver, past_proxy, refused, reply,
    silent,
};
use crate::doctor::{Listed, Permission, Probe, Reply};
use crate::error::{ErrorKind, PollError};
use crate::model::{Service, Span};
use crate::provider::ProxyReason;

fn shown(lang: Lang, case: &Case, evidence: &Evidence) -> DoctorView {
    let reader = Reader { lang, offset_at: |_| 0 };
    let surroundings = Surroundings { version: "0.1.0", browser: "Firefox 140".to_owned() };
    doctor(reader, case, evidence, &surroundings, Timestamp::from_millis(1_742_803_781_000))
}

/// The evidence of scenario 10: six set-ups that are wrong in one way each, and what goes beyond them.
fn wrong_set_ups() -> Vec<(&'static str, Case, Evidence)> {
    let offset = Some(Span::minutes(6));
    let six_minutes_off = Evidence {
        vendor: Some(Reply { offset, ..failed(ErrorKind::Clock) }),
        signed: vec![Reply { offset, ..reply(None) }],
        ..past_proxy()
    };
    let wrong_secret = refused(ErrorKind::Signature, "200", "Authentication Failed");
    let denied = |permission| Evidence { permission, ..silent() };
    let forbidden = || Some(Probe::Failed { is_forbidden: true });
    let plain = case_of(Service::HuaweiCss, PAGE, "http://proxy.example/proxy");
    let by_proxy = |kind, reason| Evidence { vendor: Some(by_proxy(kind, reason)), ..past_proxy() };
    vec![
        ("proxy off", naver(), silent()),
        ("proxy refuses the region", naver(), answers("unknown-endpoint")),
        ("origin not allowed", naver(), answers("origin-not-allowed")),
        ("clock six minutes off", naver(), six_minutes_off),
        ("wrong secret", naver(), asked(wrong_secret)),
        ("wrong cluster", naver(), asked(refused(ErrorKind::NotFound, "3", "invalid"))),
        ("mixed content", plain, Evidence { proxy: forbidden(), ..silent() }),
        ("not in the policy", naver(), Evidence { proxy: forbidden(), ..silent() }),
        ("denied", beside(), denied(Permission::Denied)),
        ("not asked", beside(), denied(Permission::NotAsked)),
        ("unreadable", naver(), Evidence { hears: Some(true), ..silent() }),
        ("another server", naver(), answers("")),
        ("permission", beside(), asked(refused(ErrorKind::Permission, "CSS.0032", "no"))),
        ("overloaded", naver(), by_proxy(ErrorKind::ProxyBusy, ProxyReason::Overloaded)),
        ("another version", naver(), by_proxy(ErrorKind::ProxyRefused, ProxyReason::RouteNotAllowed)),
        ("late", naver(), by_proxy(ErrorKind::VendorUnreachable, ProxyReason::VendorTimeout)),
        ("broken off", naver(), asked(broken_off())),
    ]
}

#[test]
fn each_wrong_set_up_has_a_sentence_and_a_fix_of_its_own_in_every_language() {
    for lang in Lang::ALL {
        let mut told: Vec<String> = Vec::new();
        for (name, case, evidence) in wrong_set_ups() {
            let view = shown(lang, &case, &evidence);
            assert!(!view.what.is_empty() && !view.todo.is_empty(), "{name}");
            for text in [&view.what, &view.todo, &view.word, &view.report] {
                assert!(!text.contains(['{', '}', '?']), "{name} in {}: {text}", lang.tag());
            }
            assert!(view.report.contains(&view.what) && view.report.contains(&view.todo), "{name}");
            assert!(!view.report.contains("night-shift"), "the account's name stays on this device");
            told.push(format!("{} {}", view.what, view.todo));
        }
        let all = told.len();
        told.sort_unstable();
        told.dedup();
        assert_eq!(told.len(), all, "two of them are told alike in {}", lang.tag());
    }
}

fn of(name: &str) -> DoctorView {
    let set_up = wrong_set_ups().into_iter().find(|(other, ..)| *other == name).expect("a set-up");
    shown(Lang::En, &set_up.1, &set_up.2)
}

#[test]
fn the_evidence_stands_beside_its_hop() {
    let clock = of("clock six minutes off");
    assert_eq!(clock.verdict, Verdict::Refused);
    let hop = &clock.hops[3];
    assert_eq!((hop.name.as_str(), hop.word.as_str()), ("Clock", "look here"));
    assert_eq!(hop.evidence, ["vendor's clock against this device's: +360 s", "the vendor accepts ±300 s"]);
    assert!(clock.what.contains("6 min off") && clock.what.contains("accepts 5 min"), "{}", clock.what);

    let secret = of("wrong secret");
    assert_eq!(secret.word, "The way ends at: Signature");
    assert_eq!(
        secret.hops[4].evidence,
        ["HTTP 401, code 200: Authentication Failed · request id r-7 · 80 ms"]
    );
    assert_eq!(secret.hops[5].word, "not reached");
    assert!(secret.hops[5].tried.is_empty() && secret.hops[5].evidence.is_empty());

    let origin = of("origin not allowed");
    assert_eq!(origin.hops[1].evidence[0], "HTTP 403 · the proxy says: origin-not-allowed · 12 ms");
    assert!(origin.todo.contains("--allow-origin https://watch.example"), "{}", origin.todo);
    let permission = of("permission");
    assert_eq!(permission.hops[5].evidence, ["needs css:cluster:listUpgradeCluster"]);
    assert!(permission.todo.contains("css:cluster:listUpgradeCluster"), "{}", permission.todo);
    let denied = of("denied");
    assert_eq!(denied.hops[0].evidence, ["browser's permission for the local network: denied"]);
    let policy = "the browser says: not allowed by this page's content security policy";
    for forbidden in ["mixed content", "not in the policy"] {
        assert_eq!(of(forbidden).hops[0].evidence, [policy], "{forbidden}");
    }
    let broken_off = of("broken off");
    assert_eq!(
        broken_off.hops[2].evidence.last().map(String::as_str),
        Some("HTTP 200 · the answer broke off · 80 ms")
    );
}

#[test]
fn a_wait_that_is_asked_for_is_told() {
    let (_, case, mut evidence) = wrong_set_ups().remove(13);
    let error = evidence.vendor.as_mut().and_then(|reply| reply.error.as_mut()).expect("a refusal");
    error.retry_after = Some(Span::seconds(90));
    let line = shown(Lang::En, &case, &evidence).hops[1].evidence[1].clone();
    assert_eq!(line, "HTTP 503, code overloaded: – · asks to wait 90 s · request id r-7 · 80 ms");
}

#[test]
fn what_the_list_says_of_a_cluster_is_told() {
    let (_, case, absent) = wrong_set_ups().remove(5);
    let with = |listed| shown(Lang::En, &case, &Evidence { listed: Some(listed), ..absent.clone() });
    let others = with(Listed::NotAmong { others: 3, more: true });
    assert!(others.what.contains("the account lists 3+ others there"), "{}", others.what);
    let unknown =
        with(Listed::Unknown(PollError { status: Some(403), ..PollError::new(ErrorKind::Permission) }));
    assert_eq!(unknown.hops[6].evidence.last().map(String::as_str), Some("the list was refused · HTTP 403"));
}

#[test]
fn a_report_begins_with_what_it_is_of() {
    let report = of("wrong cluster").report;
    let head: Vec<&str> = report.lines().take(3).collect();
    assert_eq!(
        head,
        [
            "Rollwatch connection report",
            "2025-03-24T08:09:41Z, Rollwatch 0.1.0, Firefox 140",
            "NAVER Cloud · Search Engine Service · KR · cluster c1"
        ]
    );
}
