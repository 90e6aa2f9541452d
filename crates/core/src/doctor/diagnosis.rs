//! The verdict: a mark for each hop, and why the way ends where it does.

use super::address::Reach;
use super::evidence::{Case, Evidence, Key, Listed, Permission, Probe, Reply};
use crate::error::ErrorKind;
use crate::model::{Provider, Span};
use crate::provider::ProxyReason;

/// A part of the way, in the order in which a question passes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hop {
    /// What the browser lets this page do.
    Page,
    Proxy,
    /// Whether the proxy gets through to the vendor's API.
    Vendor,
    Clock,
    Signature,
    Permission,
    Cluster,
}

/// How a hop was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    Good,
    /// It works, and something is not as it should be.
    Odd,
    Bad,
    NotReached,
}

/// Why the way ends, or what is odd although it does not. Each is one thing that a person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The device has no network.
    Offline,
    /// An encrypted page must not ask an unencrypted proxy.
    MixedContent,
    /// The content security policy that the page came with does not allow the proxy's address.
    PolicyForbids,
    /// The browser does not let this page into the local network.
    LocalNetworkDenied,
    /// The browser asks the person first, and was not answered.
    LocalNetworkNotAsked,
    /// Nothing answers: a name that does not exist, a closed port and a bad certificate look alike to a page.
    ProxySilent,
    /// The same, at the address that this page came from.
    OwnProxySilent,
    ProxyLate,
    /// Something answers, and its answer may not be read by this page.
    ProxyUnreadable,
    /// Something answers that is not Rollwatch's proxy.
    NotTheProxy,
    OriginNotAllowed,
    RegionUnknown,
    /// The proxy forwards other calls than this page makes.
    OtherVersion,
    /// The proxy refuses for a reason that only it can explain.
    ProxyRefuses,
    ProxyBusy,
    VendorUnreachable,
    VendorLate,
    /// The vendor failed, or something else answers in its place.
    VendorDown,
    AnswerTooLarge,
    /// An answer began and did not come to its end.
    AnswerBrokenOff,
    Throttled,
    /// The vendor refuses the time of the request, although it is the vendor's own.
    ClockRefused,
    /// Requests are signed with the vendor's time, because this device has another.
    ClockOff,
    /// The vendor's answers hold no time to measure by.
    ClockUnknown,
    NoKey,
    /// Nobody has agreed that the key is used through this proxy and at this host.
    NotAgreed,
    KeyEnded,
    KeyUnknown,
    WrongSecret,
    /// NAVER says the same of a wrong secret, an unknown key and a temporary key whose time is over.
    WrongSecretOrKey,
    NotPermitted,
    NotFound,
    /// The account has other clusters here, and not this one.
    NotAmongOthers,
    /// The account lists the cluster, and nothing is known of the operation.
    OnlyListed,
    RequestRefused,
    NotUnderstood,
}

/// What is judged of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// Every hop in its order.
    pub marks: [(Hop, Mark); 7],
    /// Why the way ends; `None` while it does not.
    pub cause: Option<(Hop, Cause)>,
    /// What is odd although it does not keep the question from being answered.
    pub oddity: Option<(Hop, Cause)>,
}

impl Hop {
    pub const ALL: [Hop; 7] =
        [Hop::Page, Hop::Proxy, Hop::Vendor, Hop::Clock, Hop::Signature, Hop::Permission, Hop::Cluster];
}

impl Diagnosis {
    /// Whether the question was answered.
    pub fn is_answered(&self) -> bool {
        self.cause.is_none() && self.marks.iter().all(|(_, mark)| *mark < Mark::Bad)
    }
}

/// A smaller difference between two clocks is of no concern.
const CLOCK_MATTERS_FROM: Span = Span::seconds(30);

/// How far a request's time may be from the vendor's. Vendor pages: "Ncloud API overview", "API Request Signing
/// Guide", "V3 request structure and signature".
pub const fn tolerance(provider: Provider) -> Span {
    match provider {
        Provider::Ncp => Span::minutes(5),
        Provider::Huawei | Provider::Alibaba => Span::minutes(15),
    }
}

