//! The words of an examination, from scripted evidence.

use super::*;
use crate::doctor::{Listed, Permission, Probe, Reply};
use crate::error::{ErrorKind, PollError};
use crate::model::{OperationKind, Service, Site, Span, Watch};
use crate::provider::Catalogue;

fn case(service: Service, page: &str, proxy: &str) -> Case {
    let catalogue = Catalogue::built_in();
    let region = catalogue.regions(service, Site::Public).first().map(|region| (*region).to_owned());
    let watch = Watch {
        service,
        operation: OperationKind::Upgrade,
        site: Site::Public,
        region: region.expect("a region"),
        project: "p1".to_owned(),
        cluster: "c1".to_owned(),
        account: "night-shift".to_owned(),
    };
    let endpoint = catalogue.find(service, Site::Public, &watch.region).expect("an endpoint");
    Case::new(&watch, endpoint, page, proxy).expect("a question")
}

fn answer(reason: &str) -> Option<Probe> {
    let reason = (!reason.is_empty()).then(|| reason.to_owned());
    Some(Probe::Answer { status: 403, reason, took_for: Span::millis(12) })
}

fn reply(kind: ErrorKind, code: &str, message: &str, offset: Span) -> Reply {
    let error = PollError {
        status: Some(401),
        code: Some(code.to_owned()),
        message: Some(message.to_owned()),
        request_id: Some("r-7".to_owned()),
        ..PollError::new(kind)
    };
    Reply {
        status: Some(401),
        request_id: error.request_id.clone(),
        error: Some(error),
        offset: Some(offset),
        in_time: true,
        took_for: Span::millis(80),
    }
}

fn shown(lang: Lang, case: &Case, evidence: &Evidence) -> DoctorView {
    let reader = Reader { lang, offset_at: |_| 0 };
    let surroundings = Surroundings { version: "0.1.0", browser: "Firefox 140".to_owned() };
    doctor(reader, case, evidence, &surroundings, Timestamp::from_millis(1_742_803_781_000))
}

/// The evidence of scenario 10: six set-ups that are wrong in one way each, and what goes beyond them.
fn wrong_set_ups() -> Vec<(&'static str, Case, Evidence)> {
    let naver = || case(Service::NcpSearchEngine, "https://watch.example/", "https://proxy.example/proxy");
    let local = || case(Service::HuaweiCss, "https://watch.example/", "http://localhost:8787/proxy");
    let unsigned = || reply(ErrorKind::Signature, "200", "Authentication Failed", Span::ZERO);
    let past_proxy = || Evidence { proxy: answer("route-not-allowed"), ..Evidence::default() };
    let past_vendor = || Evidence { vendor: Some(unsigned()), ..past_proxy() };
    let asked = |reply| Evidence { signed: vec![reply], ..past_vendor() };
    let silent = || Evidence {
        proxy: Some(Probe::Failed { is_forbidden: false }),
        hears: Some(false),
        ..Evidence::default()
    };
    let off = Span::minutes(6);
    let answered = Reply { error: None, status: Some(200), ..reply(ErrorKind::Clock, "", "", off) };
    let six_minutes_off = Evidence {
        vendor: Some(reply(ErrorKind::Clock, "200", "Authentication Failed", off)),
        signed: vec![answered],
        ..past_proxy()
    };
    vec![
        ("proxy off", naver(), silent()),
        ("proxy refuses the region", naver(), Evidence { proxy: answer("unknown-endpoint"), ..silent() }),
        ("origin not allowed", naver(), Evidence { proxy: answer("origin-not-allowed"), ..silent() }),
        ("clock six minutes off", naver(), six_minutes_off),
        ("wrong secret", naver(), asked(unsigned())),
        ("wrong cluster", naver(), asked(reply(ErrorKind::NotFound, "3", "invalid", Span::ZERO))),
        (
            "mixed content",
            case(Service::HuaweiCss, "https://watch.example/", "http://proxy.example/proxy"),
            silent(),
        ),
        ("denied", local(), Evidence { permission: Permission::Denied, ..silent() }),
        ("not asked", local(), Evidence { permission: Permission::NotAsked, ..silent() }),
        ("unreadable", naver(), Evidence { hears: Some(true), ..silent() }),
        ("another server", naver(), Evidence { proxy: answer(""), ..silent() }),
        ("permission", local(), asked(reply(ErrorKind::Permission, "CSS.0032", "no", Span::ZERO))),
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
