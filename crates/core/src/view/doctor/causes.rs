//! Each cause with its sentence and what to do.

use crate::doctor::{Case, Cause, Evidence, Listed, tolerance};
use crate::model::Span;
use crate::view::format::duration;
use crate::view::names::provider_name;
use crate::view::words::{Causes, Doctor, Lang};

/// What is wrong, and what to do.
pub(super) fn sentences(lang: Lang, case: &Case, evidence: &Evidence, cause: Cause) -> (String, String) {
    let provider = provider_name(lang, case.provider(), case.site);
    let offset = duration(lang, evidence.vendor_offset().unwrap_or(Span::ZERO));
    let accepted = duration(lang, tolerance(case.provider()));
    let others = match evidence.listed {
        Some(Listed::NotAmong { others, more }) => format!("{others}{}", if more { "+" } else { "" }),
        _ => "0".to_owned(),
    };
    let action = match case.grant.action() {
        Some(action) => action.to_owned(),
        None => format!("{} ({})", case.call, lang.say(Doctor::NeedsUnnamed)),
    };
    let places = [
        provider,
        &case.proxy_address,
        &case.page.origin,
        &case.host,
        &case.region,
        &case.cluster,
        &offset,
        &action,
        &accepted,
        &others,
    ];
    let (what, todo) = words(cause);
    (lang.fill(what, &places), lang.fill(todo, &places))
}

const fn words(cause: Cause) -> (Causes, Causes) {
    match cause {
        Cause::Offline => (Causes::Offline, Causes::OfflineDo),
        Cause::MixedContent => (Causes::MixedContent, Causes::MixedContentDo),
        Cause::PolicyForbids => (Causes::PolicyForbids, Causes::PolicyForbidsDo),
        Cause::LocalNetworkDenied => (Causes::LocalNetworkDenied, Causes::LocalNetworkDeniedDo),
        Cause::LocalNetworkNotAsked => (Causes::LocalNetworkNotAsked, Causes::LocalNetworkNotAskedDo),
        Cause::ProxySilent => (Causes::ProxySilent, Causes::ProxySilentDo),
        Cause::OwnProxySilent => (Causes::OwnProxySilent, Causes::OwnProxySilentDo),
        Cause::ProxyLate => (Causes::ProxyLate, Causes::ProxyLateDo),
        Cause::ProxyUnreadable => (Causes::ProxyUnreadable, Causes::ProxyUnreadableDo),
        Cause::NotTheProxy => (Causes::NotTheProxy, Causes::NotTheProxyDo),
        Cause::OriginNotAllowed => (Causes::OriginNotAllowed, Causes::OriginNotAllowedDo),
        Cause::RegionUnknown => (Causes::RegionUnknown, Causes::RegionUnknownDo),
        Cause::OtherVersion => (Causes::OtherVersion, Causes::OtherVersionDo),
        Cause::ProxyRefuses => (Causes::ProxyRefuses, Causes::ProxyRefusesDo),
        Cause::ProxyBusy => (Causes::ProxyBusy, Causes::ProxyBusyDo),
        Cause::VendorUnreachable => (Causes::VendorUnreachable, Causes::VendorUnreachableDo),
        Cause::VendorLate => (Causes::VendorLate, Causes::VendorLateDo),
        Cause::VendorDown => (Causes::VendorDown, Causes::VendorDownDo),
        Cause::AnswerTooLarge => (Causes::AnswerTooLarge, Causes::AnswerTooLargeDo),
        Cause::AnswerBrokenOff => (Causes::AnswerBrokenOff, Causes::AnswerBrokenOffDo),
        Cause::Throttled => (Causes::Throttled, Causes::ThrottledDo),
        Cause::ClockRefused => (Causes::ClockRefused, Causes::ClockRefusedDo),
        Cause::ClockOff => (Causes::ClockOff, Causes::ClockOffDo),
        Cause::ClockUnknown => (Causes::ClockUnknown, Causes::ClockUnknownDo),
        Cause::NoKey => (Causes::NoKey, Causes::NoKeyDo),
        Cause::NotAgreed => (Causes::NotAgreed, Causes::NotAgreedDo),
        Cause::KeyEnded => (Causes::KeyEnded, Causes::KeyEndedDo),
        Cause::KeyUnknown => (Causes::KeyUnknown, Causes::KeyUnknownDo),
        Cause::WrongSecret => (Causes::WrongSecret, Causes::WrongSecretDo),
        Cause::WrongSecretOrKey => (Causes::WrongSecretOrKey, Causes::WrongSecretOrKeyDo),
        Cause::NotPermitted => (Causes::NotPermitted, Causes::NotPermittedDo),
        Cause::NotFound => (Causes::NotFound, Causes::NotFoundDo),
        Cause::NotAmongOthers => (Causes::NotAmongOthers, Causes::NotAmongOthersDo),
        Cause::OnlyListed => (Causes::OnlyListed, Causes::OnlyListedDo),
        Cause::RequestRefused => (Causes::RequestRefused, Causes::RequestRefusedDo),
        Cause::NotUnderstood => (Causes::NotUnderstood, Causes::NotUnderstoodDo),
    }
}