/// Judges what has been found so far.
pub fn diagnose(case: &Case, evidence: &Evidence) -> Diagnosis {
    let cause = cause(case, evidence);
    let oddity = oddity(evidence);
    let last = cause.map_or_else(|| reached(evidence), |(hop, _)| Some(hop));
    let mark = |hop: Hop| match (cause, oddity) {
        (Some((bad, _)), _) if hop == bad => Mark::Bad,
        _ if last.is_none_or(|last| hop > last) => Mark::NotReached,
        (_, Some((odd, _))) if hop == odd => Mark::Odd,
        _ => Mark::Good,
    };
    Diagnosis { marks: Hop::ALL.map(|hop| (hop, mark(hop))), cause, oddity }
}

/// The last hop that is known to be passed.
fn reached(evidence: &Evidence) -> Option<Hop> {
    match evidence {
        Evidence { signed, .. } if !signed.is_empty() => Some(Hop::Cluster),
        Evidence { vendor: Some(_), .. } => Some(Hop::Clock),
        Evidence { proxy: Some(_), .. } => Some(Hop::Proxy),
        _ => None,
    }
}

fn cause(case: &Case, evidence: &Evidence) -> Option<(Hop, Cause)> {
    let proxy = evidence.proxy.as_ref()?;
    if let Some(found) = at_the_proxy(case, evidence, proxy) {
        return Some(found);
    }
    let vendor = evidence.vendor.as_ref()?;
    if let Some(found) = vendor.kind().and_then(|kind| on_the_way(vendor, kind)) {
        return Some(found);
    }
    match evidence.key {
        Key::Missing => return Some((Hop::Signature, Cause::NoKey)),
        Key::Over => return Some((Hop::Signature, Cause::KeyEnded)),
        Key::NotAgreed => return Some((Hop::Signature, Cause::NotAgreed)),
        Key::Usable => {}
    }
    let reply = evidence.signed.last()?;
    let kind = reply.kind()?;
    on_the_way(reply, kind).or_else(|| Some(in_the_account(case, evidence, reply, kind)))
}

fn at_the_proxy(case: &Case, evidence: &Evidence, probe: &Probe) -> Option<(Hop, Cause)> {
    let reason = match probe {
        Probe::Failed { .. } | Probe::Late => return Some(unanswered(case, evidence, probe)),
        Probe::BrokenOff { .. } => return Some((Hop::Proxy, Cause::AnswerBrokenOff)),
        Probe::Answer { reason: None, .. } => return Some((Hop::Proxy, Cause::NotTheProxy)),
        Probe::Answer { reason: Some(reason), .. } => reason,
    };
    let cause = match ProxyReason::from_code(reason) {
        // The address names no call, so this is what a proxy says that knows the endpoint and serves the page.
        Some(ProxyReason::RouteNotAllowed) => return None,
        Some(ProxyReason::OriginNotAllowed) => Cause::OriginNotAllowed,
        Some(ProxyReason::UnknownEndpoint) => Cause::RegionUnknown,
        Some(ProxyReason::Overloaded) => Cause::ProxyBusy,
        Some(_) | None => Cause::ProxyRefuses,
    };
    Some((Hop::Proxy, cause))
}

/// Why a call to the proxy brought nothing that the page may see. Browsers do not say; what they forbid is
/// told from a proxy that is away by what is known beside.
fn unanswered(case: &Case, evidence: &Evidence, probe: &Probe) -> (Hop, Cause) {
    // The page's policy allows no unencrypted host either, so browsers name the policy, which is no help: without
    // it they would forbid the same call.
    if is_mixed(case, evidence) {
        return (Hop::Page, Cause::MixedContent);
    }
    if matches!(probe, Probe::Failed { is_forbidden: true }) {
        return (Hop::Page, Cause::PolicyForbids);
    }
    if evidence.is_offline && case.proxy.reach != Reach::Loopback {
        return (Hop::Page, Cause::Offline);
    }
    match evidence.permission {
        Permission::Denied => return (Hop::Page, Cause::LocalNetworkDenied),
        Permission::NotAsked => return (Hop::Page, Cause::LocalNetworkNotAsked),
        Permission::Granted | Permission::NotNeeded => {}
    }
    let cause = match probe {
        Probe::Late => Cause::ProxyLate,
        _ if evidence.hears == Some(true) => Cause::ProxyUnreadable,
        _ if case.is_own_proxy() => Cause::OwnProxySilent,
        _ => Cause::ProxySilent,
    };
    (Hop::Proxy, cause)
}

