//! What was tried at each hop, and what was seen there.

use crate::doctor::{Case, Evidence, Hop, Listed, Permission, Probe, Reply, tolerance};
use crate::error::{ErrorKind, PollError};
use crate::model::Span;
use crate::provider::Grant;
use crate::view::words::{Doctor, Errors, Lang};

/// What was tried.
pub(super) fn tried(lang: Lang, case: &Case, evidence: &Evidence, hop: Hop) -> String {
    match hop {
        Hop::Page => lang.fill(Doctor::TriedPage, &[&case.page.origin, &case.proxy_address]),
        Hop::Proxy => lang.fill(Doctor::TriedProxy, &[&case.probe_address()]),
        Hop::Vendor => lang.fill(Doctor::TriedVendor, &[&case.call, &case.host]),
        Hop::Clock => lang.say(Doctor::TriedClock).to_owned(),
        Hop::Signature if evidence.signed.is_empty() => String::new(),
        Hop::Signature if evidence.signed.len() > 1 => lang.say(Doctor::TriedTwice).to_owned(),
        Hop::Signature => lang.say(Doctor::TriedSignature).to_owned(),
        Hop::Permission => lang.say(Doctor::TriedPermission).to_owned(),
        Hop::Cluster => lang.fill(Doctor::TriedCluster, &[&case.cluster, &case.region]),
    }
}

/// What was seen.
pub(super) fn evidence(lang: Lang, case: &Case, evidence: &Evidence, hop: Hop) -> Vec<String> {
    let signed = evidence.signed.last();
    match hop {
        Hop::Page => {
            let forbidden = evidence.proxy == Some(Probe::Failed { is_forbidden: true });
            let named = forbidden.then(|| lang.say(Doctor::Forbidden).to_owned());
            permission(lang, evidence.permission).into_iter().chain(named).collect()
        }
        Hop::Proxy => proxy(lang, case, evidence),
        Hop::Vendor => {
            // The refusal of a call without a key is what should come.
            let failed = signed.filter(|reply| {
                reply.status.is_none_or(|status| status >= 500) || reply.kind() == Some(ErrorKind::BrokenOff)
            });
            evidence.vendor.iter().chain(failed).map(|reply| seen(lang, reply)).collect()
        }
        Hop::Clock => clock(lang, case, evidence),
        Hop::Signature => evidence.signed.iter().map(|reply| seen(lang, reply)).collect(),
        Hop::Permission => vec![match case.grant {
            Grant::Documented(action) => lang.fill(Doctor::Needs, &[action]),
            Grant::Likely(action) => lang.fill(Doctor::NeedsLikely, &[action]),
            Grant::Unnamed | Grant::Open => lang.say(Doctor::NeedsUnnamed).to_owned(),
        }],
        Hop::Cluster => {
            let listed = evidence.listed.as_ref().map(|listed| list(lang, listed));
            signed.map(|reply| seen(lang, reply)).into_iter().chain(listed).collect()
        }
    }
}

fn permission(lang: Lang, permission: Permission) -> Option<String> {
    let state = match permission {
        Permission::NotNeeded => return None,
        Permission::Granted => Doctor::Granted,
        Permission::Denied => Doctor::Denied,
        Permission::NotAsked => Doctor::NotAsked,
    };
    Some(lang.fill(Doctor::LocalNetwork, &[lang.say(state)]))
}

fn proxy(lang: Lang, case: &Case, evidence: &Evidence) -> Vec<String> {
    let mut lines = match &evidence.proxy {
        Some(Probe::Answer { status, reason, took_for, .. }) => {
            let said = match reason {
                Some(reason) => lang.fill(Doctor::ProxyReason, &[&crate::error::redact(reason)]),
                None => lang.say(Doctor::NoReason).to_owned(),
            };
            vec![format!("HTTP {status} · {said} · {}", took(lang, *took_for))]
        }
        Some(Probe::BrokenOff { status }) => {
            vec![format!("HTTP {status} · {}", lang.say(Doctor::BrokeOff))]
        }
        Some(Probe::Late | Probe::Failed { .. }) => vec![lang.say(Doctor::NoAnswer).to_owned()],
        None => Vec::new(),
    };
    if let Some(hears) = evidence.hears {
        let word = if hears { Doctor::Heard } else { Doctor::NotHeard };
        lines.push(lang.fill(word, &[&case.proxy.origin]));
    }
    // A refusal of the real call says more than that of the first one.
    let calls = evidence.vendor.iter().chain(&evidence.signed);
    let refused = calls.filter(|reply| reply.error.as_ref().is_some_and(is_of_the_proxy));
    lines.extend(refused.map(|reply| seen(lang, reply)));
    lines
}

fn is_of_the_proxy(error: &PollError) -> bool {
    matches!(error.kind, ErrorKind::ProxyRefused | ErrorKind::ProxyBusy | ErrorKind::ProxyUnreachable)
}

fn clock(lang: Lang, case: &Case, evidence: &Evidence) -> Vec<String> {
    let vendor = evidence.vendor_offset().map(|offset| {
        let seconds = offset.as_seconds();
        let sign = if seconds > 0 { "+" } else { "" };
        lang.fill(Doctor::VendorClock, &[&format!("{sign}{seconds}")])
    });
    let accepted = tolerance(case.provider()).as_seconds().to_string();
    let accepted = lang.fill(Doctor::Tolerance, &[&accepted]);
    vendor.into_iter().chain([accepted]).collect()
}

fn list(lang: Lang, listed: &Listed) -> String {
    match listed {
        Listed::Among => lang.say(Doctor::InList).to_owned(),
        Listed::NotAmong { others, .. } => lang.fill(Doctor::NotInList, &[&others.to_string()]),
        Listed::Unknown(error) => {
            let refused = lang.say(Doctor::NoList);
            [refused.to_owned()].into_iter().chain(words(lang, error)).collect::<Vec<_>>().join(" · ")
        }
    }
}

/// One answer: status, the vendor's code and words, its id, and how long it took.
fn seen(lang: Lang, reply: &Reply) -> String {
    let mut parts = Vec::new();
    match (reply.status, &reply.error) {
        (Some(status), None) => parts.push(format!("HTTP {status}")),
        (Some(status), Some(error)) => {
            parts.push(words(lang, error).unwrap_or_else(|| format!("HTTP {status}")));
        }
        (None, _) => parts.push(lang.say(Doctor::NoAnswer).to_owned()),
    }
    if reply.kind() == Some(ErrorKind::BrokenOff) {
        parts.push(lang.say(Doctor::BrokeOff).to_owned());
    }
    let wait_for = reply.error.as_ref().and_then(|error| error.retry_after);
    parts.extend(wait_for.map(|span| lang.fill(Doctor::WaitFor, &[&span.as_seconds().to_string()])));
    parts.extend(reply.request_id.as_ref().map(|id| lang.fill(Errors::RequestId, &[id])));
    parts.push(took(lang, reply.took_for));
    parts.join(" · ")
}

fn words(lang: Lang, error: &PollError) -> Option<String> {
    let status = error.status?.to_string();
    if error.code.is_none() && error.message.is_none() {
        return Some(format!("HTTP {status}"));
    }
    let said = [&error.code, &error.message].map(|said| said.as_deref().unwrap_or("–"));
    Some(lang.fill(Errors::Evidence, &[&status, said[0], said[1]]))
}

fn took(lang: Lang, took_for: Span) -> String {
    lang.fill(Doctor::Took, &[&took_for.as_millis().max(0).to_string()])
}