/// Whether the browser forbids the call because the page is encrypted and the proxy is not. One that asks the person
/// about the local network lets unencrypted calls into it.
fn is_mixed(case: &Case, evidence: &Evidence) -> bool {
    case.page.is_encrypted
        && !case.proxy.is_encrypted
        && match case.proxy.reach {
            Reach::Loopback => false,
            Reach::Private => evidence.permission == Permission::NotNeeded,
            Reach::Public => true,
        }
}

/// What keeps a call from reaching the vendor's API, be it signed or not.
fn on_the_way(reply: &Reply, kind: ErrorKind) -> Option<(Hop, Cause)> {
    let code = reply.error.as_ref().and_then(|error| error.code.as_deref());
    let reason = code.and_then(ProxyReason::from_code);
    Some(match kind {
        ErrorKind::ProxyUnreachable => (Hop::Proxy, Cause::ProxySilent),
        ErrorKind::ProxyBusy => (Hop::Proxy, Cause::ProxyBusy),
        ErrorKind::ProxyRefused => {
            let cause = match reason {
                Some(ProxyReason::RouteNotAllowed | ProxyReason::UnknownEndpoint) => Cause::OtherVersion,
                Some(ProxyReason::OriginNotAllowed) => Cause::OriginNotAllowed,
                _ => Cause::ProxyRefuses,
            };
            (Hop::Proxy, cause)
        }
        ErrorKind::VendorUnreachable if reason == Some(ProxyReason::VendorTimeout) => {
            (Hop::Vendor, Cause::VendorLate)
        }
        ErrorKind::VendorUnreachable => (Hop::Vendor, Cause::VendorUnreachable),
        ErrorKind::Timeout => (Hop::Vendor, Cause::VendorLate),
        ErrorKind::BrokenOff => (Hop::Vendor, Cause::AnswerBrokenOff),
        ErrorKind::VendorDown => (Hop::Vendor, Cause::VendorDown),
        ErrorKind::Throttled => (Hop::Vendor, Cause::Throttled),
        ErrorKind::Malformed if reason == Some(ProxyReason::AnswerTooLarge) => {
            (Hop::Vendor, Cause::AnswerTooLarge)
        }
        _ => return None,
    })
}

/// What the vendor has against the key or the question.
fn in_the_account(case: &Case, evidence: &Evidence, reply: &Reply, kind: ErrorKind) -> (Hop, Cause) {
    match kind {
        // NAVER's refusals are taken for the clock's when the clocks differ; one that was signed with NAVER's own
        // time is not.
        ErrorKind::Clock if case.provider() == Provider::Ncp && reply.in_time => {
            (Hop::Signature, Cause::WrongSecretOrKey)
        }
        ErrorKind::Clock => (Hop::Clock, Cause::ClockRefused),
        ErrorKind::Signature if case.provider() == Provider::Ncp => (Hop::Signature, Cause::WrongSecretOrKey),
        ErrorKind::Signature => (Hop::Signature, Cause::WrongSecret),
        ErrorKind::KeyUnknown => (Hop::Signature, Cause::KeyUnknown),
        ErrorKind::KeyExpired => (Hop::Signature, Cause::KeyEnded),
        ErrorKind::Permission => (Hop::Permission, Cause::NotPermitted),
        ErrorKind::NotFound => {
            let cause = match &evidence.listed {
                Some(Listed::Among) => Cause::OnlyListed,
                Some(Listed::NotAmong { others, .. }) if *others > 0 => Cause::NotAmongOthers,
                _ => Cause::NotFound,
            };
            (Hop::Cluster, cause)
        }
        ErrorKind::Malformed if reply.status.is_some() => (Hop::Cluster, Cause::NotUnderstood),
        _ => (Hop::Cluster, Cause::RequestRefused),
    }
}

fn oddity(evidence: &Evidence) -> Option<(Hop, Cause)> {
    match evidence.vendor_offset() {
        Some(offset) if offset.abs() >= CLOCK_MATTERS_FROM => Some((Hop::Clock, Cause::ClockOff)),
        None if evidence.vendor.is_some() => Some((Hop::Clock, Cause::ClockUnknown)),
        _ => None,
    }
}

impl Evidence {
    /// How far the vendor's clock is ahead of this device's, to the nearest second; `None` when no answer tells.
    pub fn vendor_offset(&self) -> Option<Span> {
        let offset = self.vendor.iter().chain(&self.signed).find_map(|reply| reply.offset)?;
        let half = if offset < Span::ZERO { -500 } else { 500 };
        Some(Span::seconds(offset.as_millis().saturating_add(half) / 1000))
    }
}
